"""What a user may send when something went wrong: versions and the log, no answers, no names.

The log is written discreetly (`logs`), so the parcel holds nothing about the office or its people.
"""

import io
import platform
import sys
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Final

from sat_desktop import __version__
from sat_desktop.runtime.logs import FILE

LIBRARIES: Final = (
    "PySide6_Essentials",
    "SQLAlchemy",
    "alembic",
    "matplotlib",
    "reportlab",
    "pikepdf",
    "msgspec",
)
# The time of an entry says nothing that the log does not; a fixed one keeps the parcel the same.
_TIME: Final = (1980, 1, 1, 0, 0, 0)


def pack_problem_report(log_folder: Path) -> bytes:
    """Return a ZIP with the versions in use and the log files of a folder, if there are any."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parcel:
        _add(parcel, "versions.txt", describe_machine().encode())
        for log in sorted(log_folder.glob(f"{FILE}*")):
            if log.is_file():
                _add(parcel, log.name, log.read_bytes())
    return out.getvalue()


def describe_machine() -> str:
    """Return the versions of the program, of Python, of the system and of the libraries."""
    lines = [
        f"SAT Desktop {__version__}",
        f"Python {platform.python_version()} ({sys.platform}, {platform.machine()})",
        f"{platform.system()} {platform.release()}",
    ]
    for name in LIBRARIES:
        try:
            lines.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            lines.append(f"{name} -")
    return "\n".join(lines) + "\n"


def _add(parcel: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    parcel.writestr(entry, content)
