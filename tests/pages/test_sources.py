"""The data sources page: every state and role, a file on its way in, and out again."""

import json

import pytest

from engine import wiring
from engine.commands import files
from engine.model.outcomes import SourceState
from engine.model.people import Scope
from engine.store import imports, sources
from tests import uploads
from tests.pages.conftest import enter, words
from tests.pages.small import NASTY, NOW

PAGE = "pages/team/sources.py"
C = "northgate"
MAYA = Scope("maya", "Maya", "team", frozenset({C, "alder"}))


def open_page(person="maya", client=C, **query):
    """The page of one client; ``alder`` is the one it opens with, so that every filter comes from the address."""
    at = enter(person, PAGE, **query)
    if client == "alder":
        return at
    at.session_state["client"] = client
    return at.run()


def upload(at, *given):
    at.file_uploader[0].set_value([(name, data, "text/csv") for name, data in given])
    return at.run()


def press(at, label):
    next(b for b in at.button if b.label == label).click()
    return at.run()


def stored(place, client=C):
    with place.read() as conn:
        return imports.imports(conn, client)


def take(place, name="meta.csv", data=uploads.META, client=C):
    """Taken in by somebody else, through the same commands."""
    house = wiring.house(place._engine, wiring.settings())
    shown = files.preview(house, MAYA, NOW, client, name, data)
    return files.keep(house, MAYA, NOW, client, name, data, fingerprint=shown.fingerprint)[0]


@pytest.mark.parametrize("person", ["maya", "priya", "sam"])
def test_a_file_is_shown_before_it_is_kept_and_kept_with_a_receipt(place, person):
    at = upload(open_page(person), ("meta.csv", uploads.META))
    assert not at.exception
    shown = words(at)
    assert "4 rows would be new" in shown
    assert "for Northgate Advisory, not kept yet" in shown
    assert stored(place) == []
    at = press(at, "Keep")
    assert not at.exception
    (made,) = stored(place)
    assert (made.kept, made.by) == (4, person)
    shown = words(at)
    assert f"Receipt {made.import_id}" in shown
    assert "Kept meta.csv" in shown.replace("\\", "")
    assert not at.file_uploader[0].value  # the bytes are let go of


def test_a_rerun_of_the_page_keeps_nothing_twice(place):
    at = press(upload(open_page(), ("meta.csv", uploads.META)), "Keep")
    for _ in range(3):
        at.run()
    assert len(stored(place)) == 1


def test_discarding_changes_nothing(place):
    at = upload(open_page(), ("meta.csv", uploads.META))
    at = press(at, "Discard")
    assert "would be new" not in words(at)
    assert stored(place) == []


def test_what_would_change_is_told_before_and_after_with_refusals_and_totals(place):
    take(place)
    shown = words(upload(open_page(), ("b.csv", uploads.RESTATED), ("g.csv", uploads.REPORT)))
    shown = shown.replace("\\", "")
    assert "1 day of Meta Ads: spend $13.75 → $14.95, clicks 22 → 23." in shown
    assert "would be new" in shown
    assert "Link clicks" in shown
    assert "many" in shown
    assert "within rounding" in shown  # 799.75 against 799.74


def test_a_question_about_the_currency_is_asked_and_answered(place):
    at = upload(open_page(), ("open.csv", uploads.NO_CURRENCY))
    assert next(b for b in at.button if b.label == "Keep").disabled
    box = next(s for s in at.selectbox if "currency" in s.label)
    at = box.set_value("GBP").run()
    at = press(at, "Keep")
    (made,) = stored(place)
    assert (made.currency, made.answers_json) == ("GBP", '{"currency": "GBP"}')


def test_an_answer_the_file_contradicts_is_said_to_be_wrong_and_can_be_mended(place):
    at = upload(open_page(), ("open.csv", uploads.NO_CURRENCY.replace(b"12.50", b"$12.50")))
    at = next(s for s in at.selectbox if "currency" in s.label).set_value("GBP").run()
    assert any("You said the money is in GBP" in e.value for e in at.error)
    assert not [b for b in at.button if b.label == "Keep"]
    at = next(s for s in at.selectbox if "currency" in s.label).set_value("USD").run()
    assert not at.error
    press(at, "Keep")
    assert stored(place)[0].currency == "USD"


def test_a_refused_file_is_not_read_again_by_every_click(place, monkeypatch):
    at = upload(open_page(), ("strange.csv", b"a,b\n1,2\n"))
    monkeypatch.setattr(files, "preview", None)  # calling it now would fail the page
    at.run()
    assert not at.exception
    assert any("not known" in e.value for e in at.error)


def test_a_currency_may_be_left_open_knowingly(place):
    at = upload(open_page(), ("open.csv", uploads.NO_CURRENCY))
    at = at.checkbox[0].check().run()
    at = press(at, "Keep")
    assert [m.currency for m in stored(place)] == [None]


