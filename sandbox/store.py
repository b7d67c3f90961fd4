"""The world on disk: one SQLite file in WAL mode, written before anything is answered.

A killed process loses nothing that was answered: each change is one committed transaction.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from sandbox.billing.google import Meter
from sandbox.google.wire import blank
from sandbox.market.leads import Lead
from sandbox.market.season import MOST_HOURS
from sandbox.spec import AccountSpec
from sandbox.state import Account, Claim, DayBook, Stretch

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS account (customer TEXT PRIMARY KEY, spec TEXT, state TEXT);
CREATE TABLE IF NOT EXISTS entity
  (customer TEXT, name TEXT, kind TEXT, place INTEGER, body BLOB, PRIMARY KEY (customer, name));
CREATE TABLE IF NOT EXISTS meter
  (customer TEXT, key TEXT, body TEXT, PRIMARY KEY (customer, key));
CREATE TABLE IF NOT EXISTS day
  (customer TEXT, campaign INTEGER, day TEXT, figures BLOB, rest TEXT,
   PRIMARY KEY (customer, campaign, day));
CREATE TABLE IF NOT EXISTS lead (customer TEXT, number INTEGER, body TEXT,
   PRIMARY KEY (customer, number));
CREATE TABLE IF NOT EXISTS applied
  (seq INTEGER PRIMARY KEY AUTOINCREMENT, customer TEXT, body TEXT, old BLOB, new BLOB);
CREATE TABLE IF NOT EXISTS shock (seq INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT);
"""
_COLLECTIONS = {
    "campaigns": "campaign",
    "campaignBudgets": "campaign_budget",
    "adGroups": "ad_group",
    "adGroupAds": "ad_group_ad",
    "adGroupCriteria": "ad_group_criterion",
    "campaignCriteria": "campaign_criterion",
    "labels": "label",
    "campaignLabels": "campaign_label",
}


def kind_of(name: str) -> str:
    """The kind of resource a resource name stands for."""
    return _COLLECTIONS[name.split("/")[2]]


