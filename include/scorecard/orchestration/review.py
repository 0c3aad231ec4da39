"""The task that asks a person, and takes the answer that Airflow recorded; those that start it."""

import re
from typing import Any
from urllib.parse import urlsplit

from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk import Param, TriggerRule
from airflow.sdk.configuration import conf
from airflow.sdk.exceptions import AirflowSkipException

from scorecard.orchestration import drafter, now, stores
from scorecard.orchestration.page import PREFIX

# How the name of a review begins that the schedule started.
OF_SCHEDULE = "schedule__"

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


class AskAgain(TriggerDagRunOperator):
    """Has drafts that were made again, after a run asked about them, asked about by another run.

    Airflow keeps the words of a question for as long as its run, so that in the same run an
    approver would read of the old draft. The other run counts, for four eyes too, as started by
    the same person: Airflow hands the name on, and nothing that is sent along is believed.
    """

    template_fields = ("quarter", "role", "trigger_run_id", "conf")

    def __init__(self, *, quarter: str, role: str, **kwargs: Any) -> None:
        own = {
            "trigger_dag_id": "publish_pack",
            "conf": {"period": quarter},
            "skip_when_already_exists": True,
            "trigger_rule": TriggerRule.ALL_DONE,
        }
        super().__init__(**{**kwargs, **own})
        self.quarter = quarter
        self.role = role

    def execute(self, context: Any) -> None:
        """Start the next run, if a draft has moved before it was published."""
        from scorecard import review

        if not review.has_moved(stores(), self.quarter, self.role, _form(context), now()):
            raise AirflowSkipException("No draft was made again meanwhile.")
        self.trigger_run_id = next_run(context["dag_run"].run_id)
        super().execute(context)


def _skipped(moved: Exception) -> AirflowSkipException:
    return AirflowSkipException(f"{moved} Nothing is published; another run asks.")


def next_run(run: str) -> str:
    """The name of the run that asks after a run: the same with the next number at its end."""
    name, number = re.fullmatch(r"(.*?)(?:__again_(\d+))?", run, re.S).groups()  # type: ignore[union-attr]
    return f"{name}__again_{int(number or 0) + 1}"


def _form(context: Any) -> str:
    """What identifies the one form of a run in which a question is shown, whatever it asks."""
    return f"{context['dag_run'].run_id}[{context['ti'].map_index}]"


def _page() -> str:
    """Where the officers' page is on the server that shows the question."""
    return f"{urlsplit(conf.get('api', 'base_url', fallback='')).path.rstrip('/')}{PREFIX}"


class PackReview(ApprovalOperator):
    """Asks who signs off about a quarter's drafts; what follows is skipped if they reject them."""

    template_fields = ("quarter", "role")

    def __init__(self, *, quarter: str, role: str, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "subject": "", "params": {"comment": COMMENT}})
        self.quarter = quarter
        self.role = role

    def execute(self, context: Any) -> Any:
        """Ask, then wait without a worker."""
        from scorecard import review
        from scorecard.approval import DraftedAgain

        by, form = drafter(context["dag_run"]), _form(context)
        try:
            asked = review.ask(stores(), self.quarter, self.role, by, form, now(), _page())
        except DraftedAgain as moved:
            raise _skipped(moved) from moved
        self.subject, self.body = asked.subject, asked.body
        self.assigned_users = [{"id": user, "name": user} for user in asked.users]
        return super().execute(context)

    def execute_complete(self, context: Any, event: dict[str, Any]) -> Any:
        """Take the answer with which Airflow's server resumes this task, and nobody else can.

        The server makes the event from its own record of who answered what; a task that is marked
        as success, or cleared, never comes here.
        """
        from scorecard import review
        from scorecard.approval import Answer, DraftedAgain

        answer = Answer(
            user=(event["responded_by_user"] or {}).get("name", ""),
            chosen=tuple(event["chosen_options"]),
            comment=str(event["params_input"].get("comment", "")),
            at=event["responded_at"],
        )
        try:
            approves = review.take(stores(), self.quarter, self.role, answer, _form(context), now())
        except DraftedAgain as moved:
            raise _skipped(moved) from moved
        if not approves:
            raise AirflowSkipException("Rejected: nothing is published.")
