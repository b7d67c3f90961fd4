"""A file's whole way in a real browser: dropped, previewed, asked about, kept, found again, undone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import uploads
from tests.demo.live import CHROMIUM, calm

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("demo"),
    pytest.mark.timeout(400),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no Chromium on this machine"),
]


def drop(page, name, data):
    given = {"name": name, "mimeType": "text/csv", "buffer": data}
    page.locator("input[type=file]").first.set_input_files([given])


def test_a_file_is_previewed_kept_opened_by_its_link_and_undone(visit):
    page = visit("maya", "/sources")
    page.get_by_text("Take a file in").wait_for()
    drop(page, "browser.csv", uploads.META)
    page.get_by_text("4 rows would be new").wait_for()
    calm(page)
    page.get_by_role("button", name="Keep").click()
    page.get_by_text(re.compile("^Kept browser")).first.wait_for()
    title = page.get_by_role("heading", name=re.compile("Receipt file-")).first.inner_text()
    import_id = re.search(r"file-\d+", title)[0]
    with page.expect_download() as receipt:
        page.get_by_role("button", name="Receipt as JSON").first.click()
    assert import_id in receipt.value.suggested_filename
    other = visit("priya", f"/sources?import={import_id}")
    other.get_by_text("All 4 rows are in force.").wait_for()
    calm(other)
    other.get_by_role("button", name="Undo", exact=True).first.click()
    calm(other)
    other.get_by_role("button", name="Undo this import").first.click()
    other.get_by_text(f"{import_id} was undone: 4 rows went").wait_for()
    calm(other)
    assert other.locator("[data-testid=stException]").count() == 0


def test_what_the_file_leaves_open_is_asked_before_it_can_be_kept(visit):
    page = visit("maya", "/sources")
    page.get_by_text("Take a file in").wait_for()
    drop(page, "open.csv", uploads.AMBIGUOUS)
    page.get_by_text("can be two dates").wait_for()
    calm(page)
    assert page.get_by_role("button", name="Keep").count() == 0
    calm(page)
    page.get_by_text("Month first: 03/04 is 4 March").click()
    page.get_by_text("Which currency is its money in?").wait_for()
    calm(page)
    assert page.get_by_role("button", name="Keep").is_disabled()
    calm(page)
    page.get_by_text("Leave it open").click()
    page.get_by_role("button", name="Keep").and_(page.locator(":enabled")).wait_for()
    calm(page)
    page.get_by_role("button", name="Discard").click()
    page.get_by_text("open.csv").first.wait_for(state="detached")


def test_a_file_over_the_limit_is_refused_in_the_browser(visit):
    page = visit("maya", "/sources")
    page.get_by_text("Take a file in").wait_for()
    drop(page, "big.csv", bytes(25 * 1024 * 1024))
    page.get_by_text(re.compile("must be 20.*or smaller|exceeds|too large", re.I)).first.wait_for()
    calm(page)
    assert page.get_by_role("button", name="Keep").count() == 0


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_data_sources_fit_the_screen_and_can_be_read_by_everybody_with_files_on_the_table(
    visit, width, mode
):
    page = visit("maya", "/sources", width=width, mode=mode)
    page.get_by_text("Take a file in").wait_for()
    drop(page, "open.csv", uploads.NO_CURRENCY)
    page.get_by_text("Which currency is its money in?").wait_for()
    drop(page, "report.csv", uploads.REPORT)
    page.get_by_text("2 rows would be new").wait_for()
    calm(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator("[data-testid=stException]").count() == 0
    found = Axe().run(page).response["violations"]
    assert [v["id"] for v in found if v["impact"] in {"serious", "critical"}] == []
