"""A client's id is part of addresses and of every query, so only plain ones are taken."""

import pytest

from engine.commands import clients
from engine.model.errors import BadInput
from engine.model.people import Scope
from engine.store import clients as table
from tests.engine.commands.conftest import NOW
from tests.engine.commands.test_who_may import NEW


@pytest.mark.parametrize("name", ["@agency", "", "Fern", "a b", "../x", "-fern", "é", "f" * 61])
def test_an_id_that_is_none_opens_no_client(house, name):
    with pytest.raises(BadInput, match="no id for a client"):
        clients.open_client(house, Scope.operator(), NOW, **(NEW | {"client": name}))
    with house.store.read() as conn:
        known = [c.client for c in table.clients(conn, Scope.operator())]
    assert known == ["northgate"]


def test_a_plain_id_opens_one(house):
    clients.open_client(house, Scope.operator(), NOW, **NEW)
    with house.store.read() as conn:
        assert table.client(conn, "fern").name == "Fern"
