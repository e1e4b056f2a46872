import hashlib
from pathlib import Path

from plangraf.view.assets import STATIC, own_path, vendored, vendored_path


def test_the_address_of_a_file_has_its_hash() -> None:
    digest = hashlib.sha384((STATIC / "plangraf.css").read_bytes()).hexdigest()
    assert own_path("plangraf.css") == f"/static/plangraf.css?v={digest[:16]}"


def test_what_others_have_made_is_linked_when_the_manifest_has_it(vendor: Path) -> None:
    asset = vendored()["inter-latin.woff2"]
    assert (asset.package, asset.licence) == ("@fontsource-variable/inter", "OFL-1.1")
    assert asset.bytes == (vendor / asset.file).stat().st_size
    assert vendored_path(asset.file) == f"/static/vendor/inter-latin.woff2?v={asset.sha384[:16]}"
    assert vendored_path("licences.txt") is None
    assert vendored_path("plangraf.css") is None
