"""One client in a real store over a platform in memory: hands, decisions and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from engine.execution import Hands
from engine.model.outcomes import SourceState
from engine.model.people import Scope
from engine.store import (
    Store,
    clients,
    codec,
    creative,
    decisions,
    desired,
    escalations,
    ledger,
    people,
    policies,
    sources,
)
from engine.store.clients import Client
from engine.store.creative import Variant
from engine.store.decisions import Decision
from engine.store.intents import StoredIntents
from engine.store.register import StoredRegister
from policies.reading import policy_text
from tests import strategies
from tests.engine.execution.memory import ACCOUNT, MemoryPlatform
from tests.engine.execution.shelf import CLIENT, NOW, POLICY, UNIT, approval, wanted
from tests.engine.store.values import an_escalation

WHO = Client(
    CLIENT,
    "Acme",
    "services",
    "GBP",
    "Europe/London",
    "closed_loop",
    "consultation",
    False,
    date(2026, 9, 1),
)
PRIYA = Scope("priya", "Priya", "strategist", frozenset({CLIENT}), frozenset({CLIENT}))


@dataclass
class Stored:
    """A client with one account in a store; ``platform`` holds its campaigns."""

    store: Store
    platform: MemoryPlatform
    policy: Any = POLICY
    now: datetime = NOW

    def hands(self, minutes: float = 1) -> Hands:
        """The hands of a pass ``minutes`` later: they see the platform as it is now."""
        self.now += timedelta(minutes=minutes)
        with self.store.read() as conn:
            ours = desired.load(conn, CLIENT)
        return Hands(
            CLIENT,
            self.now,
            self.policy,
            {"google_ads": self.platform},
            StoredIntents(self.store),
            StoredRegister(self.store, WHO, self.now),
            {ACCOUNT.account: self.platform.snapshot(CLIENT, ACCOUNT, self.now)},
            ours,
        )

    def one_pass(self, minutes: float = 1) -> Hands:
        mine = self.hands(minutes)
        mine.settle()
        mine.carry_out()
        return mine

    def decide(self, name: str, action: Any, *, approved: bool = True, **more: Any) -> str:
        """A decision with its question; approved by a senior person, or allowed by the gate itself."""
        whole: dict[str, Any] = {
            "client": CLIENT,
            "decision_id": name,
            "tick_id": "",
            "at": self.now,
            "account_day": self.now.date(),
            "agent": action.agent,
            "kind": action.kind,
            "action_json": codec.action_json(action),
            "fingerprint": action.fingerprint,
            "verdict": "escalated" if approved else "allowed",
            "reasons_json": "[]",
            "policy_version": 1,
            "state": "proposed" if approved else "to_apply",
            "sentence": action.reason,
        }
        asked = an_escalation(client=CLIENT, cause=name, fingerprint="f", decision_id=name)

        def write(conn: Any) -> str:
            decisions.record(conn, CLIENT, [Decision(**{**whole, **more})])
            if approved:
                yes = approval(action, self.now).model_dump_json()
                assert decisions.approve(conn, CLIENT, name, yes)
            question, _ = escalations.open_or_add(conn, asked)
            return question

        return self.store.write(write)

    def state(self, name: str) -> str:
        with self.store.read() as conn:
            found = decisions.get(conn, CLIENT, name)
        assert found is not None
        return found.state

    def question(self, escalation_id: str) -> Any:
        with self.store.read() as conn:
            return escalations.get(conn, CLIENT, escalation_id)

    def variant(self, action: Any, state: str = "proposed") -> None:
        body = action.ad.text.model_dump_json()
        place = (action.ad.variant, "c", action.campaign, action.ad_group)
        row = Variant(CLIENT, *place, body, "allowed", "[]", state)
        self.store.write(lambda conn: creative.save_variant(conn, row))

    def variants(self) -> dict[str, str]:
        with self.store.read() as conn:
            return {v.variant: v.state for v in creative.variants(conn, CLIENT)}

    def lines(self, kind: str) -> list[str]:
        with self.store.read() as conn:
            found = ledger.entries(conn, Scope.operator(), CLIENT, limit=100)
        return [e.sentence for e in found if e.kind == kind]

    def mark(self, source: str, value: str | None = None) -> str:
        if value is not None:
            self.store.write(lambda conn: sources.set_bookmark(conn, CLIENT, source, value))
        with self.store.read() as conn:
            return sources.bookmark(conn, CLIENT, source)


def stored(store: Store, *campaigns: Any, answers: Any = (), policy: Any = POLICY) -> Stored:
    """The client with these campaigns, all of them on record as they are."""
    platform = MemoryPlatform({c.campaign: c for c in campaigns}, list(answers))
    ours = [
        wanted(
            c.campaign,
            c.daily_micros // UNIT,
            tuple(a.variant or "" for _, a in c.ads()),
            c.enabled,
        )
        for c in campaigns
    ]

    def write(conn: Any) -> None:
        clients.add_client(conn, WHO)
        clients.add_account(conn, CLIENT, ACCOUNT)
        priya = people.Person("priya", "Priya", "strategist")
        people.add_person(conn, priya, [people.Right(CLIENT, "strategist", senior=True)])
        text = policy_text(policy or strategies.policy(), ".json")
        version = policies.save_draft(conn, CLIENT, text, "tom", NOW)
        policies.publish(conn, CLIENT, version, "priya", NOW)
        sources.set_state(conn, CLIENT, SourceState("google_ads", NOW, "fresh", "ok"), NOW)
        desired.save(conn, CLIENT, ours)

    store.write(write)
    return Stored(store, platform, policy)
