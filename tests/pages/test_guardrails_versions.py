"""The guardrails page over time: what is inherited, presets, overtaken drafts, earlier versions, files."""

import json

import pytest

from engine.store import policies
from engine.store.policies import AGENCY
from tests.pages.guardrails import (
    STEP,
    WINDOW,
    agency,
    box,
    click,
    in_force,
    inheriting,
    page,
    shown,
    stored,
)
from tests.pages.small import NOW


def test_an_inherited_value_is_an_empty_field_with_its_origin_under_it(place):
    agency(place, **{STEP: "0.35"})
    inheriting(place, STEP)
    at = page()
    assert box(at, STEP).value is None
    assert box(at, STEP).placeholder == "35"
    told = shown(at)
    assert "From the agency, v1; type to override" in told
    assert "v2 in force" in told


def test_an_own_value_says_so_and_one_click_takes_the_agencys(place):
    agency(place, **{STEP: "0.10"})
    at = page()
    assert "Set here · the agency, v1, has 10%" in shown(at)
    box(at, WINDOW).set_value(9)
    clear = next(b for b in at.button if b.key == f"clear northgate 1 1 {STEP}")
    clear.click().run()
    assert box(at, STEP).value is None
    assert box(at, WINDOW).value == 9
    click(at, "save")
    draft = stored(place)[0]
    assert STEP not in json.loads(draft.own_json)
    assert json.loads(draft.body_json)["guardrails"]["step_size"]["max_share"] == "0.10"
    assert "From the agency, v1" in shown(at)
    assert "In force: 35%" in shown(at)


def test_the_agencys_form_has_no_money_and_publishing_it_writes_drafts(place):
    agency(place, **{STEP: "0.35"})
    inheriting(place, STEP)
    at = page("maya", layer="agency")
    assert box(at, STEP).value == 35
    with pytest.raises(StopIteration):
        box(at, "targets.cac")
    box(at, STEP).set_value(15.0)
    click(at, "save")
    version = stored(place, AGENCY)[0].version
    at = page("priya", layer="agency", version=str(version))
    click(at, f"publish-{version}")
    told = shown(at)
    assert "It reaches these clients as drafts" in told
    assert "Northgate Advisory: Policy draft v3 was written" in told
    assert in_force(place).guardrails.step_size.max_share == 350_000
    at = page("tom")
    assert "1 value of the agency's v2 is not in force for this client yet" in shown(at)
    assert any(b.key == "open-3" for b in at.button)


def test_without_a_policy_a_preset_fills_the_form_and_keeps_nothing_by_itself(place):
    place.write(lambda conn: conn.exec_driver_sql("delete from policies where client_id='alder'"))
    at = page(client="alder")
    assert "No policy yet, so the platform only pauses" in shown(at)
    click(at, "preset-ecommerce")
    assert box(at, "targets.cac").value == 38
    assert stored(place, "alder") == []
    click(at, "save")
    draft = stored(place, "alder")[0]
    assert (draft.state, draft.base_version) == ("draft", 0)
    assert "The first version" in shown(at)


def test_a_preset_in_another_currency_leaves_the_amounts_to_be_written(place):
    place.write(lambda conn: conn.exec_driver_sql("delete from policies where client_id='alder'"))
    at = page(client="alder", preset="b2b_services")
    assert box(at, "targets.cac").value is None
    assert box(at, STEP).value == 35
    click(at, "save")
    assert "Nothing may be left out of a policy, so write it." in shown(at)


def test_a_draft_on_an_older_version_is_carried_over_by_one_click(place):
    at = page("maya")
    box(at, WINDOW).set_value(14)
    click(at, "save")
    mine = stored(place)[0].version
    at = page("tom")
    box(at, STEP).set_value(30.0)
    click(at, "save")
    other = stored(place)[0].version
    click(page("priya", version=str(other)), f"publish-{other}")
    at = page("maya", version=str(mine))
    assert f"Draft v{mine} was made on v1; v{other} is in force now." in shown(at)
    click(at, f"carry-{mine}")
    assert f"v{mine}'s changes are carried over to draft v4" in shown(at)
    click(page("priya", version="4"), "publish-4")
    rails = in_force(place).guardrails
    assert (rails.movement.window_days, rails.step_size.max_share) == (14, 300_000)


