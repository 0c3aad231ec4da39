"""Databases of the tests' PostgreSQL: most are copies, which take a tenth of the time."""

import shutil
from uuid import uuid4

from sqlalchemy import create_engine, text

# The server is thrown away: nothing of it has to outlive a crash, so nothing waits for a disk.
CARELESS = ("fsync", "full_page_writes", "synchronous_commit")


class Databases:
    """Makes databases of a server whose addresses hold `{name}`, copies them and drops them."""

    def __init__(self, url):
        self._url = url
        self._admin = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        self._say(*(f"alter system set {name} = off" for name in CARELESS))
        self._say("select pg_reload_conf()")

    def url(self, name):
        return self._url.format(name=name)

    def make(self, like="template1", name=None):
        """A database like another one, to which nobody is connected; its name comes back."""
        name = name or f"test_{uuid4().hex}"
        self._say(f"create database {name} template {like}")
        return name

    def copy(self, name):
        """A database like one that may be in use: whoever was connected to it connects again."""
        self._say(
            f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"
        )
        return self.make(like=name)

    def drop(self, name):
        self._say(f"drop database {name} with (force)")

    def close(self):
        self._admin.dispose()

    def _say(self, *statements):
        with self._admin.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))


class Remembered:
    """Stores as some steps leave them: the steps run once, and every later test has a copy."""

    def __init__(self, databases, folder):
        self._databases, self._folder, self._known = databases, folder, {}

    def __call__(self, stores, what, do):
        """Have `do` done to empty stores; the path that it returned, in the home of these stores.

        `what` is all that the outcome depends on. The copy is the test's own: it may change it.
        """
        home = stores.settings.home
        if what not in self._known:
            made = do().relative_to(home)
            self._known[what] = (self._put_by(stores), made)
        else:
            self._hand_out(stores, self._known[what][0])
        return home / self._known[what][1]

    def _put_by(self, stores):
        """A copy that nobody works on; a database with a connection cannot be copied."""
        stores.register.dispose()
        name = self._databases.make(like=stores.register.url.database)
        shutil.copytree(stores.settings.home, self._folder / name)
        return name

    def _hand_out(self, stores, name):
        stores.register.dispose()
        self._databases.drop(stores.register.url.database)
        self._databases.make(like=name, name=stores.register.url.database)
        shutil.copytree(self._folder / name, stores.settings.home, dirs_exist_ok=True)
