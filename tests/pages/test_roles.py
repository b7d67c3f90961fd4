"""Every page and every role: what each sees, and what none of them may."""

import pytest

from engine.store import meta
from tests.pages.conftest import enter, words

PAGES = {
    "client/performance": "Performance",
    "client/decisions": "Decisions",
    "strategist/home": "Good morning, Priya",
    "strategist/inbox": "Inbox",
    "strategist/plan": "Plan",
    "strategist/moves": "Moves",
    "strategist/ledger": "Ledger",
    "strategist/review": "Review",
    "strategist/you": "You",
    "team/guardrails": "Guardrails",
    "team/authority": "Who may do what",
    "team/audiences": "Audiences",
    "team/brand": "Brand rules",
    "team/discovery": "Discovery",
    "team/sources": "Data sources",
    "admin/health": "Engine room",
    "admin/people": "People",
}
ROLES = {
    "nora": ("client/performance", "client/decisions", "team/discovery"),
    "priya": (
        "strategist/home",
        "strategist/inbox",
        "strategist/plan",
        "strategist/moves",
        "strategist/ledger",
        "strategist/review",
        "team/guardrails",
        "team/authority",
        "team/audiences",
        "team/brand",
        "team/discovery",
        "team/sources",
        "client/performance",
        "strategist/you",
    ),
    "maya": (
        "team/guardrails",
        "team/authority",
        "team/audiences",
        "team/brand",
        "strategist/ledger",
        "strategist/plan",
        "team/discovery",
        "team/sources",
        "strategist/you",
    ),
    "sam": (
        "admin/health",
        "admin/people",
        "strategist/ledger",
        "strategist/review",
        "team/guardrails",
        "team/authority",
        "team/audiences",
        "team/sources",
        "strategist/you",
    ),
}


@pytest.mark.parametrize("person", ROLES)
@pytest.mark.parametrize("page", PAGES)
def test_a_role_opens_its_pages_and_no_other(place, person, page):
    if page not in ROLES[person]:
        with pytest.raises(ValueError, match="page"):
            enter(person, f"pages/{page}.py")
        return
    at = enter(person, f"pages/{page}.py")
    assert not at.exception
    assert not at.error
    assert [t.value for t in at.title] == [PAGES[page]]


@pytest.mark.parametrize("person", ROLES)
def test_the_first_page_is_the_roles_own(place, person):
    at = enter(person)
    assert [t.value for t in at.title] == [PAGES[ROLES[person][0]]]


@pytest.mark.parametrize(
    ("person", "others"), [("nora", ("alder", "1000000002")), ("ben", ("northgate", "1000000001"))]
)
@pytest.mark.parametrize("page", ["client/performance", "client/decisions"])
def test_a_client_never_meets_another_clients_rows(place, person, others, page):
    for query in ({}, {"client": "Alder & Finch"}, {"client": "Northgate Advisory"}):
        shown = words(enter(person, f"pages/{page}.py", **query)).lower()
        shown = shown.replace("ben alder", "")
        assert not any(other in shown for other in others)


def test_money_is_in_the_clients_own_currency(place):
    pounds, dollars = words(enter("nora")), words(enter("ben"))
    assert "£" in pounds
    assert "$" in dollars
    assert not any(f"£{n}" in "".join(m.value for m in enter("ben").metric) for n in range(10))


def test_nobody_signed_in_meets_the_door_with_every_demo_person(place):
    at = enter(None)
    assert [t.value for t in at.title] == ["Command Centre"]
    shown = words(at)
    for name in ("Priya Shah", "Nora Bell", "Sam Reed", "Maya Lind"):
        assert name in shown


def test_an_unknown_name_in_the_session_is_nobody(place):
    assert "Choose who you are" in words(enter("mallory"))


def test_a_real_store_has_no_demo_people(place):
    place.write(lambda conn: meta.put(conn, "demo", "0"))
    shown = words(enter("priya"))
    assert "Nobody can sign in yet" in shown
    assert "Priya" not in shown


def test_a_picked_client_stays_within_reach(place):
    at = enter("priya", "pages/client/performance.py", client="Northgate Advisory")
    assert "Northgate Advisory" in words(at)
