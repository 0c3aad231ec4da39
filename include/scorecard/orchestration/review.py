"""The task that asks a person, and takes the answer that Airflow recorded."""

from typing import Any
from urllib.parse import urlsplit

from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk import Param
from airflow.sdk.configuration import conf
from airflow.sdk.definitions.param import ParamsDict
from airflow.sdk.exceptions import AirflowSkipException

from scorecard.orchestration import drafter, now, stores
from scorecard.orchestration.page import PREFIX

# How the name of a review begins that the schedule started.
OF_SCHEDULE = "schedule__"

# How often a question is asked again in one run because the draft has moved.
AGAIN = 20

COMMENT = Param(
    "",
    type="string",
    title="Comment",
    description="What you looked at; or, to reject, what has to change.",
    maxLength=1000,
)


class StartReview(TriggerDagRunOperator):
    """Has the drafts of a quarter asked about, once, when the schedule drafted them.

    A person or a backfill that drafts a quarter asks nobody: who drafts by hand says when to ask.
    The run that is started has a name made of the quarter, so that a second is never started.
    """

    def __init__(self, **kwargs: Any) -> None:
        quarter = "{{ dag_run.partition_key }}"
        super().__init__(
            trigger_dag_id="publish_pack",
            trigger_run_id=f"{OF_SCHEDULE}{quarter}",
            conf={"period": quarter},
            skip_when_already_exists=True,
            **kwargs,
        )

    def execute(self, context: Any) -> None:
        """Start the review, if nobody is present."""
        if context["dag_run"].run_type != "scheduled":
            raise AirflowSkipException("Drafted by hand: start publish_pack when it may be asked.")
        super().execute(context)


def _shown(about: str) -> Param:
    """What the form sends back unchanged: an answer from a form of an older question is known."""
    return Param(
        about,
        type="string",
        enum=[about],
        title="Drafts",
        description="The drafts that you were shown, in short. Leave it as it is.",
    )


def _page() -> str:
    """Where the officers' page is on the server that shows the question."""
    return f"{urlsplit(conf.get('api', 'base_url', fallback='')).path.rstrip('/')}{PREFIX}"


class PackReview(ApprovalOperator):
    """Asks who signs off about a quarter's drafts; what follows is skipped if they reject them."""

    template_fields = ("quarter", "role")

    def __init__(self, *, quarter: str, role: str, **kwargs: Any) -> None:
        own = {"subject": "", "params": {"comment": COMMENT}, "retries": AGAIN}
        super().__init__(**{**kwargs, **own})
        self.quarter = quarter
        self.role = role

    def execute(self, context: Any) -> Any:
        """Ask, then wait without a worker."""
        from scorecard import review

        run = context["dag_run"]
        asked = review.ask(
            stores(), self.quarter, self.role, drafter(run), run.run_id, now(), _page()
        )
        self.subject, self.body = asked.subject, asked.body
        self.params = ParamsDict({"comment": COMMENT, "draft": _shown(asked.about)})
        self.assigned_users = [{"id": user, "name": user} for user in asked.users]
        return super().execute(context)

    def execute_complete(self, context: Any, event: dict[str, Any]) -> Any:
        """Take the answer with which Airflow's server resumes this task, and nobody else can.

        The server makes the event from its own record of who answered what; a task that is marked
        as success, or cleared, never comes here. If the draft has moved, Airflow tries this task
        again: the same run asks, for whoever started it, and the answer to the old question is
        gone.
        """
        from scorecard import review
        from scorecard.approval import Answer, DraftedAgain

        answer = Answer(
            user=(event["responded_by_user"] or {}).get("name", ""),
            chosen=tuple(event["chosen_options"]),
            comment=str(event["params_input"].get("comment", "")),
            at=event["responded_at"],
        )
        about = str(event["params_input"].get("draft", ""))
        run = context["dag_run"].run_id
        try:
            approves = review.take(stores(), self.quarter, self.role, answer, about, run, now())
        except DraftedAgain:
            self._call_again()
            raise
        if not approves:
            raise AirflowSkipException("Rejected: nothing is published.")

    def _call_again(self) -> None:
        """Tell those who may answer of the new draft, which is asked about whatever leaves."""
        from scorecard import call
        from scorecard.orchestration.outlets import outlets

        try:
            call.run(stores(), outlets(), self.quarter, [self.role], now())
        except (OSError, ValueError):
            self.log.exception("%s: not everybody was told of the new draft.", self.quarter)
