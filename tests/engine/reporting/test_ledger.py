"""The ledger read back: narrowed in the database, page by page, as a file, and line by line."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.people import Scope
from engine.reporting.inbox.figures import before_after, figures, told
from engine.reporting.ledger import sheet as sheets
from engine.reporting.ledger.details import details
from engine.reporting.ledger.pages import (
    KINDS,
    PER_PAGE,
    Ask,
    chain,
    kinds,
    length,
    narrowed,
    page,
)
from engine.reporting.ledger.sheet import HEADER, harmless, sheet
from engine.store import ledger
from engine.store.reads import ledger_pages
from engine.store.reads.ledger_pages import Wanted
from tests.pages.build import build
from tests.pages.small import NOW

PRIYA = Scope("priya", "Priya", "strategist", frozenset({"northgate", "alder"}))
MANY = 60


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = build(tmp_path_factory.mktemp("ledger") / "store.duckdb")
    more = [
        ledger.LedgerEntry(
            at=NOW - timedelta(days=40) + timedelta(minutes=n),
            actor="priya" if n % 3 else "platform",
            actor_role="strategist" if n % 3 else "worker",
            kind=("plan_approved", "escalation_opened", "carried_out", "pause")[n % 4],
            ref=f"R-{n}",
            sentence=f"=cmd {n}" if n == 7 else f"Line {n} of many, 100%.",
        )
        for n in range(MANY)
    ]
    made.write(lambda conn: ledger.append(conn, "alder", more))
    yield made
    made.close()


def ask(store, **wish):
    return page(store, PRIYA, "alder", NOW, Ask(**wish))


def test_pages_hold_every_line_once_newest_first(store):
    first = ask(store)
    assert first.total == 25 + MANY
    seen = []
    for number in range(1, first.pages + 1):
        found = page(store, PRIYA, "alder", NOW, number=number)
        assert found.number == number
        seen += [e.seq for _, entries in found.days for e in entries]
    assert seen == list(range(first.total, 0, -1))
    assert first.pages == -(-first.total // PER_PAGE)


def test_a_page_past_the_end_is_the_last_one(store):
    assert page(store, PRIYA, "alder", NOW, number=99).number == ask(store).pages
    assert page(store, PRIYA, "alder", NOW, number=-1).number == 1


@pytest.mark.parametrize(
    ("wish", "total"),
    [
        ({"kinds": ("policy",)}, 1),
        ({"kinds": ("plan", "done")}, 30),
        ({"kinds": ("asked",)}, 15 + 6),
        ({"who": "people"}, 40 + 1),
        ({"who": "platform"}, 20 + 24),
        ({"period": "today"}, 2),
        ({"period": "7 days", "who": "platform"}, 7),
        ({"text": "R-59"}, 1),
        ({"text": "tom okafor"}, 1),
        ({"text": "Priya Shah"}, 40),  # the name stands in no line, only the id does
        ({"text": "%"}, MANY - 1),  # a wildcard is just a letter
        ({"text": "_"}, 0 + 0),
        ({"text": "line 5", "who": "people", "kinds": ("plan",)}, 2),
    ],
)
def test_filters_narrow_alone_and_together(store, wish, total):
    assert ask(store, **wish).total == total


def test_an_address_may_ask_for_kinds_that_do_not_exist_and_gets_the_others():
    assert kinds(["nonsense", "plan", "done"]) == ("done", "plan")
    assert kinds(None) == ()
    assert set(KINDS) == set(ledger_pages.KINDS)


def test_lines_stand_under_the_clients_own_day(store):
    days = [day for day, _ in page(store, PRIYA, "northgate", NOW).days]
    assert days[0] == date(2026, 11, 13)
    assert days == sorted(days, reverse=True)


def test_a_period_begins_with_an_account_day_of_the_client():
    wanted = narrowed(Ask(period="7 days"), {}, NOW, "America/New_York", None)
    assert wanted.since == datetime(2026, 11, 7, 5, tzinfo=UTC)  # midnight in New York
    assert narrowed(Ask(), {}, NOW, "UTC", None) == Wanted()


@given(st.text(max_size=30), st.sampled_from(["everybody", "platform", "people"]))
def test_any_search_text_is_taken_letter_by_letter(store, text, who):
    found = page(store, PRIYA, "alder", NOW, Ask(text=text, who=who))
    assert 0 <= found.total <= 25 + MANY


def test_the_chain_says_up_to_where_and_when_it_was_checked(store, tmp_path):
    found = chain(store, PRIYA, "alder", NOW)
    assert (found.seq, found.broken, found.at) == (25 + MANY, None, NOW)
    assert length(store, PRIYA, "alder") == 25 + MANY
    other = build(tmp_path / "broken.duckdb")
    other.write(
        lambda c: c.exec_driver_sql(
            "update ledger set sentence='x' where client_id='alder' and seq=3"
        )
    )
    assert chain(other, PRIYA, "alder", NOW).broken == 3
    other.close()


def rows_of(file):
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))


def test_the_file_holds_what_the_filter_leaves_in_the_order_of_the_page(store):
    rows = rows_of(sheet(store, PRIYA, "alder", NOW, Ask(who="people")))
    assert tuple(rows[0]) == HEADER
    assert len(rows) - 1 == ask(store, who="people").total
    assert [int(r[0]) for r in rows[1:]] == sorted((int(r[0]) for r in rows[1:]), reverse=True)


def test_no_cell_of_the_file_is_a_formula(store):
    rows = rows_of(sheet(store, PRIYA, "alder", NOW, Ask(text="cmd")))
    assert rows[1][7] == "'=cmd 7"


@given(st.text())
def test_a_cell_keeps_its_text_and_begins_with_nothing_live(text):
    cell = harmless(text)
    assert cell.endswith(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_long_ledger_is_cut_to_the_newest_lines(store, monkeypatch):
    monkeypatch.setattr(sheets, "LINES", 10)
    rows = rows_of(sheet(store, PRIYA, "alder", NOW, Ask()))
    assert len(rows) == 11
    assert rows[1][0] == str(25 + MANY)


def line_of(store, ref):
    found = page(store, PRIYA, "northgate", NOW, Ask(text=ref))
    return found.days[0][1][0].seq


def test_a_line_of_a_decision_tells_the_act_the_rule_and_what_became_of_it(store):
    found = details(store, PRIYA, "northgate", line_of(store, "northgate-D003"))
    assert found.speaks == "decision"
    assert [(x.before, x.after) for x in found.diff] == [("£430", "£434"), ("£190", "£186")]
    assert found.rules == (("share cap", "Search takes at most 60%."),)
    assert found.policy == "Policy v1 · escalated"
    assert found.receipt == ("Not carried out.",)
    done = details(store, PRIYA, "northgate", line_of(store, "northgate-D000"))
    assert done.receipt == ("Applied.",)


def test_a_line_of_nothing_known_shows_its_own_detail(store):
    found = details(store, PRIYA, "northgate", line_of(store, "v1"))
    assert found.speaks == "other"
    assert found.diff == found.rules == ()
    assert details(store, PRIYA, "northgate", 10_000) is None


def test_evidence_is_read_as_figures_and_as_before_and_after():
    text = json.dumps(
        [
            {"name": "Worst case", "value": "17479.58608", "unit": "USD"},
            {"name": "beyond_bound", "value": 1, "unit": ""},
            {"what": "Search spend", "before": "£500", "after": "£200"},
            {"name": "Days", "value": 82, "unit": "days"},
        ]
    )
    assert [(f.name, f.value) for f in figures(text)] == [
        ("Worst case", "$17,480"),
        ("Days", "82 days"),
    ]
    assert [(x.what, x.before, x.after) for x in before_after(text)] == [
        ("Search spend", "£500", "£200")
    ]


@given(st.one_of(st.integers(-(10**9), 10**9), st.floats(), st.text(max_size=8)))
def test_any_value_can_be_told(value):
    assert isinstance(told(value, "GBP"), str)
    assert isinstance(told(value, "clicks"), str)
