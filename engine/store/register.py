"""The register of one client's pass: execution's port onto the store, one transaction a method."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.model import acts
from engine.model.accounts import Snapshot
from engine.model.changes import Change, Receipt
from engine.model.desired import Desired, DesiredCampaign
from engine.model.errors import GiveUp
from engine.model.people import Scope
from engine.model.ports import Answer, Intent, Order
from engine.model.safe_states import held
from engine.model.standing import standing
from engine.store import (
    budgets,
    clients,
    codec,
    creative,
    decisions,
    endings,
    escalations,
    judged_on,
    outside,
    people,
    policies,
    questions,
    safe_states,
)
from engine.store import desired as desired_table
from engine.store.books import books
from engine.store.clients import Client
from engine.store.connect import Store
from engine.store.passes import book
from engine.store.written import by_hand, by_order, set_by
from policies.actions import PauseVariant, ShipVariant
from policies.agents import PERSON
from policies.policy import Policy
from policies.standing import Standing
from policies.verdict import Approval, Escalated

_STATES: dict[str, decisions.State] = {
    "applied": "applied",
    "already": "applied",
    "unknown": "shipping",
}
"""What a receipt makes of a decision; an unknown outcome is looked up and carried on by the next pass."""


_UNREADABLE = "It is on record in a form this version cannot read."
_NO_RIGHT = "The person who ordered it may not act for this client any more."


@dataclass(frozen=True)
class StoredRegister:
    """One client's register at ``now`` (aware UTC)."""

    store: Store
    client: Client
    now: datetime

    def orders(self) -> list[Order]:
        """What was decided and not carried out yet, oldest first."""
        with self.store.read() as conn:
            found, broken = [], []
            for d in decisions.to_apply(conn, self.client.client):
                try:
                    yes = _standing_yes(conn, self.client.client, d.approval_json)
                    order = Order(d.decision_id, codec.action(d.action_json), yes)
                except (GiveUp, ValueError):
                    broken.append((d.decision_id, _UNREADABLE))
                    continue
                if _whose_right_ended(conn, self.client.client, order.action.agent):
                    broken.append((d.decision_id, _NO_RIGHT))
                else:
                    found.append(order)
        for decision_id, why in broken:  # one that cannot go on never holds up the others
            self._void(decision_id, why)
        return found

    def standing(self, snapshots: Sequence[Snapshot]) -> Standing:
        """The standing of the client over these accounts, now."""
        with self.store.read() as conn:
            sides = [(s, books(conn, self.client.client, s.account, self.now)) for s in snapshots]
            unread = len(clients.accounts(conn, self.client.client)) - len(sides)
        mine = (self.client.client, self.client.currency)
        return standing(*mine, sides, self.now, incomplete=unread > 0)

    def adopt(self, campaigns: Desired) -> None:
        """Take campaigns over as they are, and say so once."""
        lines = [
            (
                "adopted",
                key,
                f"Took over {c.name} exactly as it is.",
                {"daily_micros": c.daily_micros},
            )
            for key, c in campaigns.items()
        ]

        def write(conn: Connection) -> None:
            desired_table.save(conn, self.client.client, campaigns.values())
            book(conn, self.client.client, self.now, lines)

        self.store.write(write)

    def answers(self) -> dict[str, Answer]:
        """What people said to changes made past us, by cause; the newest question of a cause counts."""
        with self.store.read() as conn:
            return outside.answers(conn, self.client, self.now)

    def took_over(
        self, cause: str, campaign: str, now_is: DesiredCampaign | None, there: Standing
    ) -> None:
        """Keep what somebody left as what should be (None: the campaign is gone), and close its question."""
        client = self.client.client

        def write(conn: Connection) -> None:
            if now_is is None:
                desired_table.drop(conn, client, campaign)
                said = f"Campaign {campaign} was removed outside the platform; it is ours no more."
            else:
                was = desired_table.load(conn, client)[campaign]
                budgets.record(conn, client, by_hand(was, now_is, there, self.now))
                desired_table.save(conn, client, [now_is])
                said = f"{now_is.name} stays as it was changed outside the platform."
            outside.close(conn, client, cause, "done", "Taken over.")
            book(conn, client, self.now, [("edit_kept", campaign, said, {"cause": cause})])

        self.store.write(write)

    def held(self) -> frozenset[str]:
        """Campaigns that no agent moves: the safe state of a question nobody decided in time."""
        with self.store.read() as conn:
            return held(safe_states.overdue(conn, self.client.client))

    def safe_wishes(self) -> Sequence[Any]:
        """What declared safe states still ask for."""
        mine = (self.client.client, self.client.currency)
        return self.store.write(lambda conn: safe_states.owed(conn, *mine, self.now))

    def ask_again(
        self, order: Order, verdict: Escalated, policy: Policy, there: Standing, why: str
    ) -> None:
        """Ask about what was voided as a new question, on what is true now."""
        self.store.write(
            lambda conn: questions.ask_again(
                conn, self.client, self.now, order.decision, verdict, policy, there, why
            )
        )

    def edit_gone(self, cause: str) -> None:
        """Withdraw a waiting question: ours and the account agree again."""
        client = self.client.client
        said = (
            "What was changed outside the platform is as it was again; nothing is left to decide."
        )

        def write(conn: Connection) -> None:
            outside.close(conn, client, cause, "voided", said)
            book(conn, client, self.now, [("edit_gone", cause.partition(":")[2], said, {})])

        self.store.write(write)

    def settled(self, intent: Intent, sentence: str) -> None:
        """One line about a write whose answer was lost."""
        line = ("settled", intent.decision, sentence, {"intent": intent.intent_id})
        self.store.write(lambda conn: book(conn, self.client.client, self.now, [line]))

    def voided(self, order: Order, sentence: str) -> None:
        """Close an order that no longer passes the gate, and the question it came from."""
        self._void(order.decision, sentence)

    def _void(self, decision_id: str, why: str) -> None:
        def write(conn: Connection) -> None:
            more = endings.ended(conn, self.client, decision_id, "voided", why, self.now)
            said = f"Not carried out any more: {why} {more}".rstrip()
            book(conn, self.client.client, self.now, [("voided", decision_id, said, {})])

        self.store.write(write)

    def carried_out(
        self,
        order: Order,
        receipt: Receipt,
        desired: Desired,
        written: Sequence[Change],
        before: Standing,
    ) -> None:
        """Keep the receipt, the new desired state, the budgets written and the line in the ledger.

        What was not sent waits on as it did, and the ledger says so once per reason.
        """
        client = self.client.client
        detail = asdict(receipt) | {"written": [c.sentence for c in written]}
        told = json.dumps(detail)

        def write(conn: Connection) -> None:
            was = decisions.get(conn, client, order.decision)
            if was is not None and not was.tick_id:  # a plan's: no pass judged it before now
                there = policies.current(conn, client)
                version = there.version if there else None
                judged_on.keep(conn, client, order.decision, before, version, self.now)
            more = self._state(conn, order, receipt, told, under_way=bool(written))
            ours = by_order(order.action, before, written, receipt, self.now)
            budgets.record(conn, client, ours)
            if receipt.outcome in {"applied", "already"}:
                keys = {c.campaign for c in set_by(order.action)} or {order.action.campaign}
                desired_table.save(conn, client, [desired[key] for key in sorted(keys)])
                self._variants(conn, order.action)
                self._close_question(conn, order, "done", "Carried out.")
            if receipt.outcome != "not_sent" or was is None or was.receipt_json != told:
                act = acts.told(order.action, desired)
                book(conn, client, self.now, [_line(order, receipt, detail, act, more)])

        self.store.write(write)

    def _state(
        self, conn: Connection, order: Order, receipt: Receipt, told: str, *, under_way: bool
    ) -> str:
        """Move the decision on; returns what follows from it, for the ledger ("" mostly)."""
        one, now = order.decision, self.now
        if receipt.outcome == "rejected":
            return endings.ended(
                conn, self.client, one, "rejected", receipt.sentence, now, receipt_json=told
            )
        state = _STATES.get(receipt.outcome)
        if state is None:
            was = decisions.get(conn, self.client.client, one)
            state = "shipping" if under_way or was is None else was.state
        decisions.set_state(conn, self.client.client, one, state, now=now, receipt_json=told)
        return ""

    def _variants(self, conn: Connection, action: Any) -> None:
        match action:
            case ShipVariant():
                creative.set_variant_state(
                    conn, self.client.client, action.ad.variant, "live", self.now
                )
            case PauseVariant():
                creative.set_variant_state(
                    conn, self.client.client, action.variant, "paused", self.now
                )

    def _close_question(self, conn: Connection, order: Order, status: Any, why: str) -> None:
        question = escalations.of_decision(conn, self.client.client, order.decision)
        if question is not None:
            escalations.close(conn, self.client.client, question, status, why)


