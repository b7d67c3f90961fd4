"""Which phase a client is in, and the evidence for the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pyarrow.compute as pc

from engine.model.escalation_life import UNDECIDED
from engine.model.people import Scope
from engine.model.time import account_day
from engine.store import Store, clients, deals, decisions, escalations, plans, policies, sources
from policies.promotion import MEANS, SAID, Fact, Need, needs, next_phase, previous_phase
from policies.standing import Phase

MATURE = timedelta(days=14)
"""A win closed less than two weeks ago may still be corrected in the CRM (a convention of the house)."""
LOOKS_BACK = timedelta(days=90)
_DOUBTS = {"tracking_broken", "attribution_mismatch", "stale_source", "lead_quality"}


@dataclass(frozen=True)
class PhaseView:
    """``to`` is the next phase, None in the last; ``back`` the one before, None in the first."""

    phase: Phase
    words: str
    means: str
    to: Phase | None
    to_words: str
    to_means: str
    needs: tuple[Need, ...]
    back: Phase | None
    back_words: str
    as_of: datetime

    @property
    def ready(self) -> bool:
        """True when a person may promote."""
        return self.to is not None and all(n.met for n in self.needs)


def phase(store: Store, scope: Scope, client: str, now: datetime) -> PhaseView:
    """The phase of one client and what the next one needs.

    Raises:
        AskPerson: the client is out of reach.
    """
    scope.check(client)
    with store.read() as conn:
        here = clients.client(conn, client).phase
        to = next_phase(here)
        found = needs(to, facts(conn, client, now)) if to else ()
    back = previous_phase(here)
    return PhaseView(
        phase=here,
        words=SAID[here],
        means=MEANS[here],
        to=to,
        to_words=SAID[to] if to else "",
        to_means=MEANS[to] if to else "",
        needs=found,
        back=back,
        back_words=SAID[back] if back else "",
        as_of=now,
    )


def facts(conn: Any, client: str, now: datetime) -> dict[str, Fact]:
    """What promotions are judged by, as it stands."""
    who = clients.client(conn, client)
    today = account_day(now, who.time_zone)
    states = sources.states(conn, client)
    acts = decisions.between(conn, client, today - LOOKS_BACK, today)
    done = sum(d.state == "applied" for d in acts)
    failed = sum(d.state in ("rejected", "voided") for d in acts)
    table = deals.deals(conn, client)
    closed = table.filter(pc.less_equal(table["closed_on"], today - MATURE))
    wins = closed.filter(pc.fill_null(closed["won"], False))
    named = pc.sum(pc.not_equal(table["campaign"], "")).as_py() or 0
    open_ = escalations.all_for(conn, Scope.worker(client))
    doubts = [e for e in open_ if e.status in UNDECIDED and e.kind in _DOUBTS]
    approved = [
        p
        for p in plans.plans(conn, client)
        if p.status in ("approved", "superseded") and p.decided_by
    ]
    return {
        "policy": Fact("policy", float(policies.current(conn, client) is not None)),
        "seniors": Fact("seniors", len(policies.seniors(conn, client))),
        "sources": Fact("sources", len(states)),
        "late_sources": Fact("late_sources", len(sources.late(states)) if states else None),
        "plans": Fact("plans", len(approved)),
        "doubts": Fact("doubts", len(doubts)),
        "wins": Fact("wins", wins.num_rows),
        "match": Fact("match", named / table.num_rows if table.num_rows else None),
        "acts": Fact("acts", done),
        "voided": Fact("voided", failed / (done + failed) if done + failed else None),
    }
