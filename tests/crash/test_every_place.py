"""One tick that launches a campaign, moves a budget and ships ads, killed at every place it passes."""

import shutil
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from engine import loop, wiring
from engine.commands import demo
from engine.model.accounts import AdGroupState, AdState, CampaignState
from engine.model.copy import variant_key
from engine.model.people import Scope
from engine.store import Store, budgets, clients, decisions, desired, intents, ledger
from engine.store.connect import connect
from jobs import demo_opening
from jobs.demo_clients.reading import first_text
from policies.money import micros
from tests.crash.killing import DyingPlatform, DyingStore, Killed, Places
from tests.engine import acts
from tests.engine.execution.memory import MemoryPlatform
from tests.engine.small import order, settings_of, small_data

pytestmark = pytest.mark.xdist_group("crash")
DATA = small_data("1000000001")
NOW = datetime(2026, 11, 9, 6, 30, tzinfo=UTC)


def market():
    """The account as people left it, in memory."""
    found = {}
    for campaign in DATA.campaigns:
        groups = tuple(
            AdGroupState(
                f"groups/{g.key}",
                g.key,
                g.name,
                True,
                g.keywords,
                tuple(
                    AdState(f"ads/{key}", key, True, text)
                    for concept in g.concepts
                    for text in [first_text(DATA, campaign.channel, concept)]
                    for key in [variant_key(concept.key, text)]
                ),
            )
            for g in campaign.ad_groups
        )
        found[campaign.key] = CampaignState(
            f"campaigns/{campaign.key}",
            campaign.key,
            campaign.key,
            campaign.name,
            campaign.channel,
            True,
            micros(campaign.daily),
            f"budgets/{campaign.key}",
            False,
            groups,
        )
    return MemoryPlatform(found)


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """A store of one client whose campaigns were taken over yesterday, with three orders approved now."""
    folder = tmp_path_factory.mktemp("opened")
    chosen = settings_of(folder, folder / "sandbox")
    engine = wiring.connect(chosen.url)
    demo.begin(wiring.house(engine, chosen), NOW, {"state": "built"})
    house = wiring.house(engine, chosen)
    operator = Scope.operator()
    demo_opening._client(house, operator, NOW, DATA)
    for person, name, role, senior, _ in demo_opening.PEOPLE[:3]:
        rights = [(DATA.client, role, senior)]
        demo_opening.add_person(house, operator, NOW, person=person, name=name, rights=rights)
    demo_opening._policy(house, NOW, DATA)
    demo_opening._concepts(house, NOW, DATA)
    before = NOW.replace(hour=3) - timedelta(days=1)  # too early for money: nothing but taking over
    loop.tick(house.store, {"google_ads": market()}, {}, DATA.client, before)
    with house.store.read() as conn:
        ours = desired.load(conn, DATA.client)
    assert len(ours) == 3
    order(house, DATA.client, NOW, "a-launch", acts.launch(ours))
    order(house, DATA.client, NOW, "b-budget", acts.budget(ours, "search-core", 3))
    order(house, DATA.client, NOW, "c-variant", acts.variant(ours, "search-sector"))
    house.store.close()
    return chosen.store


def ends(store, platform):
    """What must be the same however often it died on the way."""
    with store.read() as conn:
        rows = decisions.recent(conn, DATA.client, 500)
        assert intents.unresolved(conn, DATA.client) == ()
        assert ledger.verify(conn, DATA.client) is None
        assert clients.client(conn, DATA.client).client == DATA.client
        written = budgets.since(conn, DATA.client, NOW - timedelta(days=40))
        wanted = desired.load(conn, DATA.client)
    return {
        "desired": wanted,
        "campaigns": platform.campaigns,
        "decisions": sorted((d.fingerprint, d.verdict, d.state) for d in rows),
        "budgets": sorted((w.campaign, w.before_micros, w.after_micros) for w in written),
        "creates": Counter(c.natural_key for c in platform.writes if c.kind.startswith("create")),
    }


def lived(path, at):
    """One life: a tick that dies at place ``at``, then fresh ticks until nothing moves any more."""
    platform, places = market(), Places(at)
    engine = connect(f"duckdb:///{path}")
    try:
        dying = DyingStore(engine, places)
        loop.tick(dying, {"google_ads": DyingPlatform(platform, places)}, {}, DATA.client, NOW)
        died = False
    except Killed:
        died = True
    finally:
        engine.dispose()
    store = Store(connect(f"duckdb:///{path}"), seed=1)
    try:
        for hour in range(1, 6):
            now = NOW + timedelta(hours=hour)
            result = loop.tick(store, {"google_ads": platform}, {}, DATA.client, now)
            if result.changes + result.decisions == 0 and hour > 2:
                break
        return died, places.passed, ends(store, platform)
    finally:
        store.close()


def test_a_tick_killed_at_any_call_or_commit_ends_where_the_unkilled_one_ends(opened, tmp_path):
    path = tmp_path / "store.duckdb"
    shutil.copy(opened, path)
    died, passed, expected = lived(path, None)
    assert not died
    assert expected["creates"]["campaign/search-new"] == 1
    assert expected["creates"]["ad/hand-made-000001"] == 1
    assert ("search-core", *_raised(expected)) in expected["budgets"]
    assert len(passed) > 60
    for at, name in enumerate(passed):
        shutil.copy(opened, path)
        died, _, found = lived(path, at)
        assert died, f"place {at} ({name}) was not reached"
        for part, value in expected.items():
            assert found[part] == value, f"killed at place {at} ({name}): {part} differs"


def _raised(expected):
    after = expected["desired"]["search-core"].daily_micros
    return next((b, a) for c, b, a in expected["budgets"] if c == "search-core" and a == after)
