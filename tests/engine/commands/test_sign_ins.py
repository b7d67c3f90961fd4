"""Who a sign-in lets in, for how long, and what ends it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.commands import people, sign_ins
from engine.model.errors import AskPerson
from engine.model.people import Scope
from engine.model.sign_in import SignedOut, SignIn
from engine.store import ledger
from engine.store import people as table
from engine.store import sign_ins as seen
from tests.engine.commands.conftest import NOW

WALL = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HOURS = timedelta(hours=12)
C = "northgate"


def came(name="priya", **more):
    told = {
        "subject": f"https://id.example.com {name}",
        "email": f"{name}@example.com",
        "name": name.capitalize(),
        "at": WALL - timedelta(minutes=1),
        "session": f"s-{name}",
        "grants": None,
    }
    return SignIn(**{**told, **more})


@pytest.fixture
def known(house):
    def write(conn):
        for person in ("priya", "tom", "sam"):
            table.change(conn, person, email=f"{person}@example.com")

    house.store.write(write)
    return house


def arrive(house, sign_in, wall=WALL, longest=HOURS):
    return sign_ins.arrive(house, sign_in, NOW, wall=wall, longest=longest)


def test_a_verified_address_lets_its_person_in_with_their_own_rights(known):
    scope = arrive(known, came())
    assert (scope.person, scope.role, scope.senior) == ("priya", "strategist", {C})


def test_from_then_on_the_subject_counts_and_the_address_moves_nothing(known):
    arrive(known, came())
    assert arrive(known, came(email="new@example.com", session="s2")).person == "priya"
    with pytest.raises(AskPerson, match="Nobody here is known as priya"):
        arrive(known, came(subject="https://id.example.com other", session="s3"))


@pytest.mark.parametrize("email", ["", "nobody@example.com"])
def test_somebody_unknown_gets_nothing_and_leaves_no_row(known, email):
    with known.store.read() as conn:
        before = table.people(conn)
    with pytest.raises(AskPerson, match="Ask an admin"):
        arrive(known, came("mallory", email=email))
    with known.store.read() as conn:
        assert table.people(conn) == before


def test_an_address_two_people_share_lets_neither_in(known):
    known.store.write(lambda conn: table.change(conn, "tom", email="priya@example.com"))
    with pytest.raises(AskPerson, match="Nobody"):
        arrive(known, came())


@pytest.mark.parametrize(("age", "well"), [(HOURS, True), (HOURS + timedelta(seconds=1), False)])
def test_a_sign_in_counts_up_to_its_age_and_no_second_longer(known, age, well):
    old = came(at=WALL - age)
    if well:
        assert arrive(known, old).person == "priya"
    else:
        with pytest.raises(SignedOut, match="too old"):
            arrive(known, old)


def test_a_sign_in_from_the_future_is_refused(known):
    with pytest.raises(SignedOut, match="future"):
        arrive(known, came(at=WALL + timedelta(minutes=6)))


def test_who_signed_out_is_out_for_good_by_that_sign_in_and_in_by_another(known):
    arrive(known, came())
    arrive(known, came(session="phone"))
    sign_ins.leave(known, came(), WALL)
    with pytest.raises(SignedOut, match="signed out"):
        arrive(known, came())
    assert arrive(known, came(session="phone")).person == "priya"
    assert arrive(known, came(session="new")).person == "priya"


def test_using_an_ended_sign_in_again_and_again_does_not_revive_it(known):
    sign_ins.leave(known, came(), WALL)
    for minutes in (0, 10, 100):
        with pytest.raises(SignedOut):
            arrive(known, came(), WALL + timedelta(minutes=minutes))


def test_revoking_ends_what_began_before_and_nothing_after(known, who):
    arrive(known, came())
    people.revoke(known, who("sam"), NOW, person="priya", wall=WALL)
    with pytest.raises(SignedOut, match="ended"):
        arrive(known, came(), WALL + timedelta(seconds=1))
    with pytest.raises(SignedOut, match="ended"):
        arrive(known, came(session="kept aside", at=WALL), WALL + timedelta(seconds=1))
    later = came(session="new", at=WALL + timedelta(seconds=1))
    assert arrive(known, later, WALL + timedelta(seconds=2)).person == "priya"


def test_who_is_shut_out_is_out_at_once_and_stays_out(known, who):
    arrive(known, came())
    people.shut_out(known, who("sam"), NOW, person="priya", wall=WALL)
    for sign_in in (came(), came(session="new", at=WALL + timedelta(minutes=1))):
        with pytest.raises(AskPerson, match="no access here any more"):
            arrive(known, sign_in, WALL + timedelta(minutes=2))
    people.let_in(known, who("sam"), NOW, person="priya")
    back = came(session="back", at=WALL + timedelta(minutes=3))
    assert arrive(known, back, WALL + timedelta(minutes=3)).person == "priya"


@pytest.mark.parametrize("ahead", [0, 2, 4])
def test_revoking_ends_what_is_open_though_the_providers_clock_runs_fast(known, who, ahead):
    fast = timedelta(minutes=ahead)
    arrive(known, came(at=WALL - timedelta(seconds=9) + fast))
    people.revoke(known, who("sam"), NOW, person="priya", wall=WALL)
    for minutes in (0, 3, 10):
        with pytest.raises(SignedOut, match="sign-ins were ended"):
            arrive(
                known,
                came(at=WALL - timedelta(seconds=9) + fast),
                WALL + timedelta(minutes=minutes),
            )
    after = came(session="new", at=WALL + timedelta(seconds=1) + fast)
    assert arrive(known, after, WALL + timedelta(seconds=1)).person == "priya"


def test_revoking_one_person_leaves_the_others_and_when_they_were_seen(known, who):
    arrive(known, came())
    arrive(known, came("tom"))
    people.revoke(known, who("sam"), NOW, person="priya", wall=WALL + HOURS)
    assert arrive(known, came("tom")).person == "tom"
    with known.store.read() as conn:
        assert seen.last_seen(conn) == {"priya": WALL, "tom": WALL}
        assert [one.person for one in seen.open_sessions(conn, WALL - HOURS)] == ["tom"]


def test_what_was_open_at_a_shutting_out_stays_ended_once_they_are_let_in_again(known, who):
    fast = came(at=WALL + timedelta(minutes=2))
    arrive(known, fast)
    people.shut_out(known, who("sam"), NOW, person="priya", wall=WALL)
    people.let_in(known, who("sam"), NOW, person="priya")
    with pytest.raises(SignedOut, match="sign-ins were ended"):
        arrive(known, fast, WALL + timedelta(minutes=3))


def test_a_right_taken_away_counts_at_the_next_look(known, who):
    arrive(known, came())
    people.change_rights(known, who("sam"), NOW, person="priya", rights=[(C, None, False)])
    with pytest.raises(AskPerson, match="no rights"):
        arrive(known, came())


GRANTS = frozenset({"senior-strategist:northgate"})


def test_the_roles_claim_gives_exactly_its_rights_and_says_so_in_the_ledger(house):
    scope = arrive(house, came("ana", grants=GRANTS))
    assert (scope.person, scope.role_for(C), scope.senior) == ("ana", "strategist", {C})
    with house.store.read() as conn:
        last = ledger.entries(conn, Scope.operator(), C)[0]
    assert last.sentence == "Ana may act here as senior strategist, by the identity provider."
    assert last.actor == "platform"


@pytest.mark.parametrize(
    "words", [set(), {"strategist"}, {"root:northgate"}, {"admin:elsewhere"}, {"admin:*x"}]
)
def test_words_that_mean_nothing_here_give_no_right(house, words):
    with pytest.raises(AskPerson, match="Nobody here is known"):
        arrive(house, came("ana", grants=frozenset(words)))


def test_the_star_means_every_client_and_the_higher_of_two_words_counts(house):
    scope = arrive(house, came("ana", grants=frozenset({"client:*", "team:northgate"})))
    assert scope.role_for(C) == "team"


def test_a_claim_that_lost_its_words_takes_the_rights_away_at_the_next_sign_in(house):
    first = came("ana", grants=GRANTS)
    arrive(house, first)
    with pytest.raises(AskPerson, match="no rights"):
        arrive(house, replace(first, session="s2", grants=frozenset()))


ADMIN, LESS = frozenset({"senior-admin:northgate"}), frozenset({"client:northgate"})


@pytest.mark.parametrize("met", [True, False])
def test_an_older_sign_in_never_brings_back_rights_a_newer_one_took(house, met):
    old = came("ana", grants=ADMIN, at=WALL - timedelta(hours=1))
    new = came("ana", grants=LESS, session="new")
    if met:
        arrive(house, old, WALL - timedelta(hours=1))
    arrive(house, new)
    for minutes in (1, 6, 60):
        scope = arrive(house, old, WALL + timedelta(minutes=minutes))
        assert (scope.role_for(C), scope.senior) == ("client", frozenset())


def test_an_older_sign_in_brings_back_nothing_after_the_newer_one_signed_out(house):
    new = came("ana", grants=LESS, session="new")
    arrive(house, new)
    sign_ins.leave(house, new, WALL)
    old = came("ana", grants=ADMIN, at=WALL - timedelta(hours=1))
    assert arrive(house, old).role_for(C) == "client"


def test_looking_on_with_the_newest_sign_in_undoes_no_change_an_admin_made(house, who):
    mine = came("ana", grants=GRANTS)
    arrive(house, mine)
    people.change_rights(house, who("sam"), NOW, person="ana", rights=[(C, "team", False)])
    assert arrive(house, mine, WALL + timedelta(minutes=6)).role_for(C) == "team"


def test_a_seen_sign_in_makes_nobody_new_after_its_address_was_handed_on(house, who):
    mine = came("ana", grants=GRANTS)
    arrive(house, mine)
    people.set_address(house, who("sam"), NOW, person="ana", email="other@example.com")
    with pytest.raises(AskPerson, match="Nobody here is known"):
        arrive(house, mine, WALL + timedelta(minutes=6))


def test_looking_on_writes_at_most_every_five_minutes(known):
    arrive(known, came())
    for minutes, last in ((4, 0), (6, 6), (10, 6), (12, 12)):
        arrive(known, came(), WALL + timedelta(minutes=minutes))
        with known.store.read() as conn:
            assert seen.last_seen(conn)["priya"] == WALL + timedelta(minutes=last)
