"""What every DAG shares: how a failed task is tried again, and the assets it announces."""

from datetime import timedelta
from typing import Any

from airflow.sdk import Asset
from airflow.sdk.definitions.retry_policy import RetryDecision, RetryPolicy

from scorecard.orchestration.failed import failed


class PassingFaults(RetryPolicy):
    """Try again what may pass by itself, such as a lost connection, and nothing else.

    An error of the package says what a person has to do, and a fault in the code stays one:
    both would only come back later.
    """

    def evaluate(
        self, exception: BaseException, try_number: int, max_tries: int, context: Any = None
    ) -> RetryDecision:
        origin = type(exception).__module__.partition(".")[0]
        may_pass = isinstance(exception, OSError | MemoryError)
        if origin in ("scorecard", "builtins") and not may_pass:
            return RetryDecision.fail(reason="A person has to act first; see the error.")
        return RetryDecision.default()


DEFAULT_ARGS = {
    "owner": "performance",
    "retries": 2,
    "retry_delay": timedelta(seconds=20),
    "retry_exponential_backoff": True,
    "max_retry_delay": timedelta(minutes=10),
    "retry_policy": PassingFaults(),
    "on_failure_callback": failed,
}

DRAFT = Asset(name="packs/draft", uri="scorecard://packs/draft")


def accepted(source: str) -> Asset:
    """What is announced when extracts of a source were accepted."""
    return Asset(name=f"accepted/{source}", uri=f"scorecard://accepted/{source}")
