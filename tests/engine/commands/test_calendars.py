"""Working calendars: whose they are, and what of them is told."""

from datetime import date

import pytest

from engine.commands import calendars
from engine.model.errors import AskPerson, BadInput
from engine.model.people import Scope
from engine.model.working_hours import office
from engine.store import ledger
from tests.engine.commands.conftest import NOW


def lines(house):
    with house.store.read() as conn:
        return ledger.entries(conn, Scope.operator(), "northgate", limit=9)


def test_a_calendar_is_kept_by_its_person_or_an_admin_and_by_nobody_else(house, who):
    mine = office("Europe/London").model_dump()
    calendars.keep(house, who("tom"), NOW, "tom", mine)
    calendars.keep(house, who("sam"), NOW, "tom", mine)
    for other in ("priya", "maya", "nora"):
        with pytest.raises(AskPerson, match="takes an admin"):
            calendars.keep(house, who(other), NOW, "tom", mine)
    with pytest.raises(AskPerson, match="takes an admin"):
        calendars.keep(house, who("nora"), NOW, "nora", mine)
    assert "working calendar of Tom Okafor was changed by Sam" in lines(house)[0].sentence


def test_why_somebody_is_away_is_never_in_the_ledger(house, who):
    days = {"first": date(2026, 12, 1), "last": date(2026, 12, 2), "note": "Surgery"}
    mine = {**office("Europe/London").model_dump(), "absences": (days,)}
    calendars.keep(house, who("tom"), NOW, "tom", mine)
    assert all("Surgery" not in line.sentence + line.detail_json for line in lines(house))


def test_a_calendar_with_mistakes_is_refused_with_the_place(house, who):
    wrong = {**office("Europe/London").model_dump(), "week": (None,) * 7}
    with pytest.raises(BadInput, match="No weekday has working hours"):
        calendars.keep(house, who("tom"), NOW, "tom", wrong)
    short = {**wrong, "week": ({"opens": 540, "closes": 541}, *(None,) * 6)}
    with pytest.raises(BadInput, match="The week holds 1 min of working time; write at least 4"):
        calendars.keep(house, who("tom"), NOW, "tom", short)
    with pytest.raises(BadInput, match="time_zone"):
        calendars.keep(house, who("tom"), NOW, "tom", {**wrong, "time_zone": "Mars"})
