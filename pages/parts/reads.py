"""Cached reads for the screens: bounded in time and number, keyed by client and by what the store last changed.

Only plain frames and values are kept, never an instance of a class of ours. The caller's right to the client is
checked before the cache is asked: a hit is no way round it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

import streamlit as st

from engine.model.time import account_day
from engine.reporting.client import drill_read, read
from engine.reporting.client.credit import Credit
from engine.reporting.client.drill import Drill
from engine.reporting.client.drill import drill as drilled
from engine.reporting.client.drill_sums import Found
from engine.reporting.client.material import About, Material
from engine.reporting.client.periods import Choice
from engine.reporting.client.view import Performance, performance
from engine.reporting.policies import dry_run
from pages.parts.access import Desk


def client_names(desk: Desk) -> dict[str, str]:
    """The clients in the caller's reach, by id."""
    return read.names(desk.house.store, desk.scope)


def about(desk: Desk, client: str) -> About:
    """Who the client is."""
    return read.about(desk.house.store, desk.scope, client)


def client_page(
    desk: Desk, client: str, choice: Choice, credit: Credit = "closed_won"
) -> Performance:
    """The performance page of one client at the desk's time, by one view of credit."""
    store = desk.house.store
    version = read.version(store, desk.scope, client)
    zone = read.about(store, desk.scope, client)["time_zone"]
    found = _material(store.url, client, version, account_day(desk.now, zone), _desk=desk)
    return performance(cast("Material", found), desk.now, choice, credit)


def drill(desk: Desk, client: str, choice: Choice, credit: Credit, at: Mapping[str, str]) -> Drill:
    """One level of where a client's figures come from; ``at`` names the channel, campaign and ad group opened."""
    store = desk.house.store
    version = read.version(store, desk.scope, client)
    zone = read.about(store, desk.scope, client)["time_zone"]
    today = account_day(desk.now, zone)
    place = (at.get("channel"), at.get("campaign"))
    found = _level(store.url, client, version, today, choice, place, _desk=desk)
    return drilled(cast("Found", found), credit, at.get("group"))


def policy_trial(desk: Desk, client: str, version: int, seal: str) -> dict[str, Any]:
    """What a draft would have said of the client's past actions (``engine.reporting.policies.dry_run``).

    ``seal`` names the draft as it is kept.
    """
    desk.scope.check(client, *dry_run.LOOKERS)
    told = read.version(desk.house.store, desk.scope, client)
    key = (desk.house.store.url, client, version, seal, told)
    return _trial(*key, _desk=desk)


@st.cache_data(ttl=300, max_entries=64, show_spinner="Judging the past again under this draft")
def _trial(
    url: str,  # noqa: ARG001  url, seal and told are part of the key
    client: str,
    version: int,
    seal: str,  # noqa: ARG001
    told: str,  # noqa: ARG001
    *,
    _desk: Desk,
) -> dict[str, Any]:
    return dry_run.of_draft(_desk.house.store, _desk.scope, _desk.now, client, version)


@st.cache_data(ttl=300, max_entries=64, show_spinner=False)
def _material(url: str, client: str, version: str, today: date, *, _desk: Desk) -> dict[str, Any]:  # noqa: ARG001  url, version and today are the key
    return dict(read.material(_desk.house.store, _desk.scope, client, _desk.now))


@st.cache_data(ttl=300, max_entries=256, show_spinner=False)
def _level(
    url: str,  # noqa: ARG001  url, version and today are part of the key
    client: str,
    version: str,  # noqa: ARG001
    today: date,  # noqa: ARG001
    choice: Choice,
    place: tuple[str | None, str | None],
    *,
    _desk: Desk,
) -> dict[str, Any]:
    return dict(drill_read.found(_desk.house.store, _desk.scope, client, _desk.now, choice, *place))
