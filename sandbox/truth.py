"""What really happened: money billed and the deals it led to. Platforms show less, and later."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from sandbox.market.reporting import credit_ppm, credited
from sandbox.market.season import day_of
from sandbox.state import CLICKS, COST, Account


def credit_of(account: Account, campaign_id: int, day: date, seed: int) -> int:
    """The credit for invalid clicks of a campaign day, in millionths; 0 for a worst-case biller."""
    if account.spec.adversarial:
        return 0
    return credit_ppm(seed, account.customer_id, account.keys[campaign_id], day)


def billed(account: Account, seed: int, first: date, last: date) -> list[dict[str, Any]]:
    """Per campaign and day: billed_micros is final, net of credits; gross_micros is before them."""
    names = {each.id: each.name for each in account.of("campaigns")}
    rows = []
    for (campaign, day), book in sorted(account.days.items(), key=lambda each: each[0][::-1]):
        gross = book.figures[COST]
        if not first <= day <= last or not gross.any():
            continue
        back = int(credited(gross, credit_of(account, campaign, day, seed)).sum())
        rows.append(
            {
                "customer_id": account.customer_id,
                "campaign_id": str(campaign),
                "campaign_name": names[campaign],
                "day": day.isoformat(),
                "billed_micros": int(gross.sum()) - back,
                "gross_micros": int(gross.sum()),
            }
        )
    return rows


def rows(account: Account, seed: int) -> list[dict[str, Any]]:
    """Per campaign and day of the click: spend, clicks, leads, won deals, their revenue (micros).

    Won deals are counted whether or not they have closed yet; campaign 0 is deals without an ad.
    """
    names = {0: "", **{each.id: each.name for each in account.of("campaigns")}}
    found: dict[tuple[date, int], list[int]] = defaultdict(lambda: [0] * 5)
    for (campaign, day), book in account.days.items():
        cost = book.figures[COST]
        back = credited(cost, credit_of(account, campaign, day, seed)).sum()
        row = found[day, campaign]
        row[0] += int(cost.sum() - back)
        row[1] += int(book.figures[CLICKS].sum())
    for lead in account.leads:
        row = found[day_of(lead.clicked, account.spec.time_zone), lead.campaign_id]
        row[2] += 1
        row[3] += lead.won
        row[4] += lead.amount_micros if lead.won else 0
    return [
        {
            "campaign_id": str(campaign),
            "campaign_name": names[campaign],
            "day": day.isoformat(),
            "spend_micros": row[0],
            "clicks": row[1],
            "leads": row[2],
            "won": row[3],
            "revenue_micros": row[4],
        }
        for (day, campaign), row in sorted(found.items())
    ]
