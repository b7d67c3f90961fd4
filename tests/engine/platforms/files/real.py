"""Where the real exports are, when they are: beside the checkout, never in it."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[5] / "shared" / "data"


def export_file(name: str) -> Path:
    """The real file of this name; skips the test where the folder is absent."""
    if not FOLDER.is_dir():
        pytest.skip("real exports are not beside this checkout (../shared/data)")
    return FOLDER / name
