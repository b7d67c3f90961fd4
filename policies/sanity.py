"""What must hold before any rule is asked.

The values are sound, agree with each other, and fit the world.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from policies.actions import (
    CHANNELS,
    LaunchCampaign,
    PauseVariant,
    SetAudiences,
    SetBidTarget,
    SetBudgets,
    SetCampaignStatus,
    SetSchedule,
    SetVariantShares,
    ShiftBudget,
    ShipVariant,
)
from policies.case import Case
from policies.delivery import DELIVERY
from policies.levers import STEERS
from policies.money import MAX_MICROS, decimal_text
from policies.policy import Policy
from policies.pots import budget_key
from policies.sound import once, proved, proved_text
from policies.standing import Standing
from policies.verdict import Reason

KINDS = (
    SetBudgets,
    ShiftBudget,
    LaunchCampaign,
    SetCampaignStatus,
    ShipVariant,
    PauseVariant,
    SetAudiences,
    SetBidTarget,
    SetSchedule,
    SetVariantShares,
)


def unfit(action: Any, policy: Any, standing: Any, *, ordered: bool) -> tuple[str, ...]:
    """Why these three cannot be judged at all, as sentences; ``ordered`` is what ``ordered_stop`` says of them.

    Raises:
        pydantic.ValidationError: one of them holds what its type does not allow.
    """
    if ordered:
        return tuple(_unfit_stop(action, standing))
    if type(action) not in KINDS or type(policy) is not Policy or type(standing) is not Standing:
        return tuple(_unread(action, policy, standing))
    proved(action)
    proved_text(policy)
    proved(standing)
    said = (action.client, action.currency)
    if said == (policy.client, policy.currency) == (standing.client, standing.currency):
        return once(standing, _faults)
    return (*_apart((action, policy, standing)), *once(standing, _faults))


def _unread(action: Any, policy: Any, standing: Any) -> Iterator[str]:
    if type(action) not in KINDS:
        yield f"{_name(action)} is no action the platform knows."
    if type(policy) is not Policy:
        yield "There is no readable policy in force; publish one first."
    if type(standing) is not Standing:
        yield "The state of the accounts is not known; read them first."


def ordered_stop(action: Any, standing: Any) -> bool:
    """True for pausing a campaign while the kill switch is on: that asks for no policy and no figures."""
    return (
        type(action) is SetCampaignStatus
        and not action.enabled
        and type(standing) is Standing
        and standing.paused
    )


def _unfit_stop(action: SetCampaignStatus, standing: Standing) -> Iterator[str]:
    """An ordered stop goes to a campaign of this client where it lies; nothing else can be in its way.

    What is wrong elsewhere in the standing (a currency, a key that is there twice) must not keep
    money running that a person has ordered to stop.
    """
    proved(action)
    if action.client != standing.client:
        yield f"Action and accounts speak of different client: {action.client}, {standing.client}."
    if action.account not in {a.account for a in standing.accounts}:
        yield f"Account {action.account} is not known; read it first."
    there = {(c.campaign, c.account, c.channel) for c in standing.campaigns}
    if (action.campaign, action.account, action.channel) not in there:
        yield (
            f"Campaign {action.campaign} does not lie in {action.account} on {action.channel}; read"
            " the account first."
        )


def _apart(speakers: tuple[Any, ...]) -> Iterator[str]:
    for noun in ("client", "currency"):
        said = {getattr(speaker, noun) for speaker in speakers}
        if len(said) > 1:
            yield (
                f"Action, policy and accounts speak of different {noun}: {', '.join(sorted(said))}."
            )


def _faults(standing: Standing) -> tuple[str, ...]:
    return tuple(_wrong(standing))


def _wrong(standing: Standing) -> Iterator[str]:
    accounts = {a.account: a for a in standing.accounts}
    for account in standing.accounts:
        if account.currency != standing.currency:
            yield (
                f"Account {account.account} is billed in {account.currency},"
                f" the client in {standing.currency}."
            )
        if account.platform not in DELIVERY:
            yield f"How {account.platform} bills is not written down: its worst case is unknown."
        if account.today.day > account.days_in_month:
            yield f"Account {account.account} stands on a day its month does not have."
    for campaign in standing.campaigns:
        home = accounts.get(campaign.account)
        if home is None or home.platform != campaign.platform:
            yield f"Campaign {campaign.campaign} lies in no account we know; read them again."
    instants = [standing.now, *[m.at for m in standing.movements]]
    instants += [k.until for k in standing.locks]
    # One object for UTC is the usual case, and is asked for before its offset is.
    if [at for at in instants if at.tzinfo is not UTC and not _aware(at)]:
        yield "The standing holds an instant that is not in UTC."


def _aware(at: datetime) -> bool:
    return at.utcoffset() == timedelta(0)


def unplaced(case: Case) -> list[str]:
    """Why the action does not fit the accounts as they are known, as sentences."""
    said: list[str] = []
    opens = type(case.action) is LaunchCampaign
    for place in _places(case.action):
        campaign, account, channel = place.campaign, place.account, place.channel
        if channel not in CHANNELS:
            said.append(f'"{channel}" is no channel the platform knows.')
        if account not in case.known.accounts:
            said.append(f"Account {account} is not known; read it first.")
        found = case.known.campaigns.get(campaign)
        if found is None and not opens:
            said.append(f"Campaign {campaign} is not known; read the account first.")
        elif found is not None and opens:
            said.append(f"Campaign {campaign} exists already; change its budget instead.")
        elif found is not None and (found.account != account or found.channel != channel):
            said.append(
                f"Campaign {campaign} lies in {found.account} on {found.channel}, not in"
                f" {account} on {channel}."
            )
    return said


def _places(action: Any) -> tuple[Any, ...]:
    """What names a campaign, its account and its channel: each change of a budget action, or else the action."""
    return action.changes if type(action) in (SetBudgets, ShiftBudget) else (action,)


def core(case: Case) -> list[Reason]:
    """What blocks an action whatever the bounds; of it stops meet only what is hands off."""
    found = list(_hands_off(case)) if case.standing.locks else []
    if case.is_stop:
        return found
    if case.standing.paused:
        said = "Everything is paused by a person; only stops are carried out until it is resumed."
        found.append(_block(said))
    if case.known.members:
        found += _shared(case)
    if isinstance(case.action, STEERS) and case.known.accounts[case.action.account].stale:
        said = (
            f"The figures of account {case.action.account} are stale; nothing that steers money changes"
            " until they are read again."
        )
        found.append(_block(said))
    for change in case.changes:
        found += _money(case, change.campaign, change.before_micros, change.after_micros)
        if case.known.accounts[change.account].stale:
            said = f"The figures of account {change.account} are stale; no money moves until they are read again."
            found.append(_block(said))
    return found


def _hands_off(case: Case) -> Iterator[Reason]:
    """A lock holds for everybody until it ends or is lifted; only a stop that is ordered passes it."""
    if case.is_ordered_stop or case.is_expiry_stop or not case.standing.locks:
        return
    now = case.standing.now
    for lock in case.standing.locks:
        touched = {
            {"campaign": place.campaign, "channel": place.channel, "account": place.account}[
                lock.level
            ]
            for place in _places(case.action)
        }
        if lock.until > now and lock.thing in touched:
            yield Reason(
                rule="hands_off",
                outcome="block",
                sentence=(
                    f"The {lock.level} {lock.thing} is hands off until {lock.until:%d %b %Y %H:%M} UTC,"
                    f" said {lock.by}: {lock.reason}"
                ),
                facts={"thing": lock.thing, "until": lock.until.isoformat(), "by": lock.by},
            )


def _shared(case: Case) -> Iterator[Reason]:
    """One budget is written once in an action, and none whose channels have bounds of their own."""
    written: set[Any] = set()
    for change in case.changes:
        found = case.known.campaigns.get(change.campaign)
        if found is None or found.shared_budget is None:
            continue
        key = budget_key(found)
        if key in written:
            yield _block(f"The shared budget {found.shared_budget} would be written twice.")
        written.add(key)
        if case.known.figures[key].also:
            yield _block(
                f"The shared budget {found.shared_budget} lies in several channels, so no bound"
                " of one channel can hold it; give each channel a budget of its own first."
            )


def _money(case: Case, key: str, before: int, after: int) -> Iterator[Reason]:
    if after > MAX_MICROS:
        yield _block(f"A daily budget of {decimal_text(after)} is a slip of the keyboard.")
    found = case.known.campaigns.get(key)
    if found is None:
        return
    if found.daily_micros != before or type(case.action) is SetCampaignStatus:
        yield from _moved(case, key, before)
    if found.written_today:
        yield _block(f"The budget of {key} was written today already; try again tomorrow.")
    if found.pending_micros:
        yield _block(f"A write to {key} has an unknown outcome; it is settled first.")


def _moved(case: Case, key: str, before: int) -> Iterator[Reason]:
    found = case.known.campaigns[key]
    if type(case.action) is SetCampaignStatus:
        if found.enabled:
            yield _block(f"{key} is running already; nothing to resume.")
        before = case.action.daily_micros
    if before != found.daily_micros:
        yield _block(
            f"The budget of {key} has moved: the action starts from {decimal_text(before)},"
            f" the account says {decimal_text(found.daily_micros)}; propose again."
        )


def _block(sentence: str) -> Reason:
    return Reason(rule="sanity", outcome="block", sentence=sentence)


def _name(value: Any) -> str:
    return "Nothing" if value is None else f"A value of type {type(value).__name__}"
