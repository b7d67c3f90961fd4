"""A small real house over a running sandbox: one client, three campaigns, a store of its own."""

from __future__ import annotations

import itertools
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

from engine import loop, wiring
from engine.commands import demo, plans
from engine.commands.house import House
from engine.model.accounts import Snapshot
from engine.model.people import Scope
from engine.store import codec, decisions, desired, intents, policies
from engine.store.decisions import Decision
from engine.wiring import Settings
from jobs import demo_opening
from jobs.demo_clients.reading import ClientData, account_spec
from policies.verdict import Approval, Family

BEGINS = datetime(2026, 9, 10, tzinfo=UTC)
_NUMBERS = itertools.count(1_000_000_101)


@dataclass
class Small:
    """One client in a store of its own; the sandbox is shared and its time only goes on."""

    house: House
    data: ClientData
    control: Any

    @property
    def client(self) -> str:
        return self.data.client

    def now(self) -> datetime:
        return self.house.clock.now()

    def days(self, count: int = 1) -> datetime:
        """On to 06:30 account time, ``count`` days later."""
        zone = ZoneInfo(self.data.time_zone)
        day = self.now().astimezone(zone).date() + timedelta(days=count)
        return self.at(datetime.combine(day, time(6, 30), zone).astimezone(UTC))

    def hours(self, count: float) -> datetime:
        return self.at(self.now() + timedelta(hours=count))

    def at(self, now: datetime) -> datetime:
        self.control.advance(to=now.isoformat())
        demo.set_clock(self.house, now)
        return now

    def tick(self) -> Any:
        house = self.house
        return loop.tick(house.store, house.platforms, house.deals, self.client, self.now())

    def seen(self) -> Snapshot:
        platform = self.house.platforms["google_ads"]
        return platform.snapshot(self.client, self.data.account, self.now())

    def writes(self) -> list[dict[str, Any]]:
        return self.control.writes(self.data.customer)

    def differences(self) -> list[Any]:
        return plans.diff(self.house, Scope.operator(), self.now(), self.client)

    def daily(self, key: str) -> int:
        found = self.seen().owned(key)
        assert found is not None
        return found.daily_micros

    def edit(self, key: str, **edit: Any) -> None:
        """Somebody changes a campaign in the platform's own screen."""
        found = self.seen().owned(key)
        assert found is not None
        self.control.outside_edit(customer_id=self.data.customer, campaign_id=int(found.id), **edit)

    def review(self, variant: str, **review: Any) -> None:
        """The platform's review comes to a verdict on an ad of ours."""
        ads = (ad for c in self.seen().campaigns for _, ad in c.ads())
        found = next(ad for ad in ads if ad.variant == variant)
        number = int(found.resource.rpartition("~")[2])
        self.control.review(customer_id=self.data.customer, ad_id=number, **review)

    def open_intents(self) -> Any:
        with self.house.store.read() as conn:
            return intents.unresolved(conn, self.client)

    def desired(self) -> dict[str, Any]:
        with self.house.store.read() as conn:
            return desired.load(conn, self.client)

    def decided(self) -> list[Decision]:
        with self.house.store.read() as conn:
            return decisions.recent(conn, self.client, 500)

    def order(self, name: str, action: Any) -> None:
        """A decision a senior person approved, waiting to be carried out."""
        order(self.house, self.client, self.now(), name, action)

    def spoil_policy(self) -> None:
        """The policy in force can no longer be read."""

        def write(conn: Any) -> None:
            version = policies.save_draft(conn, self.client, "{}", "tom", self.now())
            policies.publish(conn, self.client, version, "priya", self.now())

        self.house.store.write(write)


def order(house: House, client: str, now: datetime, name: str, action: Any) -> None:
    """Record an approved decision, as an approval by a senior person leaves it."""
    yes = Approval(
        fingerprint=action.fingerprint,
        person="priya",
        at=now - timedelta(minutes=5),
        expires_at=now + timedelta(hours=24),
        reason="Yes.",
        families=frozenset(get_args(Family)),
    )
    row = Decision(
        client=client,
        decision_id=name,
        tick_id="",
        at=now,
        account_day=now.date(),
        agent=action.agent,
        kind=action.kind,
        action_json=codec.action_json(action),
        fingerprint=action.fingerprint,
        verdict="escalated",
        reasons_json="[]",
        policy_version=1,
        state="proposed",
        sentence=action.reason,
    )

    def write(conn: Any) -> None:
        decisions.record(conn, client, [row])
        assert decisions.approve(conn, client, name, yes.model_dump_json())

    house.store.write(write)


def small_data(number: str = "") -> ClientData:
    """A client with three campaigns, in an account of its own."""
    text = Path(__file__).with_name("small_client.toml").read_text(encoding="utf-8")
    found = {**tomllib.loads(text), "customer": number or str(next(_NUMBERS))}
    return ClientData.model_validate(found)


def settings_of(folder: Path, sandbox: Path) -> Settings:
    return Settings(store=folder / "store.duckdb", CC_SANDBOX=sandbox)


def open_small(folder: Path, running: Any, data: ClientData, *, history: int = 6) -> Small:
    """Open a client whose account has ``history`` days behind it, on a sandbox already opened."""
    state = Path(running.ready["state"])
    running.control.add_account(account_spec(data))
    now = datetime.fromisoformat(running.control.now()) + timedelta(days=history)
    chosen = settings_of(folder, state)
    engine = wiring.connect(chosen.url)
    demo.begin(wiring.house(engine, chosen), now, {"state": "built"})
    house = wiring.house(engine, chosen)
    operator = Scope.operator()
    demo_opening._client(house, operator, now, data)
    for person, name, role, senior, _ in demo_opening.PEOPLE[:5]:
        rights = [(data.client, role, senior)]
        demo_opening.add_person(house, operator, now, person=person, name=name, rights=rights)
    demo_opening._policy(house, now, data)
    demo_opening._concepts(house, now, data)
    small = Small(house, data, running.control)
    small.at(now)
    small.days(1)
    return small
