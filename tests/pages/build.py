"""A small store for screens: two clients, seventy days of figures, deals, decisions, questions, a plan.

The figures are plausible and always the same. ``python -m tests.pages.build PATH`` writes one to look at.
"""

from __future__ import annotations

import json
import random
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa

from engine.model.accounts import Account
from engine.model.desired import DesiredCampaign
from engine.model.outcomes import DEALS, FACTS, Pull, SourceState
from engine.model.plans import Plan, PlanLine, Range
from engine.model.standing import BudgetWrite
from engine.store import (
    Store,
    budgets,
    clients,
    codec,
    deals,
    decisions,
    desired,
    escalations,
    facts,
    ledger,
    meta,
    people,
    plans,
    policies,
    sources,
    ticks,
)
from engine.store.connect import connect
from policies.actions import BudgetChange, SetBudgets, ShiftBudget
from policies.money import MICROS

NOW = datetime(2026, 11, 13, 9, 40, tzinfo=UTC)
DAYS = 70
NASTY = "<img src=x onerror=alert(1)>'; DROP TABLE facts; -- $1 *bold*"
PRESETS = Path(__file__).parents[2] / "policies" / "presets"

NORTHGATE = clients.Client(
    "northgate",
    "Northgate Advisory",
    "b2b_services",
    "GBP",
    "Europe/London",
    "closed_loop",
    "consultation",
    False,
    date(2026, 9, 10),
)
ALDER = clients.Client(
    "alder",
    "Alder & Finch",
    "ecommerce",
    "USD",
    "America/New_York",
    "closed_loop",
    "order",
    False,
    date(2026, 9, 10),
)
ACCOUNTS = {
    "northgate": Account("google_ads", "1000000001", "Northgate", "GBP", "Europe/London"),
    "alder": Account("google_ads", "1000000002", "Alder", "USD", "America/New_York"),
}
CAMPAIGNS = {
    "northgate": [("search-core", "google_search", 430), ("partner-stories", "youtube", 190)],
    "alder": [("search-brand", "google_search", 900), ("gift-films", "youtube", 350)],
}
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
    _decisions(conn, client, today)
    _questions(conn, client)
    _plans(conn, client)
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


def shift(client: str, micros: int) -> ShiftBudget:
    """A move of daily budget from the second campaign to the first."""
    (one, one_channel, have), (two, two_channel, other) = CAMPAIGNS[client]
    account = ACCOUNTS[client].account
    return ShiftBudget(
        client=client,
        currency="GBP" if client == "northgate" else "USD",
        agent="channel_mix",
        reason="Search costs £366 per consultation, YouTube £493.",
        changes=(
            BudgetChange(
                campaign=one,
                account=account,
                channel=one_channel,
                before_micros=have * MICROS,
                after_micros=have * MICROS + micros,
            ),
            BudgetChange(
                campaign=two,
                account=account,
                channel=two_channel,
                before_micros=other * MICROS,
                after_micros=other * MICROS - micros,
            ),
        ),
    )


def _decisions(conn, client, today) -> None:
    key = client.client
    rows = []
    for number in range(24):
        day = today - timedelta(days=number)
        at = datetime(day.year, day.month, day.day, 6, 5, tzinfo=UTC)
        action = shift(key, (number + 1) * MICROS)
        verdict = ("allowed", "allowed", "blocked", "escalated")[number % 4]
        reasons = [
            {
                "rule": "share_cap",
                "outcome": "escalate",
                "sentence": "Search takes at most 60 %.",
                "facts": {},
            }
        ]
        rows.append(
            decisions.Decision(
                client=key,
                decision_id=f"{key}-D{number:03d}",
                tick_id=f"{key}-{number:06d}",
                at=at,
                account_day=day,
                agent="channel_mix",
                kind="shift_budget",
                action_json=codec.action_json(action),
                fingerprint=action.fingerprint,
                verdict=verdict,
                reasons_json=json.dumps([] if verdict == "allowed" else reasons),
                policy_version=1,
                state="applied" if verdict == "allowed" else "proposed",
                sentence=f"£{number + 1} a day moved from YouTube to Google Search.",
                applied_at=at if verdict == "allowed" else None,
            )
        )
    decisions.record(conn, key, rows)
    moved = BudgetWrite(
        CAMPAIGNS[key][0][0],
        "google_search",
        today - timedelta(days=4),
        400 * MICROS,
        CAMPAIGNS[key][0][2] * MICROS,
        14_000 * MICROS,
        NOW - timedelta(days=4),
    )
    budgets.record(conn, key, [moved])
    lines = [
        ledger.LedgerEntry(
            at=row.at,
            actor="platform",
            actor_role="worker",
            kind=f"decision_{row.verdict}",
            ref=row.decision_id,
            sentence=row.sentence,
        )
        for row in reversed(rows)
    ]
    lines.append(
        ledger.LedgerEntry(
            at=NOW - timedelta(hours=2),
            actor="tom",
            actor_role="strategist",
            kind="policy",
            ref="v1",
            sentence=f"Policy v1 was published by Tom Okafor. {NASTY}",
        )
    )
    ledger.append(conn, key, lines)


