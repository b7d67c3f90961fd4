"""The client's page in a real browser: where the figures come from, whose credit they count, what the pins tell."""

import re

import pytest

from tests.demo.live import CHROMIUM, calm

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("demo"),
    pytest.mark.timeout(400),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no Chromium on this machine"),
]


def opener(page):
    return page.locator(".st-key-drill-open")


def test_a_client_opens_a_channel_a_campaign_and_an_ad_and_comes_back(visit):
    page = visit("nora")
    calm(page)
    page.locator(".st-key-drill-channel").get_by_text("YouTube", exact=True).click()
    page.get_by_text("Open a campaign").wait_for()
    calm(page)
    opener(page).get_by_text("Case studies", exact=True).click()
    page.get_by_text("Read an ad").wait_for()
    assert "channel=youtube&campaign=youtube-cases" in page.url
    calm(page)
    opener(page).locator("button").first.click()
    page.get_by_text(re.compile("approved by Priya")).wait_for()
    place = page.url
    page.goto(place)  # as shared with somebody
    page.get_by_text(re.compile("approved by Priya")).wait_for()
    calm(page)
    page.get_by_role("button", name="All channels").click()
    page.get_by_text("Read an ad").wait_for(state="detached")
    assert "campaign" not in page.url


def test_the_switch_goes_into_the_address_and_platforms_have_no_total(visit):
    page = visit("nora")
    page.get_by_text("Where it comes from").wait_for()
    calm(page)
    page.locator(".st-key-attribution").get_by_role("button").first.click()
    calm(page)
    page.get_by_role("radiogroup").get_by_text("Platform-reported").click()
    page.get_by_text("not added up across channels").first.wait_for()
    assert "credit=Platform-reported" in page.url


@pytest.mark.parametrize(
    ("person", "path", "lands"),
    [
        ("nora", "/", "/decisions?find="),
        ("priya", "/performance?client=northgate", "/ledger?find="),
    ],
)
def test_a_pin_on_the_chart_leads_to_what_is_on_record(visit, person, path, lands):
    page = visit(person, path)
    page.get_by_text("Where it comes from").wait_for()
    pin = page.locator(".js-plotly-plot a[target=_self]").first
    pin.wait_for()
    pin.evaluate("e => e.closest('.js-plotly-plot').scrollIntoView({block: 'center'})")
    pin.click(force=True)
    page.wait_for_url(re.compile(re.escape(lands)))
    page.get_by_text(re.compile(r"^[1-9]\d* lines?$")).first.wait_for()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(
    "query", ["credit=Last-click&range=90+days", "channel=google_search&campaign=search-core"]
)
def test_every_view_and_level_fits_the_screen(visit, width, query):
    page = visit("nora", f"/?{query}", width=width)
    page.get_by_text("Where it comes from").wait_for()
    page.get_by_text("What we decided this week").wait_for()
    calm(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator("[data-testid=stException]").count() == 0
