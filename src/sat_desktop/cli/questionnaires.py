"""Commands about questionnaires. A path is an edition's folder, or one that holds such folders."""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sat_desktop.cli.session import Session
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.errors import Problem, SatError
from sat_desktop.runtime.wording import describe_problem
from sat_desktop.services.assessments import find_edition, list_editions

HEAD = "questionnaire.yaml"
"""What tells the folder of an edition from others."""


def list_all(session: Session, _arguments: argparse.Namespace) -> int:
    """Print the stored editions, one a line: edition, tab, name."""
    for edition in list_editions(session.desk):
        questionnaire = find_edition(session.desk, edition)
        session.data(f"{edition}\t{questionnaire.name.get(session.language.code)}\n")
    return 0


def check(session: Session, arguments: argparse.Namespace) -> int:
    """Print every problem of an edition's files and its counts; exit 1 if there are any."""
    from sat_desktop.formats.questionnaire_check import examine

    found = 0
    for folder, prefix in _editions(Path(arguments.path)):
        questionnaire, problems = examine(folder, strict=arguments.strict)
        for problem in problems:
            placed = _placed(problem, prefix)
            session.data(describe_problem(placed, session.language) + "\n")
        if questionnaire is not None and not problems:
            session.data(_counted(session, questionnaire, prefix) + "\n")
        found += len(problems)
    session.tell(session.language.n("{count} problem found.", "{count} problems found.", found))
    return 1 if found else 0


def take_in(session: Session, arguments: argparse.Namespace) -> int:
    """Store the editions of a folder, all or none; with --dry-run only tell whether they could be."""
    if Path(arguments.path).suffix.lower() == ".xlsx":
        raise SatError("format-later", extension=".xlsx")
    editions = _read(Path(arguments.path))
    if arguments.dry_run:
        if session.exists():
            _store(session, editions, keep=False)
        for questionnaire in editions:
            session.say("{edition} can be imported.", edition=questionnaire.edition)
        return 0
    _store(session, editions, keep=True)
    for questionnaire in editions:
        session.say("{edition} is in the workspace.", edition=questionnaire.edition)
    return 0


def export(session: Session, arguments: argparse.Namespace) -> int:
    """Write a stored edition as a folder of YAML files."""
    from sat_desktop.formats.questionnaire_files import write_edition

    if Path(arguments.out).suffix.lower() == ".xlsx":
        raise SatError("format-later", extension=".xlsx")
    questionnaire = find_edition(session.desk, arguments.edition)
    write_edition(questionnaire, Path(arguments.out))
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


def _placed(problem: Problem, prefix: str) -> Problem:
    return replace(problem, where=(prefix + problem.where).rstrip("/")) if prefix else problem


def _counted(session: Session, questionnaire: Questionnaire, prefix: str) -> str:
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
    from sat_desktop.formats.questionnaire_check import examine

    editions, problems = [], []
    for folder, prefix in _editions(path):
        questionnaire, found = examine(folder, strict=False)
        problems += [_placed(problem, prefix) for problem in found]
        if questionnaire is not None:
            editions.append(questionnaire)
    if problems:
        raise SatError(
            "questionnaire-folder-invalid", problems, folder=str(path), count=len(problems)
        )
    return editions


def _store(session: Session, editions: list[Questionnaire], *, keep: bool) -> None:
    with session.desk.store.begin() as work:
        for questionnaire in editions:
            work.editions.add(questionnaire)
        if keep:
            work.commit()
