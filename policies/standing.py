"""The state of the world the gate judges on: budgets, spend, pending writes, phase.

Built by the engine each tick.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from policies.actions import Frozen, Key, Micros

Phase = Literal["configure", "launch", "closed_loop", "continuous"]


class CampaignStanding(Frozen):
    """One campaign as the platform has it: micros of the client's currency, the account's own day.

    ``pending_micros`` are daily budgets that writes of unknown outcome may have set.
    ``highest_today_micros`` is the highest daily budget set so far this account-day, pending ones
    included, and one a campaign ran on before it was paused today; 0 when it did not run today.
    ``spent_before_today_micros`` is what was billed this month up to the end of yesterday.
    ``changed_this_month`` is True when the budget was written (or the campaign began) after the
    month opened.
    ``month_limit_micros`` is the month's limit as recorded at the last change this month
    (``exposure.month_limit_after_change``); None: never changed, or, if changed, not known.
    ``written_today`` is True when its budget was already written this account-day.
    """

    campaign: Key
    account: Key
    platform: str
    channel: str
    enabled: bool
    daily_micros: Micros
    highest_today_micros: Micros
    spent_before_today_micros: Micros
    spent_today_micros: Micros
    pending_micros: tuple[Micros, ...] = ()
    month_limit_micros: Micros | None = None
    changed_this_month: bool = False
    written_today: bool = False


class AccountStanding(Frozen):
    """One ad account: its currency and its own calendar.

    ``stale`` sources may be shown but never move money.
    """

    account: Key
    platform: str
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    today: date
    days_in_month: Annotated[int, Field(ge=28, le=31)]
    stale: bool = False

    @property
    def days_left(self) -> int:
        """Days of this month still to be billed, today included."""
        return self.days_in_month - self.today.day + 1


class Selling(Frozen):
    """One concept of a campaign with the offer it sells ("": it names none) and the ads that were made of it."""

    campaign: Key
    concept: Key
    offer: str
    variants: tuple[Key, ...] = ()


class Movement(Frozen):
    """One budget change already made.

    Who moved how much of which channel's daily budget, and when (UTC).
    """

    at: datetime
    channel: str
    delta_micros: int


class Standing(Frozen):
    """Everything the gate may know. ``now`` is UTC; ``paused`` is the kill switch.

    ``selling`` says what the campaigns sell; one that is not named there sells nothing that is known.
    """

    client: Key
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    now: datetime
    phase: Phase
    paused: bool = False
    accounts: tuple[AccountStanding, ...] = ()
    campaigns: tuple[CampaignStanding, ...] = ()
    movements: tuple[Movement, ...] = ()
    paused_today: tuple[
        Key, ...
    ] = ()  # campaigns and variants the platform itself paused this account-day

    selling: tuple[Selling, ...] = ()

    def sold_by(self, campaign: str, variant: str | None = None) -> tuple[str, ...]:
        """The offers a campaign sells, or one ad of it; none where they are not known."""
        return tuple(
            dict.fromkeys(
                s.offer
                for s in self.selling
                if s.campaign == campaign and (variant is None or variant in s.variants)
            )
        )

    def campaign(self, key: str) -> CampaignStanding | None:
        """The campaign of that key, or None."""
        return next((c for c in self.campaigns if c.campaign == key), None)

    def account(self, key: str) -> AccountStanding | None:
        """The account of that key, or None."""
        return next((a for a in self.accounts if a.account == key), None)
