"""What somebody said no to is withheld while nothing changed; an alarm whose trouble is over closes itself."""

from datetime import timedelta

import pytest

from engine import loop
from engine.model.escalations import from_verdict
from engine.store import asked_again, clients, codec, escalations
from engine.store.escalations import Escalation
from policies import gate
from policies.actions import Evidence
from tests import strategies
from tests.engine.execution.shelf import CLIENT, actual
from tests.engine.execution.stored import WHO, stored
from tests.engine.store.values import NOW


def verdict(after=900, gain=10.0, **more):
    row = strategies.change("s1", "google_search", 300, after)
    evidence = (Evidence(name="Expected gain", value=gain, unit="GBP a day"),)
    action = strategies.set_budgets(row, evidence=evidence, **more)
    return gate.judge(action, strategies.policy(), strategies.standing())


def draft(found):
    return from_verdict(
        found,
        strategies.policy(),
        client=CLIENT,
        now=NOW,
        time_zone="Europe/London",
        standing=strategies.standing(),
    )


@pytest.fixture
def no(store):
    """Priya said no to raising s1 to 900 for a gain of 10 a day."""
    asked = draft(verdict())

    def write(conn):
        clients.add_client(conn, WHO)
        ref, _ = escalations.open_or_add(
            conn,
            Escalation(
                client=CLIENT,
                cause=asked.cause,
                kind="bound",
                title=asked.title,
                what=asked.what,
                owner="priya",
                backup="tom",
                opened_at=NOW,
                due_at=NOW + timedelta(hours=4),
                action_json=codec.action_json(asked.action),
                fingerprint=asked.fingerprint,
            ),
        )
        assert escalations.decide(
            conn,
            CLIENT,
            ref,
            expected_version=1,
            status="rejected",
            person="priya",
            reason="No.",
            now=NOW,
        )
        return asked_again.refused(conn, CLIENT)

    return store.write(write)


@pytest.mark.parametrize(
    ("found", "withheld"),
    [
        (verdict(), True),
        (verdict(after=905), True),  # another diff on the same figures
        (verdict(gain=11.9), True),
        (verdict(gain=12.0), False),
        (verdict(after=1200), False),
    ],
)
def test_a_proposal_is_withheld_until_its_evidence_changed(no, found, withheld):
    assert no.same(found, draft(found)) == withheld


def test_it_says_what_changed(no):
    found = draft(verdict(gain=15.0))
    assert no.news(found) == ("Expected gain: 10.00 → 15.00",)


def test_what_is_within_bounds_is_withheld_only_as_the_very_same_diff(no):
    assert no.same(verdict(), None)
    assert not no.same(verdict(after=310), None)


def test_what_a_safe_state_asks_for_is_never_withheld(no):
    found = verdict(agent="safe_state")
    assert not no.same(found, draft(found))


def test_another_campaign_was_never_refused(no):
    other = strategies.set_budgets(strategies.change("y1", "youtube", 100, 900))
    found = gate.judge(other, strategies.policy(), strategies.standing())
    assert no.before(found) is None


@pytest.mark.parametrize(("kind", "status"), [("stale_source", "done"), ("spend_anomaly", "open")])
def test_an_alarm_every_pass_looks_for_closes_itself_once_it_is_over(temp_store, kind, status):
    house = stored(temp_store, actual("s1", 310))
    asked = Escalation(
        client=CLIENT,
        cause=f"{kind}:google_ads",
        kind=kind,
        title="Google Ads is late",
        what="It is.",
        owner="priya",
        backup="tom",
        opened_at=house.now,
        due_at=house.now + timedelta(hours=4),
    )
    ref, _ = temp_store.write(lambda conn: escalations.open_or_add(conn, asked))
    loop.tick(temp_store, {"google_ads": house.platform}, {}, CLIENT, house.now)
    assert house.question(ref).status == status
    assert bool(house.lines("escalation_over")) == (status == "done")
