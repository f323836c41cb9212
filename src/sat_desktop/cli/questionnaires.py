"""Commands about questionnaires.

A path is an edition's folder, one that holds such folders, or a workbook with an edition.
"""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from sat_desktop.cli.session import CommandSession
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.errors import Problem, SatError
from sat_desktop.runtime.wording import describe_problem
from sat_desktop.services.assessments import find_edition, list_editions

HEAD: Final = "questionnaire.yaml"
"""What tells the folder of an edition from others."""
WORKBOOK: Final = ".xlsx"
OTHER_TABLES: Final = frozenset({".xls", ".xlsm", ".xlsb", ".ods"})
"""What spreadsheets call other files of theirs: nobody means a folder of such a name."""


def _(sentence: str) -> str:
    """Mark a sentence for the catalogues."""
    return sentence


def list_all(session: CommandSession, _arguments: argparse.Namespace) -> int:
    """Print the stored editions, one a line: edition, tab, name."""
    for edition in list_editions(session.workspace):
        questionnaire = find_edition(session.workspace, edition)
        session.data(f"{edition}\t{questionnaire.name.get(session.language.code)}\n")
    return 0


def check(session: CommandSession, arguments: argparse.Namespace) -> int:
    """Print every problem of an edition's files and its counts; exit 1 if there are any."""
    found = 0
    for place, prefix in _editions(Path(arguments.path)):
        questionnaire, problems = _examine(place, strict=arguments.strict)
        for problem in problems:
            placed = _placed(problem, prefix)
            session.data(describe_problem(placed, session.language) + "\n")
        if questionnaire is not None and not problems:
            session.data(_counted(session, questionnaire, prefix) + "\n")
        found += len(problems)
    session.tell(session.language.n("{count} problem found.", "{count} problems found.", found))
    return 1 if found else 0


def take_in(session: CommandSession, arguments: argparse.Namespace) -> int:
    """Store the editions at a path, all or none; with --dry-run only tell whether they could be."""
    editions = _read(Path(arguments.path))
    if arguments.dry_run:
        known = _compared(session, editions)
        for questionnaire in editions:
            session.tell(
                session.language.t(
                    known.get(questionnaire.edition, _("{edition} can be imported.")),
                    edition=questionnaire.edition,
                )
            )
        return 0
    _store(session, editions, keep=True)
    for questionnaire in editions:
        session.say("{edition} is in the workspace.", edition=questionnaire.edition)
    return 0


def export(session: CommandSession, arguments: argparse.Namespace) -> int:
    """Write a stored edition as a workbook, or as a folder of YAML files."""
    out = Path(arguments.out)
    suffix = out.suffix.lower()
    if suffix in OTHER_TABLES:
        raise SatError("format-unknown", extension=suffix)
    questionnaire = find_edition(session.workspace, arguments.edition)
    if suffix == WORKBOOK:
        from sat_desktop.exchange.questionnaire_workbook import write_workbook

        write_workbook(questionnaire, out, session.language)
    else:
        from sat_desktop.formats.questionnaire_files import write_edition

        write_edition(questionnaire, out)
    session.say("Written: {path}", path=arguments.out)
    return 0


def _editions(path: Path) -> Iterator[tuple[Path, str]]:
    """Yield the folders of editions at or below a path, `<version>` or `<id>/<version>` deep.

    With each comes what its problems' places begin with: empty where only one was asked for.
    """
    below = []
    if not (path / HEAD).is_file():
        below = sorted(head.parent for deep in ("*", "*/*") for head in path.glob(f"{deep}/{HEAD}"))
    if below:
        yield from ((folder, folder.relative_to(path).as_posix() + "/") for folder in below)
    else:
        yield path, ""


def _examine(place: Path, *, strict: bool) -> tuple[Questionnaire | None, list[Problem]]:
    if _is_workbook(place):
        from sat_desktop.exchange.questionnaire_workbook import examine_workbook

        return examine_workbook(place, strict=strict)
    from sat_desktop.formats.questionnaire_check import examine

    return examine(place, strict=strict)


def _is_workbook(path: Path) -> bool:
    suffix = path.suffix.lower()
    return suffix == WORKBOOK or (suffix in OTHER_TABLES and path.is_file())


def _placed(problem: Problem, prefix: str) -> Problem:
    return replace(problem, where=(prefix + problem.where).rstrip("/")) if prefix else problem


def _counted(session: CommandSession, questionnaire: Questionnaire, prefix: str) -> str:
    from sat_desktop.formats.questionnaire_check import count

    counts = count(questionnaire)
    tiers = ", ".join(f"{tier} {number}" for tier, number in counts.tiers)
    said = session.language.t(
        "{tiers}, indicators {indicators}, criteria {criteria}, words pl {pl}, en {en}",
        tiers=tiers,
        indicators=counts.indicators,
        criteria=counts.criteria,
        pl=counts.words["pl"],
        en=counts.words["en"],
    )
    return f"{questionnaire.edition}: {said}" if prefix else said


def _read(path: Path) -> list[Questionnaire]:
    editions, problems = [], []
    for place, prefix in _editions(path):
        questionnaire, found = _examine(place, strict=False)
        problems += [_placed(problem, prefix) for problem in found]
        if questionnaire is not None:
            editions.append(questionnaire)
    if problems and _is_workbook(path):
        raise SatError(
            "questionnaire-workbook-invalid", problems, path=str(path), count=len(problems)
        )
    if problems:
        raise SatError(
            "questionnaire-folder-invalid", problems, folder=str(path), count=len(problems)
        )
    return editions


def _compared(session: CommandSession, editions: list[Questionnaire]) -> dict[str, str]:
    """Return for the editions that are there already the sentence that says so.

    Raises:
        SatError: `edition-differs`, as storing them would.

    """
    if session.exists():
        stored = set(list_editions(session.workspace))
        _store(session, editions, keep=False)
        return dict.fromkeys(stored, _("{edition} is identical to the edition in the workspace."))
    from sat_desktop.formats.questionnaire_files import read_edition
    from sat_desktop.workspace import bundled_editions

    bundled = bundled_editions()
    for questionnaire in editions:
        folder = bundled.get(questionnaire.edition)
        if folder is not None and read_edition(folder) != questionnaire:
            raise SatError("edition-differs", edition=questionnaire.edition)
    return dict.fromkeys(
        bundled, _("{edition} is identical to the edition that comes with the program.")
    )


def _store(session: CommandSession, editions: list[Questionnaire], *, keep: bool) -> None:
    with session.workspace.store.begin() as work:
        for questionnaire in editions:
            work.editions.add(questionnaire)
        if keep:
            work.commit()
