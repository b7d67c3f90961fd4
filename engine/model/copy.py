"""The identity of a piece of copy: two ads with the same words are the same ad."""

from __future__ import annotations

import hashlib
import json

from policies.actions import AdText


def text_hash(text: AdText) -> str:
    """The first six hex digits of the SHA-256 of the ad's canonical JSON (sorted keys, no spaces)."""
    body = json.dumps(text.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(body.encode()).hexdigest()[:6]


def variant_key(concept: str, text: AdText) -> str:
    """The natural key of an ad: ``<concept>-<hash6>``."""
    return f"{concept}-{text_hash(text)}"
