"""Damaged policy files: none is taken with a looser bound that the diff does not show."""

import random

import pytest

from bench import policies
from bench.policy_mutations import mutated
from bench.policy_tries import tries
from policies import presets
from policies.policy import Policy
from policies.reading import policy_text, read_policy

START = policies._start("b2b_services", ".toml")
TRIED = tries(random.Random(1), START.policy, 40)


@pytest.fixture(scope="module")
def answer():
    policies_short, policies.SHORT = policies.SHORT, 400
    yield policies.run(True, lambda _: None)
    policies.SHORT = policies_short


def test_none_of_the_damaged_files_is_taken_silently(answer):
    assert answer["silent"] == []
    assert answer["accepted_silently"] == 0


def test_every_file_has_its_fate_and_every_fate_occurs(answer):
    words = (
        "refused",
        "same",
        "accepted_tighter",
        "accepted_shown_looser",
        "accepted_shown_changed",
    )
    assert sum(answer[w] for w in words) == 400
    assert min(answer[w] for w in words) > 0
    assert "400 damaged policy files" in policies.line(answer)


def test_the_same_seed_gives_the_same_files():
    one, other = (
        [mutated(presets.text("ecommerce"), ".toml", d) for _ in range(9)]
        for d in (random.Random(3), random.Random(3))
    )
    assert one == other


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('max_share = "0.35"', 'max_share = "0.36"', "looser"),
        ('max_share = "0.35"', 'max_share = "0.34"', "tighter"),
        ('max_share = "0.35"', 'max_share = "0.3500"', "same"),
        ('max_share = "0.35"', "max_share = 0.35", "refused"),
        ("max_per_day = 6", 'max_per_day = "6"', "refused"),
        ("max_per_day = 6", "max_per_day = 6\nmax_per_day = 7", "refused"),
        ('time_zone = "Europe/London"', 'time_zone = "UTC"', "changed"),
    ],
)
def test_a_file_is_refused_or_its_difference_is_shown(old, new, word):
    assert old in START.text
    assert policies.verdict(START, START.text.replace(old, new), TRIED) == (word, "")


def test_a_reader_that_let_a_looser_bound_through_would_be_found(monkeypatch):
    """The measurement itself: a bound read other than it is written, and one missing from the diff."""

    def careless(text: str, *, suffix: str) -> Policy:
        found = read_policy(text, suffix=suffix)
        return read_policy(
            policy_text(found, suffix).replace('max_share = "0.35"', 'max_share = "0.95"'),
            suffix=suffix,
        )

    monkeypatch.setattr(policies, "read_policy", careless)
    assert (
        "max_share is '0.95', and the text says '0.35'"
        in policies.verdict(START, START.text, TRIED)[1]
    )
    monkeypatch.undo()
    monkeypatch.setattr(policies, "differences", lambda *_: ())
    loose = START.text.replace('max_share = "0.35"', 'max_share = "0.99"')
    assert "not in the diff" in policies.verdict(START, loose, TRIED)[1]
