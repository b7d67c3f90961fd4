import shutil
from pathlib import Path

import pytest

from engine.store import Store
from engine.store.connect import connect


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory):
    """An empty store at the newest version; migrating one takes a second, copying it nothing."""
    path = tmp_path_factory.mktemp("store") / "empty.duckdb"
    connect(f"duckdb:///{path}").dispose()
    return path


@pytest.fixture
def path(empty_store, tmp_path) -> Path:
    return Path(shutil.copy(empty_store, tmp_path / "store.duckdb"))


@pytest.fixture
def store(path):
    opened = Store(connect(f"duckdb:///{path}"), seed=1)
    yield opened
    opened.close()