def _questions(conn, client) -> None:
    key = client.client
    action = shift(key, 30 * MICROS)
    common = {
        "client": key,
        "owner": "priya",
        "backup": "tom",
        "evidence_json": json.dumps(
            [
                {"name": "Search share of the month", "value": "61 %", "unit": ""},
                {"name": "Gain of one more point", "value": 140, "unit": client.currency},
            ]
        ),
        "options_json": json.dumps(
            [
                {
                    "label": "Approve the move",
                    "consequence": "Search may bill £920 today instead of £860.",
                },
                {
                    "label": "Reject it",
                    "consequence": "Budgets stay; it returns only with new evidence.",
                },
            ]
        ),
        "rule_quote": "Search takes at most 60 % of the month's projected spend.",
        "safe_state": "Budgets stay as they are.",
    }
    escalations.open_or_add(
        conn,
        escalations.Escalation(
            cause="share_cap/google_search",
            kind="bound",
            title="Raise the Google Search share past 60%?",
            what="Search wins deals at £366, YouTube at £493. The move would pass the share cap.",
            opened_at=NOW - timedelta(hours=3),
            due_at=NOW + timedelta(hours=1, minutes=40),
            action_json=codec.action_json(action),
            fingerprint=action.fingerprint,
            waiting_cost="about £62 a day",
            **common,
        ),
    )
    escalations.open_or_add(
        conn,
        escalations.Escalation(
            cause="spend/youtube",
            kind="spend_anomaly",
            title="YouTube spent 2.4× its usual Saturday",
            what=f"Campaign {NASTY} spent far more than its usual Saturday.",
            opened_at=NOW - timedelta(days=12),
            due_at=NOW + timedelta(hours=20),
            **common,
        ),
    )


def plan_of(client: clients.Client) -> Plan:
    """A plan of two campaigns for December."""
    account, some = ACCOUNTS[client.client].account, Range(low=20.0, mid=30.0, high=40.0)
    lines = tuple(
        PlanLine(
            campaign=key,
            channel=channel,
            account=account,
            before_micros=budget * MICROS,
            daily_micros=(budget + 50) * MICROS,
            month_spend_micros=(budget + 50) * 31 * MICROS,
            month_worst_micros=(budget + 50) * 62 * MICROS,
            primary_actions=some,
            won=some,
            revenue_micros=some,
        )
        for key, channel, budget in CAMPAIGNS[client.client]
    )
    changes = tuple(
        BudgetChange(
            campaign=line.campaign,
            account=account,
            channel=line.channel,
            before_micros=line.before_micros,
            after_micros=line.daily_micros,
        )
        for line in lines
    )
    action = SetBudgets(
        client=client.client,
        currency=client.currency,
        agent="planning",
        reason="December's plan.",
        changes=changes,
    )
    spend = sum(line.month_spend_micros for line in lines)
    return Plan(
        client=client.client,
        month=date(2026, 12, 1),
        currency=client.currency,
        lines=lines,
        shares={"google_search": 0.7, "youtube": 0.3},
        budget_micros=25_000 * MICROS,
        month_spend_micros=spend,
        month_worst_micros=2 * spend,
        primary_actions=some,
        won=some,
        revenue_micros=some,
        cac_micros=Range(low=380e6, mid=420e6, high=470e6),
        fee_percent=12.0,
        fee_micros=3_000 * MICROS,
        actions=(action,),
        notes=("Weekends get less.",),
    )


def _plans(conn, client) -> None:
    plan = plan_of(client)
    now_plan = plan.model_copy(update={"month": date(2026, 11, 1)})
    key = client.client
    for suffix, body in (("nov", now_plan), ("dec", plan)):
        plans.save(
            conn,
            key,
            f"P-{key}-{suffix}",
            month=body.month,
            body_json=body.model_dump_json(),
            status="waiting",
            now=NOW - timedelta(days=10),
        )
    plans.set_status(
        conn,
        key,
        f"P-{key}-nov",
        "approved",
        person="priya",
        reason="Good.",
        now=NOW - timedelta(days=9),
    )


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
