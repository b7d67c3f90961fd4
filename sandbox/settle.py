"""What a change of settings does to the biller: compare two states of an account's entities."""

from __future__ import annotations

from datetime import date
from typing import Any

from sandbox.billing import google as biller
from sandbox.billing.google import Meter
from sandbox.google.wire import enum_name
from sandbox.runners import meter_key


def settle(entities: dict[str, Any], meters: dict[str, Meter], day: date) -> dict[str, Meter]:
    """Meters as they stand on `day` under these settings; only new and changed ones.

    A budget begins to be billed when a campaign that uses it is first enabled. A budget whose
    campaigns are all paused or removed does not serve.
    """
    wanted: dict[str, tuple[int, bool]] = {}
    for name, campaign in entities.items():
        if name.split("/")[2] != "campaigns":
            continue
        budget = entities[campaign.campaign_budget]
        key = meter_key(entities, campaign)
        enabled = enum_name(campaign, "status") == "ENABLED"
        serving = enabled or wanted.get(key, (0, False))[1]
        wanted[key] = (budget.amount_micros, serving)
    return {
        key: after
        for key, (daily, serving) in wanted.items()
        if (after := _one(meters.get(key), daily, serving=serving, day=day)) is not None
        and after != meters.get(key)
    }


def _one(meter: Meter | None, daily: int, *, serving: bool, day: date) -> Meter | None:
    if meter is None:
        return biller.start(daily, day) if serving else None
    after = biller.set_budget(meter, daily, day)
    return biller.set_serving(after, day, serving=serving) if after.serving != serving else after
