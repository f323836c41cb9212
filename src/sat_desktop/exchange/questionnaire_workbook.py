"""Editions as workbooks (.xlsx): written and read. Format: docs/formats.md."""

from pathlib import Path

from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.errors import SatError
from sat_desktop.exchange.workbook_reader import examine_content, examine_workbook, read_workbook
from sat_desktop.exchange.workbook_rows import empty_sheets, filled_sheets
from sat_desktop.exchange.workbook_writer import unfit_texts, workbook_content
from sat_desktop.runtime.files import atomic_write
from sat_desktop.runtime.i18n import Language, language_of

__all__ = ["examine_workbook", "read_workbook", "write_template", "write_workbook"]


def write_workbook(
    questionnaire: Questionnaire, path: Path, language: Language | None = None
) -> None:
    """Write an edition into a file: whole, or not at all.

    What was made is read again and compared before it gets its name.

    Args:
        language: of headings and notes, Polish where it is left out; the texts have all theirs.

    Raises:
        SatError: `workbook-not-written` (a text that no cell can hold, or nothing that could be
            read again); `file-not-written`.

    """
    language = language or language_of("pl")
    title = f"{questionnaire.name.get(language.code)} ({questionnaire.edition})"
    sheets = filled_sheets(questionnaire, language.code)
    if unfit := list(unfit_texts(sheets, language.code)):
        raise SatError("workbook-not-written", unfit, path=str(path))
    content = workbook_content(sheets, title, language)
    read, problems = examine_content(content, path)
    if read != questionnaire:
        raise SatError("workbook-not-written", problems, path=str(path))
    atomic_write(path, content)


def write_template(like: Questionnaire, path: Path, language: Language | None = None) -> None:
    """Write a workbook without texts, with the scale and the tiers of another questionnaire.

    Raises:
        SatError: `file-not-written`.

    """
    language = language or language_of("pl")
    atomic_write(path, workbook_content(empty_sheets(like, language.code), "", language))
