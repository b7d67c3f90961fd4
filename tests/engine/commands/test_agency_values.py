"""The agency's values: what clients inherit, and how a change of them reaches a client: as a draft."""

import json

import pytest

from engine.commands import policies
from engine.commands.policies import AGENCY, Mistakes, Opened
from engine.model.errors import AskPerson, BadInput
from engine.model.people import Scope
from engine.store import ledger
from engine.store import policies as table
from engine.store.clients import Client, add_client
from engine.store.passes import policy_in_force
from policies.drafting.forms import policy_fields
from policies.drafting.layers import leaves
from policies.drafting.typed import shown
from tests.engine.commands.conftest import NOW
from tests.engine.commands.test_policies import C, form, publish, stored

STEP = "guardrails.step_size.max_share"
PAUSES = "guardrails.pausing.max_per_day"


def agency(house, scope, base=0, **values):
    raws = {p: shown(f, values.get(p)) for p, f in policy_fields().items()}
    return policies.save_typed(house, scope, NOW, AGENCY, raws, Opened(base=base))


def agency_in_force(house, who, base=0, **values):
    version = agency(house, who("maya"), base, **values)
    return version, publish(house, who("priya"), version, AGENCY)


def inheriting(house, who, base, *paths):
    """The policy in force again, with these values left to the agency; published."""
    with house.store.read() as conn:
        values = leaves(policy_in_force(conn, C))
    raws = form(values) | dict.fromkeys(paths)
    version = policies.save_typed(house, who("maya"), NOW, C, raws, Opened(base=base))
    publish(house, who("priya"), version)
    return version


def in_force(house):
    with house.store.read() as conn:
        return policy_in_force(conn, C)


def test_a_field_left_empty_takes_the_agencys_value_and_the_body_stays_whole(house, who, v1):
    agency_in_force(house, who, **{STEP: "0.10"})
    version = inheriting(house, who, v1, STEP)
    kept = stored(house, version)
    assert STEP not in json.loads(kept.own_json)
    assert kept.agency_version == 1
    assert json.loads(kept.body_json)["guardrails"]["step_size"]["max_share"] == "0.10"
    assert in_force(house).guardrails.step_size.max_share == 100_000


def test_without_an_agency_an_empty_field_is_a_mistake(house, who, v1):
    with pytest.raises(Mistakes, match="Nothing may be left out"):
        inheriting(house, who, v1, STEP)


def test_a_new_agency_version_changes_no_client_and_writes_a_draft_where_values_move(
    house, who, v1
):
    one, reached = agency_in_force(house, who, **{STEP: "0.10"})
    assert reached == ()
    inheriting(house, who, v1, STEP)
    _, reached = agency_in_force(house, who, one, **{STEP: "0.05", PAUSES: 1})
    assert in_force(house).guardrails.step_size.max_share == 100_000
    (found,) = reached
    assert (found.client, found.name) == (C, "Northgate Advisory")
    assert "a senior person who did not write those values publishes it" in found.sentence
    publish(house, who("priya"), found.draft)
    rails = in_force(house).guardrails
    assert rails.step_size.max_share == 50_000
    assert rails.pausing.max_per_day == 6  # its own, whatever the agency says


def test_a_client_that_owns_all_its_values_is_not_reached(house, who, v1):
    _, reached = agency_in_force(house, who, **{STEP: "0.05"})
    assert reached == ()
    with house.store.read() as conn:
        assert [p.version for p in table.history(conn, C)] == [v1]


def test_the_agency_writes_no_money(house, who):
    with pytest.raises(Mistakes, match="different currencies"):
        agency(house, who("maya"), **{"targets.cac": "400.00"})


def test_a_value_of_the_agency_out_of_its_bounds_is_told_at_its_field(house, who):
    raws = dict.fromkeys(policy_fields()) | {STEP: 300.0}
    with pytest.raises(Mistakes) as bad:
        policies.save_typed(house, who("maya"), NOW, AGENCY, raws, Opened(base=0))
    assert [(m.path, m.sentence) for m in bad.value.mistakes] == [
        (STEP, "Write a share from 0% to 100%.")
    ]


