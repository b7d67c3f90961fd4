"""What an uploaded brand file really is, by its content: a picture's facts, or a document that may be evidence."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageChops, UnidentifiedImageError

from engine.model.brand import BrandKind
from engine.model.errors import BadInput

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 50_000_000
_PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}


@dataclass(frozen=True)
class Content:
    """Its type, and for a picture its size in pixels and the clear space around what it shows, in millionths."""

    media_type: str
    width: int = 0
    height: int = 0
    clear_millionths: int = 0


def content_of(name: str, data: bytes, kind: BrandKind) -> Content:
    """The facts of a file, whatever its name says.

    Raises:
        BadInput: it is empty, too large, of a type that is not taken, or a picture that cannot be read.
    """
    if not data:
        raise BadInput(f"{name} is empty.")
    if len(data) > MOST_BYTES:
        most = MOST_BYTES // (1024 * 1024)
        raise BadInput(f"{name} has {len(data):,} bytes; at most {most} MB are taken.")
    if kind == "evidence":
        if data.startswith(b"%PDF-"):
            return Content("application/pdf")
        if _is_text(data):
            return Content("text/plain")
    return _picture(name, data, kind)


def _picture(name: str, data: bytes, kind: BrandKind) -> Content:
    taken = "a PDF, a text or a picture" if kind == "evidence" else "a PNG, JPEG, GIF or WebP"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=list(_PICTURES)) as found:
                width, height = found.size
                if width * height > MOST_PIXELS:
                    raise BadInput(f"{name} has {width} x {height} pixels; that is too many.")
                form = str(found.format)
                found.load()
                clear = _clear_space(found) if kind == "logo" else 0
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadInput(f"{name} is not {taken} by its content.") from None
    except (OSError, ValueError, SyntaxError):
        raise BadInput(f"{name} is a damaged picture; save it anew and try again.") from None
    return Content(_PICTURES[form], width, height, clear)


def _clear_space(logo: Image.Image) -> int:
    """The narrowest empty side around a logo over its shorter side, in millionths.

    Empty is transparent, or the colour of the corner at the top left; a picture that is all empty has none.
    """
    shown = logo.convert("RGBA")
    alpha = shown.getchannel("A")
    if alpha.getextrema()[0] == 0:
        box = alpha.getbbox()
    else:
        plain = shown.convert("RGB")
        ground = Image.new("RGB", plain.size, plain.getpixel((0, 0)))
        box = ImageChops.difference(plain, ground).getbbox()
    if box is None:
        return 0
    left, top, right, bottom = box
    narrowest = min(left, top, shown.width - right, shown.height - bottom)
    return narrowest * 1_000_000 // min(right - left, bottom - top)


def _is_text(data: bytes) -> bool:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(c.isprintable() or c in "\r\n\t" for c in text)
