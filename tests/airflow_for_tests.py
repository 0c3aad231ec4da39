"""An Airflow of the tests' own: its settings must stand before Airflow is imported anywhere."""

import json
import os
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
HOME = Path(tempfile.mkdtemp(prefix="scorecard-airflow-"))

os.environ |= {
    "AIRFLOW_HOME": str(HOME),
    "AIRFLOW__CORE__DAGS_FOLDER": str(REPOSITORY / "dags"),
    "AIRFLOW__CORE__PLUGINS_FOLDER": str(REPOSITORY / "plugins"),
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
    "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": "http://127.0.0.1:9/execution/",
    "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{HOME / 'airflow.db'}",
    "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
    "AIRFLOW_CONN_SCORECARD_HASH_KEY": json.dumps(
        {"conn_type": "generic", "password": "a key for tests only"}
    ),
    "AIRFLOW_CONN_SCORECARD_SIGNING_KEY": json.dumps(
        {"conn_type": "generic", "password": bytes(range(32)).hex()}
    ),
    "GX_ANALYTICS_ENABLED": "False",
}
