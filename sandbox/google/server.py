"""Google Ads over TLS gRPC: generic handlers for the real service and message names of v26."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc

from sandbox.faults import FaultBox
from sandbox.google import wire
from sandbox.google.auth import Credentials, check_call
from sandbox.google.failures import Problem, Refused, refuse
from sandbox.spec import Fault
from sandbox.world import World

_PACKAGE = "google.ads.googleads.v26.services"
_FAILURE_KEY = "google.ads.googleads.v26.errors.googleadsfailure-bin"
_PAGE = 10_000
_BATCH = 1_000
_RETRY_SECONDS = 30


def serve(
    world: World, faults: FaultBox, known: Credentials, pair: tuple[bytes, bytes], port: int
) -> tuple[grpc.Server, int]:
    """Start the server on 127.0.0.1; returns it and its port. A port of 0 picks a free one.

    `pair` is the private key and the certificate chain, PEM.
    """
    service = _Service(world, faults, known)
    server = grpc.server(
        ThreadPoolExecutor(max_workers=16, thread_name_prefix="google"),
        options=[("grpc.max_receive_message_length", 64 * 1024 * 1024), ("grpc.so_reuseport", 0)],
    )
    server.add_generic_rpc_handlers(
        (
            grpc.method_handlers_generic_handler(f"{_PACKAGE}.GoogleAdsService", service.ads()),
            grpc.method_handlers_generic_handler(
                f"{_PACKAGE}.CustomerService", service.customers()
            ),
        )
    )
    guarded = grpc.ssl_server_credentials([pair])
    bound = server.add_secure_port(f"127.0.0.1:{port}", guarded)
    server.start()
    return server, bound


class _Service:
    def __init__(self, world: World, faults: FaultBox, known: Credentials) -> None:
        self._world, self._faults, self._known = world, faults, known

    def ads(self) -> dict[str, Any]:
        return {
            "Search": _unary(self._guarded("Search", self._search), wire.SearchRequest),
            "SearchStream": grpc.unary_stream_rpc_method_handler(
                self._stream,
                request_deserializer=wire.StreamRequest.FromString,
                response_serializer=wire.StreamResponse.SerializeToString,
            ),
            "Mutate": _unary(self._guarded("Mutate", self._mutate), wire.MutateRequest),
        }

    def customers(self) -> dict[str, Any]:
        call = self._guarded("ListAccessibleCustomers", self._list)
        return {"ListAccessibleCustomers": _unary(call, wire.ListRequest)}

    def _guarded(self, call: str, answer: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
        def handle(request: Any, context: Any) -> Any:
            request_id = secrets.token_urlsafe(16)
            try:
                self._check(context)
                fault = self._faults.draw(call)
                if fault is not None:
                    _before(fault, context)
                response = answer(request)
                if fault is not None and fault.kind == "applied_then_timeout":
                    _abort(
                        context, request_id, grpc.StatusCode.DEADLINE_EXCEEDED, "Deadline exceeded"
                    )
            except Refused as refused:
                _refuse(context, request_id, refused)
            context.set_trailing_metadata((("request-id", request_id),))
            return response

        return handle

    def _check(self, context: Any) -> None:
        metadata = {key.lower(): value for key, value in context.invocation_metadata()}
        check_call(self._world.secret, self._known, metadata, time.time(), self._world.customers())

    def _search(self, request: Any) -> Any:
        if request.page_size:
            said = "Setting the page size is not supported; pages hold 10,000 rows."
            raise refuse("request_error", "PAGE_SIZE_NOT_SUPPORTED", said)
        found = self._world.search(request.customer_id, request.query)
        start = _page_start(request.page_token)
        response = wire.SearchResponse()
        if request.validate_only:
            return response
        response.results.extend(found.rows[start : start + _PAGE])
        response.field_mask.paths.extend(found.mask)
        response.total_results_count = len(found.rows)
        if start + _PAGE < len(found.rows):
            response.next_page_token = f"page-{start + _PAGE}"
        response.query_resource_consumption = 10 + len(found.rows) // 100
        return response

    def _stream(self, request: Any, context: Any) -> Iterator[Any]:
        request_id = secrets.token_urlsafe(16)
        try:
            self._check(context)
            fault = self._faults.draw("SearchStream")
            if fault is not None:
                _before(fault, context)
            found = self._world.search(request.customer_id, request.query)
        except Refused as refused:
            _refuse(context, request_id, refused)
            return
        if fault is not None and fault.kind == "applied_then_timeout":
            _abort(context, request_id, grpc.StatusCode.DEADLINE_EXCEEDED, "Deadline exceeded")
        context.set_trailing_metadata((("request-id", request_id),))
        rows = found.rows
        for start in range(0, max(1, len(rows)), _BATCH):
            batch = wire.StreamResponse()
            batch.results.extend(rows[start : start + _BATCH])
            batch.field_mask.paths.extend(found.mask)
            batch.request_id = request_id
            if start + _BATCH >= len(rows):
                batch.query_resource_consumption = 10 + len(rows) // 100
            yield batch

    def _mutate(self, request: Any) -> Any:
        return self._world.mutate(request)

    def _list(self, _request: Any) -> Any:
        names = [f"customers/{each}" for each in self._world.customers()]
        return wire.ListResponse(resource_names=names)


def _unary(call: Callable[[Any, Any], Any], request: Any) -> Any:
    return grpc.unary_unary_rpc_method_handler(
        call,
        request_deserializer=request.FromString,
        response_serializer=lambda response: response.SerializeToString(),
    )


def _page_start(token: str) -> int:
    if not token:
        return 0
    number = token.removeprefix("page-")
    if not number.isdigit():
        raise refuse("request_error", "INVALID_PAGE_TOKEN", f"The page token {token!r} is wrong.")
    return int(number)


def _before(fault: Fault, context: Any) -> None:
    """Let a fault strike before the call is applied."""
    if fault.seconds:
        time.sleep(fault.seconds)
    if fault.kind == "dropped":
        _abort(context, "", grpc.StatusCode.DEADLINE_EXCEEDED, "Deadline exceeded")
    if fault.kind == "unavailable":
        _abort(context, "", grpc.StatusCode.UNAVAILABLE, "The service is currently unavailable.")
    if fault.kind == "quota":
        problem = Problem("quota_error", "RESOURCE_EXHAUSTED", "Too many requests. Retry later.")
        raise Refused([problem], "RESOURCE_EXHAUSTED", _RETRY_SECONDS)
    if fault.kind == "internal":
        raise refuse("internal_error", "INTERNAL_ERROR", "An internal error occurred.", "INTERNAL")


def _refuse(context: Any, request_id: str, refused: Refused) -> None:
    status = grpc.StatusCode[refused.status]
    context.set_trailing_metadata(
        ((_FAILURE_KEY, refused.failure.SerializeToString()), ("request-id", request_id))
    )
    context.abort(
        status, "Request contains an invalid argument." if not refused.args else str(refused)
    )


def _abort(context: Any, request_id: str, status: grpc.StatusCode, said: str) -> None:
    if request_id:
        context.set_trailing_metadata((("request-id", request_id),))
    context.abort(status, said)