def test_the_agencys_values_take_two_people_and_a_senior_right(house, who):
    version = agency(house, who("priya"), **{STEP: "0.10"})
    with pytest.raises(AskPerson, match="second person"):
        publish(house, who("priya"), version, AGENCY)
    with pytest.raises(AskPerson, match="senior"):
        publish(house, who("sam"), version, AGENCY)
    for person in ("nora", "stranger"):
        with pytest.raises(AskPerson, match="This takes a"):
            agency(house, who(person), **{STEP: "0.20"})
    publish(house, who("tom"), version, AGENCY)
    with house.store.read() as conn:
        assert table.current(conn, AGENCY).version == version


def test_values_that_reach_a_client_of_others_are_not_published(house, who, v1):
    one, _ = agency_in_force(house, who, **{STEP: "0.10"})
    inheriting(house, who, v1, STEP)
    two = agency(house, who("maya"), one, **{STEP: "0.05"})
    elsewhere = Scope("eve", "Eve", "strategist", frozenset({"other"}), frozenset({"other"}))
    with pytest.raises(AskPerson, match="reach 1 of the agency's clients"):
        publish(house, elsewhere, two, AGENCY)
    with house.store.read() as conn:
        assert table.current(conn, AGENCY).version == one


def test_a_value_the_agency_stops_writing_stays_with_the_client(house, who, v1):
    one, _ = agency_in_force(house, who, **{STEP: "0.10", PAUSES: 2})
    base = inheriting(house, who, v1, STEP)
    _, reached = agency_in_force(house, who, one, **{PAUSES: 2})
    assert reached == ()
    raws = form(leaves(in_force(house)), **{"guardrails.movement.window_days": 9})
    again = policies.save_typed(house, who("maya"), NOW, C, raws, Opened(base=base))
    assert json.loads(stored(house, again).own_json)[STEP] == "0.10"


def test_values_that_do_not_fit_a_client_are_told_in_its_ledger_and_make_no_draft(house, who, v1):
    caps = {f"guardrails.share_cap.max_shares.{c}": "0.90" for c in ("google_search", "youtube")}
    one, _ = agency_in_force(house, who, **caps)
    inheriting(house, who, v1, *caps)
    small = dict.fromkeys(caps, "0.10")
    _, reached = agency_in_force(house, who, one, **small)
    (found,) = reached
    assert found.draft is None
    assert "can never fill 100%" in found.sentence
    with house.store.read() as conn:
        told = ledger.entries(conn, who("priya"), C, limit=1)[0]
    assert told.sentence == found.sentence


def test_a_draft_from_before_the_agencys_change_is_carried_over_first(house, who, v1):
    one, _ = agency_in_force(house, who, **{STEP: "0.10"})
    base = inheriting(house, who, v1, STEP)
    with house.store.read() as conn:
        own = json.loads(table.current(conn, C).own_json)
    raws = form(own, **{PAUSES: 3})
    mine = policies.save_typed(house, who("maya"), NOW, C, raws, Opened(base=base))
    agency_in_force(house, who, one, **{STEP: "0.05"})
    with pytest.raises(AskPerson, match="agency's values changed to v2"):
        publish(house, who("priya"), mine)
    found = policies.carry_over(house, who("maya"), NOW, C, mine)
    assert found.met == ()
    publish(house, who("priya"), found.version)
    assert in_force(house).guardrails.step_size.max_share == 50_000
    assert in_force(house).guardrails.pausing.max_per_day == 3


def test_an_uploaded_file_leaves_inherited_what_it_has_as_the_agency_has_it(house, who, v1):
    from policies.reading import policy_text

    agency_in_force(house, who, **{STEP: "0.10"})
    inheriting(house, who, v1, STEP)
    toml = policy_text(in_force(house), ".toml").replace("window_days = 7", "window_days = 9")
    version = policies.save_upload(house, who("maya"), NOW, C, "p.toml", toml.encode())
    assert STEP not in json.loads(stored(house, version).own_json)
    with pytest.raises(BadInput, match="written in the form"):
        policies.save_upload(house, who("maya"), NOW, AGENCY, "p.toml", toml.encode())


def test_clients_without_a_policy_are_not_reached(house, who):
    newer = Client("new", "New", "x", "USD", "UTC", "configure", "lead", False, NOW.date())
    house.store.write(lambda conn: add_client(conn, newer))
    _, reached = agency_in_force(house, who, **{STEP: "0.10"})
    assert reached == ()
