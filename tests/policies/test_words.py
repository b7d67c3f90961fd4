"""Forbidden words are found through every disguise, and not where they are not."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.brand_cases import PHRASES, WAYS, evasions
from policies import spelling
from policies.words import MOST_HITS, Line, Words, squeezed

WORDS = Words(PHRASES)
CASES = evasions()


def found(line: str) -> set[str]:
    return {PHRASES[hit.phrase] for hit in WORDS.find(line)}


def test_the_cases_are_many_and_of_many_classes():
    assert len(CASES) >= 300
    assert len({c.kind for c in CASES}) >= 8


@pytest.mark.parametrize("kind", sorted({c.kind for c in CASES}))
def test_at_least_99_in_100_evasions_of_each_class_are_caught(kind):
    mine = [c for c in CASES if c.kind == kind]
    missed = [c for c in mine if c.phrase not in found(c.line)]
    assert len(missed) * 100 <= len(mine), missed


@pytest.mark.parametrize("seed", range(5))
def test_other_draws_of_the_same_classes_are_caught_as_well(seed):
    cases = [c for c in evasions(seed) if c.kind in WAYS]
    missed = [c for c in cases if c.phrase not in found(c.line)]
    assert len(missed) * 100 <= len(cases), missed


@pytest.mark.parametrize(
    "line",
    [
        "A first class assistant, assembled in Scunthorpe",
        "Cassandra asks: does it pass?",
        "Shell, hello and Shelley",
        "Mishit shots and a shiitake",
        "Obscure cures are secured by manicure",
        "Damnation Alley",
        "Samsung A55 for less",
        "Model 455 in stock",
        "Men's cam belts",
        "The rap is on",
        "Call 0800 123 455",
        "This case is real, as is the rest",
        "Pass it on. Ask us",
        "No 10 Downing Street, no 1,000 pound fee",
        "We sec ure it",
        "A best seller in the worldwide shop",
        "Get rich content quickly",
        "C L A S S I C",
        "U.S.A. and U.K.",
        "Our e.g. and i.e. pages",
        "Ends 31/12/2026 at 09:00!",
    ],
)
def test_a_word_within_another_or_beside_one_is_no_hit(line):
    assert found(line) <= {"cure"}
    assert ("cure" in found(line)) == line.startswith("Obscure")


def test_english_class_names_hold_no_ass_and_forms_of_a_phrase_do_count():
    assert Line("guaranteeing it").has("guarantee")
    assert not Line("class").has("ass")
    assert not Line("Scunthorpe").has("cunt")
    assert not Line("the pen is mightier").has("penis")
    assert not Line("good news").has("new")
    assert not Line("a number of things").has("numb")
    assert not Line("loose fit").has("lose")
    for phrase, line in (("hell", "he'll be there"), ("ill", "I’ll call"), ("shell", "she'll")):
        assert not Line(line).has(phrase)
    assert Line("You can’t lose").has("can't lose")
    assert Line("made for women").has("woman")


@pytest.mark.parametrize(
    ("phrase", "line"),
    [
        ("free", "🆓 advice"),
        ("free", "ꓝꓣꓰꓰ"),
        ("free", "ƒгее"),
        ("free", "f\u2009r\u2009e\u2009e"),
        ("cure", "©ure"),
        ("loan", "Ioan"),
        ("No. 1", "№1"),
        ("No. 1", "No.١"),
        ("flowers", "f1owers"),
        ("flowers", "F.L.O.W.E.R.S."),
        ("cheap", "C-h-e-a-p C-l-o-t-h-e-s"),
        ("crypto", "cryp+o"),
    ],
)
def test_disguises_seen_in_the_wild_are_found(phrase, line):
    assert Line(line).has(phrase)


def test_a_hit_says_where_the_word_stands():
    (hit,) = WORDS.find("Get fr\u200b33 m0ney now")
    assert "Get fr\u200b33 m0ney now"[hit.start : hit.end] == "fr\u200b33 m0ney"


def test_what_must_be_said_counts_only_when_it_is_said_plainly():
    for line in ("Capital at RISK", "capital-at-risk", "Capital at risk."):
        assert Line(line).says("Capital at risk")
    for line in ("C apital at risk", "Capital at r1sk", "Саpital at risk", "Cap\u200bital at risk"):
        assert not Line(line).says("Capital at risk")
    assert not Line("Capital at risks").says("Capital at risk")
    assert Line("Сapital").says("Сapital")  # a phrase that is itself written so


NASTY = {
    "one letter": "a" * 1_000_000,
    "letters apart": "a " * 500_000,
    "dots": "." * 1_000_000,
    "nulls": "\x00" * 1_000_000,
    "near misses": "guarante " * 110_000,
    "stars": "g*" * 500_000,
    "emoji": "🔥" * 500_000,
    "right to left": "\u202eeerf\u202c " * 120_000,
    "accents": "e\u0301" * 500_000,
    "signs": "|/\\(" * 250_000,
    "real hits": "free money " * 90_000,
}


@pytest.mark.parametrize("kind", sorted(NASTY))
def test_a_megabyte_takes_steps_in_proportion_to_its_length(kind, monkeypatch):
    """Counted, not timed: how often the walk along a phrase is begun."""
    steps = [0]
    begin = spelling.Letters.add

    def counted(self, c, at, gap):
        steps[0] += 1
        begin(self, c, at, gap)

    monkeypatch.setattr(spelling.Letters, "add", counted)
    text = NASTY[kind][:100_000]
    hits = Words(("guarantee", "aaaaaab", "free money", "idiot")).find(text)
    assert len(hits) <= MOST_HITS
    assert steps[0] <= 3 * len(text)


def test_a_whole_megabyte_is_read():
    assert WORDS.find("x" * 999_989 + " free money")


def test_thousands_of_phrases_are_looked_for_at_once():
    many = Words([f"phrase{n:05d}x" for n in range(5_000)] + ["free money"])
    tracemalloc.start()
    (hit,) = many.find("get fr33 money " * 2)[:1]
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()
    assert many.phrases[hit.phrase] == "free money"


@given(st.text(max_size=200))
def test_any_text_at_all_is_read_and_every_hit_lies_within_it(text):
    for hit in WORDS.find(text):
        assert 0 <= hit.start < hit.end <= len(text)


@given(st.sampled_from(PHRASES), st.text(alphabet=" .,;:-–\n", max_size=6))
def test_a_phrase_between_any_marks_is_found(phrase, marks):
    assert phrase in found(f"{marks} {phrase} {marks}")


@given(st.text(max_size=60))
def test_a_phrase_is_found_in_itself(phrase):
    if squeezed(phrase):
        assert Line(phrase).has(phrase)


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=60))
def test_the_fast_reading_of_common_copy_is_the_slow_one(text):
    fast, slow = spelling.letters(text, "plain"), spelling.letters(f"{text}\u200b", "plain")
    assert (fast.chars, fast.at) == (slow.chars, slow.at)
    assert [bool(g) for g in fast.gaps] == [bool(g) for g in slow.gaps]
