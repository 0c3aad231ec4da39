import pytest

import airflow_for_tests


@pytest.fixture(scope="session")
def dag_bag():
    """The DAGs as Airflow reads them."""
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(dag_folder=str(airflow_for_tests.REPOSITORY / "dags"))
