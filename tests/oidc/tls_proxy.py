"""A small TLS proxy in front of a server, as nginx or Caddy would stand there: it says by which scheme it was asked.

``start(...)`` runs it in a thread. It speaks to the server from an address of its own, 127.0.0.9.
"""

from __future__ import annotations

import asyncio
import ssl
import threading

FROM = "127.0.0.9"
"""The address it is known by; CC_PROXY of the server behind it."""


def start(port: int, behind: int, context: ssl.SSLContext) -> threading.Thread:
    """Listen on ``port`` with the context's certificate, in a thread that dies with the process."""
    ready = threading.Event()

    async def serve() -> None:
        server = await asyncio.start_server(
            lambda r, w: _one(r, w, behind), "127.0.0.1", port, ssl=context
        )
        ready.set()
        async with server:
            await server.serve_forever()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert ready.wait(10)
    return thread


async def _one(reader, writer, behind: int) -> None:
    """One request a connection, so that each gets its headers; a websocket stays."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        inside, outside = await asyncio.open_connection("127.0.0.1", behind, local_addr=(FROM, 0))
        outside.write(_told(head))
        await asyncio.gather(_pour(reader, outside), _pour(inside, writer))
    except (OSError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


def _told(head: bytes) -> bytes:
    first, *lines = head[:-4].split(b"\r\n")
    socket = any(line.lower().startswith(b"upgrade:") for line in lines)
    kept = [line for line in lines if socket or not line.lower().startswith(b"connection:")]
    added = [b"X-Forwarded-Proto: https", b"X-Forwarded-For: 203.0.113.9"]
    added += [] if socket else [b"Connection: close"]
    return b"\r\n".join([first, *kept, *added]) + b"\r\n\r\n"


async def _pour(source, sink) -> None:
    try:
        while piece := await source.read(65536):
            sink.write(piece)
            await sink.drain()
        sink.close()
    except OSError:
        sink.close()
