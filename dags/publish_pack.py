"""Have a quarter's drafts approved by a person, and publish them.

| | |
|---|---|
| Reads | the drafts of a quarter, `include/council/roles.yaml`, `include/council/routes.yaml` |
| Writes | the audit; the published packs, signed, which never change; notices |
| Re-run | safe: what is published stays; a draft that was made again is asked about again |
| On failure | the drafts stand and nothing is published; see `docs/runbook.md` |
"""

from airflow.sdk import Param, dag, task, task_group
from pendulum import datetime

from scorecard.orchestration import now, stores
from scorecard.orchestration.defaults import DEFAULT_ARGS
from scorecard.orchestration.outlets import outlets
from scorecard.orchestration.review import AskAgain, PackReview


@dag(
    schedule=None,  # started by quarterly_pack on its schedule, or by a person who may not approve
    start_date=datetime(2018, 4, 1, tz="Europe/London"),
    default_args=DEFAULT_ARGS,
    doc_md=__doc__,
    tags=["stage:pack"],
    params={
        "period": Param(
            type="string",
            pattern=r"^\d{4}-\d{2}-Q[1-4]$",
            description="The quarter, such as 2025-26-Q1.",
        ),
    },
)
def publish_pack():
    @task
    def offer(params: dict) -> list[str]:
        from scorecard import offer

        return offer.run(stores(), params["period"], now())

    @task
    def call(roles: list[str], params: dict) -> int:
        from scorecard import call

        return call.run(stores(), outlets(), params["period"], roles, now())

    @task_group
    def sign_off(role: str):
        review = PackReview(task_id="review", quarter="{{ params.period }}", role=role)

        @task
        def publish(role: str, params: dict) -> list[str]:
            from scorecard import publish

            return publish.approved(stores(), params["period"], role, now())

        @task
        def announce(params: dict) -> int:
            from scorecard import announce

            return announce.run(stores(), outlets(), params["period"], now())

        again = AskAgain(task_id="ask_again", quarter="{{ params.period }}", role=role)
        published = publish(role)
        review >> published >> [announce(), again]

    roles = offer()
    call(roles)
    sign_off.expand(role=roles)


publish_pack()
