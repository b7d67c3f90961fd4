"""Where real things are chosen: the store, the clock, and the ways out. One line per outside system."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from engine.commands.house import House, Ways
from engine.model.errors import AskPerson, TryLater
from engine.model.exports import Answers
from engine.model.open_id import OpenId, open_id
from engine.model.people import Scope
from engine.model.ports import DealSource, Platform, Post, Secrets
from engine.model.time import Clock, SystemClock
from engine.platforms import files, google_ads, messages
from engine.reporting.seal import secret_beside
from engine.store import Store, clients, meta
from engine.store.connect import connect as open_store
from engine.wire.vault import Vault


class Settings(BaseSettings):
    """What the machine is told from outside, as environment variables starting ``CC_``.

    ``store`` is the store's file; ``sandbox`` the folder of the simulated market beside a demo store.
    Credentials are read here and nowhere else; they never enter the store.
    """

    model_config = SettingsConfigDict(env_prefix="CC_", frozen=True)

    store: Path = Path("var/demo/store.duckdb")
    sandbox_state: Path | None = Field(default=None, validation_alias="CC_SANDBOX")
    host: str = "127.0.0.1"
    port: int = 8501
    key: str = ""
    crm_folder: Path = Path("var/crm")
    crm_day_order: Literal["dmy", "mdy"] | None = None
    google_endpoint: str = "googleads.googleapis.com:443"
    google_token_uri: str = "https://oauth2.googleapis.com/token"  # noqa: S105  an address, not a secret
    google_client_id: str = ""
    google_client_secret: str = ""
    google_refresh_token: str = ""
    google_developer_token: str = ""
    google_login_customer_id: str = ""
    oidc_metadata_url: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_cookie_secret: SecretStr = SecretStr("")
    oidc_roles_claim: str = ""
    public_url: str = ""
    proxy: str = ""
    sign_in_hours: float = Field(default=12, gt=0)

    @property
    def sandbox(self) -> Path:
        """The folder of the simulated market: CC_SANDBOX, else ``sandbox`` beside the store."""
        return self.sandbox_state or self.store.parent / "sandbox"

    @property
    def secrets(self) -> Path:
        """The file of secrets beside the store."""
        return self.store.with_name(f"{self.store.name}.vault")

    @property
    def sign_in(self) -> OpenId | None:
        """How people sign in; None while none of it is set: then there are demo people, or nobody.

        Raises:
            BadInput: it is set by half, or something of it cannot be.
        """
        return open_id(
            {
                "CC_OIDC_METADATA_URL": self.oidc_metadata_url,
                "CC_OIDC_CLIENT_ID": self.oidc_client_id,
                "CC_OIDC_CLIENT_SECRET": self.oidc_client_secret.get_secret_value(),
                "CC_OIDC_COOKIE_SECRET": self.oidc_cookie_secret.get_secret_value(),
                "CC_PUBLIC_URL": self.public_url,
            },
            proxies=self.proxy,
            roles_claim=self.oidc_roles_claim,
            longest=timedelta(hours=self.sign_in_hours),
        )

    @property
    def url(self) -> str:
        """The store as a database address."""
        return f"duckdb:///{self.store}"


def settings() -> Settings:
    """The settings of this process."""
    return Settings()


def connect(url: str) -> Any:
    """Open a store and bring its tables up to date; the returned engine is shared by everything in a process.

    Raises:
        TryLater: another process has the store open.
        GiveUp: the store was written by a newer version.
    """
    return open_store(url)


class StoredClock:
    """A demo store's business time: a row that only the demo driver moves."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def now(self) -> datetime:
        """The demo's present instant, aware, in UTC."""
        with self._store.read() as conn:
            text = meta.get(conn, "clock")
        if text is None:
            raise AskPerson(
                "This demo store has no clock yet; build it with `python -m jobs demo`."
            )
        return datetime.fromisoformat(text).astimezone(UTC)


def house(engine: Any, chosen: Settings) -> House:
    """The house over an open store: simulated ways out for a demo store, real ones otherwise."""
    store = Store(engine)
    with store.read() as conn:
        demo = meta.get(conn, "demo") == "1"
    clock: Clock = StoredClock(store) if demo else SystemClock()
    return House(
        store=store,
        clock=clock,
        settings=chosen,
        read_export=lambda name, data, answers: files.read_bytes(name, data, answers=answers),
        open_ways=lambda: _ways(Place(chosen, store, _sandbox(chosen) if demo else {})),
        export_formats=files.known_formats,
        upload_limit=files.LIMITS.packed,
        open_post=lambda: _post(chosen, demo=demo),
        public_url=chosen.public_url.rstrip("/") or f"http://localhost:{chosen.port}",
    )


def _post(chosen: Settings, *, demo: bool) -> tuple[Post, Secrets]:
    """A demo's own key seals its secrets, which lead nowhere but to this machine."""
    key = secret_beside(chosen.store) if demo and not chosen.key else chosen.key.encode()
    return messages.ApprisePost(local_only=demo), Vault(chosen.secrets, key)


@dataclass(frozen=True)
class Place:
    """What a way out is opened from; ``sandbox`` holds the simulated market's addresses, empty for a real store."""

    settings: Settings
    store: Store
    sandbox: Mapping[str, Any]


def _ways(place: Place) -> Ways:
    return Ways(
        platforms={key: open_(place) for key, open_ in PLATFORMS.items()},
        deals={key: open_(place) for key, open_ in DEALS.items()},
    )


def _sandbox(chosen: Settings) -> Mapping[str, Any]:
    ready = chosen.sandbox / "ready.json"
    try:
        facts: Mapping[str, Any] = json.loads(ready.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise TryLater(f"The simulated market has not started yet ({ready} is missing).") from None
    return facts


def _google(place: Place) -> Platform:
    chosen, sandbox = place.settings, place.sandbox
    if sandbox:
        return google_ads.GoogleAds(
            google_ads.Connection(
                endpoint=sandbox["grpc"], token_uri=sandbox["token_uri"], **sandbox["google"]
            )
        )
    if not chosen.google_refresh_token or not chosen.google_developer_token:
        raise AskPerson(
            "Google Ads has no credentials; set CC_GOOGLE_REFRESH_TOKEN, CC_GOOGLE_DEVELOPER_TOKEN, "
            "CC_GOOGLE_CLIENT_ID and CC_GOOGLE_CLIENT_SECRET."
        )
    return google_ads.GoogleAds(
        google_ads.Connection(
            endpoint=chosen.google_endpoint,
            token_uri=chosen.google_token_uri,
            client_id=chosen.google_client_id,
            client_secret=chosen.google_client_secret,
            refresh_token=chosen.google_refresh_token,
            developer_token=chosen.google_developer_token,
            login_customer_id=chosen.google_login_customer_id or None,
        )
    )


def _crm_folder(place: Place) -> DealSource:
    """One folder per client (``<crm_folder>/<client>``); the simulated market drops its exports by account."""
    operator = Scope.operator()
    with place.store.read() as conn:
        known = {
            c.client: clients.accounts(conn, c.client) for c in clients.clients(conn, operator)
        }
    if place.sandbox:
        root = Path(place.sandbox["state"]) / "exports"
        return files.DealFolder(
            {c: tuple(root / a.account for a in owned) for c, owned in known.items()}
        )
    said = Answers(day_order=place.settings.crm_day_order)
    return files.DealFolder({c: (place.settings.crm_folder / c,) for c in known}, said)


PLATFORMS: Mapping[str, Callable[[Place], Platform]] = {"google_ads": _google}
DEALS: Mapping[str, Callable[[Place], DealSource]] = {"crm": _crm_folder}
