"""Adding people, changing what they may do, shutting them out: who may, and what is never allowed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.commands import clients, people
from engine.model.errors import AskPerson, BadInput
from engine.model.people import Scope
from engine.reporting.people import people as page
from engine.store import ledger
from engine.store import people as table
from tests.engine.commands.conftest import NOW

C, OTHER = "northgate", "fern"
WALL = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

ACTS = {
    "add": lambda h, s: people.add_person(h, s, NOW, name="Ana Ruiz", rights=[(C, "team", False)]),
    "change": lambda h, s: people.change_rights(
        h, s, NOW, person="tom", rights=[(C, "team", False)]
    ),
    "take away": lambda h, s: people.change_rights(
        h, s, NOW, person="tom", rights=[(C, None, False)]
    ),
    "make senior": lambda h, s: people.change_rights(
        h, s, NOW, person="tom", rights=[(C, "strategist", True)]
    ),
    "revoke": lambda h, s: people.revoke(h, s, NOW, person="tom", wall=WALL),
    "shut out": lambda h, s: people.shut_out(h, s, NOW, person="tom", wall=WALL),
    "let in": lambda h, s: people.let_in(h, s, NOW, person="tom"),
    "address": lambda h, s: people.set_address(h, s, NOW, person="tom", email="t@example.com"),
}


@pytest.fixture
def two(house):
    """A second client, of which only lee is admin; tom works for both."""
    operator = Scope.operator()
    clients.open_client(
        house,
        operator,
        NOW,
        client=OTHER,
        name="Fern",
        sector="b2b_services",
        currency="GBP",
        time_zone="Europe/London",
        phase="configure",
        primary_action="call",
        accounts=[],
        opened_on=date(2026, 11, 9),
    )
    both = [(OTHER, "admin", False)]
    people.add_person(house, operator, NOW, person="lee", name="Lee", rights=both)
    given = [(OTHER, "strategist", False)]
    people.change_rights(house, operator, NOW, person="tom", rights=given)
    return house


def lines(house, client):
    with house.store.read() as conn:
        found = ledger.entries(conn, Scope.operator(), client)
    return [row.sentence for row in found if row.kind == "person"]


def right(house, person, client):
    with house.store.read() as conn:
        return {r.client: (r.role, r.senior) for r in table.rights(conn, person)}.get(client)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("person", ["priya", "tom", "maya", "nora", "stranger"])
def test_only_an_admin_of_the_client_changes_people(act, person, house, who):
    before = lines(house, C)
    with pytest.raises(AskPerson):
        ACTS[act](house, who(person))
    assert lines(house, C) == before


@pytest.mark.parametrize("act", ACTS)
def test_an_admin_may_and_the_ledger_says_it(act, house, who):
    if act == "let in":
        people.shut_out(house, who("sam"), NOW, person="tom", wall=WALL)
    before = lines(house, C)
    ACTS[act](house, who("sam"))
    new = len(lines(house, C)) - len(before)
    assert new == (0 if act == "make senior" else 1)  # tom is senior already: nothing changed


@pytest.mark.parametrize("act", sorted({*ACTS} - {"add", "change", "take away", "make senior"}))
def test_an_admin_of_one_client_does_not_end_a_person_who_works_for_others(act, two, who):
    with pytest.raises(AskPerson, match="also acts for clients that are not yours"):
        ACTS[act](two, who("sam"))


def test_an_admin_changes_rights_for_their_own_client_and_leaves_the_others(two, who):
    people.change_rights(two, who("sam"), NOW, person="tom", rights=[(C, None, False)])
    assert right(two, "tom", C) is None
    assert right(two, "tom", OTHER) == ("strategist", False)
    assert lines(two, OTHER)[0] == "Tom Okafor may act here as strategist."


def test_one_foreign_client_among_the_rights_refuses_all_of_them(two, who):
    wanted = [(C, "team", False), (OTHER, "admin", False)]
    with pytest.raises(AskPerson, match="not one of yours"):
        people.change_rights(two, who("sam"), NOW, person="tom", rights=wanted)
    assert right(two, "tom", C) == ("strategist", True)


def test_somebody_of_another_client_cannot_be_drawn_over(two, who):
    with pytest.raises(AskPerson, match="not one of yours"):
        people.change_rights(two, who("sam"), NOW, person="lee", rights=[(C, "team", False)])


@pytest.mark.parametrize("act", ["change", "shut out", "address"])
def test_nobody_changes_their_own_rights(act, house, who):
    acts = {
        "change": lambda s: people.change_rights(
            house, s, NOW, person="sam", rights=[(C, "admin", True)]
        ),
        "shut out": lambda s: people.shut_out(house, s, NOW, person="sam", wall=WALL),
        "address": lambda s: people.set_address(house, s, NOW, person="sam", email="x@example.com"),
    }
    with pytest.raises(AskPerson, match="Nobody changes what they may do themselves"):
        acts[act](who("sam"))


def test_the_last_admin_of_a_client_stays(house, who):
    operator = Scope.operator()
    for wanted in ([(C, None, False)], [(C, "team", False)]):
        with pytest.raises(BadInput, match="last admin"):
            people.change_rights(house, operator, NOW, person="sam", rights=wanted)
    with pytest.raises(BadInput, match="last admin"):
        people.shut_out(house, operator, NOW, person="sam", wall=WALL)
    people.change_rights(house, who("sam"), NOW, person="priya", rights=[(C, "admin", True)])
    people.shut_out(house, operator, NOW, person="sam", wall=WALL)
    with pytest.raises(BadInput, match="last admin"):  # sam is shut out and no admin who counts
        people.shut_out(house, operator, NOW, person="priya", wall=WALL)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"email": "no address"}, "no e-mail"),
        ({"email": "Tom@Example.com"}, "Somebody else"),
        ({"person": "tom"}, "taken"),
        ({"person": "../x"}, "no id"),
        ({"rights": []}, "role"),
        ({"rights": [(C, "root", False)]}, "no role"),
        ({"rights": [(C, "client", True)]}, "cannot be senior"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nobody_is_added(changed, told, house, who):
    people.set_address(house, who("sam"), NOW, person="tom", email="tom@example.com")
    given = {"name": "Ana", "rights": [(C, "team", False)], **changed}
    before = lines(house, C)
    with pytest.raises(BadInput, match=told):
        people.add_person(house, who("sam"), NOW, **given)
    assert lines(house, C) == before


def test_an_id_is_made_of_the_first_name_and_never_twice(house, who):
    def add(name):
        return people.add_person(house, who("sam"), NOW, name=name, rights=[(C, "team", False)])

    assert [add("Tom Archer"), add("Ana Ruiz"), add("Zoë")] == ["tom-2", "ana", "zo"]


def test_the_screens_follow_what_a_person_mostly_is(house, who):
    people.change_rights(house, who("sam"), NOW, person="maya", rights=[(C, "strategist", False)])
    assert people.person_scope(house.store, "maya").role == "strategist"


def test_the_page_shows_people_and_rights_of_ones_own_clients_only(two, who):
    shown = page(two.store, who("sam"), WALL, timedelta(hours=12))
    assert "lee" not in {one.person for one in shown.people}
    tom = next(one for one in shown.people if one.person == "tom")
    assert set(tom.rights) == {C}
    assert tom.elsewhere
    with pytest.raises(AskPerson, match="admins only"):
        page(two.store, who("priya"), WALL, timedelta(hours=12))


def test_the_page_says_what_waits_for_a_second_senior_person(house, who):
    def waits():
        return page(house.store, who("sam"), WALL, timedelta(hours=12)).waiting

    assert waits() == []
    people.shut_out(house, who("sam"), NOW, person="tom", wall=WALL)
    assert len(waits()) == 1
    assert "one senior person, Priya Raman" in waits()[0]
    people.change_rights(house, who("sam"), NOW, person="priya", rights=[(C, "strategist", False)])
    assert "no senior person" in waits()[0]
