"""Is a parsed query allowed? Fields are looked up in the descriptors of the real API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NoReturn

from sandbox.google.failures import refuse
from sandbox.google.gaql.parse import Query
from sandbox.google.wire import Row

# What may be selected beside a resource's own fields.
ATTRIBUTED: dict[str, frozenset[str]] = {
    "customer": frozenset(),
    "customer_client": frozenset({"customer"}),
    "currency_constant": frozenset(),
    "campaign": frozenset({"campaign_budget", "customer"}),
    "campaign_budget": frozenset({"customer"}),
    "ad_group": frozenset({"campaign", "customer"}),
    "ad_group_ad": frozenset({"ad_group", "campaign", "customer"}),
    "ad_group_criterion": frozenset({"ad_group", "campaign", "customer"}),
    "campaign_criterion": frozenset({"campaign", "customer"}),
    "label": frozenset({"customer"}),
    "campaign_label": frozenset({"campaign", "label", "customer"}),
    "change_event": frozenset({"campaign", "ad_group", "customer"}),
}
MEASURED = frozenset({"customer", "campaign", "ad_group", "ad_group_ad"})
METRICS = frozenset(
    {
        "impressions",
        "clicks",
        "cost_micros",
        "ctr",
        "average_cpc",
        "conversions",
        "conversions_value",
        "all_conversions",
        "cost_per_conversion",
        "search_impression_share",
        "search_budget_lost_impression_share",
        "search_rank_lost_impression_share",
    }
)
SEGMENTS = frozenset({"date", "hour", "day_of_week", "week", "month"})
# Messages that may be selected as a whole.
WHOLE = frozenset(
    {"change_event.old_resource", "change_event.new_resource", "change_event.changed_fields"}
)
_DATES = frozenset({"segments.date", "segments.week", "segments.month"})


@dataclass(frozen=True, slots=True)
class Path:
    """A field of a row: attribute names from the row down, and the last field's descriptor."""

    text: str
    steps: tuple[str, ...]
    field: Any


def check(query: Query) -> dict[str, Path]:
    """Check a query; returns the path of every field it names.

    Raises:
        Refused: a field is unknown or may not be used here.
    """
    if query.resource not in Row.DESCRIPTOR.fields_by_name:
        _fail("BAD_RESOURCE_TYPE_IN_FROM_CLAUSE", f"{query.resource} is no resource.")
    if query.resource not in ATTRIBUTED:
        _fail("PROHIBITED_RESOURCE_TYPE_IN_FROM_CLAUSE", f"{query.resource} is not served here.")
    paths: dict[str, Path] = {}
    for clause, names in (
        ("SELECT", query.select),
        ("WHERE", [each.field for each in query.where]),
        ("ORDER_BY", [name for name, _ in query.order]),
    ):
        for name in names:
            paths[name] = paths.get(name) or resolve(name)
            _allowed(query, paths[name], clause)
    _segments(query)
    return paths


def resolve(name: str) -> Path:
    """Find a field by its GAQL name: `type_` of a descriptor is `type` there.

    Raises:
        Refused: there is no such field.
    """
    steps: list[str] = []
    here, field = Row.DESCRIPTOR, None
    for part in name.split("."):
        known = {} if here is None else here.fields_by_name
        field = None if part.endswith("_") else known.get(part) or known.get(f"{part}_")
        if field is None:
            _fail("UNRECOGNIZED_FIELD", f"Unrecognized field in the query: '{name}'.")
        steps.append(field.name)
        here = field.message_type
    assert field is not None
    return Path(name, tuple(steps), field)


def _allowed(query: Query, path: Path, clause: str) -> None:
    top = path.steps[0]
    message = path.field.message_type is not None and not path.field.is_repeated
    if message and clause == "SELECT" and path.text in WHOLE:
        return
    if len(path.steps) == 1 or message:
        _fail(f"PROHIBITED_FIELD_IN_{clause}_CLAUSE", f"{path.text} is a message, not a field.")
    if top in {"metrics", "segments"}:
        _measured(query, path)
        return
    if top != query.resource and top not in ATTRIBUTED[query.resource]:
        code = "WHERE" if clause == "WHERE" else "SELECT"
        said = f"{path.text} cannot be used with FROM {query.resource}."
        _fail(f"PROHIBITED_RESOURCE_TYPE_IN_{code}_CLAUSE", said)


def _measured(query: Query, path: Path) -> None:
    top, name = path.steps[0], path.steps[1]
    known = METRICS if top == "metrics" else SEGMENTS
    kind = "METRIC" if top == "metrics" else "SEGMENT"
    if query.resource not in MEASURED or name not in known:
        said = f"{path.text} cannot be used with FROM {query.resource}."
        _fail(f"PROHIBITED_{kind}_IN_SELECT_OR_WHERE_CLAUSE", said)


def _segments(query: Query) -> None:
    selected = set(query.select)
    for condition in query.where:
        loose = condition.field.startswith("segments.") and condition.field not in _DATES
        if loose and condition.field not in selected:
            code = "EXPECTED_REFERENCED_FIELD_IN_SELECT_CLAUSE"
            _fail(code, f"{condition.field} in WHERE must be selected too.")
    for name, _ in query.order:
        if name.startswith(("metrics.", "segments.")) and name not in selected:
            code = "EXPECTED_REFERENCED_FIELD_IN_SELECT_CLAUSE"
            _fail(code, f"{name} in ORDER BY must be selected too.")


def _fail(code: str, message: str) -> NoReturn:
    raise refuse("query_error", code, f"Error in query: {message}")
