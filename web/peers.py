"""Whether an address or a host name means this very machine."""

from __future__ import annotations

import ipaddress


def is_loopback(host: str) -> bool:
    """True for loopback; dual-stack sockets show IPv4 inside IPv6, so that is unwrapped."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


def is_loopback_host(header: str) -> bool:
    """True when a ``Host`` header, with or without a port, names this machine."""
    name = header.strip().lower()
    if name.startswith("["):
        return is_loopback(name[1:].partition("]")[0])
    name = name.partition(":")[0]
    return name == "localhost" or is_loopback(name)
