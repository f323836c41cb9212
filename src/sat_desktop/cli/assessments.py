"""Commands about assessments, answers and numbers."""

import argparse
from pathlib import Path

from sat_desktop.cli.console import one_line
from sat_desktop.cli.session import CommandSession
from sat_desktop.domain.answers import completeness
from sat_desktop.domain.assessment import Member, Unit
from sat_desktop.domain.questionnaire import UnitKind
from sat_desktop.errors import Problem, SatError
from sat_desktop.services.answering import Respondent, check_given, import_answers
from sat_desktop.services.assessments import (
    create_assessment,
    find_edition,
    list_assessments,
    response_for,
)
from sat_desktop.services.derived import Derived
from sat_desktop.services.dossier import Dossier


def list_all(session: CommandSession, _arguments: argparse.Namespace) -> int:
    """Print the assessments, last changed first: id, unit, period, edition."""
    for summary in list_assessments(session.workspace):
        a = summary.assessment
        cells = (a.id, a.unit.name, a.period, a.questionnaire)
        session.data("\t".join(map(one_line, cells)) + "\n")
    return 0


def create(session: CommandSession, arguments: argparse.Namespace) -> int:
    """Set up an assessment and print its id."""
    unit = Unit(arguments.unit.strip(), UnitKind(arguments.kind), arguments.teryt.strip())
    edition = find_edition(session.workspace, arguments.questionnaire).edition
    assessment = create_assessment(
        session.workspace,
        unit,
        edition,
        arguments.period,
        session.language.code,
        session.language.t("Coordinator"),
    )
    session.data(assessment.id + "\n")
    return 0


def show(session: CommandSession, arguments: argparse.Namespace) -> int:
    """Print the particulars of an assessment and how far it has got."""
    dossier = session.dossier(arguments.id)
    lang, a = session.language, dossier.assessment
    lines = [
        (lang.t("Id"), a.id),
        (lang.t("Unit"), f"{a.unit.name} ({a.unit.teryt})"),
        (lang.t("Period"), a.period),
        (lang.t("Questionnaire"), a.questionnaire),
        (lang.t("Index"), lang.percent(Derived(dossier).results.scores.total.index)),
        (lang.t("Agreed answers"), _progress(dossier, dossier.agreed.id)),
    ]
    lines += [
        (dossier.member(r.member).name, _progress(dossier, r.id))
        for r in dossier.responses
        if r.member is not None
    ]
    session.data("".join(f"{one_line(name)}: {one_line(value)}\n" for name, value in lines))
    return 0


def _progress(dossier: Dossier, response: str) -> str:
    done = completeness(dossier.questionnaire.indicators, dossier.answers(response))
    return f"{done.dealt_with}/{done.total}"


def upgrade_edition(session: CommandSession, arguments: argparse.Namespace) -> int:
    """Go by another edition of the questionnaire, the newest unless one is named; say what changes."""
    from sat_desktop.services.upgrading import other_editions, preview_upgrade, upgrade

    dossier = session.dossier(arguments.id)
    wanted = arguments.to or next(iter(other_editions(session.workspace, dossier)), "")
    if not wanted:
        raise SatError("edition-alone", edition=dossier.edition.edition)
    edition = find_edition(session.workspace, wanted).edition
    found = preview_upgrade(session.workspace, dossier, edition)
    if not arguments.dry_run:
        upgrade(session.workspace, dossier, edition)
    lang, succession = session.language, found.succession
    counts = (
        (lang.t("Unchanged"), len(succession.kept)),
        (lang.t("Moved to another group"), len(succession.moved)),
        (lang.t("Reworded"), len(succession.reworded)),
        (lang.t("With other criteria"), len(succession.altered)),
        (lang.t("New"), len(succession.added)),
        (lang.t("No longer asked"), len(succession.removed)),
        (lang.t("Answers no longer asked for"), len(found.orphaned)),
    )
    for name, number in counts:
        session.data(f"{name}: {number}\n")
    before, after = (lang.percent(s.total.index) for s in (found.before, found.after))
    session.data(f"{lang.t('Index')}: {before} → {after}\n")
    if arguments.dry_run:
        session.say("The assessment can go by {edition}.", edition=edition)
    else:
        session.say("The assessment goes by {edition} now.", edition=edition)
    return 0


def import_answers_file(session: CommandSession, arguments: argparse.Namespace) -> int:
    """Read answers from .csv or .json into a member's response, or the agreed one."""
    from sat_desktop.exchange.answers_csv import UnreadableRowsError
    from sat_desktop.exchange.answers_files import read_answers

    dossier = session.dossier(arguments.id)
    unreadable: tuple[Problem, ...] = ()
    try:
        given = read_answers(Path(arguments.file))
    except UnreadableRowsError as error:
        given, unreadable = error.readable, error.problems
    # Before anything else: a bad file must not even add a member.
    check_given(dossier, given, unreadable)
    if arguments.member is not None:
        response = response_for(session.workspace, dossier, arguments.member)
        who = Respondent(response.id, response.member or "")
    else:
        who = Respondent(dossier.agreed.id)
    changed = len(import_answers(session.workspace, dossier, who, given).items)
    read = session.language.n("{count} answer read.", "{count} answers read.", len(given))
    new = session.language.n("{count} changed.", "{count} changed.", changed)
    session.tell(f"{read} {new}")
    return 0


def export_answers_file(session: CommandSession, arguments: argparse.Namespace) -> int:
    """Write a response to .csv or .json."""
    from sat_desktop.exchange.answers_csv import write_answers_csv
    from sat_desktop.exchange.answers_files import other_format
    from sat_desktop.exchange.answers_json import write_answers_json
    from sat_desktop.runtime.files import atomic_write

    path = Path(arguments.out)
    writers = {".csv": write_answers_csv, ".json": write_answers_json}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise other_format(path)
    dossier = session.dossier(arguments.id)
    response = dossier.agreed
    if arguments.member is not None:
        response = dossier.response_of(_member(dossier, arguments.member).id)
    atomic_write(path, writer(dossier.questionnaire, dossier.answers(response.id)))
    session.say("Written: {path}", path=arguments.out)
    return 0


def _member(dossier: Dossier, wanted: str) -> Member:
    """Return the member of a name or an id."""
    named = (m for m in dossier.members if wanted.strip() in {m.name, m.id})
    member = next(named, None)
    if member is None:
        raise SatError("member-unknown", name=wanted)
    return member


def results(session: CommandSession, arguments: argparse.Namespace) -> int:
    """Print every number of the model as JSON."""
    from sat_desktop.formats.results_json import describe_results, dump

    dossier = session.dossier(arguments.id)
    found = Derived(dossier).results
    session.data(
        dump(
            describe_results(
                found.questionnaire, found.scores, found.gaps, found.consensus, dossier.conflicts
            )
        )
    )
    return 0
