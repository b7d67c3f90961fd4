"""Every verb: who may, who may not, and that nobody reaches another client."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.commands import (
    bounds,
    briefs,
    calendars,
    clients,
    concepts,
    control,
    editing,
    escalations,
    files,
    people,
    plans,
    policies,
    tending,
)
from engine.commands.bounds import Bound
from engine.commands.tending import Place
from engine.model.briefs import Brief
from engine.model.errors import AskPerson, BadInput
from engine.model.working_hours import office
from tests.engine.commands.conftest import NOW

C = "northgate"
HOURS = office("Europe/London").model_dump()
CONCEPT = {"concept": "c", "channel": "google_search", "campaign": "k", "ad_group": "g"}
E = {"client": C, "escalation_id": "E-1", "version": 1, "reason": "Because."}
ONE, WHY = Place(C, "E-1", 1), {"reason": "Because."}
NEW = {
    "client": "fern",
    "name": "Fern",
    "sector": "b2b_services",
    "currency": "GBP",
    "time_zone": "Europe/London",
    "phase": "configure",
    "primary_action": "call",
    "accounts": [],
    "opened_on": date(2026, 11, 9),
}


def brief(account="1000000001"):
    return Brief(
        campaign="search-new",
        account=account,
        channel="google_search",
        name="New",
        daily_micros=20_000_000,
        locations=("2826",),
        political=False,
        ad_group="g",
        ad_group_name="G",
        keywords=("new advice",),
        concept="c",
    )


VERBS = {
    "brief": (lambda h, s: briefs.save(h, s, NOW, C, brief()), {"priya", "tom", "maya"}),
    "concept": (
        lambda h, s: concepts.save(h, s, NOW, C, **CONCEPT, body={}),
        {"priya", "tom", "maya", "sam"},
    ),
    "approve a concept": (lambda h, s: concepts.approve(h, s, NOW, C, "c"), {"priya", "tom"}),
    "open a client": (lambda h, s: clients.open_client(h, s, NOW, **NEW), set()),
    "approve": (
        lambda h, s: escalations.approve(h, s, NOW, **E, fingerprint=""),
        {"priya", "tom"},
    ),
    "reject": (lambda h, s: escalations.reject(h, s, NOW, **E), {"priya", "tom"}),
    "defer": (
        lambda h, s: escalations.defer(h, s, NOW, **E, until=NOW + timedelta(days=1)),
        {"priya", "tom"},
    ),
    "look at a question": (
        lambda h, s: tending.looked_at(h, s, NOW, client=C, escalation_id="E-1"),
        {"priya", "tom"},
    ),
    "take on": (lambda h, s: tending.acknowledge(h, s, NOW, ONE), {"priya", "tom"}),
    "snooze": (lambda h, s: tending.snooze(h, s, NOW, ONE, until=NOW, **WHY), {"priya", "tom"}),
    "reassign": (lambda h, s: tending.reassign(h, s, NOW, ONE, to="tom", **WHY), {"priya", "tom"}),
    "see who can decide": (lambda h, s: tending.can_decide(h, s, C), {"priya", "tom"}),
    "approve other amounts": (
        lambda h, s: editing.approve_with_edit(h, s, NOW, ONE, fingerprint="", amounts={}, **WHY),
        {"priya", "tom"},
    ),
    "tighten": (
        lambda h, s: bounds.tighten(h, s, NOW, ONE, bound=Bound("x", 1), **WHY),
        {"priya", "tom"},
    ),
    "widen": (
        lambda h, s: bounds.widen(h, s, NOW, ONE, bound=Bound("x", 1), **WHY),
        {"priya", "tom"},
    ),
    "keep maya's calendar": (
        lambda h, s: calendars.keep(h, s, NOW, "maya", HOURS),
        {"maya", "sam"},
    ),
    "approve a plan": (
        lambda h, s: plans.approve(h, s, NOW, client=C, plan_id="P", fingerprint="", reason="Yes."),
        {"priya", "tom"},
    ),
    "reject a plan": (
        lambda h, s: plans.reject(h, s, NOW, client=C, plan_id="P", reason="No."),
        {"priya", "tom"},
    ),
    "draft a policy": (
        lambda h, s: policies.save_draft(h, s, NOW, C, "{}", ".json"),
        {"priya", "tom", "maya"},
    ),
    "type a policy": (
        lambda h, s: policies.save_typed(h, s, NOW, C, {}, policies.Opened(base=0)),
        {"priya", "tom", "maya"},
    ),
    "upload a policy": (
        lambda h, s: policies.save_upload(h, s, NOW, C, "p.toml", b""),
        {"priya", "tom", "maya"},
    ),
    "roll a policy back": (
        lambda h, s: policies.draft_from(h, s, NOW, C, 1),
        {"priya", "tom", "maya"},
    ),
    "carry a draft over": (
        lambda h, s: policies.carry_over(h, s, NOW, C, 1),
        {"priya", "tom", "maya"},
    ),
    "discard a draft": (
        lambda h, s: policies.discard(h, s, NOW, C, 1),
        {"priya", "tom", "maya", "sam"},
    ),
    "publish a policy": (
        lambda h, s: policies.publish(h, s, NOW, C, 1, seal=policies.Seal("", None)),
        {"priya", "tom", "sam"},
    ),
    "pause": (lambda h, s: control.pause(h, s, NOW, C), {"priya", "tom", "sam"}),
    "resume": (lambda h, s: control.resume(h, s, NOW, C, "Go on."), {"priya", "tom"}),
    "upload": (
        lambda h, s: files.ingest(h, s, NOW, C, Path(__file__)),
        {"priya", "tom", "maya", "sam"},
    ),
    "look at an upload": (
        lambda h, s: files.preview(h, s, NOW, C, "a.csv", b"a,b"),
        {"priya", "tom", "maya", "sam"},
    ),
    "keep an upload": (
        lambda h, s: files.keep(h, s, NOW, C, "a.csv", b"a,b", fingerprint=""),
        {"priya", "tom", "maya", "sam"},
    ),
    "undo an import": (
        lambda h, s: files.undo(h, s, NOW, C, "file-00001"),
        {"priya", "tom", "maya", "sam"},
    ),
    "add a person": (
        lambda h, s: people.add_person(
            h, s, NOW, person="x", name="X", rights=[(C, "team", False)]
        ),
        {"sam"},
    ),
    "see what would be written": (
        lambda h, s: plans.diff(h, s, NOW, C),
        {"priya", "tom", "maya", "sam"},
    ),
}


def refused(call, house, scope):
    """True when the person was refused for who they are; other refusals come after that."""
    try:
        call(house, scope)
    except AskPerson as no:
        return any(
            w in str(no) for w in ("This takes a", "takes an admin", "senior", "not one of yours")
        )
    except Exception:  # noqa: BLE001  the call got past the door, which is all that is asked here
        return False
    return False


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("person", ["priya", "tom", "maya", "sam", "nora"])
def test_each_verb_is_open_to_its_roles_and_closed_to_the_others(verb, person, house, who):
    call, may = VERBS[verb]
    assert refused(call, house, who(person)) == (person not in may)


@pytest.mark.parametrize("verb", VERBS)
def test_nobody_reaches_a_client_that_is_not_theirs(verb, house, who):
    assert refused(VERBS[verb][0], house, who("stranger"))


def test_somebody_unknown_has_no_scope(house):
    with pytest.raises(AskPerson, match="no rights"):
        people.person_scope(house.store, "nobody")


def test_a_brief_for_an_account_of_somebody_else_is_refused(house, who):
    with pytest.raises(BadInput, match="not one of this client's"):
        briefs.save(house, who("maya"), NOW, C, brief(account="9"))
