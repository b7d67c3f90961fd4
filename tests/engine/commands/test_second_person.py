"""Who looks at a value before it is in force: versions brought back, and what comes from the agency."""

import json

import pytest

from engine.commands import policies
from engine.commands.policies import Mistakes, Opened
from engine.model.errors import AskPerson, BadInput
from policies.drafting.forms import policy_fields
from policies.drafting.layers import leaves
from policies.drafting.typed import shown
from tests.engine.commands.conftest import NOW
from tests.engine.commands.test_policies import (
    STEP,
    WINDOW,
    C,
    draft,
    form,
    in_force,
    publish,
    stored,
    typed,
)


def test_a_version_that_was_never_in_force_keeps_its_authors_when_it_is_brought_back(
    house, who, v1
):
    thrown = typed(house, who("tom"), v1, **{STEP: 99.0})
    policies.discard(house, who("tom"), NOW, C, thrown)
    first = typed(house, who("tom"), v1, **{STEP: 98.0})
    start = leaves(in_force(house)) | {STEP: "0.98"}
    typed(house, who("maya"), v1, draft=first, start=start, **{STEP: 20.0})
    for old in (thrown, first):
        back = policies.draft_from(house, who("maya"), NOW, C, old)
        assert stored(house, back).author == "maya"
        with pytest.raises(AskPerson, match="second person"):
            publish(house, who("tom"), back)
    publish(house, who("priya"), back)


def agency(house, scope, base, **values):
    raws = {p: shown(f, values.get(p)) for p, f in policy_fields().items()}
    return policies.save_typed(house, scope, NOW, policies.AGENCY, raws, Opened(base=base))


def inheriting(house, who, v1, path, value):
    """The agency writes a value, and the client's policy in force takes it from there."""
    version = agency(house, who("maya"), 0, **{path: value})
    publish(house, who("priya"), version, policies.AGENCY)
    start = {p: v for p, v in leaves(in_force(house)).items() if p != path}
    kept = policies.save_typed(house, who("maya"), NOW, C, form(start), Opened(base=v1))
    publish(house, who("priya"), kept)
    return version


def test_who_wrote_the_agencys_value_does_not_publish_it_on_a_client_and_its_publisher_may(
    house, who, v1
):
    base = inheriting(house, who, v1, STEP, "0.35")
    version = agency(house, who("tom"), base, **{STEP: "0.99"})
    (reached,) = publish(house, who("priya"), version, policies.AGENCY)
    assert stored(house, reached.draft).author == "tom"
    start = leaves(in_force(house))
    start.pop(STEP)
    hers = typed(house, who("maya"), in_force(house).version, start=start, **{WINDOW: 14})
    for draft_ in (reached.draft, hers):
        with pytest.raises(AskPerson, match="second person"):
            publish(house, who("tom"), draft_)
    publish(house, who("priya"), reached.draft)
    assert in_force(house).guardrails.step_size.max_share == 990_000


def test_what_the_agency_writes_is_not_unwritten_by_a_file_or_by_rolling_back(house, who, text):
    margin = "targets.margin"
    body = json.loads(text)
    body["targets"].pop("margin", None)
    bare = json.dumps(body)
    first = draft(house, who("tom"), bare)
    publish(house, who("priya"), first)
    version = agency(house, who("maya"), 0, **{margin: "0.40"})
    (reached,) = publish(house, who("priya"), version, policies.AGENCY)
    publish(house, who("tom"), reached.draft)
    changed = bare.replace('"window_days": 7', '"window_days": 9', 1)
    with pytest.raises(BadInput, match="The agency writes what is left empty here: Gross margin"):
        draft(house, who("tom"), changed)
    with pytest.raises(BadInput, match="Gross margin"):
        policies.draft_from(house, who("maya"), NOW, C, first)


@pytest.mark.parametrize("stranger", ["nobody-here", "nora"])
def test_only_people_who_work_for_the_client_are_called(house, who, v1, stranger):
    owner = "triggers.bound.owner"
    with pytest.raises(Mistakes, match=f'"{stranger}" is nobody who can be called here') as bad:
        typed(house, who("maya"), v1, **{owner: stranger})
    assert [m.path for m in bad.value.mistakes] == [owner]
    with pytest.raises(Mistakes, match="nobody who can be called"):
        agency(house, who("maya"), 0, **{owner: stranger})
    kept = typed(house, who("maya"), v1, **{owner: "maya"})
    publish(house, who("priya"), kept)
    assert in_force(house).triggers.bound.owner == "maya"


@pytest.mark.parametrize("path", ["triggers.bound.owner", "targets.primary_action"])
def test_a_name_with_characters_nobody_can_see_is_refused_at_its_field(house, who, v1, path):
    with pytest.raises(Mistakes, match="characters that cannot be seen") as bad:
        typed(house, who("maya"), v1, **{path: "to\u200bm"})
    assert [m.path for m in bad.value.mistakes] == [path]
