"""A draft that changes what counts shows which past figures it would restate; the ledger keeps them once it holds."""

import json
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pytest

from engine.commands import briefs, concepts, policies
from engine.model.briefs import Brief
from engine.model.errors import AskPerson, BadInput
from engine.model.outcomes import DEALS, FACTS, Pull
from engine.reporting.client.read import material
from engine.reporting.policies.restated import restated
from engine.store import deals, facts, ledger
from engine.store.policies import AGENCY
from policies.drafting.forms import policy_fields
from policies.drafting.typed import shown
from tests.engine.commands.conftest import NOW

C = "northgate"
STAGES = ["Qualified To Buy", "Closed Won"]


@pytest.fixture
def past(house, v1, data):
    """October: 8 deals begun, 4 of them qualified, 2 won for 1,000 each; 400 of media."""
    rows = [_deal(n) for n in range(8)]
    first, last = date(2026, 10, 1), date(2026, 10, 31)
    day = {"level": "campaign", "channel": "youtube", "campaign": "y", "ad": ""}
    day |= {"impressions": 0, "clicks": 0, "conversions": 0.0, "value_micros": 0}
    media = [{**day, "day": date(2026, 10, 5), "cost_micros": 400_000_000}]
    pull = Pull("google_ads", pa.Table.from_pylist(media, schema=FACTS), first, last, NOW)

    def write(conn):
        deals.upsert_deals(conn, C, "crm", pa.Table.from_pylist(rows, schema=DEALS))
        facts.replace_window(conn, C, "google_ads", data.account.account, pull, currency="GBP")

    house.store.write(write)


def _deal(number):
    begun, won = date(2026, 10, 2 + number), number < 2
    stage = "Closed Won" if won else "Qualified To Buy" if number < 4 else "Appointment Scheduled"
    return {
        "deal_id": f"d{number}",
        "created_on": begun,
        "closed_on": begun + timedelta(days=10) if won else None,
        "stage": stage,
        "won": True if won else None,
        "amount_micros": 1_000_000_000,
        "currency": "GBP",
        "campaign": "",
        "channel": "youtube",
        "click_id": "",
        "modified_at": datetime(2026, 10, 20, tzinfo=UTC),
    }


def draft(house, who, change, path="conversions.actions", person="tom"):
    """A draft with one value changed in the form."""
    from engine.store import layers
    from engine.store import policies as table

    with house.store.read() as conn:
        now = table.current(conn, C)
        own = layers.own(conn, now)
    values = {**own, path: change(json.loads(json.dumps(own[path])))}
    raws = {p: shown(one, values.get(p)) for p, one in policy_fields().items()}
    opened = policies.Opened(base=now.version)
    return policies.save_typed(house, who(person), NOW, C, raws, opened)


def qualified(actions):
    actions[0]["stages"] = STAGES
    return actions


def publish(house, who, version):
    seal = policies.seal_of(house, who("priya"), C, version)
    policies.publish(house, who("priya"), NOW, C, version, seal=seal)


def test_the_months_that_would_move_are_told_before_and_after(house, who, past):
    version = draft(house, who, qualified)
    found = restated(house.store, who("priya"), C, NOW, version)
    assert [(x.name, x.actions, x.cost, x.cac, x.roas) for x in found.lines] == [
        ("October 2026", "8 → 4", "£50 → £100", "£200", "5.0×")
    ]
    assert found.told == "October: 8 → 4 consultations, £50 → £100 each."
    assert any("where a lost deal had been" in sentence for sentence in found.untold)


def test_what_a_customer_is_restates_cac_and_return(house, who, past):
    def smaller(actions):
        actions[1] |= {"value": "fixed", "fixed_value": "500.00", "lead_days": 9}
        return actions

    found = restated(house.store, who("priya"), C, NOW, draft(house, who, smaller))
    assert [(x.actions, x.cac, x.roas) for x in found.lines] == [("8", "£200 → –", "5.0× → 0.0×")]


def test_a_draft_that_moves_no_figure_restates_nothing(house, who, past):
    def renamed(actions):
        actions[0]["google_ads"] = "AW-1"
        return actions

    assert restated(house.store, who("priya"), C, NOW, draft(house, who, renamed)) is None
    version = draft(house, who, lambda _: 9, "guardrails.pausing.max_per_day")
    assert restated(house.store, who("priya"), C, NOW, version) is None
    assert restated(house.store, who("priya"), AGENCY, NOW, 1) is None


def test_it_is_for_the_people_of_the_house_alone(house, who, past):
    version = draft(house, who, qualified)
    for person in ("stranger", "nora"):
        with pytest.raises(AskPerson):
            restated(house.store, who(person), C, NOW, version)


def test_once_published_the_past_is_counted_anew_and_the_ledger_and_caption_say_so(
    house, who, past
):
    before = material(house.store, who("nora"), C, NOW)
    assert (int(before["actions"]["actions"].sum()), before["defined"]) == (8, "")
    version = draft(house, who, qualified)
    publish(house, who, version)
    after = material(house.store, who("nora"), C, NOW)
    assert int(after["actions"]["actions"].sum()) == 4
    assert f"definition of policy v{version}, in force since 9 Nov 2026" in after["defined"]
    assert "restated over the whole past" in after["defined"]
    with house.store.read() as conn:
        line = ledger.entries(conn, who("priya"), C, limit=1, kinds=("policy",))[0]
    assert "restate the past: October: 8 → 4 consultations, £50 → £100 each." in line.sentence
    assert json.loads(line.detail_json)["restated"][0]["actions"] == "8 → 4"


def test_a_later_version_with_the_same_definition_keeps_the_caption(house, who, past):
    first = draft(house, who, qualified)
    publish(house, who, first)
    publish(house, who, draft(house, who, lambda _: 3, "guardrails.pausing.max_per_day"))
    assert f"policy v{first}," in material(house.store, who("nora"), C, NOW)["defined"]


SALE = {
    "name": "Review",
    "key": "review",
    "price": "90.00",
    "stage": "decision",
    "regions": ["UK"],
    "valid_from": "2026-01-01",
    "landing_page": "https://northgate.example/review",
}


def a_concept(house, who, offer):
    concepts.save(
        house,
        who("maya"),
        NOW,
        C,
        concept="plain",
        channel="youtube",
        campaign="y",
        ad_group="g",
        body={},
        offer=offer,
    )


def test_a_concept_and_a_brief_name_an_offer_the_policy_writes(house, who, v1, data):
    a_concept(house, who, "anything")  # no offer is written yet
    publish(house, who, draft(house, who, lambda _: [SALE], "offers.listed"))
    a_concept(house, who, "review")
    with pytest.raises(BadInput, match='writes no offer "other"; name one of review'):
        a_concept(house, who, "other")
    brief = Brief(
        campaign="new",
        account=data.customer,
        channel="youtube",
        name="New",
        daily_micros=1,
        locations=("2826",),
        political=False,
        ad_group="g",
        ad_group_name="G",
        keywords=(),
        concept="plain",
        offer="other",
    )
    with pytest.raises(BadInput, match="writes no offer"):
        briefs.save(house, who("tom"), NOW, C, brief)
    briefs.save(house, who("tom"), NOW, C, brief.model_copy(update={"offer": "review"}))
