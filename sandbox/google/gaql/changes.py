"""change_event: who changed what. Its rules: a bounded range, 30 days back, a LIMIT."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from sandbox.google.failures import refuse
from sandbox.google.gaql.parse import Query
from sandbox.google.gaql.sources import customer
from sandbox.google.gaql.where import during
from sandbox.google.wire import Row, blank, set_enum
from sandbox.state import Account

Applied = tuple[dict[str, Any], bytes | None, bytes | None]

_WHEN = "change_event.change_date_time"
_DELAY = timedelta(minutes=3)
_DAYS, _MOST = 30, 10_000
_KINDS = frozenset(
    {
        "ad_group",
        "ad_group_ad",
        "ad_group_criterion",
        "campaign",
        "campaign_budget",
        "campaign_criterion",
    }
)
_CLIENTS = {
    "api": ("GOOGLE_ADS_API", "api@agency.example"),
    "setup": ("GOOGLE_ADS_WEB_CLIENT", "setup@client.example"),
    "person": ("GOOGLE_ADS_WEB_CLIENT", "morgan@client.example"),
}


def check_changes(query: Query, now: datetime, zone: str) -> None:
    """Check the rules that only this resource has.

    Raises:
        Refused: no LIMIT, no bounded range of change_date_time, or one too far back.
    """
    if query.limit is None:
        _fail("LIMIT_NOT_SPECIFIED", "A query of change_event needs a LIMIT.")
    if query.limit > _MOST:
        _fail("INVALID_LIMIT_CLAUSE", f"LIMIT may be at most {_MOST} here.")
    today = now.astimezone(ZoneInfo(zone)).date()
    lows, highs = _bounds(query, today)
    if not lows or not highs:
        _fail("CHANGE_DATE_RANGE_INFINITE", f"{_WHEN} needs a first and a last instant.")
    if max(lows) > min(highs):
        _fail("CHANGE_DATE_RANGE_NEGATIVE", f"{_WHEN} ends before it begins.")
    if max(lows)[:10] < (today - timedelta(days=_DAYS)).isoformat():
        _fail("START_DATE_TOO_OLD", f"{_WHEN} goes back {_DAYS} days at most.")


def _bounds(query: Query, today: date) -> tuple[list[str], list[str]]:
    lows, highs = [], []
    for each in (condition for condition in query.where if condition.field == _WHEN):
        first, last = each.values[0], each.values[-1]
        if each.operator == "DURING":
            first, last = (day.isoformat() for day in during(first, today))
        if each.operator in {">", ">=", "=", "BETWEEN", "DURING"}:
            lows.append(first)
        if each.operator in {"<", "<=", "=", "BETWEEN", "DURING"}:
            highs.append(last)
    return lows, highs


def change_rows(account: Account, applied: list[Applied], now: datetime) -> Iterator[Any]:
    """A row per change that shows by now: Google's delay is up to three minutes."""
    zone = ZoneInfo(account.spec.time_zone)
    for body, old, new in reversed(applied):
        at = datetime.fromisoformat(body["at"])
        if body["kind"] not in _KINDS or at + _DELAY > now:
            continue
        row = Row(customer=customer(account))
        event = row.change_event
        stamp = at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S.%f")
        event.change_date_time = stamp
        seq = body["seq"]
        event.resource_name = f"customers/{account.customer_id}/changeEvents/{seq}~0~0"
        event.change_resource_name = body["resource_name"]
        set_enum(event, "change_resource_type", body["kind"].upper())
        set_enum(event, "resource_change_operation", body["operation"].upper())
        client, email = _CLIENTS[body["by"]]
        set_enum(event, "client_type", client)
        event.user_email = email
        _resources(event, body["kind"], old, new)
        yield row


def _resources(event: Any, kind: str, old: bytes | None, new: bytes | None) -> None:
    before, after = blank(kind), blank(kind)
    before.ParseFromString(old or b"")
    after.ParseFromString(new or b"")
    for field in after.DESCRIPTOR.fields:
        if _differ(before, after, field):
            event.changed_fields.paths.append(field.name.rstrip("_"))
            _keep(getattr(event.old_resource, kind), before, field)
            _keep(getattr(event.new_resource, kind), after, field)
    owner = after if new else before
    if kind == "campaign":
        event.campaign = owner.resource_name
    elif kind in {"ad_group", "campaign_criterion"}:
        event.campaign = owner.campaign
    elif kind in {"ad_group_ad", "ad_group_criterion"}:
        event.ad_group = owner.ad_group


def _differ(before: Any, after: Any, field: Any) -> bool:
    if getattr(before, field.name) != getattr(after, field.name):
        return True
    return bool(field.has_presence and before.HasField(field.name) != after.HasField(field.name))


def _keep(target: Any, source: Any, field: Any) -> None:
    if field.is_repeated:
        getattr(target, field.name).MergeFrom(getattr(source, field.name))
    elif field.message_type is not None:
        if source.HasField(field.name):
            getattr(target, field.name).CopyFrom(getattr(source, field.name))
    elif not field.has_presence or source.HasField(field.name):
        setattr(target, field.name, getattr(source, field.name))


def _fail(code: str, message: str) -> NoReturn:
    raise refuse("change_event_error", code, f"Error in query: {message}")
