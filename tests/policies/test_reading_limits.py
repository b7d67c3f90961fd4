"""A text that would take a machine minutes is refused at once."""

from __future__ import annotations

import json
import time

import pytest

from policies.reading import BadPolicy, policy_text, read_policy
from tests.strategies import policy


@pytest.mark.parametrize(
    "amount", ["1e9999999", "1e999990", "9" * 900_000, "1e-999990", "٣", "1_0"]
)
def test_only_a_plain_decimal_is_an_amount_and_any_other_is_refused_at_once(amount):
    text = policy_text(policy(), ".json").replace('"0.35"', json.dumps(amount))
    began = time.process_time()
    with pytest.raises(BadPolicy, match=r"step_size.max_share: .* is not an amount") as bad:
        read_policy(text, suffix=".json")
    assert len(str(bad.value)) < 300
    assert time.process_time() - began < 2


def test_many_keys_are_read_in_one_pass():
    body = json.dumps({f"k{n}": n for n in range(50_000)})
    began = time.process_time()
    with pytest.raises(BadPolicy, match="k49999"):
        read_policy(body, suffix=".json")
    assert time.process_time() - began < 10
