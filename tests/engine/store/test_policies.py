"""Versions of a policy in their table: drafts end once, and everybody who wrote a part is known."""

from datetime import UTC, datetime

import pytest

from engine.store import layers, people, policies
from engine.store.people import Person, Right
from engine.store.policies import AGENCY

NOW = datetime(2026, 11, 9, 9, 30, tzinfo=UTC)
C = "northgate"
STEP = "guardrails.step_size.max_share"


def save(store, client=C, author="maya", body="{}", **more):
    return store.write(lambda conn: policies.save_draft(conn, client, body, author, NOW, **more))


def test_a_draft_ends_once(temp_store):
    version = save(temp_store)
    assert temp_store.write(lambda conn: policies.close_draft(conn, C, version, "discarded"))
    assert not temp_store.write(lambda conn: policies.close_draft(conn, C, version, "replaced"))
    with temp_store.read() as conn:
        assert policies.version(conn, C, version).state == "discarded"


def test_what_is_in_force_is_no_draft_to_end(temp_store):
    version = save(temp_store)
    temp_store.write(lambda conn: policies.publish(conn, C, version, "tom", NOW))
    assert not temp_store.write(lambda conn: policies.close_draft(conn, C, version, "discarded"))


def test_the_authors_of_a_draft_are_those_of_every_draft_it_took_the_place_of(temp_store):
    first = save(temp_store, author="tom")
    second = save(temp_store, author="maya", replaces=first)
    third = save(temp_store, author="priya", replaces=second)
    with temp_store.read() as conn:
        found = policies.version(conn, C, third)
        assert policies.authors(conn, found) == {"tom", "maya", "priya"}
        assert policies.authors(conn, policies.version(conn, C, first)) == {"tom"}


def test_a_draft_that_names_itself_as_replaced_is_read_all_the_same(temp_store):
    version = save(temp_store, replaces=1)
    with temp_store.read() as conn:
        assert policies.authors(conn, policies.version(conn, C, version)) == {"maya"}


def test_everywhere_means_the_clients_and_not_the_agency(temp_store):
    for client in (C, "alder", AGENCY):
        version = save(temp_store, client)
        temp_store.write(lambda conn, c=client, v=version: policies.publish(conn, c, v, "tom", NOW))
    save(temp_store, "alder")
    with temp_store.read() as conn:
        assert [(p.client, p.version) for p in policies.everywhere(conn)] == [("alder", 1), (C, 1)]


def test_seniors_are_active_people_who_may_publish(temp_store):
    def write(conn):
        people.add_person(
            conn, Person("priya", "Priya", "strategist"), [Right(C, "strategist", True)]
        )
        people.add_person(conn, Person("maya", "Maya", "team"), [Right(C, "team", True)])
        people.add_person(conn, Person("tom", "Tom", "strategist"), [Right(C, "strategist")])
        gone = Person("gone", "Gone", "strategist", active=False)
        people.add_person(conn, gone, [Right(C, "strategist", True)])
        people.add_person(conn, Person("eve", "Eve", "admin"), [Right("alder", "admin", True)])

    temp_store.write(write)
    with temp_store.read() as conn:
        assert policies.seniors(conn, C) == {"priya": "Priya"}
        assert policies.seniors(conn, AGENCY) == {"priya": "Priya", "eve": "Eve"}


def test_the_smallest_edit_of_a_draft_gives_it_another_seal(temp_store):
    version = save(temp_store, body='{"targets": {"cac": "1.00"}}', own_json="{}")
    with temp_store.read() as conn:
        before = layers.seal(policies.version(conn, C, version))
    for column, value in (("body_json", '{"targets": {"cac": "1.01"}}'), ("own_json", '{"a": 1}')):
        temp_store.write(
            lambda conn, c=column, v=value: conn.exec_driver_sql(
                f"update policies set {c} = ? where version = ?", (v, version)
            )
        )
        with temp_store.read() as conn:
            after = layers.seal(policies.version(conn, C, version))
        assert after != before
        before = after


@pytest.mark.parametrize("client", [C, AGENCY])
def test_only_a_client_inherits(temp_store, client):
    body = '{"guardrails": {"step_size": {"max_share": "0.10"}}}'
    version = save(temp_store, AGENCY, body=body)
    temp_store.write(lambda conn: policies.publish(conn, AGENCY, version, "tom", NOW))
    with temp_store.read() as conn:
        found = layers.outer(conn, client)
    assert dict(found.values) == ({STEP: "0.10"} if client == C else {})
