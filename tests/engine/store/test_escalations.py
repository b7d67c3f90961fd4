import json
import threading
from datetime import timedelta

from engine.model.people import Scope
from engine.store import escalations

from .values import NOW, an_escalation

WORKER = Scope.worker("northgate")


def ask(store, **more):
    return store.write(lambda conn: escalations.open_or_add(conn, an_escalation(**more)))


def get(store, key, client="northgate"):
    with store.read() as conn:
        return escalations.get(conn, client, key)


def decide(store, key, version=1, status="approved", person="priya", **more):
    return store.write(
        lambda conn: escalations.decide(
            conn,
            "northgate",
            key,
            expected_version=version,
            status=status,
            person=person,
            reason="seen",
            now=NOW,
            **more,
        )
    )


def test_numbers_count_over_the_whole_store_from_101(store):
    assert ask(store) == ("E-101", True)
    assert ask(store, client="alder") == ("E-102", True)
    assert ask(store, cause="plan:2026-12") == ("E-103", True)


def test_a_repeat_adds_evidence_and_opens_nothing(store):
    ask(store, evidence_json='[{"cpa": 1}]')
    assert ask(store, evidence_json='[{"cpa": 1}, {"cpa": 2}]', title="Other") == ("E-101", False)
    found = get(store, "E-101")
    assert json.loads(found.evidence_json) == [{"cpa": 1}, {"cpa": 2}]
    assert (found.version, found.title) == (1, "Raise search-core")


def test_a_repeat_about_another_action_must_be_seen_anew(store):
    ask(store)
    ask(store, fingerprint="f2", title="Raise more", due_at=NOW + timedelta(days=9))
    found = get(store, "E-101")
    assert (found.fingerprint, found.title, found.version) == ("f2", "Raise more", 2)
    assert found.due_at == NOW + timedelta(hours=4)
    assert not decide(store, "E-101", version=1)
    assert decide(store, "E-101", version=2)


def test_a_decided_cause_may_be_asked_about_again(store):
    ask(store)
    assert decide(store, "E-101", status="rejected")
    assert ask(store) == ("E-102", True)


def test_a_deferred_one_still_waits_and_can_be_decided(store):
    ask(store)
    later = NOW + timedelta(days=1)
    assert decide(store, "E-101", status="deferred", deferred_until=later)
    assert ask(store)[1] is False
    with store.read() as conn:
        (waiting,) = escalations.open_for(conn, WORKER)
    assert (waiting.status, waiting.deferred_until) == ("deferred", later)
    assert decide(store, "E-101", version=waiting.version)
    assert get(store, "E-101").deferred_until is None


def test_a_decision_stands_and_names_who_made_it(store):
    ask(store)
    assert decide(store, "E-101", person="tom")
    assert not decide(store, "E-101", version=2, status="rejected")
    found = get(store, "E-101")
    assert (found.status, found.decided_by, found.decided_at) == ("approved", "tom", NOW)


def test_it_ends_once_and_keeps_the_persons_words(store):
    ask(store)
    decide(store, "E-101")
    close = lambda conn: escalations.close(conn, "northgate", "E-101", "done", "Applied.")  # noqa: E731
    assert store.write(close)
    assert not store.write(close)
    found = get(store, "E-101")
    assert (found.status, found.decision_reason, found.decided_by) == (
        "done",
        "seen Applied.",
        "priya",
    )


def test_the_soonest_due_comes_first_and_a_status_narrows(store):
    ask(store, cause="a")
    ask(store, cause="b", due_at=NOW)
    ask(store, cause="c")
    decide(store, "E-103", status="rejected")
    with store.read() as conn:
        assert [e.cause for e in escalations.open_for(conn, WORKER)] == ["b", "a"]
        assert [e.cause for e in escalations.all_for(conn, WORKER, "rejected")] == ["c"]
        assert len(escalations.all_for(conn, WORKER)) == 3


def test_of_people_deciding_at_once_exactly_one_is_first(store):
    ask(store)
    won = []
    ready = threading.Barrier(8)

    def race(n):
        ready.wait()
        if decide(store, "E-101", person=f"p{n}"):
            won.append(f"p{n}")

    threads = [threading.Thread(target=race, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won == [get(store, "E-101").decided_by]
