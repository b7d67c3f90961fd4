"""The marketing funnel of Olist: qualified leads with their origin, and the deals won from them.

Deals join leads on ``mql_id``. There is no deal value: ``declared_monthly_revenue`` is what a
seller says of itself and stays in ``extra``.
"""

from __future__ import annotations

from engine.model.errors import BadInput
from engine.model.exports import Export
from engine.platforms.files import crm
from engine.platforms.files.records import Records, normal
from engine.platforms.files.sheet import Sheet

NAME = "olist"
DESCRIPTION = "Olist qualified leads and closed deals"

_LEADS = {"mql_id", "first_contact_date", "landing_page_id", "origin"}
_DEALS = {"mql_id", "seller_id", "won_date"}


def matches(sheet: Sheet) -> bool:
    """Either of the two tables."""
    if not sheet.head:
        return False
    names = {normal(cell) for cell in sheet.head[0].cells}
    return names >= _LEADS or names >= _DEALS


def read(sheet: Sheet) -> Export:
    """Leads, or deals that were all won.

    Raises:
        BadInput: Quotes do not pair.
    """
    header, *lines = sheet.lines()
    records = Records(header.cells, lines, sheet.answers)
    key = records.find("mql_id")
    if key is None:
        raise BadInput("The file has no mql_id column; download it again.")
    records.refuse_blank(key)
    if "won_date" in map(normal, records.header):
        return _deals(sheet, records, key)
    created, page, origin = (
        records.find(name) for name in ("first_contact_date", "landing_page_id", "origin")
    )
    used = [place for place in (key, created, page, origin) if place is not None]
    columns: crm.Columns = {
        "lead_id": records.texts(key),
        "created_on": crm.dates(records, created)[0],
        "source": records.texts(origin),
        "landing_page": records.texts(page),
        "extra": records.rest(used),
    }
    return crm.leads(sheet.file, "olist_leads", records, columns)


def _deals(sheet: Sheet, records: Records, key: int) -> Export:
    closed = records.find("won_date")
    if closed is not None:
        records.refuse_blank(closed)
    columns: crm.Columns = {
        "deal_id": records.texts(key),
        "stage": ["won"] * len(records.rows),
        "won": [True] * len(records.rows),
        "closed_on": crm.dates(records, closed)[0],
        "extra": records.rest([key]),
    }
    note = "The file holds no deal values and no currency; revenue cannot be worked out from it."
    return crm.deals(sheet.file, "olist_closed_deals", records, columns, notes=(note,))
