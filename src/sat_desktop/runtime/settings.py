"""What the program remembers for one user between two runs: a small JSON file.

Settings are a convenience. A file that cannot be read is moved aside and the defaults are used; a
single value out of its range falls back alone; keys of a newer version of the program are kept as
they are, so that going back and forth between versions loses nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from sat_desktop.errors import SatError
from sat_desktop.runtime.files import atomic_write, set_aside
from sat_desktop.runtime.i18n import LANGUAGES
from sat_desktop.runtime.palette import SCHEMES

VERSION: Final = 1
SCHEME_CHOICES: Final = ("system", *SCHEMES)
TEXT_SCALES: Final = (100, 125, 150, 175, 200)


@dataclass(frozen=True, slots=True)
class Settings:
    """One user's settings.

    Attributes:
        language: code of the window's language.
        scheme: one of `SCHEME_CHOICES`; "system" follows the desktop.
        text_scale: percent, 100 to 200.
        last_assessment: id of the assessment to open again; empty for none.
        geometry: the window's place as Qt writes it, in base64; empty for the default.
        writer: id under which this user writes, made at random once; undo follows it.
        unknown: keys that this version does not know, written back unchanged.
    """

    language: str = "pl"
    scheme: str = "system"
    text_scale: int = 100
    last_assessment: str = ""
    geometry: str = ""
    writer: str = ""
    unknown: Mapping[str, object] = field(default_factory=dict)


def _choice(raw: Mapping[str, object], key: str, allowed: tuple[str, ...], default: str) -> str:
    value = raw.get(key)
    return value if isinstance(value, str) and value in allowed else default


def _text(raw: Mapping[str, object], key: str) -> str:
    value = raw.get(key)
    return value if isinstance(value, str) else ""


def _scale(raw: Mapping[str, object]) -> int:
    value = raw.get("text_scale")
    if isinstance(value, bool) or not isinstance(value, int):
        return 100
    return min(200, max(100, value))


def decode(raw: Mapping[str, object]) -> Settings:
    """Return the settings that a JSON object holds, defaults for what it lacks or has wrong."""
    known = {"version", "language", "scheme", "text_scale", "last_assessment", "geometry", "writer"}
    return Settings(
        language=_choice(raw, "language", LANGUAGES, "pl"),
        scheme=_choice(raw, "scheme", SCHEME_CHOICES, "system"),
        text_scale=_scale(raw),
        last_assessment=_text(raw, "last_assessment"),
        geometry=_text(raw, "geometry"),
        writer=_text(raw, "writer"),
        unknown={key: value for key, value in raw.items() if key not in known},
    )


def encode(settings: Settings) -> bytes:
    """Return the content of the settings file."""
    document = {
        "version": VERSION,
        "language": settings.language,
        "scheme": settings.scheme,
        "text_scale": settings.text_scale,
        "last_assessment": settings.last_assessment,
        "geometry": settings.geometry,
        "writer": settings.writer,
        **settings.unknown,
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


class SettingsFile:
    """The settings of one user, in memory and on disk.

    Attributes:
        current: the settings in force.
        set_aside: where a file that could not be read was moved to at opening, or None.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.set_aside: Path | None = None
        self.current = self._read()

    def _read(self) -> Settings:
        try:
            raw = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return Settings()
        except OSError:
            # Not readable now is not the same as damaged: leave it where it is.
            return Settings()
        except (ValueError, RecursionError):
            self._move_aside()
            return Settings()
        if not isinstance(raw, dict):
            self._move_aside()
            return Settings()
        return decode(raw)

    def _move_aside(self) -> None:
        try:
            self.set_aside = set_aside(self._path, "damaged")
        except SatError:
            self.set_aside = None

    def change(self, **values: Any) -> None:
        """Change some settings and write the file.

        Raises:
            SatError: `file-not-written`; the change stays in force for this run.

        """
        if not self.current.writer:
            # Made by another part of the program, or another run of it, since this was read.
            self.current = replace(self.current, writer=self._read().writer)
        changed = replace(self.current, **values)
        if changed == self.current:
            return
        self.current = changed
        atomic_write(self._path, encode(changed))


def preferred_language() -> str:
    """Return the language that this user has chosen, Polish if none was."""
    from sat_desktop.runtime.paths import settings_file

    return SettingsFile(settings_file()).current.language
