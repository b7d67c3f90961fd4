"""Whatever answers are lost, dropped or refused, in whatever order: it ends whole, and nothing is doubled."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.execution import changes
from tests.engine.execution.memory import ACCOUNT, MemoryIntents, MemoryPlatform
from tests.engine.execution.shelf import (
    CLIENT,
    UNIT,
    MemoryRegister,
    actual,
    budgets,
    launch,
    one_pass,
    pause_ad,
    ship_ad,
    wanted,
)

ANSWERS = st.sampled_from(["applied", "lost", "dropped", "refused", "unsent"])
ORDERS = {
    "launch": launch,
    "budget": lambda: budgets(("s1", 100, 103), ("s2", 100, 98)),
    "ad": lambda: ship_ad("s1", "a2"),
    "stop": lambda: pause_ad("s2", "a2"),
}


def world(answers):
    there = {"s1": actual("s1"), "s2": actual("s2", ads={"a1": True, "a2": True})}
    register = MemoryRegister(MemoryIntents())
    register.desired = {"s1": wanted("s1"), "s2": wanted("s2", ads=("a1", "a2"))}
    return MemoryPlatform(there, list(answers)), register


class Cut(BaseException):
    """A kill inside a pass."""


def until_quiet(platform, register):
    for _ in range(20):
        writes = len(platform.writes)
        one_pass(platform, register)
        ended = set(register.ends) == set(register.waiting)
        still = len(platform.writes) == writes and not register.intents.unresolved(CLIENT)
        if ended and still:
            break
        register.now += timedelta(minutes=30)


def is_whole(platform, register):
    assert register.intents.unresolved(CLIENT) == ()
    creates = Counter(c.natural_key for c in platform.writes if c.kind.startswith("create"))
    assert set(creates.values()) <= {1}
    assert set(register.ends) == set(register.waiting), "nothing is forgotten"
    assert changes(register.desired, platform.snapshot(CLIENT, ACCOUNT, register.now)) == ()


@given(st.lists(ANSWERS, max_size=8), st.permutations(list(ORDERS)))
@settings(max_examples=150, deadline=None)
def test_any_sequence_of_answers_ends_whole(answers, names):
    platform, register = world(answers)
    for name in names:
        register.order(name, ORDERS[name]())
    until_quiet(platform, register)
    is_whole(platform, register)
    if "refused" not in answers:
        assert set(register.ends.values()) == {"applied"}
        assert platform.campaigns["new"].enabled
        assert platform.campaigns["s1"].daily_micros == 103 * UNIT


@given(st.lists(ANSWERS.filter(lambda a: a != "refused"), max_size=4), st.integers(0, 40))
@settings(max_examples=150, deadline=None)
def test_a_kill_at_any_step_of_the_register_ends_whole(answers, at):
    platform, register = world(answers)
    for name, order in ORDERS.items():
        register.order(name, order())
    steps = iter(range(1000))

    def dies(where):
        if next(steps) == at:
            raise Cut(where)

    register.dies = dies
    with suppress(Cut):
        one_pass(platform, register)
    register.dies = lambda where: None
    until_quiet(platform, register)
    is_whole(platform, register)
    assert set(register.ends.values()) == {"applied"}
