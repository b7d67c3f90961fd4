"""What a browser may load and run on our pages (Content Security Policy, level 3)."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

_INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


def policy(page: Path) -> str:
    """The policy for a page file: our own scripts and the file's inline ones, each by its SHA-256.

    The page is Streamlit's and changes with its version, so the hashes are taken from the file that is served.
    """
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(code).digest()).decode()}'"
        for code in _INLINE.findall(page.read_bytes())
    ]
    return "; ".join(
        [
            "default-src 'self'",
            " ".join(["script-src 'self'", *hashes]),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-ancestors 'self'",
            "base-uri 'self'",
            "object-src 'none'",
            "form-action 'self'",
        ]
    )
