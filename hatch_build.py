"""Part of the build: takes the third-party files of the pages into the package. Without them the pages are plain."""

import importlib.util
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class VendorHook(BuildHookInterface[Any]):
    """Calls `plangraf.view.vendor`, which needs nothing but the standard library, without its package.

    The package itself cannot be imported yet: what it depends on is not installed when it is built.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Take the files before the wheel, or the editable install, is put together."""
        root = Path(self.root)
        static = root / "server" / "plangraf" / "view" / "static"
        spec = importlib.util.spec_from_file_location("vendor", static.with_name("vendor.py"))
        assert spec is not None  # noqa: S101  # the file is in the repository
        assert spec.loader is not None  # noqa: S101  # it is Python
        vendor = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(vendor)
        try:
            vendor.take(root, static)
        except (OSError, subprocess.SubprocessError) as error:
            self.app.display_warning(f"Plangraf's pages will be plain: {vendor.reason(error)}")
