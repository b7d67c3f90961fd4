"""Writing: one atomic request for all changes given, sent at most once."""

from __future__ import annotations

from collections.abc import Sequence

from engine.model.accounts import Account
from engine.model.changes import Change, Receipt
from engine.model.errors import BadInput, Fault, GiveUp
from engine.platforms.google_ads import queries
from engine.platforms.google_ads.errors import fault, receipt, says_duplicate
from engine.platforms.google_ads.failures import CAUGHT, Told, told
from engine.platforms.google_ads.mapping import (
    CHANNEL_TYPES,
    enum_name,
    platform_name,
    variant_of,
)
from engine.platforms.google_ads.operations import operations
from engine.platforms.google_ads.session import Session


def validate(session: Session, account: Account, changes: Sequence[Change]) -> str:
    """Ask with ``validate_only``; a thing of ours that is there already is no objection."""
    try:
        session.mutate(account.account, operations(account.account, changes), validate_only=True)
    except BadInput as bad:
        return str(bad)
    except CAUGHT as error:
        said = told(error)
        if says_duplicate(said) and _all_there(session, account, changes):
            return ""
        reason = fault(said)
        if isinstance(reason, GiveUp):
            return str(reason)
        raise reason from error
    return ""


def apply(session: Session, account: Account, changes: Sequence[Change]) -> Receipt:
    """Send the changes that are not there yet, and say what is known of them afterwards."""
    try:
        todo = _absent(session, account, changes)
        wanted = operations(account.account, todo)
    except GiveUp as never:
        return Receipt("rejected", f"Not sent: {never}")
    except Fault as early:
        return Receipt("not_sent", f"Not sent: {early}")
    if not todo:
        return Receipt("already")
    try:
        return Receipt("applied", request_id=session.mutate(account.account, wanted))
    except CAUGHT as error:
        return _failed(session, account, todo, told(error))


def _failed(session: Session, account: Account, changes: Sequence[Change], said: Told) -> Receipt:
    answer = receipt(said)
    if answer.outcome != "rejected" or not says_duplicate(said):
        return answer
    try:
        there = _all_there(session, account, changes)
    except Fault:
        return answer  # the refusal stands; the next snapshot shows the thing if it is ours
    return Receipt("already", request_id=said.request_id) if there else answer


def _all_there(session: Session, account: Account, changes: Sequence[Change]) -> bool:
    """True when every change creates a campaign, and each is there under our name and type."""
    return all(_there(session, account, change) for change in changes)


def _there(session: Session, account: Account, change: Change) -> bool:
    wanted = change.campaign
    if change.kind != "create_campaign" or wanted is None:
        return False
    name = platform_name(wanted.name, wanted.campaign, wanted.client)
    found = session.rows(account.account, queries.campaign_named(name))
    kinds = [enum_name(row.campaign, "advertising_channel_type") for row in found]
    return kinds == [CHANNEL_TYPES.get(wanted.channel)]


def _absent(session: Session, account: Account, changes: Sequence[Change]) -> list[Change]:
    """The changes less ads that their ad group holds already: Google would make a second one."""
    groups = {c.ad_group_resource for c in changes if c.kind == "create_ad" and c.ad_group_resource}
    held = {
        (group, variant_of(row.ad_group_ad.ad))
        for group in groups
        for row in session.rows(account.account, queries.ads_of(group))
    }
    return [
        change
        for change in changes
        if change.kind != "create_ad"
        or change.ad is None
        or (change.ad_group_resource, change.ad.variant) not in held
    ]
