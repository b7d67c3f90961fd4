"""Every query and every command, for every role, asked about a client that is not the caller's.

Refused, or empty; never a row, and never a write. The calls are made from the functions' own signatures, so a
new function is tried as soon as it is there, and one that cannot be called fails until it is named below.
"""

import inspect
import shutil

import pytest
from sqlalchemy import text

from engine.commands.house import House
from engine.model.errors import AskPerson, Fault, TryLater
from engine.model.people import ROLES, Scope
from engine.platforms import files
from engine.store import Store, plans
from engine.store import escalations as questions
from engine.store.connect import connect
from engine.store.tables import metadata
from engine.wiring import Settings
from tests.engine.isolation import FOREIGN, MINE, NOW, arguments, found, reaches, scoped
from tests.pages.build import build

CALLS = dict(found(scoped))
UNSCOPED = dict(found(lambda told: reaches(told) and not scoped(told)))

WITHOUT_SCOPE = {
    "reporting.health.state.all_paused": "one bit of the whole house; it names no client",
    "commands.control.held_by_operator": "one bit of the whole house; it names no client",
    "commands.demo.begin": "marks an empty store as a demo; the command line's own",
    "commands.demo.is_demo": "one bit of the whole store",
    "commands.demo.set_clock": "the demo driver's; refused for a real store",
    "commands.demo.note": "the demo driver's; refused for a real store",
    "commands.demo.fact": "facts about the demo's making",
    "commands.jobs.record_run": "the scheduler's own rows",
    "commands.jobs.runs": "the scheduler's own rows, for health and doctor on the machine itself",
    "commands.jobs.last_ticks": "for health and doctor on the machine itself",
    "commands.jobs.broken_ledgers": "for doctor on the machine itself",
    "commands.jobs.decisions_made": "two sums, for the summary of a demo",
    "commands.people.person_scope": "makes the scope; nobody has one before",
    "commands.people.demo_people": "the door of a demo; empty for a real store",
    "commands.sign_ins.arrive": "makes the scope of whoever signed in",
    "commands.sign_ins.leave": "ends the caller's own sign-in",
    "commands.outcomes.judge_outcomes": "the loop's own chore, for the one client it is given",
    "commands.clocks.run_out": "the loop's own chore, for the one client it is given",
    "commands.post.queue_messages": "the loop's own chore, for the one client it is given",
    "commands.post.deliver": "the loop's own chore, for the one client it is given",
    "commands.post.undelivered": "for doctor on the machine itself",
    "commands.post.locked": "for doctor on the machine itself",
    "commands.gone.gone": "for doctor on the machine itself",
    "commands.live.read": "what a command that has checked the scope judges on",
}
"""Functions that reach the store and are told nobody's scope, each with the reason."""

OWN = {
    "commands.pings.add_target": "where the caller's own messages go",
    "commands.pings.remove_target": "where the caller's own messages go",
    "commands.pings.send_test": "where the caller's own messages go",
    "commands.pings.choose": "when the caller wants to be told",
}
"""Commands on the caller's own settings, which name no client and nobody else; each with what it is."""

EVERY_SCOPE = (*ROLES, "worker", "site")
MARKS = ("alder", "1000000002", "search-brand", "gift-films")
"""What only rows of the foreign client hold."""


class Standing:
    def now(self):
        return NOW


def nowhere():
    raise TryLater("Nothing outside is reached here.")


def a_house(path):
    store = Store(connect(f"duckdb:///{path}"))
    read = lambda name, data, answers: files.read_bytes(name, data, answers=answers)  # noqa: E731
    return House(store, Standing(), Settings(), read, nowhere, files.known_formats)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    path = tmp_path_factory.mktemp("isolation") / "store.duckdb"
    build(path).close()
    return path


@pytest.fixture(scope="module")
def house(built):
    made = a_house(built)
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def ids(house):
    """Things of the foreign client that are really there, so that an empty answer is one that was kept back."""
    with house.store.read() as conn:
        theirs = Scope.worker(FOREIGN)
        question = questions.open_for(conn, theirs)[0]
        plan = plans.waiting(conn, FOREIGN)[0]
    return {
        "ref": question.escalation_id,
        "escalation_id": question.escalation_id,
        "plan_id": plan.plan_id,
        "fingerprint": question.fingerprint,
    }


def caller(role):
    """Somebody of one client with the most their role can have."""
    if role == "worker":
        return Scope.worker(MINE)
    if role == "site":
        return Scope.site(MINE)
    mine = frozenset({MINE})
    return Scope("p", "P", role, mine, senior=mine, roles=frozenset({(MINE, role)}))


def content(store):
    """A fingerprint of every row of every table."""
    each = [
        f"SELECT '{t.name}' AS t, count(*) AS n, bit_xor(hash(r)) AS h FROM {t.name} AS r"
        for t in metadata.sorted_tables
    ]
    with store.read() as conn:
        return {tuple(row) for row in conn.execute(text(" UNION ALL ".join(each)))}


def tells(answer):
    """What an answer would show."""
    return (
        answer.decode("utf-8", "replace") if isinstance(answer, bytes) else repr(answer)
    ).lower()


@pytest.mark.parametrize("role", EVERY_SCOPE)
@pytest.mark.parametrize("name", sorted(set(CALLS) - set(OWN)))
def test_nobody_reaches_a_client_that_is_not_theirs(name, role, house, ids):
    before = content(house.store)
    given = arguments(CALLS[name], house, caller(role), ids)
    named = {"client", "ref", "escalation_id", "person"} & given.keys()
    try:
        answer = CALLS[name](**given)
    except AskPerson:
        pass
    else:
        if named:
            assert not answer, f"{name} answered {answer!r}"
        assert not [mark for mark in MARKS if mark in tells(answer)]
    assert content(house.store) == before


@pytest.mark.parametrize("name", OWN)
def test_a_command_on_ones_own_settings_names_nobody_else(name):
    named = {"client", "clients", "ref", "escalation_id", "person", "rights"}
    assert not named & set(inspect.signature(CALLS[name]).parameters)


@pytest.mark.parametrize("name", sorted(set(CALLS) - set(OWN)))
def test_each_call_is_one_that_somebody_in_reach_could_make(name, built, ids, tmp_path):
    """The same values by the operator get past the door: a refusal above is for who asks, not for what."""
    path = tmp_path / "store.duckdb"
    shutil.copy(built, path)
    own = a_house(path)
    said = ""
    try:
        CALLS[name](**arguments(CALLS[name], own, Scope.operator(), ids))
    except Fault as fault:
        said = str(fault)
    finally:
        own.store.close()
    assert "not one of yours" not in said


def test_what_is_told_no_scope_is_listed_with_its_reason():
    assert set(UNSCOPED) == set(WITHOUT_SCOPE)


def test_the_fingerprint_of_a_store_sees_a_changed_row(house, tmp_path, built):
    path = tmp_path / "store.duckdb"
    shutil.copy(built, path)
    own = a_house(path)
    before = content(own.store)
    own.store.write(lambda conn: conn.execute(text("UPDATE clients SET paused = NOT paused")))
    assert content(own.store) != before
    own.store.close()
