"""A bound is changed by two people, in a real browser: drafted by the team, published by a senior strategist."""

import re

import pytest

from tests.demo.live import CHROMIUM, calm

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("demo"),
    pytest.mark.timeout(400),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no Chromium on this machine"),
]


@pytest.mark.parametrize(("width", "pauses"), [(1440, "5"), (390, "4")])
def test_a_draft_by_maya_is_published_by_priya(visit, width, pauses):
    page = visit("maya", "/?rule=pausing", width=width)
    field = page.get_by_role("spinbutton", name="Most pauses a day")
    field.fill(pauses)
    calm(page)
    page.get_by_role("button", name="Save as a new draft").first.click()
    told = page.get_by_text(re.compile(r"^Draft v\d+ is saved"))
    told.wait_for()
    version = re.search(r"v(\d+)", told.inner_text())[1]
    page.get_by_text("You wrote this draft, so a second person publishes it").wait_for()
    calm(page)
    assert page.get_by_role("button", name=f"Publish v{version}").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    page = visit("priya", f"/guardrails?version={version}", width=width)
    page.get_by_text("1 change: 1 tighter").first.wait_for()
    calm(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    calm(page)
    page.get_by_role("button", name=f"Publish v{version}").click()
    page.get_by_text(re.compile(f"v{version} is in force. The next pass")).wait_for()
    calm(page)
    assert page.get_by_role("spinbutton", name="Most pauses a day").input_value() == pauses
    assert page.locator("[data-testid=stException]").count() == 0


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_guardrails_fit_the_screen(visit, width, mode):
    page = visit("maya", width=width, mode=mode)
    page.get_by_text("Daily bounds per channel").first.wait_for()
    page.get_by_text("every version, newest first").wait_for()
    calm(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_what_was_typed_is_still_there_after_a_save_that_was_refused(visit):
    page = visit("maya", "/?rule=movement")
    page.get_by_role("spinbutton", name="Length of the window, days").fill("400")
    calm(page)
    page.get_by_role("button", name="Save as a new draft").first.click()
    page.get_by_text("Write a whole number from 1 to 92.").wait_for()
    calm(page)
    field = page.get_by_role("spinbutton", name="Length of the window, days")
    assert field.input_value() == "400"
