"""Commands on packs, as a person calls them: what they say, and the code with which they end."""

import json
from contextlib import contextmanager
from pathlib import Path

import pytest
from record import NOW, a_figure, a_measurement
from typer.testing import CliRunner

from scorecard import cli, draft, terminal
from scorecard.packs import signature, verification
from scorecard.packs.signature import WrongKey


@pytest.fixture
def folder(stores, monkeypatch):
    """A pack of the installation at this terminal."""

    @contextmanager
    def ours():
        yield stores

    monkeypatch.setattr(terminal, "stores", ours)
    monkeypatch.setenv("SCORECARD_HOME", str(stores.settings.home))
    a_measurement(stores.register, "a", [a_figure("75.0")])
    return Path(draft.run(stores, "a", "", "performance team", NOW))


def ask(*arguments):
    done = CliRunner().invoke(cli.app, [str(each) for each in arguments])
    return done.exit_code, done.output


def test_a_whole_pack_is_verified_with_the_key_that_is_kept_here(folder):
    code, said = ask("verify", folder)

    assert code == 0
    assert "every file is as the manifest says, and key " in said


def test_a_reader_verifies_it_with_the_key_that_the_council_published(folder, stores, tmp_path):
    file = tmp_path / "council.pem"
    file.write_bytes(signature.pem_of(signature.public_of(stores.signing_key)))
    assert ask("verify", folder, "--key", file)[0] == 0

    file.write_bytes(signature.pem_of(signature.public_of(bytes(32))))
    code, said = ask("verify", folder, "--key", file)
    assert code == 1
    assert said.startswith("manifest.json.sig: the manifest was changed, or another key signed it.")


def test_a_folder_above_the_pack_is_said_to_be_none_and_no_key_is_suspected(folder):
    code, said = ask("verify", folder.parent)

    assert (code, said.count("\n")) == (1, 1)
    assert said.startswith("manifest.json: not found in officer.")


def test_what_was_verified_is_named_so_that_no_other_pack_passes_for_it(folder):
    said = ask("verify", folder)[1]
    assert said.startswith("2025-26-Q1/officer/r1 (internal, draft): every file")


def test_without_a_key_nobody_is_said_to_have_signed(folder, stores):
    for file in verification.keys_folder(stores.settings.packs).iterdir():
        file.unlink()
    code, said = ask("verify", folder, "--json")

    assert code == 1
    assert json.loads(said)["differences"][0].endswith("Name the council's public key with --key.")


def test_a_changed_byte_is_found(folder):
    with (folder / "data" / "tickets.csv").open("ab") as file:
        file.write(b"x")
    code, said = ask("verify", folder)

    assert code == 1
    assert said.startswith("data/tickets.csv: was changed since it was made. Draft the pack again")


def test_a_file_that_is_no_key_is_refused(folder):
    done = CliRunner().invoke(cli.app, ["verify", str(folder), "--key", str(folder / "pack.xlsx")])

    assert isinstance(done.exception, WrongKey)


def test_a_pack_is_made_again_and_compared(folder):
    code, said = ask("rebuild", folder)
    assert code == 0
    assert said.startswith("2025-26-Q1/officer/r1: all ")

    (folder / "report.html").write_text("another")
    code, said = ask("rebuild", folder)
    assert code == 1
    assert said.splitlines()[0] == "report.html: differs"
    assert "only the form of the files that differ is another" in said


def test_the_public_keys_are_printed_to_be_published(folder, stores):
    code, said = ask("signing-key", "--json")

    assert code == 0
    public = signature.public_of(stores.signing_key)
    assert json.loads(said) == {signature.key_id(public): signature.pem_of(public).decode()}


def test_without_a_pack_there_is_no_key_to_print(tmp_path, monkeypatch):
    monkeypatch.setenv("SCORECARD_HOME", str(tmp_path))
    done = CliRunner().invoke(cli.app, ["signing-key"])

    assert "holds no key, because no pack was drafted here. Draft one" in str(done.exception)


@pytest.mark.parametrize("command", ["verify", "rebuild", "signing-key"])
def test_a_command_explains_itself(command):
    code, said = ask(command, "--help")

    assert code == 0
    assert "Usage:" in said