def _whose_right_ended(conn: Connection, client: str, agent: str) -> bool:
    """True for a move of a person who may not act for the client any more."""
    person = agent.removeprefix(PERSON)
    if person == agent or person == Scope.operator().person:
        return False
    there = policies.callable_people(conn, client)
    roles = {r.role for r in people.rights(conn, person) if r.client == client}
    return person not in there or roles.isdisjoint(("strategist", "admin"))


def _standing_yes(conn: Connection, client: str, text: str | None) -> Approval | None:
    """The approval of a decision, while the person who gave it still has the right to."""
    if not text:
        return None
    given = Approval.model_validate_json(text)
    by_operator = given.person == Scope.operator().person
    return given if by_operator or people.is_senior(conn, given.person, client) else None


def _line(
    order: Order, receipt: Receipt, detail: dict[str, Any], act: str, more: str
) -> tuple[str, str, str, Any]:
    words = {
        "applied": "Done",
        "already": "Done, and the account already showed it",
        "rejected": f"Not carried out: {receipt.sentence}",
        "not_sent": f"{receipt.sentence.rstrip('.')}. It waits and is tried again by the next pass",
        "unknown": f"No answer came back, so it is being looked up: {receipt.sentence}",
    }
    colon = receipt.outcome in {"applied", "already"}
    what = f": {acts.lowered(act)}" if colon else f". {act}"
    said = f"{words[receipt.outcome].rstrip('.')}{what} {order.action.reason} {more}".rstrip()
    return ("carried_out", order.decision, said, detail | {"fingerprint": order.action.fingerprint})
