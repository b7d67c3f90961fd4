import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from engine.model.errors import AskPerson
from engine.model.people import Scope
from engine.store import ledger
from engine.store.tables import ledger as t
from engine.store.tables import ledger_heads

from .values import NASTY, an_entry

WORKER = Scope.worker("northgate")


def write(store, *sentences, client="northgate"):
    entries = [an_entry(s) for s in sentences]
    store.write(lambda conn: ledger.append(conn, client, entries))


def verified(store, client="northgate"):
    with store.read() as conn:
        return ledger.verify(conn, client)


def test_an_untouched_chain_is_whole_and_reads_newest_first(store):
    write(store, "one", "two")
    write(store, NASTY)
    write(store)
    assert verified(store) is None
    assert verified(store, "alder") is None
    with store.read() as conn:
        rows = ledger.entries(conn, WORKER, "northgate")
    assert [(r.seq, r.sentence) for r in rows] == [(3, NASTY), (2, "two"), (1, "one")]
    assert rows[-1].prev_hash == ledger.GENESIS


CHANGES = st.sampled_from(
    ["sentence", "ref", "actor", "actor_role", "kind", "detail_json", "hash", "prev_hash"]
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_row_changed_removed_or_swapped_is_found(store, data):
    with store.read() as conn:
        begun = ledger.verify(conn, "northgate") is None
        if not conn.execute(select(t.c.seq)).first():
            begun = False
    if not begun:
        write(store, "a", "b", "c", "d", "e")
    seq = data.draw(st.integers(1, 5))
    how = data.draw(st.sampled_from(["change", "remove", "swap"]))
    with store.read() as conn:  # a read is undone at its end, so that each example begins afresh
        if how == "change":
            column = data.draw(CHANGES)
            conn.execute(update(t).where(t.c.seq == seq).values({column: "forged"}))
        elif how == "remove":
            conn.execute(delete(t).where(t.c.seq == seq))
        else:
            other = data.draw(st.integers(1, 5).filter(lambda n: n != seq))
            seq, other = sorted((seq, other))
            for column in ("sentence", "hash", "prev_hash"):
                values = dict(conn.execute(select(t.c.seq, t.c[column])).all())
                for here, there in ((seq, other), (other, seq)):
                    conn.execute(update(t).where(t.c.seq == here).values({column: values[there]}))
        assert ledger.verify(conn, "northgate") == seq


def test_a_chain_emptied_with_its_head_left_is_found(store):
    write(store, "a")
    store.write(lambda conn: conn.execute(delete(t)))
    assert verified(store) == 1


def test_a_row_added_past_the_head_is_found(store):
    write(store, "a", "b")
    store.write(lambda conn: conn.execute(update(ledger_heads).values(seq=1)))
    assert verified(store) == 3


def test_each_client_has_a_chain_of_its_own_and_sees_no_other(store):
    write(store, "ours")
    write(store, "theirs", client="alder")
    with store.read() as conn:
        assert [r.seq for r in ledger.entries(conn, Scope.operator(), "alder")] == [1]
        with pytest.raises(AskPerson):
            ledger.entries(conn, WORKER, "alder")


def test_pages_kinds_and_text_narrow_and_wildcards_are_plain_text(store):
    entries = [
        an_entry("cut 100%", "decision"),
        an_entry("cut 100", "pause"),
        an_entry("Raise", ref="E-1"),
    ]
    store.write(lambda conn: ledger.append(conn, "northgate", entries))

    def found(**by):
        with store.read() as conn:
            return [r.seq for r in ledger.entries(conn, WORKER, "northgate", **by)]

    assert found(text="100%") == [1]
    assert found(text="e-1") == [3]
    assert found(kinds=["pause"]) == [2]
    assert found(before_seq=3, limit=1) == [2]


def test_two_writers_at_once_make_one_chain(store):
    threads = [threading.Thread(target=write, args=(store, f"w{n}", "again")) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verified(store) is None
    with store.read() as conn:
        assert len(ledger.entries(conn, WORKER, "northgate")) == 16
