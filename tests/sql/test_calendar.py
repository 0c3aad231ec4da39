"""The relations `days` and `hours`: London's calendar in UTC."""

from datetime import UTC, date, datetime


def test_a_day_begins_at_midnight_in_london_and_may_have_23_or_25_hours(measure):
    measure.given("bank_holidays", "day         name\n2025-10-27  Invented")
    days = measure.relation("days", "day", "starts_at", "ends_at", "is_working_day")

    found = {day: row for day, *row in days}

    assert found[date(2025, 3, 30)] == ["2025-03-30 00:00:00", "2025-03-30 23:00:00", False]
    assert found[date(2025, 10, 25)] == ["2025-10-24 23:00:00", "2025-10-25 23:00:00", False]
    assert found[date(2025, 10, 26)] == ["2025-10-25 23:00:00", "2025-10-27 00:00:00", False]
    assert found[date(2025, 10, 27)] == ["2025-10-27 00:00:00", "2025-10-28 00:00:00", False]
    assert found[date(2025, 10, 28)] == ["2025-10-28 00:00:00", "2025-10-29 00:00:00", True]


def test_an_hour_lies_in_the_london_day_and_month_in_which_it_begins(measure):
    hours = {hour: row for hour, *row in measure.relation("hours", "hour_no", "day", "month")}

    def at(*moment):
        return hours[int(datetime(*moment, tzinfo=UTC).timestamp()) // 3600]

    assert at(2025, 6, 30, 22) == [date(2025, 6, 30), "2025-06"]
    assert at(2025, 6, 30, 23) == [date(2025, 7, 1), "2025-07"]
    assert at(2025, 10, 26, 0) == [date(2025, 10, 26), "2025-10"]
    assert at(2025, 10, 26, 1) == [date(2025, 10, 26), "2025-10"]
    assert at(2025, 10, 31, 23) == [date(2025, 10, 31), "2025-10"]
    assert at(2025, 11, 1, 0) == [date(2025, 11, 1), "2025-11"]
