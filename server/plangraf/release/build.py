"""Build a release: merge, derive, validate, and only then write."""

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from plangraf import __version__
from plangraf.errors import InputError, NonconformingError
from plangraf.namespaces import ONTOLOGY
from plangraf.release.count import count, plans
from plangraf.release.derive import derive
from plangraf.release.release import CURRENT, MANIFEST, QUADS, Manifest, Release
from plangraf.sources.dataset import Dataset
from plangraf.sources.rdf import read_file
from plangraf.validation.render import to_text
from plangraf.validation.report import Report, Severity
from plangraf.validation.shapes import Shapes
from plangraf.validation.validate import validate


@dataclass(frozen=True)
class Draft:
    """What a release would hold, before it is validated or written."""

    dataset: Dataset
    store: ox.Store

    @classmethod
    def assemble(cls, dataset: Dataset, ontology: Path, context: Dataset | None = None) -> "Draft":
        """Merge the graphs of `dataset` and the ontology, and derive what follows.

        Args:
            dataset: what the release is about, and what is validated.
            ontology: the file of the vocabulary.
            context: further data that `dataset` may refer to and that is taken as it is.

        Raises:
            InputError: the ontology cannot be read.
        """
        quads = [
            *dataset.quads(),
            *(context.quads() if context else ()),
            *read_file(ontology, ox.NamedNode(ONTOLOGY)),
        ]
        store = ox.Store()
        store.bulk_extend(quads)
        store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
        derive(store)
        return cls(dataset, store)

    def validate(self, shapes: Shapes) -> Report:
        """Check the merge, derived statements included, against `shapes`."""
        return validate(self.dataset, self.store.quads_for_pattern(None, None, None, ox.DefaultGraph()), shapes)


def build_release(
    dataset: Dataset, ontology: Path, shapes: Shapes, out: Path, context: Dataset | None = None
) -> Release:
    """Build, validate and write a release into the directory of releases `out`, and make it the current one.

    The same data give the same release: the quads are in canonical form (RDFC-1.0) and sorted. Nothing is written
    when the data break the shapes; a release that is there already is kept as it is.

    Args:
        dataset: what the release is about.
        ontology: the file of the vocabulary.
        shapes: what the dataset is checked against.
        out: the directory of releases.
        context: reference data that go into the release as they are.

    Raises:
        InputError: the ontology cannot be read, or the directory cannot be written.
        NonconformingError: the data break the shapes.
    """
    draft = Draft.assemble(dataset, ontology, context)
    report = draft.validate(shapes)
    if not report.conforms:
        raise NonconformingError(to_text(report, "en"))
    return write_release(draft, report, out)


def write_release(draft: Draft, report: Report, out: Path) -> Release:
    """Write a draft that has been validated, and switch `current` to it in one step.

    Raises:
        InputError: the directory cannot be written.
    """
    canonical = ox.Dataset(draft.store)
    canonical.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(cast("bytes", ox.serialize(canonical, format=ox.RdfFormat.N_QUADS)).splitlines(keepends=True))
    content = b"".join(lines)
    digest = hashlib.sha256(content).hexdigest()
    manifest = Manifest(
        release=digest[:12],
        sha256=digest,
        size=len(content),
        software=__version__,
        counts=count(canonical),
        plans=plans(canonical),
        validation={severity.value.lower(): report.counts[severity] for severity in Severity},
    )
    target = out / manifest.release
    try:
        out.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            _write_whole(target, content, manifest)
        _point(out / CURRENT, manifest.release)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", out) from error
    return Release(target.resolve(), manifest)


def _write_whole(target: Path, content: bytes, manifest: Manifest) -> None:
    """Write beside the target and rename, so that a release is there whole or not at all."""
    draft = Path(tempfile.mkdtemp(prefix=".building-", dir=target.parent))
    try:
        for name, data in ((QUADS, content), (MANIFEST, manifest.model_dump_json(indent=2).encode() + b"\n")):
            with (draft / name).open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            (draft / name).chmod(0o444)
        draft.chmod(0o755)
        draft.rename(target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _point(link: Path, release: str) -> None:
    """Switch a symbolic link in one step (rename replaces it atomically)."""
    fresh = link.with_name(f".{link.name}-{os.getpid()}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(release)
    fresh.replace(link)
