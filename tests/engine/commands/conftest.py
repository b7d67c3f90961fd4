"""A house with people, a policy and a few things waiting; nothing outside is ever reached."""

from datetime import UTC, datetime

import pytest

from engine.commands import policies
from engine.commands.house import House
from engine.commands.people import person_scope
from engine.model.errors import TryLater
from engine.model.people import Scope
from engine.platforms import files
from engine.platforms.messages import ApprisePost
from engine.wire.vault import Vault
from jobs import demo_opening
from policies.reading import policy_text
from tests.engine.small import small_data
from tests.receiver import receiver

NOW = datetime(2026, 11, 9, 9, 30, tzinfo=UTC)


class Standing:
    """A clock that stands."""

    def now(self):
        return NOW


def read_bytes(name, data, answers):
    return files.read_bytes(name, data, answers=answers)


def nowhere():
    raise TryLater("Nothing outside is reached here.")


@pytest.fixture(scope="session")
def data():
    return small_data("1000000001")


@pytest.fixture
def house(temp_store, data):
    """One client, Northgate, with its people; nobody else's."""
    found = House(temp_store, Standing(), None, read_bytes, nowhere, files.known_formats)
    operator = Scope.operator()
    demo_opening._client(found, operator, NOW, data)
    for person, name, role, senior, _ in demo_opening.PEOPLE[:5]:
        rights = [(data.client, role, senior)]
        demo_opening.add_person(found, operator, NOW, person=person, name=name, rights=rights)
    return found


@pytest.fixture
def who(house):
    """``who("priya")``: the scope of a person; ``who("stranger")`` is one of another client."""

    def scope(person):
        if person == "stranger":
            return Scope("ben", "Ben Carver", "client", frozenset({"alder"}))
        return person_scope(house.store, person)

    return scope


@pytest.fixture
def text(data):
    """Northgate's policy as a file."""
    return policy_text(demo_opening._preset(data), ".json")


@pytest.fixture
def v1(house, who, text):
    """A policy in force, written by tom and published by priya."""
    version = policies.save_draft(house, who("tom"), NOW, "northgate", text, ".json")
    seal = policies.seal_of(house, who("priya"), "northgate", version)
    policies.publish(house, who("priya"), NOW, "northgate", version, seal=seal)
    return version


@pytest.fixture
def sending(house, tmp_path):
    """The house with a way to send to this machine."""
    vault = Vault(tmp_path / "s.vault", b"k" * 32)
    return House(
        house.store,
        Standing(),
        None,
        read_bytes,
        nowhere,
        files.known_formats,
        open_post=lambda: (ApprisePost(local_only=True), vault),
        public_url="http://localhost:8501",
    )


@pytest.fixture
def box():
    with receiver() as found:
        yield found
