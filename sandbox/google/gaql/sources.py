"""Rows of a resource with what is joined to it, before metrics and conditions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.google.mutate.campaign_budget import billable_unit
from sandbox.google.wire import Row, blank, enum_name, set_enum
from sandbox.state import Account

_COLLECTIONS = {
    "campaign": "campaigns",
    "campaign_budget": "campaignBudgets",
    "ad_group": "adGroups",
    "ad_group_ad": "adGroupAds",
    "ad_group_criterion": "adGroupCriteria",
    "campaign_criterion": "campaignCriteria",
    "label": "labels",
    "campaign_label": "campaignLabels",
}
_CURRENCIES = ("AUD", "CAD", "EUR", "GBP", "JPY", "USD")


def base_rows(account: Account, resource: str) -> Iterator[Any]:
    """One row per resource. Messages are shared with the account: never change them in place."""
    if resource == "currency_constant":
        yield from (_currency(code) for code in _CURRENCIES)
        return
    owner = customer(account)
    if resource in {"customer", "customer_client"}:
        row = Row(customer=owner)
        if resource == "customer_client":
            row.customer_client.CopyFrom(client_of(account, account.customer_id, 0))
        yield row
        return
    for message in account.of(_COLLECTIONS[resource]):
        row = Row(customer=owner)
        getattr(row, resource).CopyFrom(message)
        _join(account, row, resource)
        yield row


def _join(account: Account, row: Any, resource: str) -> None:
    things = account.entities
    if resource in {"ad_group_ad", "ad_group_criterion"}:
        row.ad_group.CopyFrom(things[getattr(row, resource).ad_group])
    if resource in {"ad_group", "ad_group_ad", "ad_group_criterion"}:
        row.campaign.CopyFrom(things[row.ad_group.campaign])
    if resource in {"campaign_criterion", "campaign_label"}:
        row.campaign.CopyFrom(things[getattr(row, resource).campaign])
    if resource == "campaign_label":
        row.label.CopyFrom(things[row.campaign_label.label])
    if resource == "campaign":
        budget = row.campaign_budget
        budget.CopyFrom(things[row.campaign.campaign_budget])
        if not budget.explicitly_shared:  # its name and status follow the campaign's
            budget.name = row.campaign.name
        links = account.of("campaignLabels")
        row.campaign.labels[:] = [
            each.label for each in links if each.campaign == row.campaign.resource_name
        ]
        live = enum_name(row.campaign, "status") == "ENABLED"
        set_enum(row.campaign, "primary_status", "ELIGIBLE" if live else _primary(row.campaign))


def _primary(campaign: Any) -> str:
    return enum_name(campaign, "status")


def customer(account: Account) -> Any:
    """The account's own resource."""
    found = blank("customer")
    found.resource_name = f"customers/{account.customer_id}"
    found.id = int(account.customer_id)
    found.descriptive_name = account.spec.name
    found.currency_code = account.spec.currency
    found.time_zone = account.spec.time_zone
    found.auto_tagging_enabled = True
    found.manager = False
    found.test_account = True
    set_enum(found, "status", "ENABLED")
    return found


def client_of(account: Account, above: str, level: int) -> Any:
    """An account as a manager (or itself) sees it."""
    found = blank("customer_client")
    found.resource_name = f"customers/{above}/customerClients/{account.customer_id}"
    found.client_customer = f"customers/{account.customer_id}"
    found.id = int(account.customer_id)
    found.descriptive_name = account.spec.name
    found.currency_code = account.spec.currency
    found.time_zone = account.spec.time_zone
    found.level = level
    found.manager = False
    found.hidden = False
    found.test_account = True
    set_enum(found, "status", "ENABLED")
    return found


def _currency(code: str) -> Any:
    row = Row()
    row.currency_constant.resource_name = f"currencyConstants/{code}"
    row.currency_constant.code = code
    row.currency_constant.name = code
    row.currency_constant.billable_unit_micros = billable_unit(code)
    return row
