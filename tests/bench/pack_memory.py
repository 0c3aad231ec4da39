"""The memory that rendering a pack takes: a process that reads its content and writes all formats.

The content comes pickled on standard input. Prints the process's peak when it began, when it held
the content, and when all formats were written, and that of typst's own process, in MB, as JSON.
"""

import json
import pickle
import resource
import sys


def peak(whose: int = resource.RUSAGE_SELF) -> float:
    """The most memory that this process has held so far, or its largest child."""
    return resource.getrusage(whose).ru_maxrss / 1024


def main() -> None:
    """Read, render, and print what it took."""
    python = peak()
    content = pickle.load(sys.stdin.buffer)
    held = peak()
    from scorecard import draft  # what it needs is part of what rendering takes

    draft.render(content)
    told = {"python": python, "content": held, "formats": peak(),
            "typst": peak(resource.RUSAGE_CHILDREN)}  # fmt: skip
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
