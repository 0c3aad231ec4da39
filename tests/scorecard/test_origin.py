"""Which code is at work: as it is set, as git says it, or unknown."""

import subprocess

from scorecard import origin, settings


def test_the_commit_that_is_set_goes_first():
    chosen = settings.read({"SCORECARD_COMMIT": "abc"})

    assert origin.code(chosen)["commit"] == "abc"
    assert len(origin.code(chosen)["lock_sha256"]) == 64


def test_a_changed_file_is_told_by_a_plus_sign(tmp_path):
    def git(*asked):
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b", *asked], cwd=tmp_path, check=True
        )

    git("init", "-q")
    (tmp_path / "a").write_text("1")
    git("add", "a")
    git("commit", "-qm", "a")
    commit = origin._commit.__wrapped__(tmp_path)
    (tmp_path / "a").write_text("2")

    assert len(commit) == 40
    assert origin._commit.__wrapped__(tmp_path) == f"{commit}+"


def test_without_a_repository_it_is_unknown(tmp_path):
    assert origin._commit.__wrapped__(tmp_path / "no such folder") == origin.UNKNOWN
