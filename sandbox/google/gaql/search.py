"""Answer a query: rows, metrics, conditions, order, and only the fields that were asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sandbox.google.failures import refuse
from sandbox.google.gaql.changes import Applied, change_rows, check_changes
from sandbox.google.gaql.check import Path, check
from sandbox.google.gaql.figures import Slot, Sums, fill, slots
from sandbox.google.gaql.parse import Query, parse
from sandbox.google.gaql.sources import base_rows, client_of
from sandbox.google.gaql.where import date_range, test_of, value_of
from sandbox.google.wire import Row, enum_name, set_enum
from sandbox.market.season import day_of
from sandbox.state import Account

_DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_Group = tuple[str, int, str, str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """Rows and the field mask of the answer."""

    rows: list[Any]
    mask: list[str]


def run(
    text: str, account: Account, now: datetime, seed: int, applied: Callable[[], list[Applied]]
) -> Found:
    """Run a query on an account; `applied` fetches its changes when they are asked for.

    Raises:
        Refused: the query is wrong.
    """
    query = parse(text)
    paths = check(query)
    today = day_of(now, account.spec.time_zone)
    tests = {
        each: test_of(each, paths[each.field], today)
        for each in query.where
        if each.field != "segments.date" or "segments.date" in query.select
    }
    early = [test for each, test in tests.items() if not _late(each.field)]
    late = [test for each, test in tests.items() if _late(each.field)]
    if query.resource == "change_event":
        check_changes(query, now, account.spec.time_zone)
        base = change_rows(account, applied(), now)
    else:
        base = base_rows(account, query.resource)
    rows: Iterator[Any] = (row for row in base if all(t(row) for t in early))
    if any(_late(name) for name in paths):
        rows = _measured(query, rows, account, now, seed)
    kept = [row for row in rows if all(t(row) for t in late)]
    return _finish(query, paths, kept)


def run_manager(text: str, accounts: list[Account], manager: str) -> Found:
    """Run a query on the manager account: it holds `customer_client` rows and no metrics.

    Raises:
        Refused: the query is wrong or asks a manager for metrics.
    """
    query = parse(text)
    paths = check(query)
    if query.resource not in {"customer_client", "customer"} or any(_late(p) for p in paths):
        said = "Metrics and campaigns cannot be requested for a manager account."
        raise refuse("query_error", "REQUESTED_METRICS_FOR_MANAGER", said)
    rows = []
    for account in accounts if query.resource == "customer_client" else []:
        row = Row()
        row.customer_client.CopyFrom(client_of(account, manager, 1))
        rows.append(row)
    rows.append(_manager_row(manager))
    tests = [test_of(each, paths[each.field], date(1970, 1, 1)) for each in query.where]
    return _finish(query, paths, [row for row in rows if all(t(row) for t in tests)])


def _manager_row(manager: str) -> Any:
    row = Row()
    for target in (row.customer, row.customer_client):
        target.id, target.manager = int(manager), True
        target.descriptive_name = "Sandbox manager"
        target.currency_code, target.time_zone = "GBP", "Europe/London"
        target.test_account = True
        set_enum(target, "status", "ENABLED")
    row.customer.resource_name = f"customers/{manager}"
    row.customer_client.resource_name = f"customers/{manager}/customerClients/{manager}"
    row.customer_client.client_customer = row.customer.resource_name
    row.customer_client.level = 0
    row.customer_client.hidden = False
    return row


def _late(field: str) -> bool:
    return field.startswith(("metrics.", "segments."))


def _measured(
    query: Query, rows: Iterator[Any], account: Account, now: datetime, seed: int
) -> Iterator[Any]:
    today = day_of(now, account.spec.time_zone)
    by_ad = query.resource in {"ad_group", "ad_group_ad"}
    by_hour = "segments.hour" in query.select
    span = date_range(query.where, today)
    groups = _grouping(query, account)
    sums: dict[str, dict[_Group, Sums]] = defaultdict(dict)
    for slot, figures in slots(account, seed, now, span, by_ad=by_ad, by_hour=by_hour):
        for_resource, group = groups(slot)
        sums[for_resource].setdefault(group, Sums()).add(figures)
    segmented = any(name.startswith("segments.") for name in query.select)
    for row in rows:
        mine = sums.get(getattr(row, query.resource).resource_name, {})
        if not segmented:
            merged = Sums()
            for each in mine.values():
                merged.add(each)
            yield _with(row, merged, None)
            continue
        for group, figures in mine.items():
            if not figures.empty:
                copy = Row()
                copy.CopyFrom(row)
                yield _with(copy, figures, group)


def _grouping(query: Query, account: Account) -> Callable[[Slot], tuple[str, _Group]]:
    asked = set(query.select)
    customer = f"customers/{account.customer_id}"

    def group(slot: Slot) -> tuple[str, _Group]:
        owner = f"{customer}/campaigns/{slot.campaign_id}"
        if query.resource == "customer":
            owner = customer
        elif query.resource == "ad_group_ad":
            owner = slot.ad
        elif query.resource == "ad_group":
            owner = account.entities[slot.ad].ad_group
        day, monday = slot.day, slot.day - timedelta(days=slot.day.weekday())
        return owner, (
            day.isoformat() if "segments.date" in asked else "",
            slot.hour if "segments.hour" in asked else -1,
            _DAYS[day.weekday()] if "segments.day_of_week" in asked else "",
            monday.isoformat() if "segments.week" in asked else "",
            day.replace(day=1).isoformat() if "segments.month" in asked else "",
        )

    return group


def _with(row: Any, sums: Sums, group: _Group | None) -> Any:
    channel = enum_name(row.campaign, "advertising_channel_type")
    fill(row.metrics, sums, search=channel == "SEARCH")
    if group is not None:
        day, hour, weekday, week, month = group
        if day:
            row.segments.date = day
        if hour >= 0:
            row.segments.hour = hour
        if weekday:
            set_enum(row.segments, "day_of_week", weekday)
        if week:
            row.segments.week = week
        if month:
            row.segments.month = month
    return row


def _finish(query: Query, paths: dict[str, Path], rows: list[Any]) -> Found:
    for name, descending in reversed(query.order):
        rows.sort(key=_by(paths[name]), reverse=descending)
    if query.limit is not None:
        del rows[query.limit :]
    chosen = [paths[name] for name in query.select]
    tops = {path.steps[0] for path in chosen} - {"metrics", "segments"} | {query.resource}
    return Found([_only(row, chosen, tops) for row in rows], list(query.select))


def _by(path: Path) -> Callable[[Any], tuple[bool, Any]]:
    def key(row: Any) -> tuple[bool, Any]:
        value = value_of(row, path)
        return (value is not None, value if value is not None else 0)

    return key


def _only(row: Any, chosen: list[Path], tops: set[str]) -> Any:
    shown = Row()
    for top in tops:
        getattr(shown, top).resource_name = getattr(row, top).resource_name
    for path in chosen:
        source, target = row, shown
        for step in path.steps[:-1]:
            if not source.HasField(step):
                break
            source, target = getattr(source, step), getattr(target, step)
        else:
            _take(source, target, path)
    return shown


def _take(source: Any, target: Any, path: Path) -> None:
    name, field = path.steps[-1], path.field
    if field.is_repeated:
        getattr(target, name).MergeFrom(getattr(source, name))
    elif field.message_type is not None:
        getattr(target, name).CopyFrom(getattr(source, name))
    elif not field.has_presence or source.HasField(name):
        setattr(target, name, getattr(source, name))
