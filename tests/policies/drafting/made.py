"""A rule nobody knows, and policies drawn at random from the presets' fields."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from hypothesis import strategies as st
from pydantic import BaseModel, Field

from policies.actions import Frozen
from policies.drafting.forms import policy_fields
from policies.drafting.layers import leaves
from policies.fields import says
from policies.money import Amount, decimal_text
from policies.policy import Guardrails
from policies.rule import Rule, Share
from tests.strategies import policy


class NightRest(Rule):
    """Nothing moves at night."""

    name: ClassVar[str] = "night_rest"
    title: ClassVar[str] = "Rest at night"

    on: bool = Field(title="Rests at night", json_schema_extra=says("no"))
    hours: Annotated[int, Field(ge=1, le=12)] | None = Field(
        default=None, title="Hours of rest", json_schema_extra=says("lower", absent="looser")
    )
    strictness: Literal["strict", "mild", "none"] = Field(
        title="How strict", json_schema_extra=says("later")
    )
    spared: tuple[str, ...] = Field(title="Campaigns spared", json_schema_extra=says("more"))
    most: Amount = Field(title="Most spent a night", json_schema_extra=says("higher"))
    shares: dict[Literal["youtube", "meta"], Share] = Field(
        title="at night", json_schema_extra=says("higher", absent="tighter")
    )


class MoreGuardrails(Guardrails):
    """The guardrails with one rule more."""

    night_rest: NightRest


class MorePolicy(Frozen):
    """What the form is read from."""

    client: str
    guardrails: MoreGuardrails


class Unknown(BaseModel):
    """A field of a type no form knows."""

    ratio: float = Field(title="Ratio")


class Untitled(BaseModel):
    """A field without a name."""

    days: int


def figures() -> st.SearchStrategy[dict]:
    """The values of a preset with some of its figures and lists drawn anew; not always a valid policy."""
    base = leaves(policy())

    def drawn(path):
        one = policy_fields()[path]
        if one.kind in {"money", "share"}:
            return st.integers(0, 10**6).map(decimal_text)
        if one.kind == "whole":
            return st.integers(1, 60)
        if one.kind == "choices":
            return st.lists(st.sampled_from(sorted(one.choices)), unique=True)
        if one.kind == "words":
            return st.lists(words(), unique=True, max_size=3)
        if one.kind == "rows" and len(one.columns) == 2:
            return st.lists(st.fixed_dictionaries(dict(map(cell, one.columns))), max_size=3)
        return st.just(base[path])

    changes = st.lists(st.sampled_from(sorted(base)), unique=True, max_size=6).flatmap(
        lambda paths: st.fixed_dictionaries({p: drawn(p) for p in paths})
    )
    gone = st.sets(st.sampled_from([p for p in sorted(base) if ".channels." in p]), max_size=2)
    return st.tuples(changes, gone).map(
        lambda t: {p: v for p, v in {**base, **t[0]}.items() if p not in t[1]}
    )


def cell(column) -> tuple[str, st.SearchStrategy[str]]:
    """The name of a column of rows, and what may stand in it."""
    drawn = {"share": st.integers(0, 10**6).map(decimal_text), "whole": st.integers(1, 20).map(str)}
    return column.path.rpartition(".")[2], drawn.get(column.kind, words())


def words() -> st.SearchStrategy[str]:
    """A piece of text as people and files write it: marks, backslashes, line ends."""
    return (
        st.text(alphabet="ab |/\\\n(none)é%", min_size=1, max_size=12).map(str.strip).filter(bool)
    )
