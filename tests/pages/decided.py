"""What was decided in the small store for screens: actions, questions, and a plan that waits."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

from engine.model.plans import Plan, PlanLine, Range
from engine.model.standing import BudgetWrite
from engine.store import budgets, clients, codec, decisions, escalations, ledger, plans
from policies.actions import BudgetChange, SetBudgets, ShiftBudget
from policies.money import MICROS
from tests.pages.small import ACCOUNTS, CAMPAIGNS, NASTY, NOW


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


def _rows(key, today) -> list:
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
                "sentence": "Search takes at most 60%.",
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
    return rows


def decide(conn, client, today) -> None:
    key = client.client
    rows = _rows(key, today)
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
    _lines(conn, key, rows)


def _lines(conn, key, rows) -> None:
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


def _common(client) -> dict:
    return {
        "client": client.client,
        "owner": "priya",
        "backup": "tom",
        "evidence_json": json.dumps(
            [
                {"name": "Search share of the month", "value": "61%", "unit": ""},
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
        "rule_quote": "Search takes at most 60% of the month's projected spend.",
        "safe_state": "Budgets stay as they are.",
    }


def ask(conn, client) -> None:
    key = client.client
    action = shift(key, 30 * MICROS)
    common = _common(client)
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


def _changes(lines, account) -> tuple[BudgetChange, ...]:
    return tuple(
        BudgetChange(
            campaign=line.campaign,
            account=account,
            channel=line.channel,
            before_micros=line.before_micros,
            after_micros=line.daily_micros,
        )
        for line in lines
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
    changes = _changes(lines, account)
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


def plan(conn, client) -> None:
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
