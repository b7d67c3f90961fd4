"""The first day of a demo store: market, people, clients, policies and concepts."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import policies as policies_room
from engine.commands import briefs, clients, concepts, demo, policies
from engine.commands.house import House
from engine.commands.people import add_person, person_scope
from engine.model.people import Role, Scope
from jobs.demo_clients.reading import (
    CLIENTS,
    BriefData,
    CampaignData,
    ClientData,
    GroupData,
    account_spec,
    load,
    shocks,
)
from jobs.market import Market
from policies.conversions import Conversions
from policies.drafting.forms import policy_fields
from policies.drafting.layers import Values, leaves
from policies.drafting.typed import shown
from policies.offers import Offers
from policies.policy import Policy
from policies.reading import read_policy

PRESETS = Path(policies_room.__file__).parent / "presets"
FIRST_DAY = date(2026, 9, 10)
HISTORY = timedelta(days=120)
HOUSE_RULES = (
    "guardrails.step_size",
    "guardrails.movement",
    "guardrails.pausing",
    "guardrails.phase",
    "guardrails.structure",
    "guardrails.offer_valid",
    "triggers.",
)
"""Where the demo's agency writes for all of its clients."""

PEOPLE: tuple[tuple[str, str, Role, bool, tuple[str, ...]], ...] = (
    ("priya", "Priya Raman", "strategist", True, CLIENTS),
    ("tom", "Tom Okafor", "strategist", True, CLIENTS),
    ("maya", "Maya Lind", "team", False, CLIENTS),
    ("sam", "Sam Reyes", "admin", False, CLIENTS),
    ("nora", "Nora Hale", "client", False, ("northgate",)),
    ("ben", "Ben Carver", "client", False, ("alder",)),
)
"""Person, name, role, whether senior, and for which clients."""


def begins() -> datetime:
    """The instant the demo's first day begins (UTC)."""
    return datetime.combine(FIRST_DAY, time.min, UTC)


def open_market(market: Market, seed: int) -> list[ClientData]:
    """Build the market's world and let 120 days pass in it: the history a first pull reads."""
    everyone = [load(name) for name in CLIENTS]
    market.call("/now", {"now": (begins() - HISTORY).isoformat(), "seed": seed})
    for each in everyone:
        market.call("/accounts", account_spec(each))
        for shock in shocks(each):
            market.call("/shock", shock)
    market.advance(begins())
    for each in everyone:
        weekly_only(market.state / "exports" / each.customer)
    return everyone


def weekly_only(folder: Path) -> None:
    """Keep one CRM download a week of the time before us, as a person would have left them.

    Each holds the deals changed in its last 14 days (the first one all), so no deal is lost.
    """
    files = sorted(folder.glob("deals-*.csv"))
    for number, path in enumerate(files):
        if number % 7 and path != files[-1]:
            path.unlink()


def open_house(house: House, everyone: list[ClientData]) -> None:
    """Clients, people, policies (written by one, published by another) and approved concepts."""
    now = begins()
    operator = Scope.operator()
    for each in everyone:
        _client(house, operator, now, each)
    opened = {each.client for each in everyone}
    for person, name, role, senior, theirs in PEOPLE:
        rights = [(client, role, senior) for client in theirs if client in opened]
        if not rights:
            continue  # somebody of a client this house does not open
        add_person(house, operator, now, person=person, name=name, rights=rights)
    shared = _agency(house, now, everyone)
    for each in everyone:
        _policy(house, now, each, shared)
        _concepts(house, now, each)


def facts(seed: int, days: int) -> dict[str, str]:
    """What a demo store knows of its own making."""
    return {"seed": str(seed), "days": str(days), "state": "building"}


def _client(house: House, scope: Scope, now: datetime, data: ClientData) -> None:
    clients.open_client(
        house,
        scope,
        now,
        client=data.client,
        name=data.name,
        sector=data.sector,
        currency=data.currency,
        time_zone=data.time_zone,
        phase="closed_loop",
        primary_action=data.primary_action,
        accounts=[data.account],
        opened_on=FIRST_DAY,
    )


def _agency(house: House, now: datetime, everyone: list[ClientData]) -> Values:
    """The agency's own values: what its house rules say alike for every client, and is no money."""
    first, *others = (leaves(_preset(each)) for each in everyone)
    shared = {
        path: value
        for path, value in first.items()
        if path.startswith(HOUSE_RULES)
        and not policy_fields()[path].has_money
        and all(other.get(path) == value for other in others)
    }
    _written(house, now, policies.AGENCY, "maya", shared)
    return shared


def _policy(house: House, now: datetime, data: ClientData, shared: Values | None = None) -> None:
    """The client's policy; what the agency says alike is left to the agency."""
    own = {p: v for p, v in leaves(_preset(data)).items() if p not in (shared or {})}
    _written(house, now, data.client, "tom", own)


def _written(house: House, now: datetime, client: str, author: str, values: Values) -> None:
    """Written into the form by one person, published by Priya."""
    raws = {path: shown(one, values.get(path)) for path, one in policy_fields().items()}
    scope, priya = person_scope(house.store, author), person_scope(house.store, "priya")
    version = policies.save_typed(house, scope, now, client, raws, policies.Opened(base=0))
    seal = policies.seal_of(house, priya, client, version)
    policies.publish(house, priya, now, client, version, seal=seal)


def _preset(data: ClientData) -> Policy:
    """The sector's preset, made out to one client."""
    text = (PRESETS / f"{data.preset}.toml").read_text(encoding="utf-8")
    policy = read_policy(text, suffix=".toml")
    targets = policy.targets.model_copy(update={"primary_action": data.primary_action})
    primary = policy.conversions.primary
    named = primary.model_copy(update={"name": data.primary_action, "key": data.primary_action})
    others = tuple(a for a in policy.conversions.actions if a is not primary)
    mine = {
        "client": data.client,
        "time_zone": data.time_zone,
        "targets": targets,
        "offers": Offers.model_validate_json(json.dumps({"listed": data.offers}, default=str)),
        "conversions": Conversions(actions=(named, *others)),
    }
    return policy.model_copy(update=mine)


def _concepts(house: House, now: datetime, data: ClientData) -> None:
    """The approved concepts of what runs and of what a brief asks for, and the briefs."""
    for campaign in data.campaigns:
        for group in campaign.ad_groups:
            _group(house, now, data, campaign, group)
    priya = person_scope(house.store, "priya")
    for brief in data.briefs:
        _group(house, now, data, brief, brief.ad_group)
        briefs.save(house, priya, now, data.client, data.brief(brief))


def _group(
    house: House,
    now: datetime,
    data: ClientData,
    campaign: CampaignData | BriefData,
    group: GroupData,
) -> None:
    maya, priya = person_scope(house.store, "maya"), person_scope(house.store, "priya")
    for concept in group.concepts:
        body: dict[str, Any] = {
            "headlines": list(concept.headlines),
            "descriptions": list(concept.descriptions),
            "final_url": f"{data.site}/",
            "business_name": data.named_on(campaign.channel),
        }
        concepts.save(
            house,
            maya,
            now,
            data.client,
            concept=concept.key,
            channel=campaign.channel,
            campaign=campaign.key,
            ad_group=group.key,
            body=body,
            offer=campaign.offer,
        )
        concepts.approve(house, priya, now, data.client, concept.key)


def begin(house: House, seed: int, days: int) -> None:
    """Mark the store as a demo under construction, with its clock at the first day."""
    demo.begin(house, begins(), facts(seed, days))
