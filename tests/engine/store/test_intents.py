import threading

import pytest

from engine.model.errors import GiveUp, TryLater
from engine.store.intents import StoredIntents, history

from .values import NOW, a_change


@pytest.fixture
def log(store):
    return StoredIntents(store)


def opened(log, *keys, decision="n-1", account="1", client="northgate"):
    return log.open(client, account, decision, [a_change(k) for k in keys], NOW)


def test_an_opened_intent_is_unresolved_and_reads_back_equal(log):
    intents = opened(log, "budget/a", "budget/b")
    assert log.unresolved("northgate") == intents
    assert log.unresolved("alder") == ()
    assert len({i.group for i in intents}) == 1
    assert [i.state for i in intents] == ["sent", "sent"]


def test_a_thing_with_an_open_intent_takes_no_other_and_nothing_is_recorded(log):
    opened(log, "budget/a")
    with pytest.raises(TryLater, match=r"budget/a.*not settled yet"):
        opened(log, "budget/b", "budget/a")
    assert [i.natural_key for i in log.unresolved("northgate")] == ["budget/a"]


def test_unknown_stays_open_until_it_is_settled_and_the_thing_is_free_again(log, store):
    intents = opened(log, "budget/a")
    log.close(intents, "unknown", "no answer", NOW)
    (unknown,) = log.unresolved("northgate")
    assert (unknown.state, unknown.note) == ("unknown", "no answer")
    with pytest.raises(TryLater):
        opened(log, "budget/a")
    log.close(intents, "applied", "read back", NOW)
    assert log.unresolved("northgate") == ()
    (again,) = opened(log, "budget/a")
    assert again.attempt == 2
    assert again.intent_id != intents[0].intent_id
    with store.read() as conn:
        assert sorted(i.state for i in history(conn, "northgate")) == ["applied", "sent"]


def test_what_is_done_cannot_be_opened_again_by_a_late_answer(log):
    intents = opened(log, "budget/a")
    log.close(intents, "rejected", "policy", NOW)
    log.close(intents, "unknown", "late", NOW)
    assert log.unresolved("northgate") == ()


def test_other_accounts_and_clients_have_slots_of_their_own(log):
    opened(log, "budget/a")
    opened(log, "budget/a", account="2")
    opened(log, "budget/a", client="alder")
    assert len(log.unresolved("northgate")) == 2


def test_one_request_may_not_write_a_thing_twice(log):
    with pytest.raises(GiveUp, match="twice"):
        opened(log, "budget/a", "budget/a")
    assert log.unresolved("northgate") == ()


def test_a_reader_of_the_past_does_not_hinder_the_next_intent(log, store):
    intents = opened(log, "budget/a")
    with store.read() as conn:
        assert history(conn, "northgate")
        log.close(intents, "applied", "", NOW)
        opened(log, "budget/a")
        assert history(conn, "northgate")[0].state == "sent"


def test_of_twenty_threads_racing_for_a_thing_exactly_one_wins(log):
    results = []
    ready = threading.Barrier(20)

    def race(n):
        ready.wait()
        try:
            opened(log, "budget/a", decision=f"d{n}")
            results.append("won")
        except TryLater:
            results.append("lost")

    for _ in range(3):
        threads = [threading.Thread(target=race, args=(n,)) for n in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        (winner,) = log.unresolved("northgate")
        log.close([winner], "applied", "", NOW)
    assert results.count("won") == 3
    assert results.count("lost") == 57
