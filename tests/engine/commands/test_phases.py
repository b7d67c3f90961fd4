"""A phase rises on evidence and a senior person, and falls at any time."""

from datetime import date

import pytest

from engine.commands import phases
from engine.model.errors import AskPerson, BadInput
from engine.model.outcomes import SourceState
from engine.reporting.phases import phase
from engine.store import clients, ledger, plans, sources
from tests.engine.commands.moving import (
    NOW,
    A,
    house,
    market,
    who,
)

__all__ = ["house", "market", "who"]  # fixtures


def test_promotion_needs_evidence_and_a_senior_person_and_demotion_needs_a_reason(house, who):
    view = phase(house.store, who("priya"), A, NOW)
    assert (view.phase, view.to, view.ready) == ("closed_loop", "continuous", False)
    with pytest.raises(AskPerson, match=r"evidence is not there yet.*Closed-won"):
        phases.move(
            house, who("priya"), NOW, client=A, seen="closed_loop", to="continuous", reason="x"
        )
    phases.move(house, who("tom"), NOW, client=A, seen="closed_loop", to="launch", reason="Slower.")
    with pytest.raises(AskPerson, match="is Launch by now"):
        phases.move(
            house, who("priya"), NOW, client=A, seen="closed_loop", to="configure", reason="x"
        )
    with house.store.read() as conn:
        assert clients.client(conn, A).phase == "launch"
        (line,) = [r for r in ledger.entries(conn, who("tom"), A) if r.kind == "phase"]
    assert line.sentence == "Tom Okafor moved the phase from Closed loop to Launch. Slower."


def test_a_promotion_goes_one_phase_at_a_time(house, who):
    phases.move(house, who("tom"), NOW, client=A, seen="closed_loop", to="configure", reason="x")
    with pytest.raises(BadInput, match="one phase at a time"):
        phases.move(
            house, who("priya"), NOW, client=A, seen="configure", to="closed_loop", reason="x"
        )
    with pytest.raises(AskPerson, match="takes a strategist"):
        phases.move(house, who("maya"), NOW, client=A, seen="configure", to="launch", reason="x")


def test_with_its_evidence_a_promotion_is_made_and_the_ledger_keeps_it(house, who):
    phases.move(house, who("tom"), NOW, client=A, seen="closed_loop", to="configure", reason="x")

    def write(conn):
        sources.set_state(conn, A, SourceState("crm", NOW, "fresh", "ok"), NOW)
        plans.save(
            conn, A, "P-1", month=date(2026, 11, 1), body_json="{}", status="waiting", now=NOW
        )
        plans.set_status(conn, A, "P-1", "approved", person="priya", reason="x", now=NOW)

    house.store.write(write)
    assert phase(house.store, who("priya"), A, NOW).ready
    phases.move(house, who("priya"), NOW, client=A, seen="configure", to="launch", reason="Ready.")
    with house.store.read() as conn:
        line = next(r for r in ledger.entries(conn, who("tom"), A) if r.kind == "phase")
    assert '"Sources that are read": "2"' in line.detail_json
