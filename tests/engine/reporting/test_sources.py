"""What the data sources page says, from values: days, gaps, what waits, and a preview in words."""

from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest

from engine.model.exports import PERFORMANCE, RefusedRow, Total
from engine.model.imports import Judged, Moved, MovedSpan, Previewed
from engine.model.outcomes import FACTS, Pull, SourceState
from engine.model.people import Scope
from engine.reporting.sources.coverage import sources_of
from engine.reporting.sources.history import history, one, receipt
from engine.reporting.sources.told import told, total_line
from engine.store import facts, imports, sources
from tests.engine.store.values import an_export
from tests.pages.build import store_at
from tests.pages.small import ACCOUNTS, NOW

C = "northgate"
MAYA = Scope("maya", "Maya", "team", frozenset({C}))
TODAY = date(2026, 11, 13)


@pytest.fixture
def store(tmp_path):
    opened = store_at(tmp_path / "store.duckdb")
    yield opened
    opened.close()


def tell(store, days):
    """Figures of exactly these days of the account."""
    fact = {"level": "campaign", "channel": "google_search", "campaign": "c", "ad": ""}
    figures = dict.fromkeys(("impressions", "clicks", "cost_micros", "value_micros"), 1)
    rows = [{"day": day, **fact, **figures, "conversions": 1.0} for day in days]
    pull = Pull("google_ads", pa.Table.from_pylist(rows, schema=FACTS), min(days), max(days), NOW)
    account = ACCOUNTS[C].account
    store.write(
        lambda conn: facts.replace_window(conn, C, "google_ads", account, pull, currency="GBP")
    )


def state(store, source, word, sentence="", age=timedelta(minutes=5)):
    found = SourceState(source, NOW - age, word, sentence)
    store.write(lambda conn: sources.set_state(conn, C, found, NOW))


def take(store, rows, file="report.csv", sha="1", at=NOW, by="maya"):
    export = an_export(rows)
    given = type(export)(**{**vars(export), "file": file})
    return store.write(lambda conn: imports.record(conn, C, given, sha, at, by=by)).import_id


def row(key, day, cost=5):
    return {
        "row_key": key,
        "day": day,
        "period_first": day,
        "period_last": day,
        "cost_micros": cost,
        "currency": "GBP",
    }


def test_an_account_never_read_says_so_and_when_it_comes(store):
    view = sources_of(store, MAYA, C, NOW)
    (line,) = view.connected
    assert (line.state, line.badge) == ("waiting", "Not read yet")
    assert line.facts == ("nothing stored yet",)
    assert view.lead == "No source has been read yet."
    assert "no budget" in line.consequence


def test_days_missing_in_between_are_counted_and_named(store):
    first = TODAY - timedelta(days=20)
    tell(store, [first + timedelta(days=n) for n in range(21) if n not in (3, 4, 9)])
    state(store, "google_ads", "fresh")
    (line,) = sources_of(store, MAYA, C, NOW).connected
    assert line.gaps == "3 days missing in between: 27–28 October, 2 November"
    assert line.facts[0] == "24 Oct–13 Nov"
    assert line.facts[1:3] == ("18 campaign-days", "GBP")


@pytest.mark.parametrize(("behind", "soft"), [(0, 8), (1, 7), (6, 2), (7, 1), (8, 0)])
def test_days_that_may_still_change_are_marked(store, behind, soft):
    last = TODAY - timedelta(days=behind)
    tell(store, [last - timedelta(days=n) for n in range(20)])
    state(store, "google_ads", "fresh")
    (line,) = sources_of(store, MAYA, C, NOW).connected
    marked = [fact for fact in line.facts if "may still change" in fact]
    assert len(marked) == (1 if soft else 0)
    if soft:
        assert marked[0].startswith(f"the last {soft} day")


