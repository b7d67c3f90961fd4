"""A small, real OpenID provider: discovery, code flow with PKCE, RS256, keys, log-out.

Who signs in next is told to it (``POST /next``); it consents by itself. ``python -m tests.oidc.provider PORT``.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import sys
import time
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "command-centre", "the-client's-own-secret"


class Provider:
    """One provider at one address; every request it takes is kept in ``log``."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.key = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
        self.codes: dict[str, dict] = {}
        self.next: dict = {}
        self.log: list[dict] = []

    def app(self) -> Starlette:
        """Its routes."""
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.discovery),
                Route("/keys", self.keys),
                Route("/authorize", self.authorize),
                Route("/token", self.token, methods=["POST"]),
                Route("/end", self.end),
                Route("/next", self.tell, methods=["POST"]),
                Route("/log", self.told),
            ]
        )

    async def discovery(self, _request: Request) -> Response:
        """OpenID Connect Discovery 1.0, section 3."""
        at = self.issuer
        return JSONResponse(
            {
                "issuer": at,
                "authorization_endpoint": f"{at}/authorize",
                "token_endpoint": f"{at}/token",
                "jwks_uri": f"{at}/keys",
                "end_session_endpoint": f"{at}/end",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def keys(self, _request: Request) -> Response:
        """The public key."""
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    async def authorize(self, request: Request) -> Response:
        """Consent at once, as whoever is next."""
        asked = dict(request.query_params)
        self.log.append({"at": "authorize", **asked})
        if asked.get("client_id") != CLIENT or asked.get("code_challenge_method") != "S256":
            return PlainTextResponse("refused", status_code=400)
        code = secrets.token_urlsafe(16)
        self.codes[code] = {**asked, "claims": dict(self.next)}
        query = urlencode({"code": code, "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{query}", status_code=302)

    async def token(self, request: Request) -> Response:
        """One code, once, from the client that proves it asked for it (RFC 7636)."""
        form = dict(await request.form())
        basic = request.headers.get("authorization", "").removeprefix("Basic ")
        known = base64.b64decode(basic).decode() == f"{CLIENT}:{SECRET}"
        held = self.codes.pop(str(form.get("code")), None)
        digest = hashlib.sha256(str(form.get("code_verifier", "")).encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if not known or held is None or held["code_challenge"] != proof:
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": held["nonce"],
            **held["claims"],
        }
        token = jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self.key)
        return JSONResponse(
            {
                "access_token": secrets.token_urlsafe(16),
                "token_type": "Bearer",
                "expires_in": 300,
                "id_token": token,
            }
        )

    async def end(self, request: Request) -> Response:
        """RP-initiated log-out: back to where it came from."""
        self.log.append({"at": "end", **request.query_params})
        return RedirectResponse(request.query_params["post_logout_redirect_uri"], status_code=302)

    async def tell(self, request: Request) -> Response:
        """The claims of whoever signs in next."""
        self.next = await request.json()
        return JSONResponse({})

    async def told(self, _request: Request) -> Response:
        """What was asked of it."""
        return JSONResponse(self.log)


if __name__ == "__main__":
    port = int(sys.argv[1])
    uvicorn.run(Provider(f"http://127.0.0.1:{port}").app(), port=port, log_level="warning")
