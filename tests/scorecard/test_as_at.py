"""Any quarter as at any moment: whatever was processed first, and whatever came later."""

import shutil
from datetime import UTC, datetime, timedelta

from given import incidents
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from office import Office
from sqlalchemy import delete, select

from scorecard import accept, keep, measure
from scorecard.register.models import (
    AcceptedFile,
    ActivityRow,
    Check,
    Extract,
    Measured,
    Measurement,
    MeasurementInput,
    Resent,
)

Q = "2025-26-Q1"
FIRST = datetime(2025, 7, 1, 9, tzinfo=UTC)
LATER = FIRST + timedelta(days=60)
DAYS = (0, 1, 2)
REGISTER = (
    Resent, Check, AcceptedFile, MeasurementInput, Measured, ActivityRow, Measurement, Extract,
)  # fmt: skip

# A small export: for some of three tickets, how many hours it took and in which month.
EXPORT = st.dictionaries(
    st.sampled_from(["INC1", "INC2", "INC3"]),
    st.tuples(st.sampled_from([4, 5, 6]), st.sampled_from([2, 200])),
    min_size=1,
)
# What arrives: on which day, and which of the exports, so that the same bytes come again.
DELIVERIES = st.lists(st.tuples(st.sampled_from(DAYS), st.integers(0, 2)), min_size=1, max_size=5)


def moment(day):
    return FIRST + timedelta(days=day)


def content(export):
    rows = []
    for number, (month, hours) in sorted(export.items()):
        opened = datetime(2025, month, 3, 9, tzinfo=UTC)
        rows.append({
            "number": number, "opened_at": f"{opened:%Y-%m-%d %H:%M:%S}",
            "resolved_at": f"{opened + timedelta(hours=hours):%Y-%m-%d %H:%M:%S}",
        })  # fmt: skip
    return incidents(*rows)


def emptied(stores):
    """An office whose register, inbox and clock begin anew."""
    with stores.register.begin() as connection:
        for model in REGISTER:
            connection.execute(delete(model))
    shutil.rmtree(stores.settings.inbox, ignore_errors=True)
    return Office(stores)


def measured_as_at(stores, day):
    """The measurement as at a day, made long after it, and its rows."""
    name = measure.run(stores, Q, moment(day), LATER)
    columns = (Measured.kpi_id, Measured.period, Measured.directorate, Measured.numerator,
               Measured.denominator)  # fmt: skip
    with stores.register.connect() as connection:
        rows = connection.execute(select(*columns).where(Measured.measurement_id == name)).all()
    return name, sorted(tuple(map(str, row)) for row in rows)


def as_it_came(stores, files):
    """What was measured on each day, when the files were taken in as they came."""
    office = emptied(stores)
    told = []
    for day in DAYS:
        for place, of_day, name, text in files:
            if of_day == day:
                office.sent = place
                office.send(name, text)
        office.take_in(now=moment(day))
        told.append(measured_as_at(stores, day))
    return told


def in_another_order(stores, files):
    """What is measured as at each day, when the files were processed in another order."""
    office = emptied(stores)
    for place, day, name, text in files:
        office.sent = place
        path = office.send(name, text)
        keep.run(stores, "tickets", moment(day))
        accept.run(stores, "tickets", moment(day))
        path.unlink()
    return [measured_as_at(stores, day) for day in DAYS]


def shuffled(files, order):
    """The files in another order, but copies of the same bytes one after the other as they came."""
    first = {text: order[text] for _, _, _, text in files}
    return sorted(files, key=lambda file: (first[file[3]], file[1], file[0]))


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(EXPORT, min_size=3, max_size=3), DELIVERIES, st.permutations([0, 1, 2]))
@example(
    exports=[{"INC1": (5, 2)}, {"INC1": (5, 200)}, {"INC2": (4, 2)}],
    deliveries=[(0, 0), (1, 1), (2, 0), (0, 2)],
    order=[2, 1, 0],
)
def test_a_quarter_as_at_a_moment_is_what_it_was_then(stores, exports, deliveries, order):
    texts = [content(export) for export in exports]
    files = [
        (place, day, f"{place}.csv", texts[which])
        for place, (day, which) in enumerate(sorted(deliveries, key=lambda d: d[0]))
    ]
    before = as_it_came(stores, files)

    assert [measured_as_at(stores, day) for day in DAYS] == before
    ranks = {text: order[place] for place, text in enumerate(texts)}
    assert in_another_order(stores, shuffled(files, ranks)) == before
