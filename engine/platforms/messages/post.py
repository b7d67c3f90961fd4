"""Sending through Apprise (https://github.com/caronc/apprise), narrowed to services that carry words to people."""

from __future__ import annotations

import ipaddress
import socket
import threading
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from typing import Any

from engine.model.errors import BadInput, TryLater, UnknownOutcome
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
AT = {
    "NotifySlack": "slack.com",
    "NotifyDiscord": "discord.com",
    "NotifyGoogleChat": "chat.googleapis.com",
    "NotifyTelegram": "api.telegram.org",
    "NotifyPushover": "api.pushover.net",
    "NotifyTwilio": "api.twilio.com",
}
"""Where those with one place of their own are; what Apprise calls their host is a part of the token."""
LONGEST = 1000
SECONDS = 10.0
"""How long one message may take, all in all; a pass of the loop waits for it."""
LOOKUP_SECONDS = 5.0

Resolve = Callable[[str], Sequence[str]]
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def resolved(name: str) -> list[str]:
    """The addresses of a name, as this machine looks them up.

    Raises:
        OSError: it has none, or nobody answers.
    """
    return [str(found[4][0]) for found in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)]


class ApprisePost:
    """The ``Post`` of a house. ``local_only``: a demo's messages never leave this machine."""

    def __init__(
        self, *, local_only: bool = False, resolve: Resolve = resolved, seconds: float = SECONDS
    ) -> None:
        self._local_only = local_only
        self._resolve = resolve
        self._seconds = seconds
        self._sending: dict[str, Future[Any]] = {}

    def target(self, address: str) -> Target:
        """What an address leads to: the service and its host, nothing of the rest. An unknown host is said to be.

        Raises:
            BadInput: it is no address of a service we send through, or leads where it may not.
        """
        service = _service(address)
        host = _host(service)
        known = self._looked_up(host)
        shown = host if known else f"{host} (could not be looked up when it was added)"
        return Target(service=SERVICES[type(service).__name__], shown=shown)

    def send(self, address: str, title: str, body: str) -> None:
        """Send one message, once.

        Raises:
            BadInput: as ``target``.
            TryLater: the service did not take it; it may be tried again.
            UnknownOutcome: it took too long; it may have arrived.
        """
        service = _service(address)
        host = _host(service)
        if not self._looked_up(host):
            raise TryLater(f"{host} could not be looked up.")
        before = self._sending.get(address)
        if before is not None and not before.done():
            raise TryLater("An earlier message to it is still on its way.")
        sending = _begun(lambda: service.notify(body=body, title=title))
        self._sending[address] = sending
        if not _ended(sending, self._seconds):
            raise UnknownOutcome(
                f"The service did not answer within {self._seconds:g} seconds; the message may have arrived."
            )
        self._sending.pop(address, None)
        fault = sending.exception()
        if fault is not None:  # a plug-in of another project: whatever it raises means not sent
            raise TryLater(f"The message was not taken ({type(fault).__name__}).") from fault
        if not sending.result():
            raise TryLater("The message was not taken by the service.")

    def _looked_up(self, host: str) -> bool:
        """True when messages may go to a host, False when nobody knows where it is.

        Raises:
            BadInput: they may not.
        """
        here = _is_local(host)
        if self._local_only and here is not True:
            raise BadInput(
                "A demo sends to this machine only; write an address such as json://127.0.0.1:8080/."
            )
        if self._local_only:
            return True
        found = self._addresses(host) if here is False else []
        if here is not False or not all(_is_public(each) for each in found):
            raise BadInput(f"{host} is not a public address; messages go to services outside only.")
        return bool(found)

    def _addresses(self, host: str) -> Sequence[str]:
        looking = _begun(lambda: self._resolve(host.strip("[]")))
        if not _ended(looking, LOOKUP_SECONDS):
            return []
        try:
            found: Sequence[str] = looking.result()
        except (OSError, UnicodeError):  # the second: no name that could be asked for
            return []
        return found


def _service(address: str) -> Any:
    wanted = address.strip()
    if not wanted or len(wanted) > LONGEST:
        raise BadInput(f"Write an address of 1 to {LONGEST} characters.")
    found = _instance(wanted)
    if found is None or type(found).__name__ not in SERVICES:
        raise BadInput(
            "That is no address we can send to; write one such as mailtos://user:password@host,"
            " slack://…, a Slack or Teams webhook address, or jsons://host/path."
        )
    if any(getattr(found, each, None) for each in ("pgp_key", "pgp_privkey", "use_wkd")):
        raise BadInput("Keys for PGP would be fetched from elsewhere; leave them out.")
    found.redirects = False  # whatever the address says: nobody sends us on to another host
    found.request_rate_per_sec = 0  # else seconds of sleep between the recipients of one address
    return found


def _host(service: Any) -> str:
    """The host the messages of a service go to; of e-mail it is the mail server."""
    name = type(service).__name__
    if name == "NotifyNtfy" and service.mode == "cloud":
        return "ntfy.sh"
    own = getattr(service, "smtp_host", "") or service.host or ""
    return AT.get(name) or str(own)


def _begun(call: Callable[[], Any]) -> Future[Any]:
    """A call in a thread that nobody has to wait for, not even at the end of the process."""
    future: Future[Any] = Future()

    def run() -> None:
        try:
            future.set_result(call())
        except Exception as fault:  # noqa: BLE001  whoever waits raises it
            future.set_exception(fault)

    threading.Thread(target=run, name="message", daemon=True).start()
    return future


def _ended(future: Future[Any], seconds: float) -> bool:
    return bool(wait([future], timeout=seconds).done)


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
    return False if _is_public(name) else None


def _is_public(number: str) -> bool:
    address = _address(number)
    if address is None:
        return False
    inner = _inner(address)
    odd = inner.is_multicast or inner.is_reserved or getattr(inner, "is_site_local", False)
    return inner.is_global and not odd


def _inner(address: _Address) -> _Address:
    """The IPv4 address an IPv6 one stands for, where it does."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _address(name: str) -> _Address | None:
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
            secure_logging=True,
        )
        return apprise.Apprise.instantiate(address, asset=asset, suppress_exceptions=True)
