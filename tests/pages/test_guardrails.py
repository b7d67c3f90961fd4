"""The guardrails page: forms from the rules' own models, mistakes at their fields, a draft's way into force."""

import json
from datetime import date

from engine.model.people import Scope
from engine.store import ledger, policies
from policies.drafting.forms import policy_fields
from tests.pages.conftest import enter
from tests.pages.guardrails import (
    PHRASES,
    STEP,
    WINDOW,
    YOUTUBE,
    C,
    box,
    click,
    in_force,
    page,
    shown,
    stored,
)
from tests.pages.small import NOW


def test_it_is_the_first_page_of_the_team(place):
    at = enter("maya")
    assert at.title[0].value == "Guardrails"


def test_every_value_of_a_policy_has_its_field_with_the_value_in_force(place):
    at = page()
    for path, one in policy_fields().items():
        first = f"{path} 0 key" if one.kind == "entries" else path
        assert box(at, first) is not None
    assert box(at, STEP).value == 35
    assert box(at, WINDOW).value == 7
    assert "guaranteed | no outcome of a service can be promised" in box(at, PHRASES).value


def test_an_offer_is_written_on_the_form_and_stands_in_the_diff(place):
    at = page("maya")
    new = "offers.listed 0"
    for name, raw in {
        "name": "Free review",
        "key": "review",
        "deal_size": 2400.0,
        "margin": 55.0,
        "stage": "decision",
        "regions": "United Kingdom",
        "landing_page": "http://northgate.example/review",
    }.items():
        box(at, f"{new} {name}").set_value(raw)
    first = next(d for d in at.date_input if d.key.endswith(f"{new} valid_from"))
    first.set_value(date(2026, 11, 1))
    click(at, "save")
    assert "Entry 1, Landing page: write a whole web address" in shown(at).replace("Write", "write")
    assert box(at, f"{new} name").value == "Free review"
    box(at, f"{new} landing_page").set_value("https://northgate.example/review")
    click(at, "save")
    assert "is saved" in shown(at)
    row = at.table[0].value.iloc[0]
    assert "Offers" in row["Guardrail"]
    assert "1 entry: “Free review” added" in row["Draft"].replace("\\", "")
    kept = json.loads(stored(place)[0].body_json)["offers"]["listed"]
    assert kept == [
        {
            "name": "Free review",
            "key": "review",
            "deal_size": "2400.00",
            "margin": "0.55",
            "stage": "decision",
            "regions": ["United Kingdom"],
            "valid_from": "2026-11-01",
            "landing_page": "https://northgate.example/review",
        }
    ]


def test_a_channel_maximum_says_the_largest_budget_it_lets_through(place):
    assert "Lets through a budget of £700 a day: Google Ads may bill 2× that" in shown(page())


def test_a_draft_goes_its_whole_way_from_maya_to_priya(place):
    at = page("maya")
    box(at, STEP).set_value(20.0)
    click(at, "save")
    draft = stored(place)[0]
    assert (draft.state, draft.author) == ("draft", "maya")
    told = shown(at)
    assert f"Draft v{draft.version} is saved" in told
    table = at.table[0].value
    assert list(table.columns) == ["Guardrail", "Now", "Draft"]
    assert table["Guardrail"][0].replace("\\", "") == "Size of one step: Largest single step"
    assert table["Now"][0] == "35%"
    assert "20%" in table["Draft"][0]
    assert "tighter" in table["Draft"][0]
    assert "You wrote this draft, so a second person publishes it" in told
    assert "Priya Shah" in told
    assert not any(b.key.startswith("publish") for b in at.button if b.key)
    assert in_force(place).guardrails.step_size.max_share == 350_000

    at = page("priya", version=str(draft.version))
    assert "You may publish it" in shown(at)
    click(at, f"publish-{draft.version}")
    assert f"v{draft.version} is in force" in shown(at)
    assert in_force(place).guardrails.step_size.max_share == 200_000
    with place.read() as conn:
        line = ledger.entries(conn, Scope.operator(), C, limit=1)[0]
    assert json.loads(line.detail_json)["diff"][0]["direction"] == "tighter"


