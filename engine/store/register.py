"""The register of one client's pass: execution's port onto the store, one transaction a method."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.model.accounts import Snapshot
from engine.model.changes import Change, Receipt
from engine.model.desired import Desired, DesiredCampaign
from engine.model.ports import Answer, Intent, Order
from engine.model.standing import BudgetWrite, standing
from engine.store import budgets, codec, creative, decisions, escalations, outside
from engine.store import desired as desired_table
from engine.store.books import books
from engine.store.clients import Client
from engine.store.connect import Store
from engine.store.passes import book
from policies import exposure
from policies.actions import (
    BudgetChange,
    LaunchCampaign,
    PauseVariant,
    SetCampaignStatus,
    ShipVariant,
    budget_changes,
)
from policies.standing import Standing
from policies.verdict import Approval

_ENDS = {"applied": "applied", "already": "applied", "unknown": "shipping", "rejected": "rejected"}
"""What a receipt makes of a decision; an unknown outcome is looked up and carried on by the next pass."""


@dataclass(frozen=True)
class StoredRegister:
    """One client's register at ``now`` (aware UTC)."""

    store: Store
    client: Client
    now: datetime

    def orders(self) -> list[Order]:
        """What was decided and not carried out yet, oldest first."""
        with self.store.read() as conn:
            waiting = decisions.to_apply(conn, self.client.client)
        return [
            Order(
                d.decision_id,
                codec.action(d.action_json),
                Approval.model_validate_json(d.approval_json) if d.approval_json else None,
            )
            for d in waiting
        ]

    def standing(self, snapshots: Sequence[Snapshot]) -> Standing:
        """The standing of the client over these accounts, now."""
        with self.store.read() as conn:
            sides = [(s, books(conn, self.client.client, s.account, self.now)) for s in snapshots]
        return standing(self.client.client, self.client.currency, sides, self.now)

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

    def took_over(self, cause: str, campaign: str, now_is: DesiredCampaign | None) -> None:
        """Keep what somebody left as what should be (None: the campaign is gone), and close its question."""
        client = self.client.client

        def write(conn: Connection) -> None:
            if now_is is None:
                desired_table.drop(conn, client, campaign)
                said = f"Campaign {campaign} was removed outside the platform; it is ours no more."
            else:
                desired_table.save(conn, client, [now_is])
                said = f"{now_is.name} stays as it was changed outside the platform."
            outside.close(conn, client, cause, "done", "Taken over.")
            book(conn, client, self.now, [("edit_kept", campaign, said, {"cause": cause})])

        self.store.write(write)

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

        def write(conn: Connection) -> None:
            decisions.set_state(conn, self.client.client, order.decision, "voided", now=self.now)
            said = f"Not carried out any more: {sentence}"
            book(conn, self.client.client, self.now, [("voided", order.decision, said, {})])
            self._close_question(conn, order, "voided", sentence)

        self.store.write(write)

    def carried_out(
        self,
        order: Order,
        receipt: Receipt,
        desired: Desired,
        written: Sequence[Change],
        before: Standing,
    ) -> None:
        """Keep the receipt, the new desired state, the budgets written and the line in the ledger."""
        client = self.client.client
        state: Any = _ENDS[receipt.outcome]
        done = state == "applied"

        def write(conn: Connection) -> None:
            detail = asdict(receipt) | {"written": [c.sentence for c in written]}
            decisions.set_state(
                conn, client, order.decision, state, now=self.now, receipt_json=json.dumps(detail)
            )
            budgets.record(
                conn, client, self._budget_writes(order.action, before, written, receipt)
            )
            if done:
                keys = {c.campaign for c in _budget_changes(order.action)} or {
                    order.action.campaign
                }
                desired_table.save(conn, client, [desired[key] for key in sorted(keys)])
                self._variants(conn, order.action)
                self._close_question(conn, order, "done", "Carried out.")
            book(conn, client, self.now, [_line(order, receipt, detail)])

        self.store.write(write)

    def _budget_writes(
        self, action: Any, before: Standing, written: Sequence[Change], receipt: Receipt
    ) -> list[BudgetWrite]:
        """What was set. A lost answer is not recorded here: its open intent counts at its dearest."""
        reached = {c.campaign_key for c in written if c.daily_micros is not None}
        launch = isinstance(action, LaunchCampaign)
        # A launch cut off between its create and its activation is recorded once, when it is whole.
        everything = receipt.outcome == "already" or (launch and receipt.outcome == "applied")
        if launch and not everything:
            return []
        accounts = {a.account: a for a in before.accounts}
        campaigns = {c.campaign: c for c in before.campaigns}
        found = []
        for change in _budget_changes(action):
            if not everything and change.campaign not in reached:
                continue
            account = accounts[change.account]
            campaign = campaigns.get(change.campaign)
            limit = (
                exposure.month_limit_after_change(campaign, account, change.after_micros)
                if campaign
                else change.after_micros * max(account.days_left, 2)
            )
            found.append(
                BudgetWrite(
                    campaign=change.campaign,
                    channel=change.channel,
                    account_day=account.today,
                    before_micros=change.before_micros,
                    after_micros=change.after_micros,
                    month_limit_micros=limit,
                    at=self.now,
                )
            )
        return found

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


def _budget_changes(action: Any) -> tuple[BudgetChange, ...]:
    """Budgets that are written; pausing and resuming write none."""
    return () if isinstance(action, SetCampaignStatus) else budget_changes(action)


def _line(order: Order, receipt: Receipt, detail: dict[str, Any]) -> tuple[str, str, str, Any]:
    words = {
        "applied": "Done",
        "already": "Done: the account already shows it",
        "rejected": f"Not carried out: {receipt.sentence}",
        "unknown": f"No answer came back, so it is being looked up: {receipt.sentence}",
    }
    said = f"{words[receipt.outcome].rstrip('.')}. {order.action.reason}"
    return ("carried_out", order.decision, said, detail | {"fingerprint": order.action.fingerprint})
