"""What is typed into the form and what a policy file holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.drafting.forms import policy_fields
from policies.drafting.layers import leaves
from policies.drafting.typed import NONE, Mistyped, pattern, read, shown, typed
from policies.money import decimal_text
from policies.presets import NAMES
from tests.policies.drafting.made import figures, words
from tests.strategies import policy

FIELDS = policy_fields()
WORDS = FIELDS["guardrails.forbidden_words.phrases"]
SAID = FIELDS["guardrails.mandatory_inclusions.inclusions"]
KINDS = FIELDS["guardrails.phase.launch.kinds"]
AGENTS = FIELDS["guardrails.phase.launch.agents"]
CAC = FIELDS["targets.cac"]
STEP = FIELDS["guardrails.step_size.max_share"]


def starting(values):
    return {p: shown(f, values.get(p)) for p, f in FIELDS.items()}


@given(figures())
def test_a_form_sent_back_unread_gives_the_same_values(values):
    assert typed(list(FIELDS.values()), starting(values), values) == values


@pytest.mark.parametrize("name", NAMES)
def test_everything_typed_anew_gives_the_same_policy(name):
    values = leaves(policy(name))
    assert typed(list(FIELDS.values()), starting(values), {}) == values


@given(st.integers(0, 10**12))
def test_an_amount_comes_back_to_the_micro(micros):
    text = decimal_text(micros)
    assert read(CAC, shown(CAC, text)) == text


@given(st.integers(0, 10**6))
def test_a_share_is_typed_in_percent_and_comes_back_to_the_millionth(millionths):
    text = decimal_text(millionths)
    assert read(STEP, shown(STEP, text)) == text


def test_35_percent_is_a_share_of_0_35():
    assert shown(STEP, "0.35") == 35
    assert read(STEP, 12.5) == "0.125"


@given(st.lists(st.tuples(words(), words()), max_size=4))
def test_rows_of_any_text_come_back_as_they_were(pairs):
    rows = [{"phrase": p, "reason": r} for p, r in pairs]
    assert read(WORDS, shown(WORDS, rows)) == rows


@given(
    st.lists(words(), min_size=1, max_size=3),
    st.sampled_from(["headline", "description", "anywhere"]),
    st.one_of(st.just("all"), st.lists(st.sampled_from(["youtube", "meta"]), unique=True)),
)
def test_rows_with_lists_and_choices_come_back_as_they_were(any_of, where, channels):
    rows = [{"any_of": any_of, "where": where, "channels": channels}]
    assert read(SAID, shown(SAID, rows)) == rows


@given(st.lists(words().filter(lambda w: w != NONE), max_size=4))
def test_a_list_of_words_comes_back_as_it_was(listed):
    assert read(AGENTS, shown(AGENTS, listed)) == listed


def test_channels_are_written_by_their_names():
    line = "Regulated by / Approved by | headline | Search / YouTube"
    assert read(SAID, line)[0] == {
        "any_of": ["Regulated by", "Approved by"],
        "where": "headline",
        "channels": ["google_search", "youtube"],
    }
    assert pattern(SAID) == "one of these | where | channels"


@pytest.mark.parametrize("empty", [None, "", "  ", []])
def test_an_empty_field_writes_nothing(empty):
    for one in (CAC, WORDS, KINDS, AGENTS):
        assert read(one, empty) is None


def test_an_empty_list_says_so():
    assert read(WORDS, NONE) == []
    assert shown(WORDS, []) == NONE
    assert read(KINDS, [NONE]) == []
    assert shown(KINDS, []) == [NONE]


@pytest.mark.parametrize("raw", [{"a": 1}, "12 pounds", float("nan"), float("inf"), 7, b"x"])
@pytest.mark.parametrize("one", FIELDS.values(), ids=lambda f: f.path)
def test_whatever_is_sent_is_read_or_refused_with_a_sentence(one, raw):
    value, said = told(one, raw)
    assert (value is None) == bool(said)
    assert said == "" or said.endswith(".")
    if one.kind in {"money", "share"}:
        assert bool(said) == (raw != 7)


def told(one, raw):
    try:
        return read(one, raw), ""
    except ValueError as bad:
        return None, str(bad)


def test_what_cannot_be_read_is_told_by_its_field_and_line():
    raws = {
        WORDS.path: "fine | because\nno reason",
        KINDS.path: [NONE, "ship_variant"],
        CAC.path: 0.00000001,
    }
    with pytest.raises(Mistyped) as bad:
        typed([WORDS, KINDS, CAC], raws, {})
    told = bad.value.mistakes
    assert told[WORDS.path] == 'Line 2 has 1 of 2 parts; write "phrase | reason".'
    assert "stands alone" in told[KINDS.path]
    assert "millionth" in told[CAC.path]


@pytest.mark.parametrize("mark", ["\u2028", "\x85", "\x0b"])
def test_only_the_end_of_a_line_parts_two_entries_of_a_list(mark):
    rows = [{"phrase": f"x{mark}y", "reason": "z"}]
    assert read(WORDS, shown(WORDS, rows)) == rows
    assert read(WORDS, "a | b\r\nc | d") == [
        {"phrase": "a", "reason": "b"},
        {"phrase": "c", "reason": "d"},
    ]


def test_a_share_and_a_percentage_in_a_row_are_typed_as_people_write_them():
    segments = policy_fields()["guardrails.audience_share.segments"]
    assert pattern(segments) == "segment | at most"
    value = [{"segment": "Owners", "max_share": "0.35"}]
    assert shown(segments, value) == "Owners | 35%"
    assert read(segments, "Owners | 35%") == value
    assert read(segments, "Owners | 12.5") == [{"segment": "Owners", "max_share": "0.125"}]
    with pytest.raises(ValueError, match="cannot be read"):
        read(segments, "Owners | a lot")
    alike = policy_fields()["guardrails.audiences.lookalikes"]
    assert read(alike, "Won | 3") == [{"segment": "Won", "max_percent": "3"}]
    assert read(alike, shown(alike, [{"segment": "Won", "max_percent": "3"}])) == [
        {"segment": "Won", "max_percent": "3"}
    ]