def test_mistakes_stand_at_their_fields_and_nothing_typed_is_lost(place):
    at = page()
    box(at, STEP).set_value(350.0)
    box(at, YOUTUBE).set_value(9000.0)
    box(at, WINDOW).set_value(14)
    click(at, "save")
    told = shown(at)
    assert "Not saved: 2 things to mend. What you typed is still here." in told
    assert "Write a share from 0% to 100%." in told
    assert "9000.00 is above “most billed a day” 760.00" in told
    assert [box(at, p).value for p in (STEP, YOUTUBE, WINDOW)] == [350.0, 9000.0, 14]
    assert len(stored(place)) == 1
    box(at, STEP).set_value(30.0)
    box(at, YOUTUBE).set_value(70.0)
    click(at, "save")
    assert "is saved" in shown(at)
    assert "Not saved" not in shown(at)
    body = json.loads(stored(place)[0].body_json)
    assert body["guardrails"]["movement"]["window_days"] == 14


def test_caps_that_cannot_fill_the_month_are_told_at_their_card(place):
    at = page()
    for channel in ("google_search", "youtube", "linkedin"):
        box(at, f"guardrails.share_cap.max_shares.{channel}").set_value(10.0)
    click(at, "save")
    assert "can never fill 100%" in shown(at)


def test_lines_that_cannot_be_read_are_told_with_their_number(place):
    at = page()
    box(at, PHRASES).set_value("cheap | it is not\nfree")
    click(at, "save")
    assert 'Line 2 has 1 of 2 parts; write "phrase | reason".' in shown(at)
    assert box(at, PHRASES).value == "cheap | it is not\nfree"


def test_saving_nothing_says_so(place):
    at = click(page(), "save")
    assert any("Nothing differs from v1" in w.value.replace("\\", "") for w in at.warning)


def test_the_rule_in_the_address_comes_first(place):
    at = page(rule="pausing")
    titles = [m.value for m in at.markdown if m.value.startswith("####")]
    assert titles[0].startswith("#### Pauses in a day") or "Pauses in a day" in titles[0]
    assert "Targets" in shown(page(rule="nonsense"))


def test_an_admin_reads_and_cannot_write_or_publish(place):
    at = page("maya")
    box(at, WINDOW).set_value(14)
    click(at, "save")
    at = page("sam", version="2")
    told = shown(at)
    assert "You may read these values" in told
    assert "Publishing takes a senior right" in told
    assert all(n.disabled for n in at.number_input)
    assert not any((b.key or "").startswith(("publish", "discard", "carry")) for b in at.button)


def test_a_policy_that_cannot_be_read_is_still_a_page(place):
    place.write(
        lambda conn: conn.exec_driver_sql(
            "update policies set body_json = '{}' where client_id = 'northgate'"
        )
    )
    at = page("maya")
    assert not at.exception
    assert not at.error
    assert box(at, STEP).value is None


def test_an_address_with_nonsense_shows_what_is_in_force(place):
    for version in ("99", "x", "-1", "9" * 30):
        at = page("maya", version=version)
        assert not at.exception
        assert "v1 in force" in shown(at)


def test_a_long_list_is_kept_whole_when_another_field_is_changed(place):
    reason = "a reason as people write reasons, with the source it rests on (UK CAP 3.7)" * 2
    rows = [{"phrase": f"phrase {n}", "reason": reason} for n in range(300)]

    def write(conn):
        body = json.loads(policies.current(conn, C).body_json)
        body["guardrails"]["forbidden_words"]["phrases"] = rows
        number = policies.save_draft(conn, C, json.dumps(body), "tom", NOW)
        policies.publish(conn, C, number, "priya", NOW)

    place.write(write)
    at = page("maya")
    box(at, STEP).set_value(20.0)
    click(at, "save")
    body = json.loads(stored(place)[0].body_json)
    assert body["guardrails"]["step_size"]["max_share"] == "0.20"
    assert body["guardrails"]["forbidden_words"]["phrases"] == rows