@pytest.mark.parametrize(("word", "badge"), [("late", "Late"), ("failed", "Failed")])
def test_a_source_that_is_not_fresh_says_what_does_not_move(store, word, badge):
    state(store, "crm", word, "The export is nine hours old.")
    view = sources_of(store, MAYA, C, NOW)
    line = next(x for x in view.connected if x.key.startswith("crm"))
    assert (line.state, line.badge) == (word, badge)
    assert "nine hours old. Until it is back no budget of this client moves" in line.consequence
    assert "CRM" in view.lead


def test_files_tell_their_days_and_gaps_and_stop_telling_them_when_undone(store):
    days = [TODAY - timedelta(days=n) for n in (9, 8, 4, 3)]
    made = take(store, [row(str(d), d) for d in days])
    (line,) = sources_of(store, MAYA, C, NOW).files
    assert (line.state, line.badge) == ("file", "Ends 3 days ago")
    assert line.gaps == "3 days missing in between: 6–8 November"
    assert line.facts[-1] == "the last 5 days still changed when it came"  # 6 to 10 November
    assert line.consequence == ""
    store.write(lambda conn: imports.undo(conn, C, made, "maya", NOW))
    assert sources_of(store, MAYA, C, NOW).files == ()


def test_money_of_several_currencies_is_named_by_all_of_them(store):
    rows = [
        row("1", TODAY),
        {**row("2", TODAY), "currency": "CHF"},
        {**row("3", TODAY), "currency": None},
    ]
    take(store, rows)
    (line,) = sources_of(store, MAYA, C, NOW).files
    assert line.facts[1:3] == ("3 rows", "CHF, GBP")


def test_periods_that_touch_or_overlap_leave_no_gap(store):
    def span(key, first, last):
        return {**row(key, None), "period_first": first, "period_last": last}

    a, b = TODAY - timedelta(days=30), TODAY - timedelta(days=10)
    take(store, [span("1", a, b), span("2", a, a), span("3", b + timedelta(days=1), TODAY)])
    (line,) = sources_of(store, MAYA, C, NOW).files
    assert line.gaps == ""
    assert line.state == "fresh"


def test_the_state_of_an_import_follows_what_came_after_it(store):
    days = [TODAY - timedelta(days=n) for n in range(4)]
    first = take(store, [row(str(d), d) for d in days], "a.csv", "1")
    assert one(store, MAYA, C, NOW, first).state == "in_force"
    second = take(store, [row(str(d), d, 6) for d in days[:2]], "b.csv", "2")
    found = one(store, MAYA, C, NOW, first)
    assert (found.state, found.held, found.standing) == ("partly", 4, 2)
    again = take(store, [row(str(d), d) for d in days], "a.csv", "1")
    assert one(store, MAYA, C, NOW, again).state == "repeat"
    take(store, [row(str(d), d, 7) for d in days], "c.csv", "3")
    assert one(store, MAYA, C, NOW, first).state == "replaced"
    store.write(lambda conn: imports.undo(conn, C, second, "tom", NOW))
    undone = one(store, MAYA, C, NOW, second)
    assert (undone.state, undone.held) == ("undone", 0)
    assert "Tom Okafor" in undone.told


def test_the_history_is_cut_into_pages_of_20_and_filtered_by_source_words_and_person(store):
    for n in range(23):
        at, by = NOW + timedelta(minutes=n), "tom" if n == 5 else "maya"
        take(store, [row(f"k{n}", TODAY)], f"week-{n}.csv", str(n), at, by)
    first = history(store, MAYA, C, NOW)
    assert (len(first.rows), first.pages, first.total, first.sources) == (
        20,
        2,
        23,
        ("google_ads",),
    )
    assert [t.record.file for t in first.rows[:2]] == ["week-22.csv", "week-21.csv"]
    last = history(store, MAYA, C, NOW, number=99)
    assert (last.number, [t.record.file for t in last.rows]) == (
        2,
        ["week-2.csv", "week-1.csv", "week-0.csv"],
    )
    assert [t.by for t in history(store, MAYA, C, NOW, text="okafor").rows] == ["Tom Okafor"]
    assert history(store, MAYA, C, NOW, text="week-1").total == 11
    assert history(store, MAYA, C, NOW, source="meta_ads").total == 0
    assert history(store, MAYA, C, NOW, text="%").total == 0


