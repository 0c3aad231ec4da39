"""Commands on finished packs: whether one is whole and whose it is, and making one again."""

from pathlib import Path
from typing import Annotated

import typer

from scorecard.saying import AsJson, show

Folder = Annotated[Path, typer.Argument(exists=True, file_okay=False, help="A pack's folder.")]
Key = Annotated[
    Path | None,
    typer.Option(
        exists=True,
        dir_okay=False,
        help="The council's public key in a PEM file.",
    ),
]


def verify(pack: Folder, key: Key = None, as_json: AsJson = False) -> None:
    """Compare a pack with its manifest, and say whether it is whole, unchanged and signed.

    Ends with code 0 if every file is as the manifest says and the key signed it, 1 if not.
    """
    from scorecard import settings
    from scorecard.packs import signature, verification

    identity = verification.signed_by(pack)
    try:
        public = (
            signature.public_from(key.read_bytes(), key.name)
            if key
            else verification.known_key(settings.read().packs, identity)
        )
        wrong = verification.problems(pack, public)
    except signature.WrongKey as error:
        if key:
            raise
        wrong = verification.problems(pack)
        if identity or not wrong:
            wrong = [*wrong, str(error)]
    said = "\n".join(wrong) or (
        f"{verification.name_of(pack)}: every file is as the manifest says, and key "
        f"{identity[:12]} signed it."
    )
    found = {"pack": str(pack), "verified": not wrong, "key": identity, "differences": wrong}
    show(found, as_json, said)
    raise typer.Exit(1 if wrong else 0)


def rebuild(pack: Folder, as_json: AsJson = False) -> None:
    """Make a pack again from the register, and say of each file whether it is the same to the byte.

    Writes nothing. Ends with code 0 if every file is the same, 1 if one differs; then it says why.
    """
    from scorecard import rebuild as again
    from scorecard import terminal

    with terminal.stores() as stores:
        made = again.run(stores, pack)
    count = len(made.files)
    lines = [f"{path}: {found}" for path, found in made.files.items() if found != again.SAME]
    said = "\n".join([*lines, *made.why]) or f"{made.pack_id}: all {count} files are the same."
    if made.gone:
        said += f"\n{made.gone} The pack is made of the register's figures, which stay."
    show({**vars(made), "same": made.is_same}, as_json, said)
    raise typer.Exit(0 if made.is_same else 1)


def restore(as_json: AsJson = False) -> None:
    """Bring a lost register back from the published packs and the extracts as received.

    Into an empty register only. Afterwards run the ingest DAGs, which accept the extracts again.
    """
    from scorecard import restore as back
    from scorecard import terminal

    with terminal.stores() as stores:
        done = back.run(stores)
    lines = [
        f"{done.packs:,} published packs with {done.figures:,} figures, and {done.extracts:,} "
        "extracts as received. Run the ingest DAGs now: they accept the extracts again.",
        *(f"{each}: the object store does not hold it. Send it again." for each in done.lost),
    ]
    show(vars(done), as_json, "\n".join(lines))


def signing_key(as_json: AsJson = False) -> None:
    """Print the public keys with which packs of this installation were signed, to publish them."""
    from scorecard import settings
    from scorecard.packs import verification

    folder = verification.keys_folder(settings.read().packs)
    found = {file.stem: file.read_text(encoding="ascii") for file in sorted(folder.glob("*.pem"))}
    if not found:
        raise LookupError(
            f"{folder}: holds no key, because no pack was drafted here. Draft one, then ask again."
        )
    said = "\n".join(f"key {identity}\n{pem}" for identity, pem in found.items())
    show(found, as_json, said)
