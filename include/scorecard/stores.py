"""What every step is given: the register, the object store, the settings and the keys."""

from dataclasses import dataclass

from sqlalchemy import Engine

from scorecard.objects import ObjectStore
from scorecard.settings import Settings


@dataclass(frozen=True)
class Stores:
    """The two homes of the data, and what a step may know of its surroundings."""

    register: Engine
    objects: ObjectStore
    settings: Settings
    hash_key: bytes  # turns a person into a keyed hash; at least 16 bytes
    signing_key: bytes = b""  # signs packs: 32 bytes, or none where packs are only read
