"""The header words of LinkedIn's reports by language, as seen in downloads.

Seen: English, October 2024 (Ad Performance Report); Brazilian Portuguese, September 2023 (campaign
report). Another language is more words here.
"""

from __future__ import annotations

import re

WORDS: dict[str, tuple[str, ...]] = {
    "start": ("start date (in utc)", "data de início (em utc)"),
    "currency": ("currency", "moeda"),
    "campaign": ("campaign group name", "nome do grupo de campanhas"),
    "campaign_id": ("campaign group id", "código do grupo de campanhas"),
    "ad_group": ("campaign name", "nome da campanha"),
    "ad_group_id": ("campaign id", "código da campanha"),
    "ad": ("creative name", "nome do criativo"),
    "ad_id": ("ad id", "código do anúncio"),
    "cost": ("total spent", "total investido"),
    "impressions": ("impressions", "impressões"),
    "clicks": ("clicks", "cliques"),
    "conversions": ("conversions", "conversões"),
    "conversion_value": ("total conversion value", "valor total da conversão"),
    "leads": ("leads",),
}
"""Our name of a column, and its header in each language, in lower case."""

START = WORDS["start"]
RATES = re.compile(
    r"^(?:average|cost|return|daily budget|total budget|lead form completion"
    r"|média|custo|retorno|orçamento|taxa|frequência)|rate$"
)
"""Columns that show the decimal separator besides the measures."""
