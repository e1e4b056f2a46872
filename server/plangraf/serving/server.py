"""The start of a server."""

import gc
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NoReturn

from plangraf.engine.embedded import policy
from plangraf.errors import InputError
from plangraf.release.release import MANIFEST, Release
from plangraf.serving.connections import reserve_descriptors
from plangraf.serving.listener import Listeners
from plangraf.serving.runtime_folder import runtime_folder
from plangraf.settings import Settings


def authority(host: str, port: int) -> str:
    """Return host and port as they are written in a URL (RFC 3986, section 3.2)."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def run_server(settings: Settings) -> int:
    """Serve until a signal says to stop, and return the exit code.

    Raises:
        InputError: there is no release, or the address or the folder for temporary files cannot be used.
        AddressInUseError: another process listens on the address.
    """
    if settings.publishing and (settings.served is None or (settings.served / MANIFEST).is_file()):
        raise InputError("publishing over HTTP needs a state folder: name it with --state DIR or with PLANGRAF_STATE")
    if settings.served is not None:
        Release.locate(settings.served)  # first, because it costs nothing and no other release would do
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _exit)  # until the supervisor has handlers of its own
    reserve_descriptors(settings.connections, policy(settings.workers).workers)
    listeners = Listeners(settings.host, settings.port, settings.fronts or os.cpu_count() or 1)
    with ExitStack() as ending:
        try:
            folder = ending.enter_context(runtime_folder())
            _reserve(folder, len(listeners.sockets))
        except OSError as error:
            raise InputError(f"the folder for temporary files cannot be used: {error}") from error
        return _supervise(settings, listeners, folder)


def _exit(*_: object) -> NoReturn:
    sys.exit(0)


@contextmanager
def _directory(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _reserve(folder: Path, fronts: int) -> None:
    """Have all processes of the server use its folder, and reserve the space for their metrics.

    Raises:
        OSError: the folder cannot be written, or has not enough space.
    """
    metrics = folder / "metrics"
    metrics.mkdir()
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(metrics)
    # All processes of the server have their temporary files in its folder, so they go with it.
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    # prometheus-client reads the variable when this module imports it.
    from plangraf.http.metrics import reserve_files
    from plangraf.serving.front import front_role

    reserve_files(["supervisor", "background", *map(front_role, range(fronts))])


def _unsaid(settings: Settings) -> str:
    """Return what the pages cannot say because the settings do not, for the operator and not for visitors."""
    lacking = {
        "contact (contact_email, contact_url)": settings.contact_email is None and settings.contact_url is None,
        "accessibility statement (accessibility_url)": settings.accessibility_url is None,
    }
    found = " and no ".join(name for name, lacks in lacking.items() if lacks)
    return f"; the pages have no {found}, since no setting names one" if found else ""


def _supervise(settings: Settings, listeners: Listeners, folder: Path) -> int:
    # The fronts inherit all modules that are imported and all templates that are compiled here.
    from plangraf.serving.configuration import Configuration, read_examples, read_shapes
    from plangraf.serving.log import prepare_log
    from plangraf.serving.supervisor import Supervisor
    from plangraf.view.assets import vendored
    from plangraf.view.render import compile_templates

    prepare_log(settings)
    compile_templates()
    plain = "" if vendored() else "; the pages are plain, since it was installed without npm"
    notes = plain + _unsaid(settings)
    address = f"http://{authority(settings.host, listeners.port)}"

    def greet(release: str) -> None:
        sys.stderr.write(f"Plangraf serves release {release} on {address} (stop with Ctrl-C{notes})\n")
        sys.stderr.flush()

    with _directory(folder) as descriptor, socket.socket(socket.AF_UNIX) as jobs:
        # The path of a socket may have about a hundred bytes only, and TMPDIR may be longer. The children, which
        # connect to it, inherit the descriptor.
        jobs.bind(f"/proc/self/fd/{descriptor}/jobs.sock")
        jobs.listen(1024)
        configuration = Configuration(settings, len(listeners.sockets), folder, jobs, read_shapes(), read_examples())
        gc.collect()
        gc.freeze()  # a collection in a front must not write to the memory that all processes share
        listeners.listen()
        return Supervisor(configuration, listeners, greet).run()
