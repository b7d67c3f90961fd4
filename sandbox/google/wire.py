"""The plain protobuf classes of Google Ads v26, and small helpers over them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from google.ads.googleads.v26.errors.types.errors import GoogleAdsFailure as _Failure
from google.ads.googleads.v26.services.types import customer_service as _customers
from google.ads.googleads.v26.services.types import google_ads_service as _service

Failure: Any = _Failure.pb()
Row: Any = _service.GoogleAdsRow.pb()
SearchRequest: Any = _service.SearchGoogleAdsRequest.pb()
SearchResponse: Any = _service.SearchGoogleAdsResponse.pb()
StreamRequest: Any = _service.SearchGoogleAdsStreamRequest.pb()
StreamResponse: Any = _service.SearchGoogleAdsStreamResponse.pb()
MutateRequest: Any = _service.MutateGoogleAdsRequest.pb()
MutateResponse: Any = _service.MutateGoogleAdsResponse.pb()
MutateOperation: Any = _service.MutateOperation.pb()
OperationResponse: Any = _service.MutateOperationResponse.pb()
ListRequest: Any = _customers.ListAccessibleCustomersRequest.pb()
ListResponse: Any = _customers.ListAccessibleCustomersResponse.pb()


@lru_cache(maxsize=64)
def resource_class(kind: str) -> Any:
    """The message class of a resource named as in a row, such as `campaign_budget`."""
    return type(getattr(Row(), kind))


def blank(kind: str) -> Any:
    """A new, empty resource of that kind."""
    return resource_class(kind)()


def enum_name(message: Any, field: str) -> str:
    """The name of an enum field's value."""
    described = message.DESCRIPTOR.fields_by_name[field]
    value = described.enum_type.values_by_number.get(getattr(message, field))
    return str(value.name) if value is not None else "UNKNOWN"


def set_enum(message: Any, field: str, name: str) -> None:
    """Set an enum field by the name of a value."""
    described = message.DESCRIPTOR.fields_by_name[field]
    setattr(message, field, described.enum_type.values_by_name[name].number)


def resource_name(customer_id: str, collection: str, *ids: int) -> str:
    """A resource name such as `customers/1/adGroupAds/2~3`."""
    return f"customers/{customer_id}/{collection}/{'~'.join(str(each) for each in ids)}"


def last_id(name: str) -> int:
    """The last number of a resource name.

    Raises:
        ValueError: the name does not end in a number.
    """
    return int(name.rsplit("/", 1)[-1].rsplit("~", 1)[-1])


def plain(message: Any) -> dict[str, Any]:
    """A message's set fields as JSON values, enums by name, in proto field names."""
    result: dict[str, Any] = {}
    for field, value in message.ListFields():
        many = hasattr(value, "append") or hasattr(value, "add")
        items = [_plain_value(field, each) for each in value] if many else None
        name = field.name.rstrip("_")
        result[name] = items if items is not None else _plain_value(field, value)
    return result


def _plain_value(field: Any, value: Any) -> Any:
    if field.message_type is not None:
        return plain(value)
    if field.enum_type is not None:
        known = field.enum_type.values_by_number.get(value)
        return known.name if known is not None else value
    return value
