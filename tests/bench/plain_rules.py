"""The rules of the plain script, in the words of Great Expectations."""

from typing import Any

Rule = tuple[str, dict[str, Any]]


def between(column: str, low: float | None, high: float | None = None) -> Rule:
    """A rule on the size of numbers."""
    limits = {"min_value": low, "max_value": high}
    return "expect_column_values_to_be_between", {"column": column, **limits}


def one_of(column: str, *values: str) -> Rule:
    """A rule on a closed list."""
    return "expect_column_values_to_be_in_set", {"column": column, "value_set": list(values)}


def ordered(later: str, earlier: str) -> Rule:
    """A rule on two columns of which one is not to be below the other."""
    how = {"or_equal": True, "ignore_row_if": "either_value_is_missing"}
    kind = "expect_column_pair_values_a_to_be_greater_than_b"
    return kind, {"column_A": later, "column_B": earlier, **how}


def filled(*columns: str) -> list[Rule]:
    """Rules on columns that must not be empty."""
    return [("expect_column_values_to_not_be_null", {"column": column}) for column in columns]


UNIQUE = "expect_column_values_to_be_unique"
GROUPS = ("Service Desk", "Applications Support", "Infrastructure and Networks", "Project Office")
# What Scorecard's mappings and expectations ask of the same files.
RULES: dict[str, list[Rule]] = {
    "print": [
        *filled("Time", "User", "Printer", "Pages", "Copies"),
        one_of("Duplex", "DUPLEX", "NOT DUPLEX"),
        one_of("Grayscale", "GRAYSCALE", "NOT GRAYSCALE"),
        between("Pages", 1, 20000),
        between("Copies", 1, 5000),
    ],
    "sign_ins": [
        *filled("Day", "Username"),
        one_of("Status", "Success", "Failure", "Interrupted"),
    ],
    "desks": [
        *filled("Booking ID", "Day", "Booked by"),
        one_of("Status", "checked in", "auto-cancelled (no-show)", "cancelled", "booked"),
        between("Minutes", 0, 10080),
    ],
    "vpn": [
        *filled("Day", "user", "remip"),
        between("Seconds", 0, 604_800),
    ],
    "tickets": [
        (UNIQUE, {"column": "number"}),
        *filled("opened_at", "priority", "Directorate"),
        one_of("contact_type", "Phone", "Email", "Self-service", "Chat", "Walk-in"),
        one_of("assignment_group", *GROUPS),
        ordered("resolved_at", "opened_at"),
        ordered("u_first_response_at", "opened_at"),
        ordered("closed_at", "resolved_at"),
        between("u_on_hold_minutes", 0),
        between("reopen_count", 0, 100),
        between("reassignment_count", 0, 200),
        between("u_csat_score", 1, 5),
    ],
    "staff": [
        *filled("Month", "Employee", "Directorate"),
        one_of("Persona", "Fixed", "Hybrid", "Mobile", "Home"),
        between("FTE", 0.01, 1.5),
        between("Leave days", 0, 31),
    ],
    "workforce": [between("headcount", 0), ordered("fte", "remote_capable_fte")],
}