def test_ambiguous_dates_are_asked_and_the_file_read_again(place):
    at = upload(open_page(), ("open.csv", uploads.AMBIGUOUS))
    assert "can be two dates" in words(at).replace("\\", "")
    assert not [b for b in at.button if b.label == "Keep"]
    at = at.radio[0].set_value("mdy").run()
    assert "4 March 2026" in words(at)
    at = next(s for s in at.selectbox if "currency" in s.label).set_value("USD").run()
    press(at, "Keep")
    assert stored(place)[0].period_first.isoformat() == "2026-03-04"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.csv", b"", "empty"),
        ("paper.csv", b"%PDF-1.7\n", "PDF"),
        ("strange.csv", b"a,b\n1,2\n", "format is not known"),
        ("cut.zip", uploads.zipped(a=uploads.META)[:60], "damaged"),
    ],
)
def test_what_cannot_be_read_says_why_and_can_only_be_put_aside(place, name, data, said):
    at = upload(open_page(), (name, data))
    assert not at.exception
    assert any(said in e.value for e in at.error)
    assert not [b for b in at.button if b.label == "Keep"]
    assert stored(place) == []


def test_somebody_elses_import_in_between_is_shown_anew_before_anything_is_kept(place):
    at = upload(open_page(), ("b.csv", uploads.RESTATED))
    assert "3 rows would be new" in words(at)
    take(place)
    at = press(at, "Keep")
    assert len(stored(place)) == 1  # the click was for what was shown, not for what is true now
    shown = words(at).replace("\\", "")
    assert "1 row would be new, 1 row would change figures" in shown
    assert "changed since you looked" in shown
    press(at, "Keep")
    assert len(stored(place)) == 2


def test_a_file_taken_in_before_has_nothing_to_keep(place):
    made = take(place)
    at = upload(open_page(), ("meta.csv", uploads.META))
    assert f"taken in before, as {made}" in words(at).replace("\\", "")
    assert not [b for b in at.button if b.label == "Keep"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [("", "Every line was refused"), (uploads.META.decode().partition("\n")[2], "there already")],
)
def test_a_file_of_which_nothing_would_be_kept_cannot_be_kept_and_tells_the_refused(
    place, lines, said
):
    take(place)
    data = f"{uploads.HEADER}\nAutumn,2026-11-09,bad,1,1\n{lines}".encode()
    at = upload(open_page(), ("b.csv", data))
    assert said in words(at)
    assert "1 line refused." in words(at)
    assert next(b for b in at.button if b.label == "Keep").disabled


def test_names_from_files_are_shown_letter_by_letter(place):
    data = uploads.META.replace(b"Winter", NASTY.replace(",", "").encode())
    at = press(upload(open_page(), (NASTY.replace("/", "") + ".csv", data)), "Keep")
    assert not at.exception
    shown = words(at)
    assert NASTY not in shown
    assert shown.count("<img") == shown.count("\\<img") > 0
    assert all(not m.allow_html for m in at.markdown)


@pytest.mark.parametrize(("state", "badge"), [("late", "Late"), ("failed", "Failed")])
def test_a_source_that_is_not_fresh_says_what_waits_because_of_it(place, state, badge):
    found = SourceState("google_ads", NOW, state, "The platform did not answer.")
    place.write(lambda conn: sources.set_state(conn, C, found, NOW))
    shown = words(open_page()).replace("\\", "")
    assert f"{badge}]" in shown
    assert "no budget of this client moves by itself" in shown
    assert "1 of 2 connected sources fresh" in shown


def test_the_page_says_what_files_are_used_for_and_what_can_be_read(place):
    shown = words(open_page()).replace("\\", "")
    assert "No agent and no dashboard reads them" in shown
    assert "Meta Ads Manager tables" in shown
    assert "HubSpot" in shown


def test_no_agent_and_no_dashboard_reads_files():
    """The sentence on the page, held against the code: nothing but imports and this page names the rows of files."""
    from tests.test_house import HOUSE, ROOMS

    naming = {
        str(path.relative_to(HOUSE))
        for room in ROOMS
        for path in (HOUSE / room).rglob("*.py")
        if "file_rows" in path.read_text(encoding="utf-8") and "migrations" not in path.parts
    }
    assert naming == {
        "engine/store/tables/__init__.py",
        "engine/store/tables/figures.py",
        "engine/store/file_rows.py",
        "engine/store/judging.py",
        "engine/store/imports.py",
        "engine/store/reads/coverage.py",
        "engine/store/reads/file_history.py",
    }


def test_a_broken_read_keeps_the_title_and_the_upload(place, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("secret path /srv/x")

    monkeypatch.setattr("engine.store.reads.coverage.accounts", broken)
    at = open_page()
    assert not at.exception
    assert [t.value for t in at.title] == ["Data sources"]
    assert "reference" in at.error[0].value
    assert "secret" not in words(at)
    assert at.file_uploader


def test_the_upload_limit_is_one_figure_everywhere(place):
    import tomllib

    from engine.platforms.files import LIMITS
    from tests.test_house import HOUSE

    config = tomllib.loads((HOUSE / ".streamlit" / "config.toml").read_text())
    megabytes = LIMITS.packed // (1024 * 1024)
    assert config["server"]["maxUploadSize"] == megabytes == 20
    at = open_page()
    assert f"{megabytes} MB" in at.file_uploader[0].label
    assert sorted(at.file_uploader[0].allowed_type) == [".csv", ".tsv", ".txt", ".xlsx", ".zip"]


def test_a_client_has_no_such_page(place):
    with pytest.raises(ValueError, match="page"):
        enter("nora", PAGE)


def test_the_receipt_is_offered_as_json(place):
    made = take(place)
    at = open_page(**{"import": made})
    assert any(b.label == "Receipt as JSON" for b in at.get("download_button"))
    assert json.loads(stored(place)[0].totals_json)
