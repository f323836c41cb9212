"""Which version of the tables a database holds, as its table `meta` tells."""

from collections.abc import Mapping
from typing import Final

from sat_desktop.errors import SatError

SCHEMA_VERSION: Final = 3
"""Version of the tables (`tables`); every change of them raises it and brings a migration."""

PROGRAM: Final = "sat-desktop"


def version_in(found: Mapping[str, str], place: str) -> int:
    """Return the version that the rows of `meta` tell.

    Raises:
        SatError: `not-a-workspace` where they are not ours, `database-newer` (found, known) where
            the program that made them is newer than this one.

    """
    version = found.get("schema_version", "")
    if found.get("program") != PROGRAM or not version.isdecimal():
        raise SatError("not-a-workspace", path=place)
    if int(version) > SCHEMA_VERSION:
        raise SatError("database-newer", path=place, found=int(version), known=SCHEMA_VERSION)
    return int(version)
