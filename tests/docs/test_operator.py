"""The guide for operators names every setting, command, option and exit code, and no other."""

import shlex

import typer.main
from tests.docs.documents import DOCS, cases, command_lines, tables

from plangraf.cli import VERBS, application
from plangraf.errors import PlangrafError
from plangraf.settings import Settings

OPERATOR = DOCS / "operator.md"
MUNICIPALITY = DOCS / "municipality.md"


def _commands() -> dict[str, set[str]]:
    """Return the options of each command."""
    group = typer.main.get_command(application(VERBS))
    assert isinstance(group, typer.core.TyperGroup)
    return {
        name: {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
        for name, command in group.commands.items()
    }


def test_every_setting_has_its_row_and_no_other_has() -> None:
    options = set().union(*_commands().values())
    expected = []
    for name, field in Settings.model_fields.items():
        option = f"--{name.replace('_', '-')}"
        default = "empty" if field.default in ((), None) else str(field.default)
        expected.append([name, option if option in options else "none", f"PLANGRAF_{name.upper()}", default])
    rows = tables(OPERATOR, "setting", "option", "variable", "default", "meaning")
    assert [row[:4] for row in rows] == expected
    assert all(row[4] for row in rows)


def test_every_command_has_its_row_and_no_other_has() -> None:
    rows = tables(OPERATOR, "command", "does")
    assert sorted(row[0] for row in rows) == sorted(f"plangraf {name}" for name in _commands())


@cases(sorted(_commands()))
def test_every_option_of_a_command_is_documented(case: str) -> None:
    heading = f"### plangraf {case}\n"
    text = OPERATOR.read_text(encoding="utf-8")
    assert text.count(heading) == 1
    section = text.split(heading)[1].split("\n#")[0]
    if "](municipality.md#3-validation)" in section:
        section = MUNICIPALITY.read_text(encoding="utf-8").split("## 3. Validation\n")[1].split("\n## ")[0]
    assert {option for option in _commands()[case] if f"| `{option}" not in section} == set()


@cases(command_lines())
def test_command_lines_use_options_that_there_are(case: str) -> None:
    _, name, *rest = shlex.split(case)
    assert {word for word in rest if word.startswith("--")} <= _commands()[name]


def test_exit_codes_are_those_of_the_errors() -> None:
    def codes(error: type[PlangrafError]) -> set[int]:
        return {error.exit_code}.union(*map(codes, error.__subclasses__()))

    rows = tables(OPERATOR, "code", "meaning")
    assert {int(row[0]) for row in rows} == {0} | codes(PlangrafError)


def test_limits_name_settings_and_problems_that_there_are() -> None:
    rows = tables(OPERATOR, "limit", "value", "answer")
    default = Settings.model_fields["max_body"].default
    assert rows[0][:2] == ["request body", f"PLANGRAF_MAX_BODY, {default // 2**20} MiB when it is not set"]
