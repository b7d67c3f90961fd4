"""The files taken in, as the data sources page lists them: opened, searched and paged from the address, undone."""

from sqlalchemy import update

from engine.store import tables
from tests import uploads
from tests.pages.conftest import words
from tests.pages.test_sources import open_page, press, stored, take


def test_an_import_is_opened_by_its_address_and_undone_there(place):
    made = take(place)
    at = open_page("priya", **{"import": made})
    assert f"Receipt {made}" in words(at).replace("\\", "")
    at = press(at, "Undo this import")
    assert not at.exception
    assert "4 rows went" in words(at)
    assert "Undone" in words(at)
    (found,) = stored(place)
    assert found.undone_by == "priya"
    assert not [b for b in at.button if b.label == "Undo this import"]


def test_an_import_that_wrote_over_rows_says_why_it_has_no_undo(place):
    made = take(place)
    nobody = update(tables.imports).values(by=None)  # as the store before the layers kept it
    place.write(lambda conn: conn.execute(nobody))
    at = open_page(**{"import": made})
    assert not at.exception
    assert not [b for b in at.button if b.label == "Undo this import"]
    assert "It cannot be undone" in words(at)
    assert "new download of the same days" in words(at)


def test_an_unknown_import_in_the_address_is_said_to_be_none(place):
    at = open_page(**{"import": "file-99999"})
    assert not at.exception
    assert "no such import" in words(at)


def test_an_import_of_another_client_is_not_opened(place):
    made = take(place)
    at = open_page(client="alder", **{"import": made})
    assert "no such import" in words(at)
    assert "meta.csv" not in words(at).replace("\\", "")


def test_the_history_is_searched_from_the_address(place):
    take(place, client="alder")
    take(place, "report.csv", uploads.REPORT, client="alder")
    listed = words(open_page(client="alder", name="report")).replace("\\", "")
    assert "report.csv" in listed
    assert "meta.csv" not in listed
    listed = words(open_page(client="alder", source="Meta Ads")).replace("\\", "")
    assert "meta.csv" in listed
    assert "report.csv" not in listed
    assert "Nothing matches" in words(open_page(client="alder", name="nowhere"))


def test_long_histories_are_cut_into_pages_with_the_number_in_the_address(place):
    for n in range(22):
        data = uploads.META.replace(b"Autumn", b"Autumn %d" % n)
        take(place, f"week-{n}.csv", data, client="alder")
    first = words(open_page(client="alder")).replace("\\", "")
    assert "22 imports" in first
    assert "week-0.csv" not in first
    second = words(open_page(client="alder", files="2")).replace("\\", "")
    assert "week-0.csv" in second
    assert "week-21.csv" not in second
