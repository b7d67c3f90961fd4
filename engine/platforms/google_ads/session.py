"""The one SDK client and its channel: searches and mutates, each with a deadline."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Any

import grpc
from google.ads.googleads.client import GoogleAdsClient
from google.ads.googleads.v26.services.types import google_ads_service as _messages
from google.auth.transport.requests import Request
from google.oauth2.credentials import Credentials

from engine.platforms.google_ads.connection import Connection
from engine.platforms.google_ads.errors import fault
from engine.platforms.google_ads.failures import CAUGHT, told
from engine.wire.retry import patiently

_SIGN_IN_SECONDS = 30.0
_Mutate: Any = _messages.MutateGoogleAdsRequest.pb()
_Stream: Any = _messages.SearchGoogleAdsStreamRequest.pb()


class _RequestIds(grpc.UnaryUnaryClientInterceptor):  # type: ignore[type-arg]  # generic in stubs only
    """Google's id of the last answered call of each thread: a mutate's answer does not hold it."""

    def __init__(self) -> None:
        self._last = threading.local()

    def intercept_unary_unary(
        self, continuation: Callable[[Any, Any], Any], client_call_details: Any, request: Any
    ) -> Any:
        self._last.value = ""
        call = continuation(client_call_details, request)
        # the SDK's wrapper answers trailing_metadata() with the initial one too
        metadata = call.initial_metadata() or ()
        self._last.value = next((v for k, v in metadata if k == "request-id"), "")
        return call

    @property
    def last(self) -> str:
        return str(getattr(self._last, "value", ""))


class Session:
    """Signed-in access. The SDK's own loaders are not used: they call the public token service."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._ids = _RequestIds()
        self._signing = threading.Lock()
        self._credentials: Any = Credentials(
            None,
            refresh_token=connection.refresh_token,
            token_uri=connection.token_uri,
            client_id=connection.client_id,
            client_secret=connection.client_secret,
        )
        self._client: Any = GoogleAdsClient(
            self._credentials,
            developer_token=connection.developer_token,
            endpoint=connection.endpoint,
            login_customer_id=connection.login_customer_id,
            use_proto_plus=False,
            version="v26",
        )

    @cached_property
    def _service(self) -> Any:
        return self._client.get_service("GoogleAdsService", interceptors=[self._ids])

    def rows(self, customer: str, query: str) -> list[Any]:
        """Every row of a GAQL query, as plain protobuf messages; repeated with patience.

        Raises:
            TryLater: not reached, or out of quota.
            GiveUp: the query is wrong.
            AskPerson: access was refused.
        """
        return patiently(lambda: self._asked(lambda: self._stream(customer, query)))

    def customers(self) -> list[str]:
        """Ids of the accounts the user may open directly.

        Raises:
            TryLater: not reached, or out of quota.
            AskPerson: access was refused.
        """
        return patiently(lambda: self._asked(self._accessible))

    def mutate(
        self, customer: str, operations: Sequence[Any], *, validate_only: bool = False
    ) -> str:
        """One atomic request, sent once; Google's request id, empty when it gave none.

        Raises:
            Exception: one of ``failures.CAUGHT``; the caller decides what it means.
        """
        self._sign_in()
        request = _Mutate(
            customer_id=customer,
            mutate_operations=operations,
            partial_failure=False,
            validate_only=validate_only,
        )
        self._service.mutate(request=request, timeout=self.connection.write_seconds, retry=None)
        return self._ids.last

    def _sign_in(self) -> None:
        # before the call, so that a refused sign-in is never taken for a write of unknown outcome
        with self._signing:
            if not self._credentials.valid:
                self._credentials.refresh(partial(Request(), timeout=_SIGN_IN_SECONDS))

    def _asked(self, ask: Callable[[], list[Any]]) -> list[Any]:
        try:
            self._sign_in()
            return ask()
        except CAUGHT as error:
            raise fault(told(error)) from error

    def _stream(self, customer: str, query: str) -> list[Any]:
        request = _Stream(customer_id=customer, query=query)
        seconds = self.connection.read_seconds
        batches = self._service.search_stream(request=request, timeout=seconds, retry=None)
        return [row for batch in batches for row in batch.results]

    def _accessible(self) -> list[str]:
        service = self._client.get_service("CustomerService")
        seconds = self.connection.read_seconds
        answer = service.list_accessible_customers(timeout=seconds, retry=None)
        return [name.rsplit("/", 1)[-1] for name in answer.resource_names]
