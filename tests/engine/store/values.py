"""Rows for tests: plain values with the client as the argument that matters."""

from datetime import UTC, date, datetime, timedelta

import pyarrow as pa

from engine.model.changes import Change
from engine.model.exports import SCHEMAS, Export, RefusedRow
from engine.model.outcomes import DEALS, FACTS, Pull
from engine.store.clients import Client
from engine.store.decisions import Decision
from engine.store.escalations import Escalation
from engine.store.ledger import LedgerEntry

NOW = datetime(2026, 11, 9, 6, 0, tzinfo=UTC)
DAY = date(2026, 11, 9)
NASTY = "Robert'); DROP TABLE facts;-- <script>alert(1)</script> & ünï\u202e %_\\"


def a_client(key="northgate", name="Northgate"):
    return Client(
        key, name, "services", "GBP", "Europe/London", "closed_loop", "consultation", False, DAY
    )


def a_fact(day=DAY, campaign="search-core", cost=10, *, level="campaign", ad=""):
    return {
        "day": day,
        "level": level,
        "channel": "google_search",
        "campaign": campaign,
        "ad": ad,
        "impressions": 100,
        "clicks": 5,
        "cost_micros": cost,
        "conversions": 0.5,
        "value_micros": 7,
    }


def a_pull(facts, first=DAY, last=DAY, source="google_ads"):
    return Pull(source, pa.Table.from_pylist(facts, schema=FACTS), first, last, NOW)


def a_deal(deal_id="d1", amount=1, modified=0, created=DAY):
    at = None if modified is None else NOW + timedelta(minutes=modified)
    return {
        "deal_id": deal_id,
        "created_on": created,
        "closed_on": None,
        "stage": "open",
        "won": None,
        "amount_micros": amount,
        "currency": "GBP",
        "campaign": "",
        "channel": "",
        "click_id": None,
        "modified_at": at,
    }


def deal_table(rows):
    return pa.Table.from_pylist(rows, schema=DEALS)


def an_export(rows, kind="performance", refused=()):
    table = pa.Table.from_pylist(rows, schema=SCHEMAS[kind])
    return Export(
        file="report.csv",
        format="google_ads_csv",
        source="google_ads",
        kind=kind,
        period=(DAY, DAY),
        currency="GBP",
        rows=table,
        read=len(rows) + len(refused),
        refused=tuple(RefusedRow(line, "no day") for line in refused),
    )


def a_change(key="budget/search-core", **more):
    return Change(
        kind="set_budget",
        natural_key=key,
        client="northgate",
        campaign_key="search-core",
        channel="google_search",
        before="100.00",
        after="90.00",
        daily_micros=90_000_000,
        daily_before_micros=100_000_000,
        **more,
    )


def a_decision(client="northgate", key="n-1", **more):
    fields = {
        "client": client,
        "decision_id": key,
        "tick_id": "t",
        "at": NOW,
        "account_day": DAY,
        "agent": "pacing",
        "kind": "set_budgets",
        "action_json": "{}",
        "fingerprint": "f",
        "verdict": "allowed",
        "reasons_json": "[]",
        "policy_version": 1,
        "state": "to_apply",
        "sentence": "Cut the budget.",
    }
    return Decision(**{**fields, **more})


def an_escalation(client="northgate", cause="bound:search-core", **more):
    fields = {
        "client": client,
        "cause": cause,
        "kind": "bound",
        "title": "Raise search-core",
        "what": "It would pass the cap.",
        "owner": "priya",
        "backup": "tom",
        "opened_at": NOW,
        "due_at": NOW + timedelta(hours=4),
        "fingerprint": "f1",
    }
    return Escalation(**{**fields, **more})


def an_entry(sentence="Budget cut.", kind="decision", ref="n-1", at=NOW):
    return LedgerEntry(at, "platform", "worker", kind, ref, sentence)
