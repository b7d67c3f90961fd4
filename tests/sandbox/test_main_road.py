"""The real SDK over TLS gRPC: read, write, advance, billed, exports."""

import csv
from pathlib import Path

import pytest

from tests.sandbox.running import google_client

SPEC = {
    "customer_id": "2000000001",
    "name": "Main road",
    "currency": "GBP",
    "time_zone": "Europe/London",
    "campaigns": [
        {"name": "Search core", "channel_type": "SEARCH", "daily_micros": 80_000_000},
        {"name": "Video", "channel_type": "DEMAND_GEN", "daily_micros": 40_000_000},
    ],
}


@pytest.fixture(scope="module")
def account(sandbox):
    sandbox.control.add_account(SPEC)
    sandbox.control.advance(hours=24 * 4)
    return SPEC["customer_id"]


@pytest.fixture(scope="module")
def client(sandbox):
    return google_client(sandbox.ready)


def test_the_sdk_lists_reads_writes_and_the_ledger_follows(sandbox, account, client):
    listed = client.get_service("CustomerService").list_accessible_customers()
    assert f"customers/{account}" in listed.resource_names
    ads = client.get_service("GoogleAdsService")
    query = (
        "SELECT campaign.id, campaign.name, campaign.campaign_budget, metrics.cost_micros "
        "FROM campaign WHERE campaign.name = 'Search core'"
    )
    row = next(iter(ads.search(customer_id=account, query=query, timeout=10)))
    assert row.metrics.cost_micros > 100_000_000
    operation = client.get_type("MutateOperation")
    budget = operation.campaign_budget_operation
    budget.update.resource_name = row.campaign.campaign_budget
    budget.update.amount_micros = 50_000_000
    budget.update_mask.paths.append("amount_micros")
    ads.mutate(customer_id=account, mutate_operations=[operation], timeout=10)
    assert sandbox.control.writes(account)[-1]["after"]["amount_micros"] == 50_000_000
    sandbox.control.advance(hours=48)
    rows = sandbox.control.billed(account)
    assert {each["campaign_name"] for each in rows} == {"Search core", "Video"}
    exports = sorted(Path(sandbox.ready["state"], "exports", account).glob("*.csv"))
    with exports[-1].open(encoding="utf-8") as lines:
        assert next(csv.reader(lines))[0] == "Record ID"
