"""Ten thousand damaged policy files: is any of them taken with a bound that is looser and not shown as such?

Each mutant starts from a valid file. It is refused, or it reads as a policy; then every bound of it must be what
its text says (read again by a parser of its own), every field that moved must stand in the diff, and a mutant whose
diff shows nothing looser or changed is tried on drawn actions: none may get a milder verdict than before.
"""

from __future__ import annotations

import json
import random
import time
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bench import policy_mutations
from bench.policy_tries import tries
from bench.registry import Say
from policies import presets
from policies.drafting.diff import differences
from policies.drafting.dry_run import RANK
from policies.drafting.forms import policy_fields
from policies.drafting.layers import leaves
from policies.drafting.mistakes import placed
from policies.gate import judge
from policies.policy import Policy
from policies.reading import BadPolicy, policy_text, read_policy
from policies.upgrading import NEWEST, upgraded

SHORT, FULL = 1000, 10_000
TRIED = 24
"""Actions on which a mutant that shows nothing looser is tried."""
SEED = 20261109
SHOWN = 20


@dataclass(frozen=True)
class Start:
    """A valid file and what it says."""

    text: str
    suffix: str
    policy: Policy


def run(short: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001  the same call for every bench
    """Mutate, read, compare; ``accepted_silently`` must be 0."""
    dice = random.Random(SEED)
    starts = [_start(name, suffix) for name in presets.NAMES for suffix in (".toml", ".json")]
    tried = {s.policy.client: tries(dice, s.policy, TRIED) for s in starts}
    count = SHORT if short else FULL
    told: Counter[str] = Counter()
    silent: list[str] = []
    began = time.perf_counter()
    for number in range(count):
        start = dice.choice(starts)
        text = policy_mutations.mutated(start.text, start.suffix, dice)
        word, fault = verdict(start, text, tried[start.policy.client])
        told[word] += 1
        if fault:
            silent.append(f"mutant {number}: {fault}")
        if (number + 1) % 2000 == 0:
            say(f"{number + 1:,} of {count:,} files, {told['refused']:,} refused")
    return {
        "short": short,
        "sizes": {"files": count, "starts": len(starts), "seed": SEED},
        "seconds": round(time.perf_counter() - began, 1),
        "refused": told["refused"],
        "same": told["same"],
        "accepted_tighter": told["tighter"],
        "accepted_shown_looser": told["looser"],
        "accepted_shown_changed": told["changed"],
        "accepted_silently": len(silent),
        "silent": silent[:SHOWN],
    }


def line(found: Mapping[str, Any]) -> str:
    """The result as a sentence."""
    return (
        f"{found['sizes']['files']:,} damaged policy files: {found['refused']:,} refused, {found['same']:,} said the"
        f" same, {found['accepted_tighter']:,} tighter, {found['accepted_shown_looser']:,} looser and shown so,"
        f" {found['accepted_shown_changed']:,} otherwise changed and shown; {found['accepted_silently']} taken silently"
    )


def verdict(start: Start, text: str, tried: list[tuple[Any, Any]]) -> tuple[str, str]:
    """What became of one mutant, and what is wrong with that (empty: nothing)."""
    try:
        policy = read_policy(text, suffix=start.suffix)
    except BadPolicy as bad:
        return "refused", "" if bad.errors and placed(bad.errors) else "refused without a sentence"
    before, after = leaves(start.policy), leaves(policy)
    fault = _not_as_written(policy, text, start.suffix)
    found = {d.field.path: d.direction for d in differences(before, after)}
    moved = {p for p in policy_fields() if _figure(before.get(p)) != _figure(after.get(p))}
    if moved - set(found):
        fault = fault or f"{sorted(moved - set(found))} moved and is not in the diff"
    ways = set(found.values())
    word = "looser" if "looser" in ways else "changed" if "changed" in ways else "tighter"
    head = (policy.client, policy.currency, policy.time_zone)
    if head != (start.policy.client, start.policy.currency, start.policy.time_zone):
        return "changed", fault  # refused when it is handed in: it is another client's
    if not ways:
        word = "same"
    if word in ("same", "tighter"):
        fault = fault or _milder(start.policy, policy, tried)
    return word, fault


def _start(name: str, suffix: str) -> Start:
    policy = read_policy(presets.text(name), suffix=".toml")
    return Start(policy_text(policy, suffix), suffix, policy)


def _not_as_written(policy: Policy, text: str, suffix: str) -> str:
    """A bound of the policy that is not what its text says, read by a plain parser."""
    raw: Any = tomllib.loads(text) if suffix == ".toml" else json.loads(text)
    if raw.get("schema_version") != NEWEST:
        raw = upgraded(raw)
    for path, value in leaves(policy).items():
        said = raw
        for part in path.split("."):
            said = said.get(part) if isinstance(said, dict) else None
        if _figure(said) != _figure(value):
            return f"{path} is {value!r}, and the text says {said!r}"
    return ""


def _figure(value: Any) -> Any:
    """A value so that two ways of writing one amount are the same."""
    if isinstance(value, str):
        try:
            return Decimal(value.strip()).normalize()
        except ArithmeticError:
            return value
    return json.dumps(value, sort_keys=True)


def _milder(before: Policy, after: Policy, tried: list[tuple[Any, Any]]) -> str:
    for action, standing in tried:
        was, now = (judge(action, p, standing).verdict for p in (before, after))
        if RANK[now] < RANK[was]:
            return f"shows nothing looser, and {action.kind} went from {was} to {now}"
    return ""
