"""Which files belong to each released version of templates and fonts, by hash: a released version never changes.

`python -m portal.documents.released VERSION` writes the list of a template version that is about to be released.
"""

import hashlib
import sys
from pathlib import Path

from portal.documents.typesetting import TEMPLATES

LIST = "SHA256SUMS"


def hashes(folder: Path) -> dict[str, str]:
    """The hash of each file of a version's folder."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name != LIST
    }


def listed(folder: Path) -> dict[str, str]:
    """The hashes that the version was released with."""
    lines = (folder / LIST).read_text("utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


if __name__ == "__main__":
    version = TEMPLATES / sys.argv[1]
    (version / LIST).write_text("".join(f"{digest}  {name}\n" for name, digest in hashes(version).items()), "utf-8")
