import airflow_for_tests  # noqa: F401  (first: its settings must stand before Airflow is imported)


def test_the_schedules_are_registered_under_the_names_by_which_airflow_stores_them():
    from airflow.plugins_manager import get_timetables_plugins

    assert {
        "scorecard.orchestration.timetable.FinancialQuarterTimetable",
        "scorecard.orchestration.timetable.MonthlyArrivalTimetable",
    } <= set(get_timetables_plugins())
