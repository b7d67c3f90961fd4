"""The texts sent to Google, and that no name can break out of them."""

from datetime import date

from engine.platforms.google_ads import queries


def test_performance_of_removed_campaigns_is_kept():
    for text in (
        queries.campaign_days(date(2026, 3, 1), date(2026, 3, 9)),
        queries.ad_days(date(2026, 3, 1), date(2026, 3, 9)),
    ):
        assert "REMOVED" not in text
        assert "segments.date BETWEEN '2026-03-01' AND '2026-03-09'" in text


def test_a_quote_in_a_name_stays_inside_the_name():
    text = queries.campaign_named("O'Neil \\ Sons' OR campaign.id > 0")
    assert "campaign.name = 'O\\'Neil \\\\ Sons\\' OR campaign.id > 0'" in text
