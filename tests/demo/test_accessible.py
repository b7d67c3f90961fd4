"""Every screen of every role, light and dark, judged by axe in a real browser."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.demo.live import CHROMIUM, calm

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("demo"),
    pytest.mark.timeout(400),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no Chromium on this machine"),
]
SCREENS = [
    ("nora", "/", "Performance"),
    ("nora", "/?credit=Platform-reported&channel=youtube&campaign=youtube-cases", "Performance"),
    ("nora", "/decisions", "Decisions"),
    ("priya", "/", re.compile("^Good ")),
    ("priya", "/inbox", "Inbox"),
    ("priya", "/plan", "Plan"),
    ("priya", "/ledger", "Ledger"),
    ("priya", "/you", "You"),
    ("priya", "/review", "Review"),
    ("nora", "/discovery", "Discovery"),
    ("maya", "/", "Guardrails"),
    ("priya", "/guardrails", "Guardrails"),
    ("maya", "/brand", "Brand rules"),
    ("maya", "/sources", "Data sources"),
    ("priya", "/authority", "Who may do what"),
    ("maya", "/audiences", "Audiences"),
    ("sam", "/", "Engine room"),
    ("sam", "/people", "People"),
]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("person", "path", "title"), SCREENS)
def test_axe_finds_nothing_serious(visit, person, path, title, mode):
    page = visit(person, path, mode=mode)
    page.get_by_role("heading", name=title, exact=True).wait_for()
    calm(page)
    found = Axe().run(page).response["violations"]
    serious = [
        f"{v['id']}: {node['target']} {node.get('failureSummary', '')}"
        for v in found
        if v["impact"] in {"serious", "critical"}
        for node in v["nodes"]
    ]
    assert serious == []
