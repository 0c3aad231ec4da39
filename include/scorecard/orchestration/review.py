"""The task that asks a person, and takes the answer from Airflow's own record of it."""

from typing import Any

from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.sdk import Param
from airflow.sdk.exceptions import AirflowSkipException
from airflow.sdk.execution_time.hitl import get_hitl_detail_content_detail

from scorecard.orchestration import drafter, now, stores

COMMENT = Param(
    "",
    type="string",
    title="Comment",
    description="What you looked at; or, to reject, what has to change.",
    maxLength=1000,
)


class PackReview(ApprovalOperator):
    """Asks an approver about the newest draft; the rest of the run is skipped if it is rejected."""

    template_fields = ("quarter", "variant")

    def __init__(self, *, quarter: str, variant: str, **kwargs: Any) -> None:
        super().__init__(subject="", params={"comment": COMMENT}, **kwargs)
        self.quarter = quarter
        self.variant = variant

    def execute(self, context: Any) -> Any:
        """Ask, then wait without a worker."""
        from scorecard import review

        run = context["dag_run"]
        question = review.ask(stores(), self.quarter, self.variant, drafter(run), run.run_id, now())
        self.subject, self.body = question.subject, question.body
        self.assigned_users = [{"id": user, "name": user} for user in question.users]
        return super().execute(context)

    def execute_complete(self, context: Any, event: dict[str, Any]) -> Any:
        """Take the answer, whatever the event says: the record is the witness."""
        from scorecard import review
        from scorecard.approval import Answer

        told = get_hitl_detail_content_detail(ti_id=context["task_instance"].id)
        user = told.responded_by_user
        answer = Answer(
            user=user.name if user else "",
            chosen=tuple(told.chosen_options or ()),
            comment=str((told.params_input or {}).get("comment", "")),
            at=told.responded_at or now(),
        )
        run = context["dag_run"].run_id
        if not review.take(stores(), self.quarter, self.variant, answer, run, now()):
            raise AirflowSkipException("Rejected: nothing is published.")
        return None
