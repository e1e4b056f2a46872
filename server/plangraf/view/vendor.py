"""Copying of third-party files for pages from npm packages: the design system, the typeface, the editor.

`hatch_build.py` runs this when Plangraf is installed or its wheel is built, before the dependencies of Plangraf are
installed. It therefore uses only the standard library and npm, and imports no other module of Plangraf.
"""

import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

FOLDER = "vendor"
MANIFEST = "manifest.json"
LICENCES = "licences.txt"

_SECONDS = 300
_NPM = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1")
_LOCK = ("package.json", "package-lock.json")

_DESIGN = "@digdir/designsystemet-css"
_TYPEFACE = "@fontsource-variable/inter"
_EDITOR = "@zazuko/yasqe"
_FILES = (
    (_DESIGN, "dist/theme/designsystemet.css", "designsystemet-theme.css"),
    (_DESIGN, "dist/src/index.css", "designsystemet.css"),
    (_TYPEFACE, "files/inter-latin-wght-normal.woff2", "inter-latin.woff2"),
    (_TYPEFACE, "files/inter-latin-ext-wght-normal.woff2", "inter-latin-ext.woff2"),
    (_EDITOR, "build/yasqe.min.js", "yasqe.min.js"),
    (_EDITOR, "build/yasqe.min.css", "yasqe.min.css"),
)

# The first file has the letters of Norwegian and English, the second those of the Sami languages (đ, č, ŋ, š, ŧ, ž);
# a browser fetches the second only for a page that needs it. With `optional`, a font that arrives late is used from
# the next page on, so text does not move.
_FACES = (
    ("inter-latin.woff2", "U+0000-00FF, U+0131, U+0152-0153, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+2122, "
     "U+2191, U+2193, U+2212, U+FEFF, U+FFFD"),
    ("inter-latin-ext.woff2", "U+0100-0130, U+0132-0151, U+0154-02BA, U+1E00-1E9F, U+1EF2-1EFF, U+20A0-20AB, "
     "U+20AD-20C0, U+2113, U+2C60-2C7F, U+A720-A7FF"),
)  # fmt: skip
_FACE = """\
@font-face {{
  font-family: Inter;
  font-style: normal;
  font-weight: 100 900;
  font-display: optional;
  src: url("{file}?v={version}") format("woff2");
  unicode-range: {letters};
}}
"""
_TYPEFACE_SHEET = "inter.css"


def take(root: Path, static: Path) -> None:
    """Copy the files, a manifest and the licences to the folder `vendor` of `static`, unless they are up to date.

    An existing folder is replaced as a whole; if an error occurs, it is not changed.

    Args:
        root: the folder of `package.json` and its lock file.
        static: the folder of static files.

    Raises:
        OSError: npm is not installed, or a file cannot be read or written.
        subprocess.SubprocessError: npm failed or timed out.
    """
    ingredients = (*(root / file for file in _LOCK), Path(__file__))
    recipe = hashlib.sha256(b"".join(file.read_bytes() for file in ingredients)).hexdigest()
    target = static / FOLDER
    if _recipe(target) == recipe:
        return
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("npm is not there")
    with tempfile.TemporaryDirectory(prefix=f".{FOLDER}-", dir=static) as name:
        work = Path(name)
        for file in _LOCK:
            shutil.copy(root / file, work)
        subprocess.run(  # noqa: S603  # npm, with arguments of our own
            [npm, *_NPM], cwd=work, check=True, timeout=_SECONDS, capture_output=True, text=True
        )
        made = work / FOLDER
        made.mkdir()
        _fill(made, work / "node_modules", recipe)
        if target.exists():
            target.rename(work / "before")
        made.rename(target)


def reason(error: Exception) -> str:
    """Return the reason why `take` failed, on one line."""
    said = error.stderr.strip().splitlines() if isinstance(error, subprocess.CalledProcessError) else []
    return f"npm failed ({said[0]})" if said else str(error)


def version(digest: str) -> str:
    """Return the part of a SHA-384 digest that is used in the address of a file."""
    return digest[:16]


def _recipe(folder: Path) -> str | None:
    manifest = folder / MANIFEST
    return json.loads(manifest.read_text(encoding="utf-8"))["recipe"] if manifest.is_file() else None


def _fill(folder: Path, modules: Path, recipe: str) -> None:
    for package, source, file in _FILES:
        shutil.copyfile(modules / package / source, folder / file)
    faces = [
        _FACE.format(file=file, version=version(_digest(folder / file)), letters=letters) for file, letters in _FACES
    ]
    (folder / _TYPEFACE_SHEET).write_text("".join(faces), encoding="utf-8")
    (folder / LICENCES).write_text(_licences(modules), encoding="utf-8")
    entries = []
    for package, file in [*((package, file) for package, _, file in _FILES), (_TYPEFACE, _TYPEFACE_SHEET)]:
        described = _described(modules / package)
        entries.append(
            {
                "package": package,
                "version": described["version"],
                "licence": described["license"],
                "file": file,
                "bytes": (folder / file).stat().st_size,
                "sha384": _digest(folder / file),
            }
        )
    text = json.dumps({"recipe": recipe, "files": entries}, indent=1)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _licences(modules: Path) -> str:
    """Return the licences of all installed npm packages, because the editor's bundle includes its dependencies."""
    parts = []
    for path in sorted(modules.glob("**/package.json")):
        package = path.parent
        name = package.relative_to(modules).as_posix()
        if name.count("/") != (1 if name.startswith("@") else 0):
            continue  # a package.json inside a package only sets the module type
        described = _described(package)
        texts = [file.read_text(encoding="utf-8").strip() for file in sorted(package.glob("*")) if _is_licence(file)]
        own = texts or [
            "The package comes without a text of this licence, which is that of others in this list. By its\n"
            f"description it is of {_authors(described)}."
        ]
        parts.append("\n\n".join([f"{name} {described['version']}: {described['license']}", *own]))
    return f"\n\n{'-' * 80}\n\n".join(parts) + "\n"


def _is_licence(file: Path) -> bool:
    return file.is_file() and file.name.lower().startswith(("license", "licence", "copying", "notice"))


def _authors(described: dict[str, object]) -> str:
    people = [described.get("author"), *_listed(described.get("contributors"))]
    names = [str(person["name"]) if isinstance(person, dict) else str(person) for person in people if person]
    return ", ".join(names) or "unnamed authors"


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _described(package: Path) -> dict[str, object]:
    found = json.loads((package / "package.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)  # noqa: S101  # npm has installed by it
    return found


def _digest(file: Path) -> str:
    return hashlib.sha384(file.read_bytes()).hexdigest()