class Store:
    """Reads the world once and writes each change through. Not for several threads at once."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(
            folder / "world.sqlite", check_same_thread=False, isolation_level=None
        )
        (folder / "world.sqlite").chmod(0o600)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def change(self) -> Iterator[None]:
        """One transaction: committed at the end, or rolled back on any error."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def meta(self) -> dict[str, str]:
        """All settings of the world."""
        return dict(self._db.execute("SELECT key, value FROM meta"))

    def put_meta(self, key: str, value: str) -> None:
        """Set one setting."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def put_account(self, account: Account) -> None:
        """Write an account's header: specification, counters, how far it was simulated."""
        self.put_header(account, keys=account.keys, next_id=account.next_id)

    def put_header(self, account: Account, *, keys: dict[int, str], next_id: int) -> None:
        """The same, with names and counter as they are about to be."""
        state = {
            "simulated_until": account.simulated_until.isoformat(),
            "exported_until": account.exported_until.isoformat(),
            "keys": keys,
            "next_id": next_id,
        }
        row = (account.customer_id, account.spec.model_dump_json(), json.dumps(state))
        self._db.execute("INSERT OR REPLACE INTO account VALUES (?, ?, ?)", row)

    def put_entities(self, customer: str, old: dict[str, Any], new: dict[str, Any]) -> None:
        """Write what differs between two states of an account's entities."""
        gone = [(customer, name) for name in old if name not in new]
        changed = [
            (customer, name, kind_of(name), place, body.SerializeToString())
            for place, (name, body) in enumerate(new.items())
            if old.get(name) is not body
        ]
        self._db.executemany("DELETE FROM entity WHERE customer = ? AND name = ?", gone)
        self._db.executemany(
            "INSERT INTO entity VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET body = excluded.body",
            changed,
        )

    def put_meters(self, customer: str, meters: dict[str, Meter]) -> None:
        """Write meters."""
        rows = [(customer, key, json.dumps(asdict(m), default=str)) for key, m in meters.items()]
        self._db.executemany("INSERT OR REPLACE INTO meter VALUES (?, ?, ?)", rows)

    def put_days(self, customer: str, days: Iterable[tuple[tuple[int, date], DayBook]]) -> None:
        """Write account days."""
        rows = [
            (
                customer,
                campaign,
                day.isoformat(),
                book.figures.tobytes(),
                json.dumps([book.claims, book.stretches]),
            )
            for (campaign, day), book in days
        ]
        self._db.executemany("INSERT OR REPLACE INTO day VALUES (?, ?, ?, ?, ?)", rows)

    def put_leads(self, customer: str, leads: list[Lead]) -> None:
        """Write new leads."""
        rows = [(customer, lead.number, json.dumps(asdict(lead), default=str)) for lead in leads]
        self._db.executemany("INSERT OR REPLACE INTO lead VALUES (?, ?, ?)", rows)

    def add_write(
        self, customer: str, body: dict[str, Any], old: bytes | None, new: bytes | None
    ) -> None:
        """Append one applied operation to the audit."""
        row = (customer, json.dumps(body), old, new)
        self._db.execute("INSERT INTO applied (customer, body, old, new) VALUES (?,?,?,?)", row)

    def writes(self, customer: str) -> list[tuple[dict[str, Any], bytes | None, bytes | None]]:
        """Applied operations in order."""
        query = "SELECT seq, body, old, new FROM applied WHERE customer = ? ORDER BY seq"
        return [
            ({"seq": seq, **json.loads(body)}, old, new)
            for seq, body, old, new in self._db.execute(query, (customer,))
        ]

    def add_shock(self, body: str) -> None:
        """Append a shock."""
        self._db.execute("INSERT INTO shock (body) VALUES (?)", (body,))

    def shocks(self) -> list[str]:
        """All shocks, as JSON."""
        return [body for (body,) in self._db.execute("SELECT body FROM shock ORDER BY seq")]

    def accounts(self) -> dict[str, Account]:
        """Every account with all it holds."""
        found: dict[str, Account] = {}
        for customer, spec, state in self._db.execute("SELECT * FROM account ORDER BY rowid"):
            header = json.loads(state)
            account = Account(
                spec=AccountSpec.model_validate_json(spec),
                simulated_until=datetime.fromisoformat(header["simulated_until"]),
                exported_until=datetime.fromisoformat(header["exported_until"]),
                keys={int(key): value for key, value in header["keys"].items()},
                next_id=header["next_id"],
            )
            self._fill(account)
            found[customer] = account
        return found

    def _fill(self, account: Account) -> None:
        mine = (account.customer_id,)
        query = "SELECT name, kind, body FROM entity WHERE customer = ? ORDER BY rowid"
        for name, kind, body in self._db.execute(query, mine):
            account.entities[name] = blank(kind)
            account.entities[name].ParseFromString(body)
        for key, body in self._db.execute("SELECT key, body FROM meter WHERE customer = ?", mine):
            raw = json.loads(body)
            account.meters[key] = Meter(**{**raw, "day": date.fromisoformat(raw["day"])})
        query = "SELECT campaign, day, figures, rest FROM day WHERE customer = ? ORDER BY day"
        for campaign, day, figures, rest in self._db.execute(query, mine):
            account.days[int(campaign), date.fromisoformat(day)] = _book(figures, rest)
        query = "SELECT body FROM lead WHERE customer = ? ORDER BY number"
        account.leads = [_lead(json.loads(body)) for (body,) in self._db.execute(query, mine)]


def _book(figures: bytes, rest: str) -> DayBook:
    claims, stretches = json.loads(rest)
    return DayBook(
        np.frombuffer(figures, dtype=np.int64).reshape(4, MOST_HOURS).copy(),
        [Claim(*each) for each in claims],
        [Stretch(*each) for each in stretches],
    )


_INSTANTS = frozenset(field.name for field in fields(Lead) if field.type == "datetime")


def _lead(raw: dict[str, Any]) -> Lead:
    instants = {name: datetime.fromisoformat(raw[name]).astimezone(UTC) for name in _INSTANTS}
    return Lead(**{**raw, **instants})
