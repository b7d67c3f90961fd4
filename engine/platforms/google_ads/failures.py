"""What a failed call said, in our own values, whichever library raised it.

Google puts its own failure message into the trailing metadata. The SDK turns it into
``GoogleAdsException``, but not for quota and INTERNAL, which arrive as ``google.api_core``
exceptions with the metadata on their cause (google-ads 34.0.0, interceptors/interceptor.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from google.ads.googleads.errors import GoogleAdsException
from google.ads.googleads.v26.errors.types.errors import GoogleAdsFailure
from google.api_core.exceptions import GoogleAPICallError
from google.auth.exceptions import GoogleAuthError, RefreshError
from google.protobuf.message import DecodeError
from grpc import RpcError

CAUGHT = (GoogleAdsException, GoogleAPICallError, RpcError, GoogleAuthError)
"""Everything a call can raise for reasons outside this program."""

_FAILURE_KEY = "google.ads.googleads.v26.errors.googleadsfailure-bin"
_NOT_SENT = (
    "failed to connect to all addresses",
    "DNS resolution failed",
    "Getting metadata from plugin failed",
)
_SHOWN = 3


@dataclass(frozen=True)
class Problem:
    """One entry of Google's failure: its family, its code, the field, and Google's words."""

    family: str
    code: str
    where: str
    words: str

    @property
    def sentence(self) -> str:
        """Code, field and words, for a person."""
        place = f" at {self.where}" if self.where else ""
        return f"{self.family} {self.code}{place}: {self.words.rstrip('.')}"


@dataclass(frozen=True)
class Told:
    """A failure, read: gRPC status, Google's entries, and the wait it asked for.

    ``sent`` is False when the call surely never left. ``sign_in`` marks a failure of the sign-in,
    before any call; ``lasting`` one of those that repeating cannot mend.
    """

    status: str
    words: str
    problems: tuple[Problem, ...] = ()
    wait: timedelta | None = None
    request_id: str = ""
    sent: bool = True
    sign_in: bool = False
    lasting: bool = False

    @property
    def sentence(self) -> str:
        """What was said, in one line."""
        said = "; ".join(problem.sentence for problem in self.problems[:_SHOWN])
        more = len(self.problems) - _SHOWN
        said = f"{said}; and {more} more" if more > 0 else said
        text = said or f"{self.status} {self.words.rstrip('.')}".strip()
        return f"{text} (request {self.request_id})" if self.request_id else text

    def has(self, family: str, *codes: str) -> bool:
        """True when an entry of that family (and one of the codes, when given) is there."""
        return any(p.family == family and (not codes or p.code in codes) for p in self.problems)


def told(error: BaseException) -> Told:
    """Read any exception of ``CAUGHT``."""
    if isinstance(error, GoogleAuthError):
        return _sign_in(error)
    if isinstance(error, GoogleAdsException):
        body = GoogleAdsFailure.pb(error.failure)
        return _told(error.error, body, error.request_id or body.request_id)
    call = error.__cause__ if isinstance(error, GoogleAPICallError) else error
    metadata = _metadata(call)
    body = _body(metadata)
    request_id = next((value for key, value in metadata if key == "request-id"), "")
    if isinstance(error, GoogleAPICallError) and not hasattr(call, "code"):
        status = getattr(error.grpc_status_code, "name", "UNKNOWN")
        return Told(status, error.message or "", _problems(body), _wait(body), request_id)
    return _told(call, body, request_id)


def _sign_in(error: GoogleAuthError) -> Told:
    first = error.args[0] if error.args else type(error).__name__
    words = type(first).__name__ if isinstance(first, Exception) else str(first)
    lasting = isinstance(error, RefreshError) and not error.retryable
    return Told("SIGN_IN", words, sent=False, sign_in=True, lasting=lasting)


def _told(call: Any, body: Any, request_id: str) -> Told:
    words = call.details() or ""
    status = getattr(call.code(), "name", "UNKNOWN")
    sent = not (status == "UNAVAILABLE" and words.startswith(_NOT_SENT))
    return Told(status, words, _problems(body), _wait(body), request_id or "", sent)


def _metadata(call: Any) -> list[tuple[str, Any]]:
    read = getattr(call, "trailing_metadata", None)
    return [(key, value) for key, value in (read() or ())] if read is not None else []


def _body(metadata: Iterable[tuple[str, Any]]) -> Any:
    for key, value in metadata:
        if key == _FAILURE_KEY:
            try:
                return GoogleAdsFailure.pb().FromString(value)
            except DecodeError:
                return None
    return None


def _problems(body: Any) -> tuple[Problem, ...]:
    return tuple(map(_problem, body.errors)) if body is not None else ()


def _problem(entry: Any) -> Problem:
    family = entry.error_code.WhichOneof("error_code") or "unknown_error"
    code = "UNKNOWN"
    if family != "unknown_error":
        described = entry.error_code.DESCRIPTOR.fields_by_name[family].enum_type
        value = described.values_by_number.get(getattr(entry.error_code, family))
        code = value.name if value is not None else code
    return Problem(family, code, _where(entry), entry.message)


def _where(entry: Any) -> str:
    parts = [
        f"{part.field_name}[{part.index}]" if part.HasField("index") else part.field_name
        for part in entry.location.field_path_elements
    ]
    return ".".join(parts)


def _wait(body: Any) -> timedelta | None:
    waits = [
        timedelta(seconds=delay.seconds, microseconds=delay.nanos // 1000)
        for entry in (body.errors if body is not None else ())
        if (delay := entry.details.quota_error_details.retry_delay).ByteSize()
    ]
    return max(waits, default=None)
