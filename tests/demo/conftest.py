"""The demo of sixty days, built once in the worker that runs this group."""

import pytest

from tests.demo.built import build


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    return build(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def store(demo):
    """The demo's store, opened for reading between the commands that open it themselves."""
    import duckdb

    def ask(question: str, *values):
        with duckdb.connect(str(demo.store), read_only=True) as conn:
            conn.execute("SET TimeZone = 'UTC'")
            return conn.execute(question, values).fetchall()

    return ask
