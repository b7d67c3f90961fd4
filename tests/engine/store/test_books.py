"""The books of several accounts, read together, are those of each read alone."""

from dataclasses import replace
from datetime import timedelta

from engine.model.accounts import Account
from engine.model.outcomes import SourceState
from engine.store import books, clients, facts, sources

from .values import DAY, NOW, a_client, a_fact, a_pull

LONDON = Account("google_ads", "1", "One", "GBP", "Europe/London")
AUCKLAND = Account("google_ads", "2", "Two", "GBP", "Pacific/Auckland")
ELSEWHERE = Account("meta", "3", "Three", "GBP", "Europe/London")
LATE_EVENING = NOW + timedelta(hours=12)  # 18:00 in London, the next morning in Auckland
NEXT = DAY + timedelta(days=1)


def told(store):
    """A client of three accounts; each spent on both days, campaigns and their ads."""

    def write(conn):
        clients.add_client(conn, a_client())
        sources.set_state(conn, "northgate", SourceState("google_ads", NOW, "fresh", ""), NOW)
        for number, account in enumerate((LONDON, AUCKLAND, ELSEWHERE), start=1):
            clients.add_account(conn, "northgate", account)
            rows = [
                a_fact(day, f"c{number}", number * cost, level=level, ad=ad)
                for day, cost in ((DAY - timedelta(days=40), 1000), (DAY, 10), (NEXT, 1))
                for level, ad in (("campaign", ""), ("ad", "v1"))
            ]
            first = DAY - timedelta(days=40)
            pull = a_pull(rows, first, NEXT)
            facts.replace_window(
                conn, "northgate", "google_ads", account.account, pull, currency="GBP"
            )

    store.write(write)


def test_each_account_has_its_own_spend_on_its_own_days(store):
    told(store)
    with store.read() as conn:
        found = books.all_books(
            conn, "northgate", [AUCKLAND, LONDON, ELSEWHERE], LATE_EVENING, wanted={}
        )
    spent = [(b.spent_before_today, b.spent_today) for b in found]
    assert spent == [({"c2": 20}, {"c2": 2}), ({"c1": 0}, {"c1": 10}), ({"c3": 0}, {"c3": 30})]
    assert [b.as_of for b in found] == [NOW, NOW, None]
    assert [b.ran_lately for b in found] == [{"c2"}, {"c1"}, {"c3"}]
    assert found[1].channels == {"c1": "google_search"}


def test_together_or_alone_they_are_the_same(store):
    told(store)
    accounts = [LONDON, AUCKLAND, ELSEWHERE]
    with store.read() as conn:
        together = books.all_books(conn, "northgate", accounts, LATE_EVENING)
        alone = [books.books(conn, "northgate", a, LATE_EVENING) for a in accounts]
    assert together == alone


def test_an_account_nobody_spoke_of_has_spent_nothing(store):
    told(store)
    unheard = replace(LONDON, account="9")
    with store.read() as conn:
        found = books.books(conn, "northgate", unheard, LATE_EVENING)
        assert books.all_books(conn, "northgate", [], LATE_EVENING) == []
    assert (found.spent_before_today, found.spent_today, found.ran_lately) == ({}, {}, frozenset())


def test_a_week_is_the_platforms_own_and_its_day_too(store):
    told(store)
    linkedin = replace(AUCKLAND, platform="linkedin")  # UTC's day, not the account's
    with store.read() as conn:
        (meta,) = books.all_books(conn, "northgate", [ELSEWHERE], LATE_EVENING + timedelta(days=1))
        (utc,) = books.all_books(conn, "northgate", [linkedin], LATE_EVENING)
        (none,) = books.all_books(conn, "northgate", [AUCKLAND], LATE_EVENING)
    assert meta.spent_this_week == {"c3": 30}
    assert utc.spent_today == {"c2": 20}
    assert none.spent_this_week == {"c2": 0}
