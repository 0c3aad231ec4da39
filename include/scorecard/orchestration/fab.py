"""Airflow's users on a server, where Flask-AppBuilder keeps them: answers go by the user's name.

The name of the class holds `FabAuthManager`: by that word Airflow's other processes know that
Flask-AppBuilder is at work.
"""

from airflow.providers.fab.auth_manager.fab_auth_manager import FabAuthManager
from airflow.providers.fab.auth_manager.models import User


class NamedFabAuthManager(FabAuthManager):
    """Flask-AppBuilder's users, each known to an approval by name as `roles.yaml` writes it.

    Flask-AppBuilder itself compares the number of a user, which no file of a council can know: the
    approver would be refused, and whose number is another user's name would not be.
    """

    def is_authorized_hitl_task(self, *, assigned_users: set[str], user: User) -> bool:
        """Whether a user is one of those who were asked."""
        return user.get_name() in assigned_users
