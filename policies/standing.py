"""The state of the world the gate judges on: budgets, spend, pending writes, phase.

Built by the engine each tick.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, model_validator

from policies.actions import Frozen, Key, Micros, Sealed
from policies.levers import NOBODY_NAMED, Targeting
from policies.records import AssetOnRecord, EvidenceOnRecord
from policies.sound import born

Phase = Literal["configure", "launch", "closed_loop", "continuous"]


class CampaignStanding(Sealed):
    """One campaign as the platform has it: micros of the client's currency, the budget's own day.

    ``pending_micros`` are daily budgets that writes of unknown outcome may have set.
    ``highest_today_micros`` is the highest daily budget set so far this budget-day, pending ones
    included, and one a campaign ran on before it was paused today; 0 when it did not run today.
    ``spent_before_today_micros`` is what was billed this month up to the end of yesterday,
    ``spent_week_micros`` the same of the platform's week, days of last month included.
    ``changed_this_month`` is True when the budget was written (or the campaign began) after the
    month opened; ``changed_this_week`` likewise.
    ``month_limit_micros`` is the month's limit as recorded at the last change this month
    (``exposure.month_limit_after_change``); None: never changed, or, if changed, not known.
    ``week_limit_micros`` is the same of the week.
    ``written_today`` is True when its budget was already written this budget-day.
    ``shared_budget`` names the budget it spends from together with others of its account, each of
    which carries the same figures of that budget; None: it has its own.
    ``targeting``, ``campaign_type`` and ``locations`` (ISO 3166) are what we know it to reach and to be; empty
    where nobody has told us.
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
    spent_week_micros: Micros = 0
    week_limit_micros: Micros | None = None
    changed_this_week: bool = False
    shared_budget: Key | None = None
    targeting: Targeting = NOBODY_NAMED
    campaign_type: str = ""
    locations: tuple[str, ...] = ()


def never_run(campaign: str, account: str, platform: str, channel: str) -> CampaignStanding:
    """A campaign as it stands before it is launched: nothing set, nothing spent."""
    return CampaignStanding(
        campaign=campaign,
        account=account,
        platform=platform,
        channel=channel,
        enabled=False,
        daily_micros=0,
        highest_today_micros=0,
        spent_before_today_micros=0,
        spent_today_micros=0,
        changed_this_month=True,
        changed_this_week=True,
    )


class AccountStanding(Sealed):
    """One ad account: its currency and the calendar its budgets follow.

    ``today`` is the budgets' own day: the account's, or UTC's where the platform says so.
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


class Lock(Sealed):
    """Hands off: a campaign, channel or account nobody and nothing but a stop that is ordered may touch.

    ``thing`` is its key; ``until`` is UTC and the lock ends by itself then.
    """

    level: Literal["campaign", "channel", "account"]
    thing: Key
    until: datetime
    by: str
    reason: str


class Selling(Sealed):
    """One concept of a campaign with the offer it sells ("": it names none) and the ads that were made of it."""

    campaign: Key
    concept: Key
    offer: str
    variants: tuple[Key, ...] = ()


class Movement(Sealed):
    """One budget change already made.

    Who moved how much of which channel's daily budget, and when (UTC).
    """

    at: datetime
    channel: str
    delta_micros: int


class Pause(Sealed):
    """One campaign or variant the platform paused this account-day.

    ``daily_micros`` is the daily budget that stopped with it: 0 for a variant, whose siblings spend on.
    """

    key: Key
    channel: str
    daily_micros: Micros = 0


class Standing(Frozen):
    """Everything the gate may know. ``now`` is UTC; ``paused`` is the kill switch.

    ``evidence`` and ``assets`` are the brand's files on record; none known means none is held.
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
    locks: tuple[Lock, ...] = ()
    safe_stops: tuple[
        Key, ...
    ] = ()  # campaigns whose pause the policy orders now: the safe state of a question nobody decided in time
    pauses: tuple[Pause, ...] = ()
    """What is known of ``paused_today``, each under the same key."""
    evidence: tuple[EvidenceOnRecord, ...] = ()
    assets: tuple[AssetOnRecord, ...] = ()

    selling: tuple[Selling, ...] = ()

    @model_validator(mode="after")
    def _born(self) -> Standing:
        born(self)
        return self

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
