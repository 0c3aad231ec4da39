"""Names and texts from outside, as a log and the register can hold them."""

BESIDE = "beside/"  # where an archive holds the companion of its file
COMPANION_KB = 64  # a companion is no larger
HALF_WRITTEN = (".part", ".tmp", ".filepart", ".crdownload")  # endings that programs give meanwhile


def one_line(text: str) -> str:
    """A text from outside on one line of a log: line breaks and unseen letters are spelt out."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in text
    )


def file_name(name: str) -> str:
    """A file's name as text that a register can hold and that stays on one line of a log."""
    return one_line(name.encode("utf-8", "replace").decode())