def test_what_changed_since_it_was_shown_is_not_published(place):
    at = page("maya")
    box(at, WINDOW).set_value(14)
    click(at, "save")
    seen = page("priya", version="2")
    other = page("tom")
    box(other, STEP).set_value(30.0)
    click(other, "save")
    click(page("priya", version="3"), "publish-3")
    click(seen, "publish-2")
    assert "v3 was published after you opened this page; compare again." in shown(seen)
    assert in_force(place).version == 3


def test_an_earlier_version_is_shown_beside_the_one_in_force_and_comes_back_as_a_draft(place):
    at = page("maya")
    box(at, WINDOW).set_value(14)
    click(at, "save")
    click(page("priya", version="2"), "publish-2")
    at = page("maya", version="1")
    assert "What would change if its values came back" in shown(at)
    click(at, "back-1")
    assert "Draft v3 holds the values of v1" in shown(at)
    assert [p.state for p in stored(place)] == ["draft", "published", "retired"]


def test_a_draft_is_discarded_by_its_author(place):
    at = page("maya")
    box(at, WINDOW).set_value(14)
    click(at, "save")
    click(at, "discard-2")
    assert stored(place)[0].state == "discarded"
    assert "Draft v2 is discarded" in shown(at)


def test_an_uploaded_file_becomes_a_draft_or_a_list_of_mistakes(place):
    from policies.reading import policy_text

    at = page("maya")
    toml = policy_text(in_force(place), ".toml").replace("window_days = 7", "window_days = 21")
    at.file_uploader[0].upload("policy.toml", toml.encode(), "application/toml")
    click(at, "policy-upload")
    assert "Draft v2 was made from policy.toml" in shown(at)
    assert stored(place)[0].state == "draft"
    at = page("maya")
    at.file_uploader[0].upload("policy.toml", b"schema_version = 1\n", "application/toml")
    click(at, "policy-upload")
    told = shown(at)
    assert "The file was not taken; nothing changed." in told
    assert "targets: Nothing may be left out of a policy" in told
    click(page("maya"), "policy-upload")


def test_a_draft_closed_by_another_while_it_was_edited_gives_back_what_was_typed(place):
    at = page("maya")
    box(at, WINDOW).set_value(14)
    click(at, "save")
    box(at, STEP).set_value(20.0)
    click(page("priya", version="2"), "discard-2")
    click(at, "save")
    told = shown(at)
    assert "There is no draft v2" in told
    assert "You typed Largest single step: 20.0" in told


def test_a_version_published_while_a_refused_form_stands_gives_back_what_was_typed(place):
    at = page("maya")
    box(at, STEP).set_value(350.0)
    box(at, WINDOW).set_value(14)
    click(at, "save")
    other = page("tom")
    box(other, "guardrails.pausing.max_per_day").set_value(2)
    click(other, "save")
    click(page("priya", version="2"), "publish-2")
    at.run()
    told = shown(at)
    assert "What you typed was on a version that is in force no more" in told
    assert "Length of the window, days: 14" in told


def test_a_value_that_is_not_in_force_yet_says_what_is(place):
    agency(place, **{STEP: "0.35"})
    inheriting(place, STEP)
    agency(place, **{STEP: "0.15"})
    assert "In force: 35%" in shown(page("maya"))


def test_a_version_in_the_address_is_left_when_another_client_is_picked(place):
    at = page("maya")
    box(at, WINDOW).set_value(14)
    click(at, "save")
    assert "v2 draft" in shown(at)
    at.segmented_control(key="client").set_value("alder").run()
    assert "v1 in force" in shown(at)
    at.segmented_control(key="client").set_value("northgate").run()
    assert "1 draft" in shown(at)
    assert "What changes" not in shown(at)


def test_a_policy_in_force_that_the_gate_cannot_read_has_a_red_badge(place):
    def write(conn):
        body = json.loads(policies.current(conn, "northgate").body_json)
        del body["guardrails"]["pausing"]
        number = policies.save_draft(conn, "northgate", json.dumps(body), "tom", NOW)
        policies.publish(conn, "northgate", number, "priya", NOW)

    place.write(write)
    told = shown(page("maya"))
    assert ":red-badge[v2 cannot be read]" in told
    assert "v2 in force" not in told
    assert "until the missing values are published" in told
