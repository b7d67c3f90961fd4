"""What the engine asks of the outside: ad platforms, other sources, and the log of intents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, Protocol

from engine.model.accounts import Account, Snapshot
from engine.model.changes import Change, Receipt
from engine.model.desired import Desired, DesiredCampaign
from engine.model.outcomes import Pull
from policies.policy import Policy
from policies.standing import Standing
from policies.verdict import Approval, Escalated


class Platform(Protocol):
    """One ad platform, read and written.

    Every method may raise ``TryLater`` (network, quota), ``GiveUp`` (a request that cannot succeed) or
    ``AskPerson`` (consent, rights). Only ``apply`` may leave an unknown outcome, and says so in its receipt.
    """

    key: str

    def accounts(self) -> list[Account]:
        """The accounts the credentials can see."""
        ...

    def snapshot(self, client: str, account: Account, now: datetime) -> Snapshot:
        """The whole structure of one account; campaigns are recognised as ours by the client's markers."""
        ...

    def facts(self, client: str, account: Account, first: date, last: date, now: datetime) -> Pull:
        """Performance by day (schema ``FACTS``) for whole days ``first`` to ``last`` of the account's calendar."""
        ...

    def validate(self, account: Account, changes: Sequence[Change]) -> str:
        """Ask the platform whether it would accept these changes; empty text when it would, else its reason."""
        ...

    def apply(self, account: Account, changes: Sequence[Change]) -> Receipt:
        """Write the changes in one atomic request. Never retries by itself."""
        ...


@dataclass(frozen=True)
class Target:
    """Where messages go, fit to be shown: the kind of service, and its address without secrets."""

    service: str
    shown: str


class Post(Protocol):
    """Messages to people, by whatever service an address names."""

    def target(self, address: str) -> Target:
        """What an address leads to; ``BadInput`` when it may not be used."""
        ...

    def send(self, address: str, title: str, body: str) -> None:
        """Send once; ``TryLater`` when it was not taken."""
        ...


class Secrets(Protocol):
    """Secrets of outside systems by name, kept outside the store; ``AskPerson`` while no key is set."""

    def names(self) -> list[str]:
        """The names of everything kept; needs no key."""
        ...

    def get(self, name: str) -> str | None:
        """One secret, None when there is none."""
        ...

    def put(self, name: str, secret: str) -> None:
        """Keep one."""
        ...

    def remove(self, name: str) -> None:
        """Forget one."""
        ...


class DealSource(Protocol):
    """A CRM: deals in the shape ``DEALS``."""

    key: str

    def deals(self, client: str, since: str, now: datetime) -> tuple[Pull, str] | None:
        """Deals changed after the bookmark ``since`` ("" for everything) and the next bookmark; None: nothing new."""
        ...


IntentState = Literal["sent", "unknown", "applied", "already", "rejected", "abandoned"]


@dataclass(frozen=True)
class Intent:
    """A write-ahead record: committed as ``sent`` before the call that carries it out.

    ``group`` ties the changes of one atomic request; ``decision`` says which decision wanted it.
    """

    intent_id: str
    client: str
    account: str
    natural_key: str
    decision: str
    group: str
    change: Change
    state: IntentState
    sent_at: datetime
    attempt: int = 1
    note: str = ""


class IntentLog(Protocol):
    """The durable log execution writes before and after each call. Each method commits on its own."""

    def open(
        self, client: str, account: str, decision: str, changes: Sequence[Change], now: datetime
    ) -> tuple[Intent, ...]:
        """Commit one intent per change, state ``sent``.

        Raises:
            TryLater: one of the things already has an open intent; nothing was recorded.
        """
        ...

    def close(
        self, intents: Sequence[Intent], state: IntentState, note: str, now: datetime
    ) -> None:
        """Record what became of intents; ``unknown`` leaves them open."""
        ...

    def unresolved(self, client: str) -> tuple[Intent, ...]:
        """Intents still ``sent`` or ``unknown``, oldest first."""
        ...


@dataclass(frozen=True)
class Order:
    """A decision waiting to be carried out; ``approval`` is a person's yes when the gate had asked for one."""

    decision: str
    action: Any
    approval: Approval | None


@dataclass(frozen=True)
class Answer:
    """What became of the newest question of one cause.

    ``status`` is ``waiting``, ``approved``, ``rejected``, ``tried`` (rejected, and today's try to put it
    back is made) or ``used`` (the answer was acted on: the same thing again is a new question).
    """

    status: Literal["waiting", "approved", "rejected", "tried", "used"]
    fingerprint: str


class Register(Protocol):
    """What execution reads and writes for one client; each method is one transaction."""

    def orders(self) -> list[Order]:
        """What was decided and not carried out yet, oldest first."""
        ...

    def standing(self, snapshots: Sequence[Snapshot]) -> Standing:
        """The standing of the client over these accounts, now."""
        ...

    def adopt(self, campaigns: Desired) -> None:
        """Take campaigns over as they are."""
        ...

    def answers(self) -> Mapping[str, Answer]:
        """What people said to changes made past us, by cause."""
        ...

    def took_over(
        self, cause: str, campaign: str, now_is: DesiredCampaign | None, there: Standing
    ) -> None:
        """Keep what somebody left as what should be (None: the campaign is gone), and close its question."""
        ...

    def held(self) -> frozenset[str]:
        """Campaigns that no agent moves: the safe state of a question nobody decided in time."""
        ...

    def safe_wishes(self) -> Sequence[Any]:
        """What declared safe states still ask for, to be judged like any wish."""
        ...

    def ask_again(
        self, order: Order, verdict: Escalated, policy: Policy, there: Standing, why: str
    ) -> None:
        """Ask about what was voided as a new question, on what is true now."""
        ...

    def edit_gone(self, cause: str) -> None:
        """Withdraw a waiting question: ours and the account agree again."""
        ...

    def settled(self, intent: Intent, sentence: str) -> None:
        """Tell what became of a write whose answer was lost."""
        ...

    def voided(self, order: Order, sentence: str) -> None:
        """Tell that an order no longer passes the gate; it is not tried again."""
        ...

    def carried_out(
        self,
        order: Order,
        receipt: Receipt,
        desired: Desired,
        written: Sequence[Change],
        before: Standing,
    ) -> None:
        """Tell what a platform answered; ``desired`` is what should be true from now on."""
        ...
