import pytest

from scorecard.connectors import CannotFetch, query
from scorecard.period import Month


@pytest.fixture
def read(tmp_path):
    def write_and_read(text):
        path = tmp_path / "tickets.sql"
        path.write_text(text)
        return query.read(path)

    return write_and_read


@pytest.mark.parametrize(
    "text",
    [
        "select number from tickets order by number",
        "select number from tickets order by number;\n",
        "with late as (select number from tickets) select number from late order by number",
        """select "update", 'drop; it' as say from tickets order by number -- ; delete""",
        "/* insert; */ select replace(number, ':x', '') from tickets order by 1",
        "select cast(number as text) from t where month = :month order by 1",
        "select 'it''s `#$1$ [a' || '[\"]' as x, a[1] from t order by 1 -- it's e'",
        "select replace(\"sp_note\", 'dblink(', '') as lo_note from v$t where sp in (1) order by 1",
        "select number::text from t where at >= :from_utc and at < :until_utc order by 1",
    ],
)
def test_one_ordered_select_may_run(read, text):
    assert read(text).startswith(("select", "with"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is not one select. A connector only reads"),
        ("delete from tickets order by number", "it is not one select"),
        ("select 1 order by 1; select 2 order by 1", "it is not one select"),
        ("with gone as (delete from t returning x) select x from gone order by x", "'delete'"),
        ("select x into copy_of_t from t order by x", "'into' is no part of reading. Remove it"),
        ("select x from t order by x for update", "'update' is no part of reading"),
        ("select x from t", "its rows come in no order"),
        ("select row_number() over (order by x) from t", "Add `order by`"),
        ("select x from t where month = :period order by x", "parameter ':period' is unknown. Use"),
        ("select x from t where month = :Month order by x", "parameter ':Month' is unknown. Use"),
        # One database would read each of these as more than one select.
        (
            r"select 1 from t order by 'a\'' into outfile '/tmp/x' -- '",
            "databases read \\ in",
        ),
        (r"select E'a\'' ; delete from t; select '' order by 1", "databases read \\ in"),
        (
            r"""select 1 as "a\"" ; delete from t; select '"' order by 1""",
            "databases read \\ in",
        ),
        ("select $x$'$x$; delete from t; select $x$'$x$ order by 1", "databases read $x$ in"),
        ("select $$'$$; delete from t; select $$'$$ order by 1", "databases read $$ in different"),
        ("select 1 as `a' from t; drop table t; select '` order by 1", "databases read ` in"),
        ("select 1 as [a' ] from t; drop table t; select '] order by 1", "databases read [a'' in"),
        ("select 1 # '\n; drop table t; select '\norder by 1", "databases read # in different"),
        ("select q'[it's]'; drop table t; select '' order by 1", "databases read q' in different"),
        ("select x from openquery(s, 'delete from t') order by x", "openquery does more than read"),
        ("select x from dblink_exec ('c', 'drop table t') order by x", "dblink_exec does more"),
        (
            """select "dblink"('c', 'drop table t') from t order by 1""",
            "dblink does more than read",
        ),
        ("select sys.dbms_xslprocessor.clob2file(x) from t order by 1", "dbms_xslprocessor does"),
        ("select pg_read_file('/etc/passwd') order by 1", "pg_read_file does more than read rows."),
    ],
)
def test_anything_else_is_refused_and_says_what_to_write(read, text, why):
    with pytest.raises(CannotFetch, match=r"^tickets\.sql: ") as refused:
        read(text)
    assert why in str(refused.value)


def test_a_query_that_is_not_there_is_told_by_its_name(tmp_path):
    with pytest.raises(CannotFetch, match=r"^tickets\.sql: not there"):
        query.read(tmp_path / "tickets.sql")


def test_a_query_knows_its_month_on_both_clocks():
    june = query.parameters_of(Month.parse("2025-06"))
    march = query.parameters_of(Month.parse("2025-03"))

    assert {name: str(value) for name, value in june.items()} == {
        "from_utc": "2025-05-31 23:00:00", "until_utc": "2025-06-30 23:00:00",
        "from_local": "2025-06-01 00:00:00", "until_local": "2025-07-01 00:00:00",
        "month": "2025-06", "fin_year": "2025-26", "first_year": "2025", "period_no": "3",
    }  # fmt: skip
    assert (str(march["from_utc"]), str(march["until_utc"])) == (
        "2025-03-01 00:00:00", "2025-03-31 23:00:00",
    )  # fmt: skip
    assert (march["fin_year"], march["first_year"], march["period_no"]) == ("2024-25", 2024, 12)


def test_a_parameter_in_a_text_or_a_quoted_name_is_none():
    found = query.parameters_in("select ':month', \":from_utc\" from t where m = :fin_year")
    assert found == {"fin_year"}
