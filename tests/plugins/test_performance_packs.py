"""The page stands in Airflow's navigation, and no process but the server loads what it needs."""

import os
import subprocess
import sys

import airflow_for_tests


def test_the_page_is_registered_with_its_place_in_the_navigation():
    from airflow.plugins_manager import get_fastapi_plugins, get_plugin_info

    apps, _ = get_fastapi_plugins()
    (views,) = [
        plugin["external_views"]
        for plugin in get_plugin_info(["external_views"])
        if plugin["name"] == "performance_packs"
    ]

    assert "/performance" in [app["url_prefix"] for app in apps]
    assert [(v["name"], v["href"], v["destination"]) for v in views] == [
        ("Performance packs", "/performance/packs", "nav")
    ]


def test_registering_the_page_loads_no_more_than_a_scheduler_needs():
    heavy = ("pyarrow", "jinja2", "scorecard.packs", "scorecard.register")
    code = (
        "import sys\n"
        "import airflow.plugins_manager\n"
        "before = set(sys.modules)\n"
        "import performance_packs\n"
        f"print([m for m in set(sys.modules) - before if m.startswith({heavy!r})])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=airflow_for_tests.REPOSITORY / "plugins",
        env={**os.environ, "PYTHONPATH": str(airflow_for_tests.REPOSITORY / "include")},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.splitlines()[-1] == "[]"
