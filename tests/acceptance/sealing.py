"""A pack that was altered and then listed and signed anew: nothing but the alteration is wrong."""

import hashlib
import io
import json
import zipfile

from scorecard.packs import manifest, signature

SECRET = bytes(range(32))


def seal(folder):
    """List the folder's files with their sizes and hashes as they are now, and sign the list."""
    telling(folder, lambda told: None)


def telling(folder, change):
    """The same with another word of the manifest: `change` is given what it says."""
    place = folder / manifest.NAME
    told = json.loads(place.read_bytes())
    for entry in told["files"]:
        data = (folder / entry["path"]).read_bytes()
        entry |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    change(told)
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, indent=2)
    place.write_bytes(f"{text}\n".encode())
    signed = signature.sign(place.read_bytes(), SECRET)
    (folder / manifest.SIGNATURE).write_bytes(signed)


def replacing(file, old, new, count=1):
    """Other words in a file; AssertionError if it does not hold the old ones."""
    data = file.read_bytes()
    assert old in data, f"{file.name}: has no {old!r}"
    file.write_bytes(data.replace(old, new, count))


def replacing_in_book(file, part, old, new, count=1):
    """Other words in one part of a workbook."""
    with zipfile.ZipFile(file) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    assert old in parts[part], f"{part}: has no {old!r}"
    parts[part] = parts[part].replace(old, new, count)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in parts.items():
            book.writestr(name, data)
    file.write_bytes(out.getvalue())
