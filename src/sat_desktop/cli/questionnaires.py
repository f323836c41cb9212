"""Commands about questionnaires."""

import argparse
from pathlib import Path

from sat_desktop.cli.session import Session
from sat_desktop.errors import SatError
from sat_desktop.runtime.wording import describe_problem
from sat_desktop.services.assessments import add_edition, find_edition, list_editions


def list_all(session: Session, arguments: argparse.Namespace) -> int:  # noqa: ARG001 -- a command
    """Print the stored editions, one a line: edition, tab, name."""
    for edition in list_editions(session.desk):
        questionnaire = find_edition(session.desk, edition)
        session.data(f"{edition}\t{questionnaire.name.get(session.language.code)}\n")
    return 0


def check(session: Session, arguments: argparse.Namespace) -> int:
    """Print every problem of an edition's folder and its counts; exit 1 if there are any."""
    from sat_desktop.formats.questionnaire_check import check_edition, count
    from sat_desktop.formats.questionnaire_files import read_edition

    folder = Path(arguments.path)
    problems = check_edition(folder, strict=arguments.strict)
    for problem in problems:
        session.data(describe_problem(problem, session.language) + "\n")
    if problems:
        session.say("{count} problems found.", count=len(problems))
        return 1
    counts = count(read_edition(folder))
    tiers = ", ".join(f"{tier} {number}" for tier, number in counts.tiers)
    session.data(
        session.language.t(
            "{tiers}, indicators {indicators}, criteria {criteria}, words pl {pl}, en {en}",
            tiers=tiers,
            indicators=counts.indicators,
            criteria=counts.criteria,
            pl=counts.words["pl"],
            en=counts.words["en"],
        )
        + "\n"
    )
    session.say("0 problems found.")
    return 0


def take_in(session: Session, arguments: argparse.Namespace) -> int:
    """Store the edition of a folder; with --dry-run only tell whether it could be."""
    from sat_desktop.formats.questionnaire_files import read_edition

    if Path(arguments.path).suffix.lower() == ".xlsx":
        raise SatError("format-later", extension=".xlsx")
    questionnaire = read_edition(Path(arguments.path))
    if arguments.dry_run:
        session.say("{edition} can be imported.", edition=questionnaire.edition)
        return 0
    add_edition(session.desk, questionnaire)
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
