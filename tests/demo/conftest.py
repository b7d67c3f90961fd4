"""The demo of sixty days, built once in the worker that runs this group."""

import pytest

from tests.demo.built import build
from tests.demo.live import CHROMIUM, FLAGS, copied, served

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Mobi"


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


@pytest.fixture(scope="session")
def live(demo, tmp_path_factory):
    with served(copied(demo, tmp_path_factory.mktemp("live"))) as running:
        yield running


@pytest.fixture(scope="session")
def browser(play):
    chromium = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
    yield chromium
    chromium.close()


@pytest.fixture
def visit(browser, live):
    """Open a page as a person of the demo; every script error on it fails the test."""
    opened, faults = [], []

    def go(person: str | None, path: str = "/", *, width: int = 1440, mode: str = "light"):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=mode,
            locale="en-GB",
            timezone_id="Europe/London",
            **({"user_agent": PHONE} if width < 500 else {}),
        )
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(45_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        if person:
            page.goto(f"{live.address}/demo/enter/{person}")
        page.goto(f"{live.address}{path}")
        return page

    yield go
    for context in opened:
        context.close()
    assert faults == []
