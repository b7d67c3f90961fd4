"""What an identity provider says of a person (OpenID Connect).

Wall time throughout: a sign-in's age has nothing to do with a demo's clock.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from engine.model.errors import AskPerson
from engine.model.people import Role

CLAIM_ROLES: Mapping[str, tuple[Role, bool]] = {
    "client": ("client", False),
    "strategist": ("strategist", False),
    "senior-strategist": ("strategist", True),
    "team": ("team", False),
    "admin": ("admin", False),
    "senior-admin": ("admin", True),
}
"""The words of the roles claim, each with the role and whether it is senior; written ``word:client``."""
EVERY_CLIENT = "*"
AHEAD = timedelta(minutes=5)
"""How far the provider's clock may run before ours."""


class SignedOut(AskPerson):
    """This sign-in counts no more (too old, revoked, signed out); the same person may sign in again."""


@dataclass(frozen=True)
class SignIn:
    """One sign-in. ``subject`` is issuer and ``sub`` together: it never changes, an e-mail address may.

    ``email`` is lower-case, "" unless the provider verified it; ``session`` names this one sign-in; ``grants``
    are the words of the roles claim, None where none is configured.
    """

    subject: str
    email: str
    name: str
    at: datetime
    session: str
    grants: frozenset[str] | None = None


def sign_in(claims: Mapping[str, Any], roles_claim: str = "") -> SignIn:
    """The sign-in an ID token's claims tell of (OpenID Connect Core 1.0, section 2).

    Raises:
        SignedOut: ``iss``, ``sub`` or ``iat`` is missing or unreadable, so nothing can be checked.
    """
    issuer, sub, issued = claims.get("iss"), claims.get("sub"), claims.get("iat")
    known = isinstance(issuer, str) and isinstance(sub, str) and issuer and sub
    if not known or isinstance(issued, bool) or not isinstance(issued, int | float):
        raise SignedOut("The identity provider did not say who you are and since when.")
    try:
        at = datetime.fromtimestamp(issued, UTC)
    except (OverflowError, ValueError, OSError):
        raise SignedOut("The identity provider gave a sign-in time nobody can read.") from None
    verified = claims.get("email_verified") is True
    marks = [str(claims.get(name, "")) for name in ("iss", "sub", "iat", "nonce", "sid")]
    return SignIn(
        subject=f"{issuer} {sub}",
        email=address(claims.get("email")) if verified else "",
        name=" ".join(str(claims.get("name") or "").split())[:80],
        at=at,
        session=hashlib.sha256("\n".join(marks).encode()).hexdigest(),
        grants=_words(claims.get(roles_claim)) if roles_claim else None,
    )


def address(text: Any) -> str:
    """An e-mail address as it is compared: trimmed, lower-case; "" for anything else."""
    return text.strip().lower() if isinstance(text, str) else ""


def _words(claim: Any) -> frozenset[str]:
    if isinstance(claim, str):
        return frozenset(claim.replace(",", " ").split())
    if isinstance(claim, list | tuple):
        return frozenset(word for word in claim if isinstance(word, str))
    return frozenset()
