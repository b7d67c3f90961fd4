"""The questions of discovery: the targets and guardrails two people answer apart, by their values' own words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from policies.drafting.forms import Block, FormField, policy_blocks

_ASKED = frozenset({"money", "share", "whole", "yes_no", "choice", "choices", "text", "words"})
_SECTIONS = frozenset({"targets", "guardrails"})


@cache
def question_blocks() -> tuple[tuple[Block, tuple[FormField, ...]], ...]:
    """Each rule with the values asked about; exceptions for one channel are left to the form."""
    found = []
    for block in policy_blocks():
        fields = tuple(f for f in block.fields if not f.row and not f.group and f.kind in _ASKED)
        if block.section in _SECTIONS and fields:
            found.append((block, fields))
    return tuple(found)


@cache
def questions() -> Mapping[str, FormField]:
    """Every question by the path of its value."""
    return {f.path: f for _, fields in question_blocks() for f in fields}
