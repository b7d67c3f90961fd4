"""A house of one client on a platform in memory, for what people do themselves."""

from datetime import date
from types import SimpleNamespace

import pytest

from engine import loop
from engine.commands import moves
from engine.commands.house import House, Ways
from engine.commands.people import add_person, person_scope
from engine.model.errors import TryLater
from engine.model.moves import Wanted
from engine.model.outcomes import SourceState
from engine.model.people import Scope
from engine.store import clients, policies, sources
from engine.store import desired as desired_table
from engine.store.clients import Client
from policies.reading import policy_text
from tests import strategies
from tests.engine.execution.memory import ACCOUNT, MemoryPlatform
from tests.engine.execution.shelf import NOW, UNIT, actual, wanted

A = strategies.CLIENT
PEOPLE = (
    ("priya", "Priya Raman", "strategist", True),
    ("tom", "Tom Okafor", "strategist", True),
    ("maya", "Maya Lind", "team", False),
    ("nora", "Nora Bell", "client", False),
)


class Away(MemoryPlatform):
    """A platform that can stop answering."""

    away = False

    def snapshot(self, client, account, now):
        if self.away:
            raise TryLater("The platform does not answer.")
        return super().snapshot(client, account, now)


@pytest.fixture
def market():
    return Away({"s1": actual("s1", 300), "s2": actual("s2", 300)})


@pytest.fixture
def house(temp_store, market):
    row = Client(
        A, "AAA", "services", "GBP", "Europe/London", "closed_loop", "call", False, date(2026, 9, 1)
    )

    def write(conn):
        clients.add_client(conn, row)
        clients.add_account(conn, A, ACCOUNT)
        text = policy_text(strategies.policy(), ".json")
        version = policies.save_draft(conn, A, text, "tom", NOW)
        policies.publish(conn, A, version, "priya", NOW)
        sources.set_state(conn, A, SourceState("google_ads", NOW, "fresh", "ok"), NOW)
        desired_table.save(conn, A, [wanted("s1", 300), wanted("s2", 300)])

    temp_store.write(write)
    clock = SimpleNamespace(now=lambda: NOW)
    found = House(
        temp_store, clock, None, lambda path: (), lambda: Ways({"google_ads": market}, {})
    )
    for person, name, role, senior in PEOPLE:
        add_person(
            found, Scope.operator(), NOW, person=person, name=name, rights=[(A, role, senior)]
        )
    return found


@pytest.fixture
def who(house):
    return lambda person: person_scope(house.store, person)


def budget(amount, campaign="s1"):
    return Wanted("budget", campaign, amount * UNIT)


def make(house, scope, wish, reason="The client asked.", now=NOW):
    shown = moves.preview(house, scope, now, client=A, wanted=wish)
    return shown, moves.make(
        house, scope, now, client=A, wanted=wish, reason=reason, seal=shown.seal
    )


def passes(house, now=NOW):
    return loop.tick(house.store, house.platforms, house.deals, A, now)
