"""Three readers of one ledger: what a client may read is a list, and what nobody sorted is internal."""

import ast
from pathlib import Path

import pytest

from engine.model.errors import AskPerson
from engine.model.ledger_kinds import CLIENT, INTERNAL, readable
from engine.model.people import Scope
from engine.reporting.ledger.details import details
from engine.reporting.ledger.pages import Ask, page
from engine.reporting.ledger.sheet import sheet
from engine.store import clients, ledger
from engine.store.ledger import LedgerEntry
from tests.engine.store.values import NOW, a_client

ROOT = Path(__file__).parents[3] / "engine"
NOBODY_SORTED = "a_new_kind"
KINDS = sorted(CLIENT | INTERNAL | {NOBODY_SORTED})


@pytest.fixture
def store(temp_store):
    lines = [
        LedgerEntry(
            NOW, "platform", "worker", kind, kind, f"Line {kind}.", '{"waiting_cost": "90"}'
        )
        for kind in KINDS
    ]

    def write(conn):
        clients.add_client(conn, a_client())
        ledger.append(conn, "northgate", lines)

    temp_store.write(write)
    return temp_store


def scope(role):
    return Scope("nora", "Nora", role, frozenset({"northgate"}))


def read(store, role):
    found, number = [], 1
    while True:
        one = page(store, scope(role), "northgate", NOW, number=number)
        found += [entry.kind for _, entries in one.days for entry in entries]
        if number >= one.pages:
            return found, one.total
        number += 1


def test_a_client_reads_exactly_the_kinds_on_the_list(store):
    found, total = read(store, "client")
    assert sorted(found) == sorted(CLIENT)
    assert total == len(CLIENT)


@pytest.mark.parametrize("role", ["strategist", "team", "admin"])
def test_the_house_reads_every_line(store, role):
    assert sorted(read(store, role)[0]) == KINDS


def test_the_clients_file_and_search_hold_no_internal_line(store):
    text = sheet(store, scope("client"), "northgate", NOW, Ask()).decode()
    assert not [kind for kind in (*INTERNAL, NOBODY_SORTED) if f"Line {kind}." in text]
    assert "waiting_cost" not in text
    assert not page(store, scope("client"), "northgate", NOW, Ask(text="breached")).total


def test_a_client_opens_no_line(store):
    with pytest.raises(AskPerson):
        details(store, scope("client"), "northgate", 1)


def test_the_lists_share_no_kind_and_an_unknown_role_of_the_site_reads_as_a_client():
    assert not CLIENT & INTERNAL
    assert readable("site") == CLIENT


def test_every_kind_the_program_writes_is_sorted():
    written = set()
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {
                "note",
                "LedgerEntry",
            }:
                written |= {
                    k.value.value
                    for k in node.keywords
                    if k.arg == "kind" and isinstance(k.value, ast.Constant)
                }
    assert len(written) > 10
    assert written <= CLIENT | INTERNAL
