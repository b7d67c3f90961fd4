"""Sign-in as Google does it: a refresh token buys access tokens, which calls carry."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.google.failures import refuse

LIFE_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Credentials:
    """What this world accepts; made from its secret, so that a restart keeps them."""

    client_id: str
    client_secret: str
    refresh_token: str
    developer_token: str
    login_customer_id: str


def credentials(secret: str, manager: str) -> Credentials:
    """The credentials of a world."""
    return Credentials(
        client_id=f"sandbox-{_sign(secret, 'client')[:12]}.apps.example.com",
        client_secret=_sign(secret, "client_secret")[:24],
        refresh_token=f"1//{_sign(secret, 'refresh')[:40]}",
        developer_token=_sign(secret, "developer")[:22],
        login_customer_id=manager,
    )


def access_token(secret: str, wall_seconds: float) -> str:
    """A new access token, good for an hour of wall time."""
    expiry = str(int(wall_seconds) + LIFE_SECONDS)
    return f"ya29.{expiry}.{_sign(secret, expiry)[:40]}"


def token_answer(
    secret: str, known: Credentials, form: Mapping[str, str], wall_seconds: float
) -> tuple[int, dict[str, object]]:
    """The token endpoint: HTTP status and JSON body."""
    if form.get("grant_type") != "refresh_token":
        return 400, {"error": "unsupported_grant_type", "error_description": "Invalid grant_type"}
    client = (form.get("client_id"), form.get("client_secret"))
    if client != (known.client_id, known.client_secret):
        return 401, {"error": "invalid_client", "error_description": "Unauthorized"}
    if not hmac.compare_digest(form.get("refresh_token", ""), known.refresh_token):
        said = "Token has been expired or revoked."
        return 400, {"error": "invalid_grant", "error_description": said}
    return 200, {
        "access_token": access_token(secret, wall_seconds),
        "expires_in": LIFE_SECONDS,
        "token_type": "Bearer",
        "scope": "https://www.googleapis.com/auth/adwords",
    }


def check_call(
    secret: str,
    known: Credentials,
    metadata: Mapping[str, str],
    wall_seconds: float,
    customers: list[str],
) -> None:
    """Check a call's headers.

    Raises:
        Refused: as Google refuses: no or bad token, wrong developer token, wrong manager.
    """
    kind, _, token = metadata.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        said = "Request is missing required authentication credential."
        raise refuse("authentication_error", "OAUTH_TOKEN_HEADER_INVALID", said, "UNAUTHENTICATED")
    parts = token.split(".")
    genuine = len(parts) == 3 and hmac.compare_digest(parts[2], _sign(secret, parts[1])[:40])
    if not genuine:
        said = "The access token is invalid."
        raise refuse("authentication_error", "OAUTH_TOKEN_INVALID", said, "UNAUTHENTICATED")
    if int(parts[1]) < wall_seconds:
        said = "The access token has expired."
        raise refuse("authentication_error", "OAUTH_TOKEN_EXPIRED", said, "UNAUTHENTICATED")
    if "developer-token" not in metadata:
        said = "The header developer-token is missing."
        raise refuse("request_error", "DEVELOPER_TOKEN_PARAMETER_MISSING", said)
    if not hmac.compare_digest(metadata["developer-token"], known.developer_token):
        said = "The developer token is not valid."
        raise refuse("authentication_error", "DEVELOPER_TOKEN_INVALID", said, "UNAUTHENTICATED")
    login = metadata.get("login-customer-id")
    if login is not None and login not in {known.login_customer_id, *customers}:
        said = f"The user has no permission through the manager account {login}."
        raise refuse("authorization_error", "USER_PERMISSION_DENIED", said, "PERMISSION_DENIED")


def _sign(secret: str, text: str) -> str:
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
