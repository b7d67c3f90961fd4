"""No function that takes a scope returns a row of a client out of its reach."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.model.errors import AskPerson
from engine.model.people import Scope
from engine.store import clients, escalations, ledger, ticks

from .values import NOW, a_client, an_entry, an_escalation

EVERYBODY = ("alder", "northgate", "x' OR '1'='1")
READS = {
    "clients": clients.clients,
    "open": escalations.open_for,
    "all": escalations.all_for,
    "ticks": ticks.recent,
    "jobs": ticks.job_runs,
}


@pytest.fixture
def shared(store):
    def write(conn):
        for client in EVERYBODY:
            clients.add_client(conn, a_client(client, client))
            escalations.open_or_add(conn, an_escalation(client))
            ticks.start(conn, client, NOW)
            ticks.job_run(conn, "tick", client=client, last_at=NOW, next_at=NOW, state="ok")
            ledger.append(conn, client, [an_entry()])

    store.write(write)
    return store


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(reach=st.frozensets(st.sampled_from((*EVERYBODY, "nobody", "%"))))
def test_a_person_reads_rows_of_their_clients_and_no_other(shared, reach):
    scope = Scope("p", "P", "strategist", reach)
    expected = reach & set(EVERYBODY)
    with shared.read() as conn:
        for name, read in READS.items():
            assert {row.client for row in read(conn, scope)} == expected, name
        for client in EVERYBODY:
            if client in reach:
                assert {r.client for r in ledger.entries(conn, scope, client)} == {client}
            else:
                with pytest.raises(AskPerson):
                    ledger.entries(conn, scope, client)


def test_the_operator_reads_them_all(shared):
    with shared.read() as conn:
        for name, read in READS.items():
            assert {row.client for row in read(conn, Scope.operator())} == set(EVERYBODY), name
