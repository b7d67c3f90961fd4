"""Reading and writing policy files (TOML or JSON).

Every mistake is a sentence that says where and what to write.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from policies.policy import Policy
from policies.upgrading import upgraded

_HINTS = {
    "missing": "is missing; nothing may be left out of a policy, so write it",
    "extra_forbidden": "is not a key we know; remove it or correct its spelling",
}


class BadPolicy(ValueError):
    """A policy text that cannot be used; ``errors`` holds one sentence per mistake."""

    def __init__(self, errors: tuple[str, ...]) -> None:
        super().__init__(" ".join(errors))
        self.errors = errors


def read_policy(text: str, *, suffix: str) -> Policy:
    """The policy written in ``text``; ``suffix`` is ".toml" or ".json".

    Raises:
        BadPolicy: the text cannot be read or breaks a rule of policies; every mistake found is
        named.
    """
    body: Any = None
    try:
        body = upgraded(_parsed(text, suffix))
        return Policy.model_validate_json(json.dumps(body, default=_day))
    except ValidationError as bad:
        errors = bad.errors(include_url=False)
        raise BadPolicy(tuple(dict.fromkeys(_sentence(e, body) for e in errors))) from None
    except (TypeError, ValueError, RecursionError) as bad:
        if isinstance(bad, BadPolicy):
            raise
        raise BadPolicy((f"The policy holds a value no field takes: {bad}.",)) from None


def policy_text(policy: Policy, suffix: str) -> str:
    """The policy as a text that ``read_policy`` reads back to an equal policy.

    ``suffix`` ".toml" or ".json".
    """
    body = policy.model_dump(mode="json", exclude_none=True)
    if suffix == ".json":
        return json.dumps(body, indent=2, ensure_ascii=False) + "\n"
    if suffix == ".toml":
        return "\n".join(_table(body, ())).lstrip("\n") + "\n"
    raise BadPolicy((f'A policy is written as ".toml" or ".json", not "{suffix}".',))


def _day(value: Any) -> str:
    """A day as TOML writes it without quotes; other values TOML has are no values of a policy."""
    if type(value) is date:
        return value.isoformat()
    raise TypeError(f"{value} is a value no field takes")


def _parsed(text: str, suffix: str) -> Any:
    try:
        if suffix == ".toml":
            return tomllib.loads(text)
        if suffix == ".json":
            return json.loads(text, object_pairs_hook=_no_twins, parse_constant=_no_constant)
    except (ValueError, RecursionError, TypeError, AttributeError) as bad:
        kind = suffix.removeprefix(".").upper()
        raise BadPolicy((f"The text is not valid {kind}: {bad}.",)) from None
    raise BadPolicy((f'A policy file ends in ".toml" or ".json", not "{suffix}".',))


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    counted = Counter(key for key, _ in pairs)
    twins = {key for key, times in counted.items() if times > 1}
    if twins:
        raise ValueError(f"{', '.join(sorted(twins))} is written twice")
    return dict(pairs)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no amount")


def _as_written(error: ErrorDetails, body: Any) -> Any:
    """What stands in the file where the mistake is; amounts were read as micros by then."""
    found = body
    for part in error["loc"]:
        try:
            found = found[part]
        except (KeyError, IndexError, TypeError):
            return error["input"]
    return found


def _sentence(error: ErrorDetails, body: Any) -> str:
    path = ".".join(str(part) for part in error["loc"] if part != "[key]")
    kind, said = error["type"], error["msg"].removeprefix("Value error, ")
    if kind == "literal_error" and error["loc"] and error["loc"][-1] == "[key]":
        return f"{path}: is not a name we know; {said.lower()}."
    if kind in _HINTS:
        return f"{path}: {_HINTS[kind]}."
    if kind == "value_error":
        return f"{path}: {said}." if path else f"{said}."
    return f"{path or 'The policy'}: {said}, not {_shown(_as_written(error, body))}."


def _shown(value: Any) -> str:
    text = json.dumps(value, default=str)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _table(body: Mapping[str, Any], path: tuple[str, ...]) -> list[str]:
    """A TOML table: its plain values first, then its tables, then its lists of tables."""
    lines = [f"{_key(k)} = {_value(v)}" for k, v in body.items() if not _nested(v)]
    for key, value in body.items():
        if not _nested(value):
            continue
        here = (*path, key)
        name = ".".join(_key(k) for k in here)
        if isinstance(value, dict):
            lines += ["", f"[{name}]", *_table(value, here)]
        else:
            for row in value:
                lines += ["", f"[[{name}]]", *_table(row, here)]
    return lines


def _nested(value: Any) -> bool:
    if isinstance(value, list):
        return bool(value) and isinstance(value[0], dict)
    return isinstance(value, dict)


def _key(key: str) -> str:
    return key if key.replace("_", "").isalnum() and key.isascii() else _value(key)


def _value(value: Any) -> str:
    # JSON writes these values as TOML does, but for the delete character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