def test_a_receipt_is_a_document_with_everything_on_record(store):
    import json

    made = take(store, [row("k", TODAY)])
    document = json.loads(receipt(one(store, MAYA, C, NOW, made)))
    assert document["import"] == made
    assert (document["by"], document["state"], document["kept"]) == ("maya", "in_force", 1)
    assert document["totals"] == {}
    assert document["undone_at"] is None


def member(judged=None, **more):
    fields = {
        "file": "meta.csv",
        "format": "meta_ads",
        "source": "meta_ads",
        "kind": "performance",
        "period": (date(2026, 11, 1), date(2026, 11, 12)),
        "currency": "USD",
        "read": 12,
        "refused": (),
        "totals": {},
        "notes": (),
        "asks": (),
        "judged": judged or Judged(new=12),
        "repeats": None,
    }
    return Previewed(**{**fields, **more})


def test_changes_are_told_as_sums_and_days_before_and_after():
    days = [date(2026, 11, n) for n in (1, 2)]
    moved = (
        Moved("cost_micros", "USD", 1_203_200_000, 1_210_000_000, "USD"),
        Moved("clicks", None, 310, 312, None),
    )
    spans = tuple(MovedSpan(d, d, 1, moved[:1]) for d in days)
    found = told(member(Judged(0, 12, 0, 12, moved, spans)))
    assert found.change == "12 days of Meta Ads: spend $1,203.20 → $1,210.00, clicks 310 → 312."
    assert found.lead == "12 rows would change figures."
    assert [(c.when, c.figure) for c in found.changes] == [
        ("1 November 2026", "spend"),
        ("2 November 2026", "spend"),
    ]
    assert found.more_changes == 10


def test_money_without_a_currency_is_never_given_one():
    moved = (Moved("cost_micros", None, None, 12_500_000, None),)
    found = told(member(Judged(0, 1, 0, 1, moved, ()), currency=None, asks=("currency",)))
    assert "spend – → 12.5 (no currency)" in found.change
    assert found.what.endswith("currency open")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"repeats": "file-00007"}, "taken in before, as file-00007"),
        ({"judged": Judged(already=12)}, "Every row is there already"),
        ({"judged": Judged(), "read": 0}, "holds no row"),
        (
            {"judged": Judged(), "read": 1, "refused": (RefusedRow(2, "no day"),)},
            "Every line was refused; there is nothing to keep. 1 line refused.",
        ),
        (
            {"judged": Judged(already=12), "refused": (RefusedRow(3, "no day"),)},
            "there already; keeping it would change nothing. 1 line refused.",
        ),
        (
            {"judged": Judged(11), "refused": (RefusedRow(3, "no day"),)},
            "11 rows would be new; 1 line refused.",
        ),
        ({"judged": Judged(1), "kind": "deals"}, "1 deal would be new."),
    ],
)
def test_the_lead_answers_what_keeping_it_would_do(more, said):
    assert said in told(member(**more)).lead


@pytest.mark.parametrize(
    ("total", "difference", "verdict"),
    [
        (Total(Decimal("799.75"), Decimal("799.74"), rounded=True), "+0.01", "rounding"),
        (Total(Decimal("287.35"), Decimal("799.74"), rounded=False), "−512.39", "differs"),
        (Total(Decimal(610), Decimal(610), rounded=True), "0", "same"),
        (Total(Decimal(610)), "–", "alone"),
    ],
)
def test_a_total_stands_beside_the_files_own_with_the_difference(total, difference, verdict):
    line = total_line("Cost", total)
    assert (line.difference, line.verdict) == (difference, verdict)


def test_the_schema_names_every_figure_that_is_told():
    from engine.reporting.sources.told import _FIGURES
    from engine.store.judging import _FIGURES as ADDED

    assert {f for kind in ADDED.values() for f in kind} <= set(_FIGURES)
    assert set(ADDED["performance"]) <= set(PERFORMANCE.names)
