"""The pure parts: charts, sparklines, text made harmless."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine.reporting.client.targets import NOTHING
from engine.reporting.client.view import performance
from pages.parts.cards import spark_svg
from pages.parts.charts import mix_figure, pacing_figure, reach, ticks_in
from pages.parts.formats import plain, safe
from pages.parts.tones import TONES
from pages.parts.trend_chart import trend_figure
from policies.money import MICROS
from tests.engine.reporting.made import NOW, TODAY, ask, material, move


def page(**other):
    days = [TODAY - timedelta(days=n) for n in range(40)]
    return performance(
        material(
            spend=[(d, c, 100) for d in days for c in ("google_search", "youtube")],
            actions=[(d, 2) for d in days],
            **other,
        ),
        NOW,
        "month",
    )


def test_the_main_chart_stacks_channels_and_numbers_our_moves():
    moves = [move(TODAY - timedelta(days=2)), move(TODAY - timedelta(days=9))]
    asks = [ask(kind="spend_anomaly", opened_at=NOW - timedelta(days=3))]
    figure = trend_figure(page(moves=moves, asks=asks).trend, "consultation", "GBP", "light")
    bars = [t for t in figure.data if t.type == "bar"]
    assert [b.name for b in bars] == ["Google Search", "YouTube"]
    assert all(len(b.x) == 30 for b in bars)
    pins = next(t for t in figure.data if t.text)
    assert list(pins.text) == ["<b>1</b>", "<b>2</b>"]
    diamond = next(t for t in figure.data if t.name == "Anomaly")
    assert list(diamond.x) == [TODAY - timedelta(days=3)]


def test_the_dotted_line_begins_where_figures_may_still_change():
    figure = trend_figure(page().trend, "consultation", "GBP", "dark")
    firm, soft = [t for t in figure.data if t.name and t.name.startswith("Cost per")]
    assert soft.line.dash == "dot"
    assert firm.x[-1] == soft.x[0] == TODAY - timedelta(days=8)
    assert soft.x[-1] == TODAY - timedelta(days=1)


def test_a_target_is_drawn_and_named():
    targets = {**NOTHING, "cost_per_action_micros": 60 * MICROS}
    figure = trend_figure(page(targets=targets).trend, "consultation", "GBP", "light")
    assert "Target £60" in [a.text for a in figure.layout.annotations]
    assert any(s.y0 == s.y1 == 60 for s in figure.layout.shapes)


def test_charts_stand_without_any_figure():
    empty = performance(material(), NOW, "month")
    trend_figure(empty.trend, "order", "USD", "light")
    pacing_figure(empty.pacing, "USD", "light")
    assert len(mix_figure(empty.mix, "light").data) == 0


@given(st.floats(0, 1e6), st.floats(0.01, 1e6))
def test_there_are_never_more_than_three_ticks_and_all_in_range(low, width):
    ticks = ticks_in(low, low + width)
    assert len(ticks) <= 3
    assert all(low <= t <= low + width for t in ticks)


@given(st.lists(st.floats(0, 1e9), max_size=40))
def test_every_value_has_room_on_its_axis(values):
    low, high = reach(values)
    assert low < high
    assert all(low <= v <= high for v in values)


@given(st.lists(st.one_of(st.none(), st.floats(0, 1e9)), max_size=30), st.integers(0, 40))
def test_a_sparkline_is_drawn_for_any_series(values, maturing):
    drawing = spark_svg(values, 5.0, maturing, "#000", "#111")
    assert drawing.startswith("<svg")
    assert "nan" not in drawing


@given(st.text())
def test_text_of_others_has_no_live_markup(text):
    shown = plain(text)
    bare = shown.replace("\\\\", "")
    for sign in "<>[]*`$":
        assert bare.count(sign) == bare.count("\\" + sign)
    assert "\n" not in shown
    assert safe(shown) == shown or "$" not in text


def test_two_dollar_amounts_never_make_a_formula():
    assert safe("$3 and $4") == "\\$3 and \\$4"
    assert safe("\\$3") == "\\$3"


def test_pins_and_anomalies_are_links_that_stay_in_the_tab():
    moves = [move(TODAY - timedelta(days=2))]
    asks = [ask(kind="spend_anomaly", opened_at=NOW - timedelta(days=3))]
    view = page(moves=moves, asks=asks).trend
    hrefs = {view.pins[0].ref: 'ledger?find="D"&client=north', "E-101": "inbox?e=E-101"}
    figure = trend_figure(view, "consultation", "GBP", "light", hrefs=hrefs)
    texts = [a.text for a in figure.layout.annotations if a.text.startswith("<a ")]
    assert [
        'href="ledger?find=&quot;D&quot;&amp;client=north" target="_self"' in texts[0],
        'href="inbox?e=E-101" target="_self"' in texts[1],
    ] == [True, True]
    assert "ledger" not in trend_figure(view, "consultation", "GBP", "light").to_json()


def test_what_platforms_claim_is_drawn_as_a_line_for_each_channel_in_its_colour():
    days = [TODAY - timedelta(days=n) for n in range(40)]
    view = performance(
        material(
            spend=[(d, c, 100) for d in days for c in ("google_search", "youtube")],
            claims=[(d, c, 2.0, 0) for d in days for c in ("google_search", "youtube")],
        ),
        NOW,
        "month",
        "platform",
    )
    figure = trend_figure(view.trend, "claimed conversion", "GBP", "light")
    lines = [t for t in figure.data if t.type == "scatter" and t.mode == "lines"]
    assert {t.name.split(" · ")[1].split(",")[0] for t in lines} == {"Google Search", "YouTube"}
    assert {t.line.color for t in lines} == {
        TONES["light"]["google_search"],
        TONES["light"]["youtube"],
    }
