"""Signatures of packs: the same bytes each time, and broken by one changed byte."""

import subprocess

import pytest

from scorecard.packs import signature
from scorecard.packs.signature import WrongKey

SECRET = bytes(range(32))
PUBLIC = signature.public_of(SECRET)


def test_a_signature_is_64_bytes_and_the_same_each_time():
    assert signature.sign(b"pack", SECRET) == signature.sign(b"pack", SECRET)
    assert len(signature.sign(b"pack", SECRET)) == signature.BYTES


def test_one_changed_byte_breaks_it():
    signed = signature.sign(b"pack", SECRET)

    assert signature.is_signed(b"pack", signed, PUBLIC)
    assert not signature.is_signed(b"pacK", signed, PUBLIC)
    assert not signature.is_signed(b"pack", signed[:-1] + b"\0", PUBLIC)
    assert not signature.is_signed(b"pack", b"", PUBLIC)
    assert not signature.is_signed(b"pack", signed, signature.public_of(bytes(32)))


def test_a_public_key_survives_its_file():
    assert signature.public_from(signature.pem_of(PUBLIC), "key.pem") == PUBLIC


def test_another_program_verifies_what_we_signed(tmp_path):
    for name, data in (
        ("key.pem", signature.pem_of(PUBLIC)),
        ("manifest", b"pack"),
        ("manifest.sig", signature.sign(b"pack", SECRET)),
    ):
        (tmp_path / name).write_bytes(data)
    asked = ("openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key.pem", "-rawin",
             "-in", "manifest", "-sigfile", "manifest.sig")  # fmt: skip
    found = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert "Verified Successfully" in found.stdout, found.stderr


@pytest.mark.parametrize("text", ["", "ab" * 31, "AB" * 32, "g" * 64])
def test_a_secret_that_is_not_64_digits_is_refused(text):
    with pytest.raises(WrongKey, match=r"^connection x: .*not 64 hexadecimal digits.* keep a copy"):
        signature.secret_from(text, "connection x")


@pytest.mark.parametrize(
    "pem",
    [b"", b"hello", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"],
)
def test_a_file_that_holds_no_such_key_is_refused(pem):
    with pytest.raises(WrongKey, match=r"^my.pem: is not a public Ed25519 key.*Take the one"):
        signature.public_from(pem, "my.pem")


def test_nothing_is_signed_without_a_key():
    with pytest.raises(WrongKey, match="there is none here"):
        signature.sign(b"pack", b"")
