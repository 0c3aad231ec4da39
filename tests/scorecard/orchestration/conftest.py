import airflow_for_tests  # noqa: F401  (first: its settings must stand before Airflow is imported)
