"""Sending through Apprise (https://github.com/caronc/apprise), narrowed to services that carry words to people."""

from __future__ import annotations

import ipaddress
import socket
import warnings
from typing import Any

from engine.model.errors import BadInput, TryLater
from engine.model.ports import Target

SERVICES = {
    "NotifyEmail": "E-mail",
    "NotifySlack": "Slack",
    "NotifyWorkflows": "Microsoft Teams",
    "NotifyDiscord": "Discord",
    "NotifyGoogleChat": "Google Chat",
    "NotifyTelegram": "Telegram",
    "NotifyMattermost": "Mattermost",
    "NotifyPushover": "Pushover",
    "NotifyNtfy": "ntfy",
    "NotifyTwilio": "Text message",
    "NotifyJSON": "Webhook",
}
"""What a target may be, by Apprise's class: services of this machine, files and devices are left out."""
LONGEST = 1000
SECONDS = 8.0
"""How long one message may take; a pass of the loop waits for it."""


class ApprisePost:
    """The ``Post`` of a house. ``local_only``: a demo's messages never leave this machine."""

    def __init__(self, *, local_only: bool = False) -> None:
        self._local_only = local_only

    def target(self, address: str) -> Target:
        """What an address leads to, without its secrets.

        Raises:
            BadInput: it is no address of a service we send through, or leads where it may not.
        """
        service = self._service(address)
        kind = SERVICES[type(service).__name__]
        return Target(service=kind, shown=str(service.url(privacy=True)).partition("?")[0])

    def send(self, address: str, title: str, body: str) -> None:
        """Send one message, once.

        Raises:
            BadInput: as ``target``.
            TryLater: the service did not take it; it may be tried again.
        """
        service = self._service(address)
        try:
            taken = service.notify(body=body, title=title)
        except (
            Exception
        ) as fault:  # a plug-in of another project: whatever it raises means not sent
            raise TryLater(f"The message was not taken ({type(fault).__name__}).") from fault
        if not taken:
            raise TryLater("The message was not taken by the service.")

    def _service(self, address: str) -> Any:
        wanted = address.strip()
        if not wanted or len(wanted) > LONGEST:
            raise BadInput(f"Write an address of 1 to {LONGEST} characters.")
        found = _instance(wanted)
        if found is None or type(found).__name__ not in SERVICES:
            raise BadInput(
                "That is no address we can send to; write one such as mailtos://user:password@host,"
                " slack://…, a Slack or Teams webhook address, or jsons://host/path."
            )
        self._allowed(str(getattr(found, "host", "") or ""))
        return found

    def _allowed(self, host: str) -> None:
        here = _is_local(host)
        if self._local_only and here is not True:
            raise BadInput(
                "A demo sends to this machine only; write an address such as json://127.0.0.1:8080/."
            )
        if not self._local_only and here is not False:
            raise BadInput(f"{host} is not a public address; messages go to services outside only.")


def _is_local(host: str) -> bool | None:
    """True for this machine, False for a public host, None for another private address."""
    name = host.strip("[]").lower().rstrip(".")
    if name in {"localhost", "localhost.localdomain"}:
        return True
    address = _address(name)
    if address is None:
        return None if name.endswith((".local", ".internal", ".localhost")) else False
    mapped = getattr(address, "ipv4_mapped", None) or address
    if mapped.is_loopback:
        return True
    return False if mapped.is_global else None


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """A host that is a number, however it is written: resolvers also take 2130706433 and 0x7f.1 for one."""
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(name))
    except OSError:
        return None


def _instance(address: str) -> Any:
    with warnings.catch_warnings():
        # Apprise 2.3 imports imghdr on Python below 3.13, which Python says is deprecated.
        warnings.simplefilter("ignore", DeprecationWarning)
        import apprise  # noqa: PLC0415  a fifth of a second, and only whoever sends needs it

        asset = apprise.AppriseAsset(
            app_id="Command Centre",
            app_desc="Command Centre",
            plugin_paths=[],
            storage_mode=apprise.PersistentStoreMode.MEMORY,
            service_timeout=SECONDS,
            secure_logging=True,
        )
        return apprise.Apprise.instantiate(address, asset=asset, suppress_exceptions=True)
