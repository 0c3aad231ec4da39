import socket
from dataclasses import replace

import pytest

from scorecard.connectors import Away, CannotFetch, Connection, database, sql

SECRET = "a-password-that-is-told-to-nobody"
QUERY = "select 1 as x order by 1"


def refusal(ask, connection, kind=CannotFetch):
    with pytest.raises(kind, match=r"^connection scorecard_tickets: ") as refused:
        list(sql.fetch(ask(connection, QUERY)))
    assert SECRET not in str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize(
    "change", [{"password": "wrong" + SECRET}, {"login": "nobody"}, {"schema": "no_such_database"}]
)
def test_a_sign_in_that_is_refused_is_for_a_person_to_mend(source, ask, change):
    said = refusal(ask, replace(source.connection, **change))
    assert "the database refuses the sign-in" in said
    assert "Correct the connection in Airflow" in said


def test_a_server_that_is_away_is_asked_again(source, ask):
    nobody = replace(source.connection, host="127.0.0.1", port=1)
    assert "the database does not answer" in refusal(ask, nobody, Away)


def test_a_server_that_never_answers_is_given_up(source, ask):
    is_mysql = source.connection.kind == "mysql"
    with socket.create_server(("127.0.0.1", 0)) as silent:
        waiting = replace(
            source.connection,
            host="127.0.0.1",
            port=silent.getsockname()[1],
            extra={"connect_timeout": 2, **({"read_timeout": 2} if is_mysql else {})},
        )
        assert "does not answer" in refusal(ask, waiting, Away)


def test_without_a_connection_nothing_is_asked(ask):
    assert "there is none. Make it in Airflow" in refusal(ask, None)


@pytest.mark.parametrize(
    ("connection", "url"),
    [
        (Connection("c", "postgres", "db", 5432, "u", "p", "desk"),
         "postgresql+psycopg2://u:p@db:5432/desk"),
        (Connection("c", "mysql", "db", None, "u", "p", "desk"), "mysql+pymysql://u:p@db/desk"),
        (Connection("c", "mariadb", "db", None, "u", "p@/", "desk"),
         "mysql+pymysql://u:p%40%2F@db/desk"),
        (Connection("c", "mssql", "db", 1433, "u", "p", "print"),
         "mssql+pymssql://u:p@db:1433/print"),
        (Connection("c", "oracle", "db", 1521, "u", "p", "apps", {"service_name": "FIN"}),
         "oracle+oracledb://u:p@db:1521?service_name=FIN"),
        (Connection("c", "oracle", "db", 1521, "u", "p", "", {"sid": "FIN"}),
         "oracle+oracledb://u:p@db:1521/FIN"),
        (Connection("c", "generic", "db", 5432, "u", "p", "x", {"driver": "postgresql+psycopg2"}),
         "postgresql+psycopg2://u:p@db:5432/x"),
    ],
)  # fmt: skip
def test_a_connection_says_where_a_database_is_and_by_which_driver_it_is_read(connection, url):
    assert database.address("c", connection).render_as_string(hide_password=False) == url


@pytest.mark.parametrize("kind", ["oracle", "mssql"])
def test_the_driver_of_a_database_that_is_not_here_is_installed(ask, kind):
    gone = Connection("scorecard_tickets", kind, "127.0.0.1", 1, "u", SECRET, "x")
    assert "the database does not answer" in refusal(ask, gone, Away)


@pytest.mark.parametrize(
    ("connection", "why"),
    [
        (Connection("scorecard_tickets", "http"), "no driver is known for its type 'http'. Use"),
        (Connection("scorecard_tickets", "generic", extra={"driver": "nothing+here"}),
         "its driver cannot be used"),
        (Connection("scorecard_tickets", "postgres", extra={"statement_seconds": "soon"}),
         "statement_seconds is no whole number above 0. Correct its extra fields"),
    ],
)  # fmt: skip
def test_a_connection_that_cannot_be_used_says_what_to_correct(ask, connection, why):
    assert why in refusal(ask, connection)


def test_a_secret_is_in_no_text_that_is_made_of_a_connection():
    connection = Connection("c", "sftp", "h", 22, "user", SECRET, extra={"key": ["deep " + SECRET]})

    assert SECRET not in repr(connection)
    assert "deep" not in repr(connection)
    assert connection.without_secrets(f"no {SECRET}\n at h") == "no *** at h"
