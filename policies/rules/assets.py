"""Pictures: from the client's library alone, with logo, contrast, shape and weight as measured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from policies.actions import copy_of
from policies.case import Case
from policies.fields import says
from policies.image_formats import PICTURES, fits
from policies.records import AssetOnRecord, contrast_hundredths
from policies.rule import COPY_KINDS, Rule, Share, channel_name, percent
from policies.verdict import Family, Reason


class Assets(Rule):
    """An ad names its pictures by the hash of their bytes; what is not in the library, in date, is blocked."""

    name: ClassVar[str] = "assets"
    title: ClassVar[str] = "Pictures and logos"
    kinds: ClassVar[frozenset[str] | None] = COPY_KINDS
    family: ClassVar[Family] = "brand"

    min_logo_px: Annotated[int, Field(ge=1, le=10_000)] = Field(
        title="Smallest side of a logo, pixels",
        description="Google takes 128 at least.",
        json_schema_extra=says("lower"),
    )
    min_clear_share: Share = Field(
        title="Clear space around a logo",
        description="Its narrowest side, over the logo's own shorter side.",
        json_schema_extra=says("lower"),
    )
    min_contrast_tenths: Annotated[int, Field(ge=10, le=210)] = Field(
        title="Contrast of writing on a picture, tenths",
        description="45 is 4.5:1, what WCAG 2.2 asks of text (1.4.3); of the colours written at the upload.",
        json_schema_extra=says("lower"),
    )
    max_bytes: Annotated[int, Field(ge=1, le=100_000_000)] = Field(
        title="Heaviest picture, bytes",
        description="The channel's own limit holds beside it.",
        json_schema_extra=says("higher"),
    )

    def judge(self, case: Case) -> Iterator[Reason]:
        """Blocks every picture that is not in the library or breaks a limit."""
        library = {a.file: a for a in case.standing.assets}
        day = case.standing.now.date()
        for ad in copy_of(case.action):
            for key in ad.assets:
                asset = library.get(key)
                if asset is None or (asset.until is not None and asset.until < day):
                    why = "is not in the client's library" if asset is None else "is out of date"
                    yield self._no(ad.variant, key, f"{why}; upload it, or take another")
                    continue
                for wrong in self._faults(asset, case.action.channel):
                    yield self._no(ad.variant, key, wrong)

    def _faults(self, asset: AssetOnRecord, channel: str) -> Iterator[str]:
        least = min(asset.width, asset.height)
        if asset.kind == "logo" and least < self.min_logo_px:
            yield f"is a logo of {least} pixels on its smallest side; {self.min_logo_px} are needed"
        if asset.kind == "logo" and asset.clear_millionths < self.min_clear_share:
            need, has = percent(self.min_clear_share), percent(asset.clear_millionths)
            yield f"leaves {has} of clear space around the logo; {need} is needed"
        if asset.text is not None and asset.ground is not None:
            found = contrast_hundredths(asset.text, asset.ground)
            if found < self.min_contrast_tenths * 10:
                bound = self.min_contrast_tenths / 10
                yield f"has writing at a contrast of {found / 100:.2f}:1; {bound:.1f}:1 is needed"
        if asset.size_bytes > self.max_bytes:
            yield f"weighs {asset.size_bytes:,} bytes; at most {self.max_bytes:,} are taken"
        yield from _unfit(asset, channel)

    def _no(self, variant: str, key: str, wrong: str) -> Reason:
        return self.reason(
            "block",
            f"Picture {key[:12]} {wrong}; variant {variant} uses it.",
            asset=key,
            variant=variant,
        )

    def describe(self) -> str:
        """The limits."""
        return (
            f"Pictures come from the library alone; a logo has at least {self.min_logo_px} pixels and"
            f" {percent(self.min_clear_share)} of clear space, writing a contrast of"
            f" {self.min_contrast_tenths / 10:.1f}:1, a file at most {self.max_bytes:,} bytes."
        )


def _unfit(asset: AssetOnRecord, channel: str) -> Iterator[str]:
    form, size = PICTURES.get(channel), f"{asset.width} x {asset.height}"
    if form is None:
        yield f"goes to {channel_name(channel)}, whose picture formats are not written down"
        return
    if asset.size_bytes > form.most_bytes:
        yield f"weighs {asset.size_bytes:,} bytes; {channel_name(channel)} takes {form.most_bytes:,}"
    shapes = form.logos if asset.kind == "logo" and form.logos else form.shapes
    if not any(fits(asset.width, asset.height, shape) for shape in shapes):
        listed = ", ".join(f"{s.name} from {s.least_width} x {s.least_height}" for s in shapes)
        yield f"is {size}; {channel_name(channel)} takes {listed} ({form.source})"
