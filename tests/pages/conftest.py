"""The screens, entered as a browser enters them: through ``app.py``, as one of the demo people."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from engine.store import Store
from engine.store.connect import connect
from tests.pages.build import build, store_at

APP = Path(__file__).parents[2] / "app.py"


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Path:
    """The whole store, built once."""
    path = tmp_path_factory.mktemp("screens") / "store.duckdb"
    build(path).close()
    return path


@pytest.fixture
def place(template, tmp_path, monkeypatch):
    """A store of one's own, open; the screens find it by its address."""
    path = tmp_path / "store.duckdb"
    shutil.copy(template, path)
    yield from _opened(path, monkeypatch)


@pytest.fixture
def bare(tmp_path, monkeypatch):
    """A demo store with people and nothing else."""
    path = tmp_path / "bare.duckdb"
    store_at(path).close()
    yield from _opened(path, monkeypatch)


def _opened(path, monkeypatch):
    monkeypatch.setenv("CC_STORE", str(path))
    store = Store(connect(f"duckdb:///{path}"))
    yield store
    store.close()


def enter(person: str | None, page: str | None = None, **query: str) -> AppTest:
    """One session of a person, on their first page or on ``page``."""
    at = AppTest.from_file(str(APP), default_timeout=60)
    if person is not None:
        at.session_state["demo_person"] = person
    if page is not None:
        at.run()
        at.switch_page(page)  # forgets the query
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    return at


def words(at: AppTest) -> str:
    """Everything a reader would see as text."""
    parts = [str(e.value) for kind in ("title", "header", "markdown") for e in at.get(kind)]
    parts += [
        str(e.value) for kind in ("info", "warning", "error", "success") for e in at.get(kind)
    ]
    parts += [f"{m.label} {m.value} {m.delta}" for m in at.metric]
    parts += [b.label for b in at.button]
    parts += [t.value.to_string() for t in at.table]
    return "\n".join(parts)
