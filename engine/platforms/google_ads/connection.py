"""Where Google Ads is and who we are there."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Connection:
    """An endpoint and one set of credentials.

    ``endpoint`` is ``host:port``. ``login_customer_id`` is the manager account (ten digits) that
    client accounts are reached through, None when the user may open them directly. Deadlines are
    seconds of wall time.
    """

    endpoint: str
    token_uri: str
    client_id: str
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)
    developer_token: str = field(repr=False)
    login_customer_id: str | None = None
    read_seconds: float = 60.0
    write_seconds: float = 60.0
