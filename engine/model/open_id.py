"""How sign-in is set up: the identity provider, and the one address the screens have."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from engine.model.errors import BadInput

FEWEST = 32
"""Characters of the secret that seals cookies: who guesses it is anybody they like."""


@dataclass(frozen=True)
class OpenId:
    """How people sign in: the provider, our registration there, and the one address the screens have.

    ``public_url`` is an origin (scheme, host, port) without a path; ``proxies`` the addresses or networks whose
    forwarded headers are believed; ``roles_claim`` names the claim that gives rights, "" for the people's table;
    ``longest`` is how long a sign-in counts.
    """

    metadata_url: str
    client_id: str
    client_secret: str = field(repr=False)
    cookie_secret: str = field(repr=False)
    public_url: str
    proxies: tuple[str, ...]
    roles_claim: str
    longest: timedelta

    @property
    def secure(self) -> bool:
        """True when the screens are reached by https."""
        return self.public_url.startswith("https://")

    def secrets(self) -> dict[str, Any]:
        """The ``[auth]`` section Streamlit's sign-in reads, kept in memory only."""
        return {
            "auth": {
                "redirect_uri": f"{self.public_url}/oauth2callback",
                "cookie_secret": self.cookie_secret,
                "client_id": self.client_id,
                "client_secret": self.client_secret,
                "server_metadata_url": self.metadata_url,
            }
        }


def open_id(
    given: Mapping[str, str], *, proxies: str, roles_claim: str, longest: timedelta
) -> OpenId | None:
    """How people sign in, checked whole; None while nothing of it is set.

    ``given`` holds the five settings that belong together, by the names of their variables.

    Raises:
        BadInput: it is set by half, or one of them cannot be.
    """
    if not any(given.values()) and not roles_claim:
        return None
    missing = [name for name, value in given.items() if not value]
    if missing:
        raise BadInput(f"Sign-in is set up by half; {', '.join(missing)} is missing.")
    if len(given["CC_OIDC_COOKIE_SECRET"]) < FEWEST:
        raise BadInput(f"CC_OIDC_COOKIE_SECRET needs at least {FEWEST} random characters.")
    for name in ("CC_PUBLIC_URL", "CC_OIDC_METADATA_URL"):
        _nothing_in_the_clear(name, given[name])
    return OpenId(
        metadata_url=given["CC_OIDC_METADATA_URL"],
        client_id=given["CC_OIDC_CLIENT_ID"],
        client_secret=given["CC_OIDC_CLIENT_SECRET"],
        cookie_secret=given["CC_OIDC_COOKIE_SECRET"],
        public_url=_origin(given["CC_PUBLIC_URL"]),
        proxies=_networks(proxies),
        roles_claim=roles_claim,
        longest=longest,
    )


def _origin(text: str) -> str:
    parts = urlsplit(text)
    bare = parts.path in {"", "/"} and not (parts.query or parts.fragment or parts.username)
    if parts.scheme not in {"https", "http"} or not parts.hostname or not bare:
        raise BadInput(
            f'CC_PUBLIC_URL "{text}": write the address people type, such as https://cc.example.com, '
            "without a path."
        )
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _networks(text: str) -> tuple[str, ...]:
    names = tuple(text.replace(",", " ").split())
    for name in names:
        try:
            ipaddress.ip_network(name)
        except ValueError:
            raise BadInput(f'CC_PROXY "{name}" is no address or network of a proxy.') from None
    return names


def _nothing_in_the_clear(name: str, url: str) -> None:
    """Over plain http only this very machine is spoken to."""
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise BadInput(f"{name} must be https: what is signed in with would travel in the clear.")
