"""Calls of every query and command there is, made from signatures: one client's person asks for another's rows."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import engine.commands
import engine.reporting
from engine.commands.house import House
from engine.model.briefs import Brief
from engine.model.people import Scope
from engine.store import Store

MINE, FOREIGN = "northgate", "alder"
NOW = datetime(2026, 11, 13, 9, 40, tzinfo=UTC)

BY_NAME: dict[str, Any] = {
    "client": FOREIGN,
    "clients": (FOREIGN,),
    "person": "ben",
    "rights": [(FOREIGN, "team", False)],
    "campaign": "search-brand",
    "channel": "google_search",
    "concept": "c",
    "reason": "Because.",
    "version": 1,
    "suffix": ".json",
    "until": NOW + timedelta(days=1),
    "wall": NOW,
    "path": Path(__file__),
    "longest": timedelta(hours=12),
    "data": b"a,b",
    "name": "a.csv",
    "which": "all",
    "zone": "Europe/London",
}
"""What a parameter of that name is given, whatever function it is of."""


def found(wanted: Callable[[dict[str, Any]], bool]) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Public functions of reporting and commands whose type hints are ``wanted``, by a short name."""
    for package in (engine.reporting, engine.commands):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            loaded = importlib.import_module(module.name)
            for name, function in vars(loaded).items():
                own = inspect.isfunction(function) and function.__module__ == module.name
                if own and not name.startswith("_") and wanted(hints(function)):
                    yield f"{module.name.removeprefix('engine.')}.{name}", function


def hints(function: Callable[..., Any]) -> dict[str, Any]:
    """The parameters' types."""
    told = typing.get_type_hints(function)
    return {name: told.get(name) for name in inspect.signature(function).parameters}


def reaches(told: dict[str, Any]) -> bool:
    """True for what is given a store or a house: it can read or write rows."""
    return any(kind in {Store, House} for kind in told.values())


def scoped(told: dict[str, Any]) -> bool:
    """True for what is also told who asks."""
    return reaches(told) and Scope in told.values()


def arguments(
    function: Callable[..., Any], house: House, scope: Scope, ids: Mapping[str, Any]
) -> dict[str, Any]:
    """A value for each parameter without a default, and for those with one that name a client's thing.

    ``ids`` are things of the foreign client in this very store (its escalation, its plan).

    Raises:
        LookupError: nothing is known for a parameter; say it in ``BY_NAME``.
    """
    given: dict[str, Any] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        kind = hints(function)[name]
        if kind is Store:
            given[name] = house.store
        elif kind is House:
            given[name] = house
        elif kind is Scope:
            given[name] = scope
        elif name in ids:
            given[name] = ids[name]
        elif parameter.default is inspect.Parameter.empty:
            given[name] = BY_NAME[name] if name in BY_NAME else made(kind)
    return given


def made(kind: Any) -> Any:
    """A valid-looking value of a type: the plainest one there is."""
    plain: dict[Any, Any] = {
        str: "x",
        int: 1,
        float: 1.0,
        bool: False,
        bytes: b"",
        datetime: NOW,
        date: NOW.date(),
        timedelta: timedelta(hours=12),
        Path: Path(__file__),
        Any: None,
        Brief: _brief(),
    }
    if kind in plain:
        return plain[kind]
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin is Literal:
        return inside[0]
    if origin in {typing.Union, types.UnionType}:
        return made(inside[0])
    if origin is not None and issubclass(origin, Mapping):
        return {}
    if origin is not None and issubclass(origin, typing.Iterable):
        return ()
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        told = typing.get_type_hints(kind)
        needed = [
            f
            for f in dataclasses.fields(kind)
            if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
        ]
        return kind(
            **{f.name: BY_NAME[f.name] if f.name in BY_NAME else made(told[f.name]) for f in needed}
        )
    raise LookupError(f"Nothing is known of {kind}; say in BY_NAME what to give.")


def _brief() -> Brief:
    return Brief(
        campaign="search-new",
        account="1000000002",
        channel="google_search",
        name="New",
        daily_micros=20_000_000,
        locations=("2826",),
        political=False,
        ad_group="g",
        ad_group_name="G",
        keywords=("new advice",),
        concept="c",
    )
