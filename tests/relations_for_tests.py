"""Which of the real queries a test needs: the others are not run."""

import re


def read_by(texts, made):
    """The queries of `made` whose relations these texts name, and those that they name in turn."""
    found, asked = {}, list(texts)
    while asked:
        names = set(re.findall(r"\w+", asked.pop())) & made.keys() - found.keys()
        found |= {name: made[name] for name in names}
        asked += [made[name] for name in names]
    return found
