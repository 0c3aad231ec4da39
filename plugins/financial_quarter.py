"""Registers the quarterly and monthly schedules with Airflow."""

from airflow.plugins_manager import AirflowPlugin

from scorecard.orchestration.timetable import FinancialQuarterTimetable, MonthlyArrivalTimetable


class FinancialQuarterPlugin(AirflowPlugin):
    name = "financial_quarter"
    timetables = [FinancialQuarterTimetable, MonthlyArrivalTimetable]
