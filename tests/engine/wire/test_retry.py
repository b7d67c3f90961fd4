"""Reads are repeated with patience, and only when that can help."""

from datetime import timedelta

import pytest

from engine.model.errors import AskPerson, TryLater, UnknownOutcome
from engine.wire.retry import patiently


class Reads:
    """A source that fails a number of times before it answers."""

    def __init__(self, *faults):
        self.faults = list(faults)
        self.calls = 0
        self.pauses = []

    def __call__(self):
        self.calls += 1
        if self.faults:
            raise self.faults.pop(0)
        return "answer"


def test_an_answer_at_once_is_taken_at_once():
    reads = Reads()
    assert patiently(reads, sleep=reads.pauses.append) == "answer"
    assert (reads.calls, reads.pauses) == (1, [])


def test_pauses_grow_between_attempts():
    reads = Reads(TryLater("a"), TryLater("b"))
    assert patiently(reads, sleep=reads.pauses.append) == "answer"
    assert reads.pauses == [0.2, 0.4]


def test_the_last_failure_is_raised():
    reads = Reads(TryLater("a"), TryLater("b"), TryLater("c"), TryLater("d"))
    with pytest.raises(TryLater, match="c"):
        patiently(reads, sleep=reads.pauses.append)
    assert reads.calls == 3


def test_a_short_wait_the_platform_asks_for_is_kept():
    reads = Reads(TryLater("busy", timedelta(seconds=1)))
    assert patiently(reads, sleep=reads.pauses.append) == "answer"
    assert reads.pauses == [1.0]


def test_a_long_wait_is_left_to_the_next_tick():
    reads = Reads(TryLater("quota", timedelta(seconds=30)))
    with pytest.raises(TryLater) as late:
        patiently(reads, sleep=reads.pauses.append)
    assert late.value.wait == timedelta(seconds=30)
    assert (reads.calls, reads.pauses) == (1, [])


@pytest.mark.parametrize("fault", [AskPerson("consent"), UnknownOutcome("a write")])
def test_what_time_cannot_mend_is_not_repeated(fault):
    reads = Reads(fault)
    with pytest.raises(type(fault)):
        patiently(reads, sleep=reads.pauses.append)
    assert reads.calls == 1
