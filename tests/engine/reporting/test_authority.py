"""Who may do what and the audiences, read from a store as their pages show them."""

import json

import pytest

from engine.creative.variants import AGENT as CREATIVE
from engine.model.errors import AskPerson
from engine.model.people import Scope
from engine.optimisation.propose import AGENTS as OPTIMISERS
from engine.reporting.policies.audiences import audiences
from engine.reporting.policies.authority import AGENTS, authority
from engine.store import clients, desired, policies
from policies.levers import Targeting
from policies.policy import Guardrails
from tests.pages.build import build
from tests.pages.small import NOW

C = "northgate"
TEAM = Scope("maya", "Maya", "team", frozenset({C}))


@pytest.fixture
def store(tmp_path):
    made = build(tmp_path / "store.duckdb")
    yield made
    made.close()


def published(store, change):
    """The policy in force, changed by ``change`` and published by a second person."""

    def write(conn):
        body = json.loads(policies.current(conn, C).body_json)
        change(body["guardrails"])
        number = policies.save_draft(conn, C, json.dumps(body), "maya", NOW)
        policies.publish(conn, C, number, "tom", NOW)

    store.write(write)


def draft(store, change):
    def write(conn):
        body = json.loads(policies.current(conn, C).body_json)
        change(body["guardrails"])
        policies.save_draft(conn, C, json.dumps(body), "maya", NOW)

    store.write(write)


def test_every_agent_of_the_house_is_in_the_matrix():
    assert set(AGENTS) == {*OPTIMISERS, CREATIVE, "person:anybody"}


@pytest.mark.parametrize("read", [authority, audiences])
def test_neither_is_for_a_client_or_for_another_client(store, read):
    for scope in (
        Scope("nora", "Nora", "client", frozenset({C})),
        Scope("maya", "Maya", "team", frozenset({"alder"})),
    ):
        with pytest.raises(AskPerson):
            read(store, scope, C, NOW)


def test_the_matrix_names_the_phase_the_version_and_a_rule_for_each_lever(store):
    view = authority(store, TEAM, C, NOW)
    assert (view.phase, view.version) == ("Closed loop", 1)
    assert list(view.lines) == ["google_search", "youtube"]
    for lines in view.lines.values():
        assert all(set(x.entries) == set(AGENTS) for x in lines)
        assert {x.rule for x in lines} <= set(Guardrails.model_fields)
    search = {x.lever: x for x in view.lines["google_search"]}
    assert search["Open a campaign"].entries["pacing"].state == "asks"
    assert search["Pause an ad"].entries["pacing"].state == "alone"
    assert search["Cut a budget"].entries["person:anybody"].state == "upto"
    assert search["Show one ad more often"].rule == "phase"
    assert search["Open a campaign"].rule == "structure"
    assert search["Put a new ad live"].never
    assert view.lead.startswith("On Google Search")
    assert view.lead.endswith("No campaign is ever opened without one.")


def test_in_the_configuration_phase_everything_asks(store):
    store.write(lambda conn: clients.set_phase(conn, C, "configure"))
    view = authority(store, TEAM, C, NOW)
    assert view.lead == "In the configuration phase nothing is done without asking a person."
    assert view.phase == "Configuration"


def test_a_lever_taken_from_one_agent_shows_at_once(store):
    def only_pacing(rails):
        rails["phase"]["closed_loop"]["agents"] = ["pacing"]

    published(store, only_pacing)
    search = {x.lever: x for x in authority(store, TEAM, C, NOW).lines["google_search"]}
    cut = search["Cut a budget"].entries
    assert (cut["pacing"].state, cut["channel_mix"].state) == ("upto", "asks")


def test_the_lists_say_the_bound_of_each_segment_and_who_wrote_it_last(store):
    first = audiences(store, TEAM, C, NOW)
    assert [s.name for s in first.lists["included"]] == [
        "Website visitors",
        "Owners of small companies",
    ]
    assert {s.bound for s in first.lists["included"]} == {"60%"}
    assert first.lists["lookalikes"][0].bound == "3% of a country · 60% of delivery"
    assert {s.bound for s in first.lists["excluded"]} == {"never reached"}
    assert not first.seen
    assert first.lead == (
        "2 segments and 1 lookalike may be reached without asking; 2 segments are never reached."
    )

    def tighten(rails):
        name = "Owners of small companies"
        rails["audience_share"]["segments"] = [{"segment": name, "max_share": "0.20"}]

    published(store, tighten)
    visitors, owners = audiences(store, TEAM, C, NOW).lists["included"]
    assert (owners.bound, owners.own_bound, visitors.own_bound) == ("20%", True, False)
    assert owners.changed.startswith("v2 by")
    assert visitors.changed.startswith("v1 by")


def test_a_segment_tells_the_campaigns_that_name_it(store):
    def write(conn):
        one = next(iter(desired.load(conn, C).values()))
        whom = Targeting(included=("Website visitors",), excluded=("Job seekers",))
        desired.save(conn, C, [one.model_copy(update={"targeting": whom})])
        return one.title

    title = store.write(write)
    view = audiences(store, TEAM, C, NOW)
    assert view.seen
    assert view.lists["included"][0].used == (title,)
    assert view.lists["included"][1].used == ()
    assert [s.used for s in view.lists["excluded"]] == [(), (title,)]


def test_a_draft_that_touches_the_lists_is_told_and_no_other(store):
    draft(store, lambda rails: rails["step_size"].update(max_share="0.20"))
    assert audiences(store, TEAM, C, NOW).drafts == ()
    draft(store, lambda rails: rails["audiences"].update(included=[]))
    assert len(audiences(store, TEAM, C, NOW).drafts) == 1


def test_without_a_policy_nothing_may_be_reached(store):
    def write(conn):
        from engine.store.tables import policies as table

        conn.execute(table.delete())

    store.write(write)
    assert audiences(store, TEAM, C, NOW).lead == (
        "No policy is in force, so no audience may be reached."
    )
    assert authority(store, TEAM, C, NOW).lines == {}
