"""The few flows that matter, in a real browser, on the lived-in demo with the loop going on."""

import re

import pytest

from tests.demo.live import CHROMIUM, calm

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("demo"),
    pytest.mark.timeout(400),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no Chromium on this machine"),
]


def test_the_first_page_asks_who_you_are_and_lets_you_in(visit):
    page = visit(None)
    page.get_by_text("Choose who you are").wait_for()
    page.get_by_role("link", name=re.compile("Nora")).click()
    page.get_by_role("heading", name="Performance").wait_for()


def test_spend_and_as_of_change_on_the_open_page_without_a_click(visit):
    page = visit("nora")
    page.get_by_text("Pacing to plan").wait_for()
    as_of = page.get_by_text(re.compile("Google Ads as of")).first
    before = as_of.inner_text()
    page.wait_for_function(
        "before => [...document.querySelectorAll('p, span, div')]"
        ".some(e => e.children.length === 0 && e.innerText && e.innerText.includes('Google Ads as of')"
        " && e.innerText !== before)",
        arg=before,
        timeout=60_000,
    )
    assert as_of.inner_text() != before


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_client_performance_fits_the_screen(visit, width, mode):
    page = visit("nora", width=width, mode=mode)
    page.get_by_text("The most you can be billed today").wait_for()
    page.get_by_text("What we decided this week").wait_for()
    calm(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator("[data-testid=stException]").count() == 0


@pytest.mark.parametrize("width", [1440, 390])
def test_a_persons_own_page_fits_the_screen(visit, width):
    page = visit("maya", "/you", width=width)
    page.get_by_text("Keep these hours").wait_for()
    calm(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator("[data-testid=stException]").count() == 0


@pytest.mark.parametrize("width", [1440, 390])
def test_the_inbox_fits_the_screen(visit, width):
    page = visit("priya", "/inbox", width=width)
    page.get_by_role("heading", name="Inbox").wait_for()
    calm(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator("[data-testid=stException]").count() == 0


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(
    ("path", "told"),
    [("/", "While you were away"), ("/plan", "Plans before"), ("/ledger", "Whole up to line")],
)
def test_home_plan_and_ledger_fit_the_screen(visit, width, path, told):
    page = visit("priya", path, width=width)
    page.get_by_text(told).first.wait_for()
    calm(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator("[data-testid=stException]").count() == 0


def test_a_question_is_answered_only_with_a_reason_and_then_is_done(visit):
    page = visit("priya", "/inbox")
    page.get_by_text("Your reason").wait_for()
    calm(page)
    page.get_by_role("button", name="Reject").click()
    page.get_by_text(re.compile("Write a reason")).first.wait_for()
    calm(page)
    page.get_by_label("Your reason").fill("Not this month: the client asked us to hold.")
    page.get_by_label("Your reason").press("Enter")
    page.wait_for_timeout(500)
    calm(page)
    page.get_by_role("button", name="Reject").click()
    page.get_by_text(re.compile("^Rejected")).first.wait_for()


def test_a_client_cannot_open_the_inbox_by_its_address(visit):
    page = visit("nora", "/inbox")
    page.get_by_role("heading", name="Performance").wait_for()
    calm(page)
    assert page.get_by_text("Your reason").count() == 0


def test_the_engine_room_tells_the_passes(visit):
    page = visit("sam")
    page.get_by_text("Latest passes").wait_for()
