"""Editions as folders of YAML: read and written. Format: docs/formats.md.

The program needs this only where an edition comes in or goes out; an opened workspace has the
stored form (`formats.questionnaire_json`).
"""

import json
import shutil
import uuid
from pathlib import Path
from typing import Any, Final

from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.errors import SatError
from sat_desktop.formats.edition_writer import edition_files
from sat_desktop.formats.questionnaire_check import examine

SCHEMA_FILE: Final = Path(__file__).parent / "schema" / "questionnaire.schema.json"


def read_edition(folder: Path) -> Questionnaire:
    """Read an edition from its folder.

    Raises:
        SatError: `questionnaire-folder-invalid` with every problem of its files.

    """
    questionnaire, problems = examine(folder, strict=False)
    if questionnaire is None or problems:
        raise SatError(
            "questionnaire-folder-invalid", problems, folder=str(folder), count=len(problems)
        )
    return questionnaire


def write_edition(questionnaire: Questionnaire, folder: Path) -> None:
    """Write an edition into a new or empty folder: whole, or not at all.

    What was written is read again and compared before it gets its name.

    Raises:
        SatError: `questionnaire-folder-taken`; `questionnaire-not-written` (folder, reason).

    """
    target = folder.resolve()
    spare = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}")
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise SatError("questionnaire-folder-taken", folder=str(folder))
        spare.mkdir(parents=True)
        try:
            for name, content in edition_files(questionnaire).items():
                (spare / name).write_text(content, encoding="utf-8", newline="\n")
            _compare(questionnaire, spare)
            if target.exists():
                target.rmdir()
            spare.rename(target)
        except BaseException:
            shutil.rmtree(spare, ignore_errors=True)
            raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise SatError("questionnaire-not-written", folder=str(folder), reason=reason) from error


def questionnaire_schema() -> dict[str, Any]:
    """Return the published JSON Schema of the files, for editors and other programs."""
    schema: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return schema


def _compare(questionnaire: Questionnaire, folder: Path) -> None:
    try:
        written = read_edition(folder)
    except SatError as error:
        reason = ", ".join(sorted({p.code for p in error.problems}))
        raise SatError("questionnaire-not-written", folder=str(folder), reason=reason) from error
    if written != questionnaire:
        raise SatError("questionnaire-not-written", folder=str(folder), reason="round-trip")
