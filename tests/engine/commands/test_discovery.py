"""Discovery: two people answer apart, neither sees the other before both are there, one value is written down."""

import pytest

from engine.commands import discovery
from engine.model.errors import AskPerson, BadInput
from engine.model.people import Scope
from engine.reporting.discovery import progress
from engine.store import ledger, policies

from .conftest import NOW

PATH = "guardrails.step_size.max_share"


@pytest.fixture
def say(house, who):
    def answer(person, raw, comment="", path=PATH):
        discovery.answer(house, who(person), NOW, "northgate", path=path, raw=raw, comment=comment)

    return answer


def question(house, scope, path=PATH):
    found = progress(house.store, scope, "northgate")
    return next(q for t in found.topics for q in t.questions if q.path == path)


def test_neither_sees_the_other_answer_before_both_have_answered(house, who, say):
    say("nora", 20.0, "Small steps.")
    theirs = question(house, who("tom"))
    assert (theirs.state, theirs.answers, theirs.mine) == ("other", (), None)
    assert question(house, who("nora")).answers[0].value == "20%"
    say("tom", 30.0)
    for person in ("nora", "tom", "priya"):
        found = question(house, who(person))
        assert found.state == "differ"
        assert {a.value for a in found.answers} == {"20%", "30%"}


def test_the_same_answer_twice_is_the_same_and_a_third_person_comes_too_late(house, who, say):
    say("nora", 20.0)
    say("nora", 25.0)
    say("tom", 25.0)
    assert question(house, who("tom")).state == "same"
    with pytest.raises(BadInput, match="Two people have answered"):
        say("maya", 25.0)
    with pytest.raises(BadInput, match="Two people have answered"):
        say("nora", 26.0)


def test_what_is_written_down_goes_into_a_draft_and_moves_nothing(house, who, say, v1):
    say("nora", 11.0)
    say("tom", 12.0)
    discovery.settle(house, who("tom"), NOW, "northgate", path=PATH, raw=11.5, reason="Between.")
    found = progress(house.store, who("tom"), "northgate")
    assert (found.both, found.differ, found.undrafted) == (1, 0, 1)
    version = discovery.to_draft(house, who("tom"), NOW, "northgate")
    assert question(house, who("nora")).draft == version
    with house.store.read() as conn:
        assert policies.current(conn, "northgate").version == v1
        draft = policies.version(conn, "northgate", version)
        kinds = [e.kind for e in ledger.entries(conn, Scope.operator(), "northgate")]
    assert draft.state == "draft"
    assert '"0.115"' in draft.body_json.replace(" ", "")
    assert kinds.count("discovery_answered") == 2
    assert kinds.count("discovery_agreed") == 1
    with pytest.raises(BadInput, match="Nothing is written down"):
        discovery.to_draft(house, who("tom"), NOW, "northgate")


def test_the_ledger_tells_that_somebody_answered_and_not_what(house, say):
    say("nora", 17.0)
    with house.store.read() as conn:
        line = ledger.entries(conn, Scope.operator(), "northgate", kinds=("discovery_answered",))[0]
    assert "17" not in line.sentence + line.detail_json


def test_a_client_writes_nothing_down_and_drafts_nothing(house, who, say):
    say("nora", 20.0)
    say("tom", 30.0)
    with pytest.raises(AskPerson):
        discovery.settle(house, who("nora"), NOW, "northgate", path=PATH, raw=20.0, reason="Mine.")
    with pytest.raises(AskPerson):
        discovery.to_draft(house, who("nora"), NOW, "northgate")


def test_one_answer_is_not_enough_to_write_anything_down(house, who, say):
    say("nora", 20.0)
    with pytest.raises(BadInput, match="two people"):
        discovery.settle(house, who("tom"), NOW, "northgate", path=PATH, raw=20.0, reason="Soon.")


@pytest.mark.parametrize(
    ("path", "raw"),
    [("nothing.there", 1), (PATH, -5.0), (PATH, None), ("triggers.bound.owner", "tom")],
)
def test_an_answer_no_policy_could_hold_is_refused_and_kept_nowhere(house, who, say, path, raw):
    with pytest.raises(BadInput):
        say("nora", raw, path=path)
    assert progress(house.store, who("nora"), "northgate").both == 0
    assert question(house, who("nora")).state == "open"


def test_another_clients_person_reads_and_answers_nothing(house, who, say):
    with pytest.raises(AskPerson):
        say("stranger", 20.0)
    with pytest.raises(AskPerson):
        progress(house.store, who("stranger"), "northgate")
