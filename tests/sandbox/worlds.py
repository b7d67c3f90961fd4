"""Small worlds in process, and Mutates built by hand."""

from __future__ import annotations

from datetime import UTC, datetime

from sandbox.google.wire import MutateRequest, set_enum
from sandbox.spec import AccountSpec
from sandbox.world import World

BEGIN = datetime(2026, 3, 20, tzinfo=UTC)
CUSTOMER = "3000000001"


def spec(customer_id=CUSTOMER, **more):
    base = {
        "customer_id": customer_id,
        "name": "Small world",
        "currency": "GBP",
        "time_zone": "Europe/London",
        "campaigns": [
            {"name": "Core", "channel_type": "SEARCH", "daily_micros": 90_000_000},
            {"name": "Brand", "channel_type": "SEARCH", "daily_micros": 30_000_000},
            {"name": "Video", "channel_type": "DEMAND_GEN", "daily_micros": 40_000_000},
        ],
    }
    return {**base, **more}


def world(folder, seed=5, begin=BEGIN, **more):
    made = World(folder)
    made.open(begin, seed)
    made.add_account(AccountSpec.model_validate(spec(**more)))
    return made


def campaign(made, name, customer=CUSTOMER):
    found = [c for c in made.account(customer).of("campaigns") if c.name == name]
    return found[0]


def request(customer=CUSTOMER):
    made = MutateRequest()
    made.customer_id = customer
    return made


def add_budget(req, temp=-1, micros=20_000_000, shared=False):
    body = req.mutate_operations.add().campaign_budget_operation.create
    body.resource_name = f"customers/{req.customer_id}/campaignBudgets/{temp}"
    body.amount_micros = micros
    if shared is not None:
        body.explicitly_shared = shared
    return body


def add_campaign(req, name, temp=-2, budget=-1, status="PAUSED", channel="SEARCH"):
    body = req.mutate_operations.add().campaign_operation.create
    body.resource_name = f"customers/{req.customer_id}/campaigns/{temp}"
    body.name = name
    body.campaign_budget = f"customers/{req.customer_id}/campaignBudgets/{budget}"
    set_enum(body, "advertising_channel_type", channel)
    if status:
        set_enum(body, "status", status)
    set_enum(body, "contains_eu_political_advertising", "DOES_NOT_CONTAIN_EU_POLITICAL_ADVERTISING")
    body.maximize_conversions.SetInParent()
    return body


def set_daily(req, budget, micros):
    body = req.mutate_operations.add().campaign_budget_operation
    body.update.resource_name = budget
    body.update.amount_micros = micros
    body.update_mask.paths.append("amount_micros")
