"""The agency's people, policy, campaigns, deals and decisions: what a client's page reads beside the figures."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
from sqlalchemy import Connection

import policies as policies_room
from bench import agency
from bench.agency import BIG, CURRENCY, LAST_DAY, NOW, Held
from engine.model.accounts import Account
from engine.model.desired import DesiredCampaign
from engine.model.outcomes import DEALS, SourceState
from engine.store import clients, deals, decisions, desired, meta, people, policies, sources
from policies.money import MICROS
from policies.reading import policy_text, read_policy

PERSON = "nora"
"""A person of the large client."""
ZONE = "Europe/London"
DEALS_A_DAY, DECISIONS_A_DAY, DECISION_DAYS = 40, 8, 45
_PRESET = Path(policies_room.__file__).parent / "presets" / "b2b_services.toml"


def open_agency(conn: Connection, held: list[Held]) -> None:
    """Every client with its accounts; the large one with all that its page shows."""
    meta.put(conn, "demo", "1")
    meta.put(conn, "clock", NOW.isoformat())
    for name in agency.SHARES:
        _client(conn, name)
    for one in held:
        account = Account(agency.SOURCE, one.account, one.account, CURRENCY, ZONE)
        clients.add_account(conn, one.client, account)
        desired.save(conn, one.client, _campaigns(one))
    people.add_person(
        conn, people.Person(PERSON, "Nora Bell", "client"), [people.Right(BIG, "client")]
    )
    _policy(conn)
    deals.upsert_deals(conn, BIG, "crm", _deals())
    decisions.record(conn, BIG, _decisions())


def _client(conn: Connection, name: str) -> None:
    opened = LAST_DAY - timedelta(days=agency.DAYS)
    clients.add_client(
        conn,
        clients.Client(
            name,
            name.capitalize(),
            "b2b_services",
            CURRENCY,
            ZONE,
            "closed_loop",
            "consultation",
            False,
            opened,
        ),
    )
    for source in (agency.SOURCE, "crm"):
        read = SourceState(source, NOW - timedelta(minutes=12), "fresh", "")
        sources.set_state(conn, name, read, NOW)


def _campaigns(held: Held) -> list[DesiredCampaign]:
    return [
        DesiredCampaign(
            client=held.client,
            campaign=key,
            account=held.account,
            channel=channel,
            name=key,
            daily_micros=2_000 * MICROS,
            enabled=True,
            locations=("GB",),
        )
        for key, channel in zip(held.campaigns, held.channels(), strict=True)
    ]


def _policy(conn: Connection) -> None:
    preset = read_policy(_PRESET.read_text(encoding="utf-8"), suffix=".toml")
    mine = preset.model_copy(update={"client": BIG, "currency": CURRENCY, "time_zone": ZONE})
    version = policies.save_draft(conn, BIG, policy_text(mine, ".json"), "tom", NOW)
    policies.publish(conn, BIG, version, "priya", NOW)


def _deals() -> pa.Table:
    """Forty begun a day; one in four is won, two weeks later."""
    chance = np.random.default_rng(agency.SEED)
    rows = [
        _deal(number, LAST_DAY - timedelta(days=number // DEALS_A_DAY), int(amount))
        for number, amount in enumerate(chance.integers(500, 9000, DEALS_A_DAY * agency.DAYS))
    ]
    return pa.Table.from_pylist(rows, schema=DEALS)


def _deal(number: int, begun: date, amount: int) -> dict[str, object]:
    closed = begun + timedelta(days=14)
    over = closed <= LAST_DAY
    return {
        "deal_id": f"D{number}",
        "created_on": begun,
        "closed_on": closed if over else None,
        "stage": "closed" if over else "open",
        "won": number % 4 == 0 if over else None,
        "amount_micros": amount * MICROS,
        "currency": CURRENCY,
        "campaign": "",
        "channel": "google_search",
        "click_id": "",
        "modified_at": NOW,
    }


def _decisions() -> list[decisions.Decision]:
    return [
        decisions.Decision(
            client=BIG,
            decision_id=f"D-{number}",
            tick_id="bench",
            at=NOW - timedelta(hours=24 // DECISIONS_A_DAY * number),
            account_day=LAST_DAY - timedelta(days=number // DECISIONS_A_DAY),
            agent="pacing",
            kind="set_budgets",
            action_json='{"reason": "Spend runs ahead of the month."}',
            fingerprint=f"f{number}",
            verdict="allowed",
            reasons_json="[]",
            policy_version=1,
            state="applied",
            sentence=f"Cut the daily budget of campaign {number} from £100.00 to £90.00.",
            applied_at=NOW - timedelta(hours=3 * number),
        )
        for number in range(DECISIONS_A_DAY * DECISION_DAYS)
    ]
