"""A small store for screens: two clients, seventy days of figures, deals, decisions, questions, a plan.

The figures are plausible and always the same. ``python -m tests.pages.build PATH`` writes one to look at.
"""

from __future__ import annotations

import random
import sys
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa

from engine.model.desired import DesiredCampaign
from engine.model.outcomes import DEALS, FACTS, Pull, SourceState
from engine.store import (
    Store,
    clients,
    deals,
    desired,
    facts,
    meta,
    people,
    policies,
    sources,
    ticks,
)
from engine.store.connect import connect
from policies.money import MICROS
from tests.pages import decided
from tests.pages.small import ACCOUNTS, ALDER, CAMPAIGNS, DAYS, NORTHGATE, NOW, PRESETS

PEOPLE = {
    "priya": ("Priya Shah", "strategist", ("northgate", "alder"), True),
    "tom": ("Tom Okafor", "strategist", ("northgate", "alder"), True),
    "maya": ("Maya Lind", "team", ("northgate", "alder"), False),
    "sam": ("Sam Reed", "admin", ("northgate", "alder"), False),
    "nora": ("Nora Bell", "client", ("northgate",), False),
    "ben": ("Ben Alder", "client", ("alder",), False),
}


def store_at(path: Path) -> Store:
    """An open, empty demo store with its people and its clock."""
    store = Store(connect(f"duckdb:///{path}"))

    def write(conn) -> None:
        meta.put(conn, "demo", "1")
        meta.put(conn, "clock", NOW.isoformat())
        for client in (NORTHGATE, ALDER):
            clients.add_client(conn, client)
            clients.add_account(conn, client.client, ACCOUNTS[client.client])
        for key, (name, role, own, senior) in PEOPLE.items():
            rights = [people.Right(c, role, senior) for c in own]
            people.add_person(conn, people.Person(key, name, role), rights)

    store.write(write)
    return store


def build(path: Path) -> Store:
    """The whole store."""
    store = store_at(path)
    for client in (NORTHGATE, ALDER):
        store.write(lambda conn, c=client: fill(conn, c))
    return store


def fill(conn, client: clients.Client) -> None:
    """Everything of one client."""
    rng = random.Random(client.client)
    today = NOW.astimezone(ZoneInfo(client.time_zone)).date()
    days = [today - timedelta(days=n) for n in range(DAYS - 1, -1, -1)]
    _facts(conn, client, days, rng)
    _deals(conn, client, days, rng)
    _desired(conn, client)
    _sources(conn, client)
    _policy(conn, client)
    decided.decide(conn, client, today)
    decided.ask(conn, client)
    decided.plan(conn, client)
    _ticks(conn, client)


def _facts(conn, client, days, rng) -> None:
    rows = []
    for day in days:
        week = [1.08, 1.1, 1.12, 1.08, 0.92, 0.62, 0.58][day.weekday()]
        for campaign, channel, budget in CAMPAIGNS[client.client]:
            part = 0.4 if day == days[-1] else 1.0
            spend = budget * week * rng.gauss(1, 0.05) * part
            if day == days[-13] and channel == "youtube":
                spend *= 2.4
            rows.append(_fact(day, channel, campaign, spend))
    table = pa.Table.from_pylist(rows, schema=FACTS)
    account = ACCOUNTS[client.client].account
    pull = Pull("google_ads", table, days[0], days[-1], NOW)
    facts.replace_window(conn, client.client, "google_ads", account, pull, currency=client.currency)


def _fact(day, channel, campaign, spend) -> dict:
    return {
        "day": day,
        "level": "campaign",
        "channel": channel,
        "campaign": campaign,
        "ad": "",
        "impressions": int(spend * 40),
        "clicks": int(spend / 3),
        "cost_micros": int(spend * MICROS),
        "conversions": spend / 100,
        "value_micros": int(spend * 3 * MICROS),
    }


def _deals(conn, client, days, rng) -> None:
    rows, per_day, price, rate = [], 6, 1900, 0.25
    if client.client == "alder":
        per_day, price, rate = 30, 120, 1.0
    for day in days:
        for _ in range(rng.randint(per_day - 3, per_day + 3)):
            closed = day + timedelta(days=rng.randint(4, 18) if rate < 1 else 0)
            over = closed <= days[-1]
            won = over and rng.random() < rate
            rows.append(
                {
                    "deal_id": f"D{len(rows)}",
                    "created_on": day,
                    "closed_on": closed if over else None,
                    "stage": "won" if won else "lost" if over else "open",
                    "won": won if over else None,
                    "amount_micros": int(price * rng.uniform(0.6, 1.6)) * MICROS,
                    "currency": client.currency,
                    "campaign": CAMPAIGNS[client.client][0][0],
                    "channel": "google_search",
                    "click_id": "",
                    "modified_at": NOW,
                }
            )
    deals.upsert_deals(conn, client.client, "crm", pa.Table.from_pylist(rows, schema=DEALS))


def _desired(conn, client) -> None:
    account = ACCOUNTS[client.client].account
    documents = [
        DesiredCampaign(
            client=client.client,
            campaign=key,
            account=account,
            channel=channel,
            name=key,
            daily_micros=budget * MICROS,
            enabled=True,
            locations=("GB",),
        )
        for key, channel, budget in CAMPAIGNS[client.client]
    ]
    desired.save(conn, client.client, documents)


def _sources(conn, client) -> None:
    key = client.client
    fresh = SourceState("google_ads", NOW - timedelta(minutes=12), "fresh", "")
    sources.set_state(conn, key, fresh, NOW)
    late = "The last export is nine hours old." if key == "alder" else ""
    state = SourceState(
        "crm", NOW - timedelta(hours=9 if late else 1), "late" if late else "fresh", late
    )
    sources.set_state(conn, key, state, NOW)


def _policy(conn, client) -> None:
    preset = "b2b_services" if client.client == "northgate" else "ecommerce"
    from policies.reading import policy_text, read_policy

    policy = read_policy((PRESETS / f"{preset}.toml").read_text(), suffix=".toml")
    mine = policy.model_copy(
        update={
            "client": client.client,
            "currency": client.currency,
            "time_zone": client.time_zone,
        }
    )
    version = policies.save_draft(conn, client.client, policy_text(mine, ".json"), "priya", NOW)
    policies.publish(conn, client.client, version, "tom", NOW)


def _ticks(conn, client) -> None:
    for hours in range(5, 0, -1):
        at = NOW - timedelta(hours=hours)
        tick = ticks.start(conn, client.client, at)
        ticks.finish(
            conn,
            client.client,
            tick,
            state="ok",
            sentence="Held the budgets: smaller than the step worth making.",
            changes=0,
            decisions=1,
            escalations=0,
            seconds=0.31,
        )
    ticks.job_run(
        conn, f"tick {client.client}", last_at=NOW, next_at=NOW + timedelta(hours=1), state="ok"
    )


if __name__ == "__main__":
    build(Path(sys.argv[1])).close()
