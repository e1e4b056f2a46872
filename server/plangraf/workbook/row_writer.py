"""The rows of a workbook, made from the statements of a plan."""

from collections.abc import Iterable

import pyoxigraph as ox

from plangraf.languages import InterfaceLanguage
from plangraf.namespaces import SDG, compact, expand
from plangraf.rdf.well_formed import is_web_address
from plangraf.workbook.claim_rows import REFUSAL
from plangraf.workbook.code_lists import code_lists
from plangraf.workbook.columns import ID_COLUMN, LANGUAGE_COLUMN, Column, Sheet, ValueKind
from plangraf.workbook.described import PlanDescription
from plangraf.workbook.references import NamedThing, References
from plangraf.workbook.rows import Row, WorkbookRows, made_row
from plangraf.workbook.sheets import BY_KEY, CONCEPTS
from plangraf.workbook.values import SEPARATOR, Term, show_value

_LINKS = {expand(name) for name in ("skos:broadMatch", "skos:relatedMatch", "skos:closeMatch")} | {
    expand(name) for name in ("plan:contributesToSDG", "skos:exactMatch", "skos:narrowMatch")
}
_JOIN = f" {SEPARATOR} "


class RowWriter:
    """Makes the rows of one plan.

    Args:
        plan: the statements of the plan.
        language: the language of the codes in the cells.
    """

    def __init__(self, plan: PlanDescription, language: InterfaceLanguage) -> None:
        self._plan = plan
        self._addresses = plan.addresses
        self._language = language
        self._graph = plan.addresses.graph()
        self._references = References(plan.addresses)
        self._main = "nb"

    def rows(self) -> WorkbookRows:
        """Return the rows."""
        found: dict[str, list[Row]] = {}
        languages = self._plan.languages(self._graph, self._addresses.plan, ("skos:prefLabel", "dct:title"))
        self._main = next((tag for tag in languages if self._is_tag(tag)), "nb")
        self._name_things()
        found["plan"] = [self._plan_row()]
        found["process"] = [self._event(iri) for iri in self._things("process")]
        for sheet in CONCEPTS:
            found[sheet.key] = [self._concept(sheet, iri) for iri in self._things(sheet.key)]
        for key in ("values", "series", "organisations"):
            found[key] = [self._thing(BY_KEY[key], iri) for iri in self._things(key)]
        found["links"], found["statements"] = self._axioms()
        found["sources"] = [self._source(graph, iri) for graph, iri in self._plan.subjects("foaf:Document")]
        found["graphs"] = [self._graph_row(graph) for graph in self._plan.graphs if self._role(graph) is not None]
        found["texts"] = list(self._texts())
        return WorkbookRows({key: found[key] for key in BY_KEY})

    def _things(self, key: str) -> list[str]:
        return list(
            dict.fromkeys(iri for name in BY_KEY[key].types for _, iri in self._plan.subjects(name, self._graph))
        )

    def _name_things(self) -> None:
        plan = self._addresses.plan
        names = self._names(self._graph, plan)
        self._references.add(NamedThing(plan, "plan", "", (*names[:1], self._addresses.code)))
        for subject in (plan, *self._things("process")):
            for period in self._plan.iris(self._graph, subject, "dct:temporal"):
                self._references.add(NamedThing(period, "periods"))
        for key in (*(sheet.key for sheet in CONCEPTS), "process", "series", "organisations", "values"):
            for iri in self._things(key):
                numbers = self._plan.values(self._graph, iri, "skos:notation")
                number = numbers[0].value if numbers and len(numbers) == 1 else ""
                names = self._names(self._graph, iri)
                self._references.add(NamedThing(iri, key, number, names[:1]))
        for graph, iri in self._plan.subjects("foaf:Document"):
            self._references.add(NamedThing(iri, "sources", "", self._names(graph, iri)[:1]))
        for kind in ("owl:Axiom", REFUSAL):
            for _, iri in self._plan.subjects(kind):
                self._references.add(NamedThing(iri, "axioms"))

    def _names(self, graph: str, iri: str) -> tuple[str, ...]:
        """Return the names of a thing, that of its row first."""
        values = [
            value
            for prop in ("skos:prefLabel", "rdfs:label")
            for value in self._plan.values(graph, iri, prop)
            if isinstance(value, ox.Literal)
        ]
        return tuple(value.value for value in sorted(values, key=lambda value: value.language != self._main))

    def _is_tag(self, tag: str) -> bool:
        return tag in code_lists()["tags"].by_value

    def _thing(self, sheet: Sheet, iri: str, graph: str | None = None, texts: dict[str, str] | None = None) -> Row:
        """Return the row of a thing, with the values of all columns with a property."""
        graph = graph or self._graph
        props = [column.prop for column in sheet.columns if column.kind is ValueKind.TEXT and column.prop]
        tags = [tag for tag in self._plan.languages(graph, iri, props) if self._is_tag(tag)]
        own = tags[0] if tags and (self._main not in tags or sheet.form) else self._main
        texts = dict(texts or {})
        for column in sheet.columns:
            if column.prop is not None and column.key not in texts:
                texts[column.key] = self._cell(
                    column, iri, self._addresses.graph(column.graph) if column.graph else graph, own
                )
        if LANGUAGE_COLUMN in sheet.by_key and own != self._main:
            texts[LANGUAGE_COLUMN] = self._code("tags", own)
        if ID_COLUMN in sheet.by_key:
            texts[ID_COLUMN] = self._addresses.name(iri)
        if sheet.by_key.get("kind") is not None:
            codes = code_lists()[sheet.by_key["kind"].codes or ""]
            kinds = self._plan.iris(graph, iri, "rdf:type")
            texts["kind"] = next(
                (codes.by_value[kind].shown(self._language) for kind in kinds if kind in codes.by_value), ""
            )
        return made_row(sheet, texts)

    def _cell(self, column: Column, iri: str, graph: str, language: str) -> str:
        """Return the text of a cell, and take the statements that are in it."""
        shown: list[str] = []
        for value in self._plan.values(graph, iri, column.prop or ""):
            if isinstance(value, ox.Literal) and column.kind is ValueKind.TEXT and value.language != language:
                continue
            text = self._show(column, value)
            if text is None or (shown and not column.multiple):
                continue
            shown.append(text)
            self._plan.take(graph, iri, column.prop or "", value)
        return _JOIN.join(shown)

    def _show(self, column: Column, value: Term) -> str | None:
        if column.kind is ValueKind.REFERENCE:
            return self._references.show(value.value, column.targets) if isinstance(value, ox.NamedNode) else None
        return show_value(value, column, self._language)

    def _code(self, key: str, value: str) -> str:
        entry = code_lists()[key].by_value.get(value)
        return entry.shown(self._language) if entry is not None else value

    def _plan_row(self) -> Row:
        plan = self._addresses.plan
        texts = {"code": self._addresses.code, LANGUAGE_COLUMN: self._code("tags", self._main)}
        if plan != self._addresses.of(self._addresses.code).plan:
            texts["iri"] = plan
        texts.update(self._period(BY_KEY["plan"], plan))
        return self._thing(BY_KEY["plan"], plan, texts=texts)

    def _event(self, iri: str) -> Row:
        return self._thing(BY_KEY["process"], iri, texts=self._period(BY_KEY["process"], iri))

    def _period(self, sheet: Sheet, subject: str) -> dict[str, str]:
        found = self._plan.iris(self._graph, subject, "dct:temporal")
        if not found:
            return {}
        period = found[0]
        texts: dict[str, str] = {}
        for key, prop in (
            ("start", "dcat:startDate"),
            ("end", "dcat:endDate"),
            ("period_label", "rdfs:label"),
            ("period_source", "dct:source"),
        ):
            column = sheet.by_key[key]
            for value in self._plan.values(self._graph, period, prop):
                text = self._show(column, value)
                if text is None or (isinstance(value, ox.Literal) and value.language not in (None, self._main)):
                    continue
                if key not in texts:
                    texts[key] = text
                elif column.multiple:
                    texts[key] += _JOIN + text
                else:
                    continue
                self._plan.take(self._graph, period, prop, value)
        if period != f"{subject}/period":
            texts["period_id"] = self._addresses.name(period)
        return texts

    def _concept(self, sheet: Sheet, iri: str) -> Row:
        return self._thing(sheet, iri)

    def _source(self, graph: str, iri: str) -> Row:
        role = self._role(graph) or ""
        texts = {"iri": iri, "role": self._code("role", role) if role else ""}
        return self._thing(BY_KEY["sources"], iri, graph, texts)

    def _graph_row(self, graph: str) -> Row:
        role = self._role(graph) or ""
        texts = {"role": self._code("role", role)}
        return self._thing(BY_KEY["graphs"], graph, graph, texts)

    def _role(self, graph: str) -> str | None:
        """Return the last part of the IRI of a graph of the plan, or None for a graph of something else."""
        below = graph.removeprefix(self._graph)
        return below.removeprefix("/") if below != graph and (not below or below.startswith("/")) else None

    def _axioms(self) -> tuple[list[Row], list[Row]]:
        """Return the rows of links and of statements with a source of their own."""
        links: list[Row] = []
        statements: list[Row] = []
        for graph, iri in self._plan.subjects("owl:Axiom"):
            things, props, values = (
                self._plan.values(graph, iri, f"owl:annotated{part}") for part in ("Source", "Property", "Target")
            )
            if not (len(things) == len(props) == len(values) == 1):
                continue
            thing, prop, value = things[0].value, props[0].value, values[0]
            if isinstance(value, ox.NamedNode) and prop in _LINKS and self._has_link_row(thing, value.value):
                links.append(self._link(graph, iri, thing, prop, value.value))
                self._plan.take(graph, thing, prop, value)
            else:
                statements.append(self._statement(graph, iri, thing, prop, value))
        links += self._refusals()
        for graph in self._plan.graphs:
            links += [
                made_row(BY_KEY["links"], self._link_texts(*link))
                for link in self._plan.left_links(graph, _LINKS)
                if self._has_link_row(link[0], link[2])
            ]
        return links, statements

    def _refusals(self) -> Iterable[Row]:
        """Yield the rows of refused links."""
        sheet = BY_KEY["links"]
        for graph, iri in self._plan.subjects(REFUSAL):
            things, props, values = (
                self._plan.values(graph, iri, name)
                for name in ("owl:sourceIndividual", "owl:assertionProperty", "owl:targetIndividual")
            )
            single = len(things) == len(props) == len(values) == 1
            if single and self._has_link_row(things[0].value, values[0].value):
                texts = self._link_texts(things[0].value, props[0].value, values[0].value)
                texts["basis"] = self._code("basis", expand("plan:Editorial"))
                texts["refused"] = self._code("yes", "yes")
                yield self._thing(sheet, iri, graph, texts)

    def _has_link_row(self, thing: str, value: str) -> bool:
        """Return whether a link leads to an SDG or to a concept of another plan, and so has a row on its sheet."""
        if value.startswith(SDG):
            return True
        known, plan = self._references.thing(thing), self._addresses.plan
        linking = known is not None and known.sheet in BY_KEY["links"].by_key["thing"].targets
        return linking and value != plan and not value.startswith(f"{plan}/") and is_web_address(value)

    def _link(self, graph: str, iri: str, thing: str, prop: str, sdg: str) -> Row:
        return self._thing(BY_KEY["links"], iri, graph, self._link_texts(thing, prop, sdg))

    def _link_texts(self, thing: str, prop: str, target: str) -> dict[str, str]:
        texts = {
            "thing": self._references.show(thing, BY_KEY["links"].by_key["thing"].targets),
            "relation": self._code("relation", prop),
        }
        if not target.startswith(SDG):
            return {**texts, "other": target}
        goal, dot, _ = target.removeprefix(SDG).partition(".")
        targets = {"sdg_target": self._code("sdg-targets", target)} if dot else {}
        return {**texts, "sdg_goal": self._code("sdg-goals", SDG + goal), **targets}

    def _statement(self, graph: str, iri: str, thing: str, prop: str, value: Term) -> Row:
        role = self._role(graph) or ""
        sheet = BY_KEY["statements"]
        texts = {
            "thing": self._references.show(thing, sheet.by_key["thing"].targets),
            "property": self._field(thing, prop),
            "value": value.value if isinstance(value, ox.Literal) else self._addresses.name(value.value),
            "role": self._code("role", role) if role else "",
        }
        row = self._thing(sheet, iri, graph, texts)
        if isinstance(value, ox.Literal) and value.language and value.language != self._main:
            return made_row(
                sheet,
                {
                    **{key: cell.text for key, cell in row.cells.items()},
                    LANGUAGE_COLUMN: self._code("tags", value.language),
                },
            )
        return row

    def _field(self, thing: str, prop: str) -> str:
        """Return the title of the field of a property, or its name."""
        known = self._references.thing(thing)
        key = known.sheet if known is not None else "graphs" if self._role(thing) is not None else ""
        for column in BY_KEY[key].columns if key in BY_KEY else ():
            if column.prop is not None and expand(column.prop) == prop:
                return column.title.in_language(self._language)
        return compact(prop).strip("<>")

    def _texts(self) -> Iterable[Row]:
        """Yield the rows of the texts that no other row has."""
        sheet = BY_KEY["texts"]
        for graph, subject, prop, value in self._plan.texts_left():
            role = self._role(graph)
            tag = value.language or ""
            if (
                role is None
                or show_value(value, sheet.by_key["text"], self._language) is None
                or not self._is_tag(tag)
            ):
                continue
            texts = {
                "thing": self._references.show(subject, sheet.by_key["thing"].targets),
                "property": self._field(subject, prop),
                LANGUAGE_COLUMN: self._code("tags", tag),
                "text": value.value,
                "role": "" if role == f"translation-{tag}" or subject == graph else self._code("role", role),
            }
            yield made_row(sheet, texts)
