"""Small downloads of our own for tests that take files in; no real account is in them."""

from __future__ import annotations

import io
import zipfile

HEADER = "Campaign name,Day,Amount spent (USD),Impressions,Link clicks"
META = f"""{HEADER}
Autumn,2026-11-01,12.50,1000,20
Autumn,2026-11-02,13.75,1100,22
Autumn,2026-11-03,10.00,900,18
Winter,2026-11-06,20.25,1500,31
""".encode()
RESTATED = f"""{HEADER}
Autumn,2026-11-02,14.95,1100,23
Autumn,2026-11-03,10.00,900,18
Winter,2026-11-07,21.00,1510,32
Winter,2026-11-08,21.00,1510,many
""".encode()
"""Changes 2 November, tells 3 November alike, brings 7 November; one line cannot be read."""

NO_CURRENCY = HEADER.replace(" (USD)", "").encode() + b"\nAutumn,2026-11-01,12.50,1000,20\n"
AMBIGUOUS = NO_CURRENCY.replace(b"2026-11-01", b"03/04/2026")
REPORT = b"""Campaign report
2 January 2026 - 29 January 2026
Campaign,Currency code,Clicks,Impr.,Cost,Conversions
Harbour | Brand,GBP,412,"27,540",512.40,31.50
Harbour | Generic,GBP,198,"8,215",287.35,18.00
Total: Campaigns,GBP,610,"35,755",799.74,49.50
"""


def zipped(**members: bytes) -> bytes:
    """A zip; names are given without their ``.csv``."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(
                zipfile.ZipInfo(f"{name}.csv"), content, zipfile.ZIP_DEFLATED
            )  # of no date
    return packed.getvalue()
