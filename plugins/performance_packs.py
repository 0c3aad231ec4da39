"""Puts the officers' page, "Performance packs", into Airflow's navigation."""

from airflow.plugins_manager import AirflowPlugin

from scorecard.orchestration.page import PREFIX, serve


class PerformancePacksPlugin(AirflowPlugin):
    name = "performance_packs"
    fastapi_apps = [{"app": serve, "url_prefix": PREFIX, "name": "Performance packs"}]
    external_views = [
        {
            "name": "Performance packs",
            "href": f"{PREFIX}/packs",
            "destination": "nav",
            "url_route": "performance_packs",
            "nav_top_level": True,
        }
    ]
