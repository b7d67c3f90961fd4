"""New ads out of an approved concept's own blocks: nothing is invented, nothing is repeated."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence

from engine.model.concepts import Concept
from engine.model.copy import text_hash, variant_key
from policies.actions import AdSpec, AdText, ShipVariant
from policies.formats import FORMATS, Format, faults, width

_TRIES_EACH = 40
_HEADLINES_AIMED, _DESCRIPTIONS_AIMED = 8, 3  # room to test, well under the format's most
AGENT = "creative"


def make(concept: Concept, existing: Collection[str], count: int, seed: int) -> tuple[AdSpec, ...]:
    """Up to ``count`` new distinct ads, fewer when the blocks give no more; none unless approved.

    ``existing`` are the text hashes that were ever used. The fixed lines are in every ad, blocks
    that break the format are never picked, and the same seed gives the same ads. A channel without
    a format gives none.
    """
    form = FORMATS.get(concept.channel)
    if form is None or not concept.approved:
        return ()
    chance = random.Random(f"{concept.concept}:{seed}")
    seen, found = set(existing), list[AdSpec]()
    for _ in range(_TRIES_EACH * max(count, 0)):
        if len(found) >= count:
            break
        text = _draw(concept, form, chance)
        if text is None or faults(text, form):
            continue
        mark = text_hash(text)
        if mark not in seen:
            seen.add(mark)
            found.append(
                AdSpec(
                    variant=variant_key(concept.concept, text),
                    concept=concept.concept,
                    text=text,
                    offer=concept.offer,
                )
            )
    return tuple(found)


def shipments(
    ads: Sequence[AdSpec], concept: Concept, *, client: str, currency: str, account: str
) -> list[ShipVariant]:
    """One action per ad, beside the ads its ad group has; the reason names the concept it comes from."""
    return [
        ShipVariant(
            client=client,
            currency=currency,
            agent=AGENT,
            reason=f"It is a new variant of the approved concept {concept.concept}.",
            campaign=concept.campaign,
            account=account,
            channel=concept.channel,
            ad_group=concept.ad_group,
            ad=ad,
        )
        for ad in ads
    ]


def _draw(concept: Concept, form: Format, chance: random.Random) -> AdText | None:
    headlines = _lines(
        concept.fixed_headlines,
        [h for h in concept.headlines if 0 < width(h) <= form.headline_length],
        (form.headlines[0], min(form.headlines[1], _HEADLINES_AIMED)),
        chance,
    )
    descriptions = _lines(
        concept.fixed_descriptions,
        [d for d in concept.descriptions if 0 < width(d) <= form.description_length],
        (form.descriptions[0], min(form.descriptions[1], _DESCRIPTIONS_AIMED)),
        chance,
    )
    if headlines is None or descriptions is None:
        return None
    return AdText(
        headlines=headlines,
        descriptions=descriptions,
        path=concept.path[: form.paths],
        final_url=concept.final_url,
        business_name=concept.business_name if form.business_name_length else "",
    )


def _lines(
    fixed: tuple[str, ...],
    options: Sequence[str],
    bounds: tuple[int, int],
    chance: random.Random,
) -> tuple[str, ...] | None:
    """The fixed lines first, then options in a drawn order; None when they cannot reach the least."""
    free = [line for line in dict.fromkeys(options) if line not in fixed]
    least = max(bounds[0] - len(fixed), 0)
    most = min(bounds[1] - len(fixed), len(free))
    if least > len(free) or most < least:
        return fixed if least == 0 and fixed else None
    return (*fixed, *chance.sample(free, chance.randint(max(least, min(1, most)), most)))
