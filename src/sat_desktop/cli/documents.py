"""Commands about the plan, documents and charts, and the demo city."""

import argparse
import errno
import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from sat_desktop.cli.session import CommandSession
from sat_desktop.domain.completeness import FindingSeverity
from sat_desktop.domain.document import PlanDocument
from sat_desktop.domain.kinds import UNDERTAKING
from sat_desktop.errors import SatError
from sat_desktop.runtime.files import atomic_write
from sat_desktop.runtime.i18n import language_of
from sat_desktop.runtime.wording import describe_finding
from sat_desktop.services.derived import Derived
from sat_desktop.services.dossier import Dossier
from sat_desktop.services.planning import draft_plan


def _(sentence: str) -> str:
    """Mark a sentence for the catalogues."""
    return sentence


SEVERITIES: Final = {
    FindingSeverity.ERROR: _("error"),
    FindingSeverity.OPEN: _("open"),
    FindingSeverity.ADVICE: _("advice"),
}


def demo(session: CommandSession, arguments: argparse.Namespace) -> int:
    """Make the demo city (one a workspace), run its main job, and open it or export its plan."""
    from sat_desktop.formats.demonstration import read_demonstration
    from sat_desktop.services.demo_city import Demonstration
    from sat_desktop.services.demonstration import make_demo

    target = Path(arguments.export) if arguments.export else None
    if target is not None:
        _require_kind(target, {".pdf"})
        _require_place(target)
    assessment = make_demo(session.workspace, read_demonstration(Demonstration), session.language)
    dossier = session.dossier(assessment)
    index = Derived(dossier).results.scores.total.index
    session.data(f"{assessment}\n")
    session.say(
        "Demo city: {unit}, index {index}.",
        unit=dossier.assessment.unit.name,
        index=session.language.percent(index),
    )
    if arguments.window:
        if session.window.can_be_seen():
            session.close()
            return session.window.open(session.location, session.language.code)
        session.say("There is no display here, so no window is opened.")
    if target is not None:
        _export_pdf(session, dossier, target, None)
    return 0


def draft(session: CommandSession, arguments: argparse.Namespace) -> int:
    """Add drafts for the gaps that the plan leaves open."""
    from sat_desktop.services.planning import goal_titles

    dossier = session.dossier(arguments.id)
    titles = goal_titles(language_of(dossier.assessment.language))
    change = draft_plan(session.workspace, dossier, titles)
    count = sum(item.kind == UNDERTAKING.name for item in change.items)
    session.tell(
        session.language.n("{count} undertaking drafted.", "{count} undertakings drafted.", count)
    )
    return 0


def check(session: CommandSession, arguments: argparse.Namespace) -> int:
    """Print what the plan lacks, a line each; exit 1 if anything contradicts itself."""
    found = Derived(session.dossier(arguments.id)).findings
    for finding in found:
        severity = session.language.t(SEVERITIES[finding.severity])
        session.data(f"{severity}\t{describe_finding(finding, session.language)}\n")
    session.tell(session.language.n("{count} finding.", "{count} findings.", len(found)))
    return 1 if any(f.severity == "error" for f in found) else 0


def project(session: CommandSession, arguments: argparse.Namespace) -> int:
    """Print the numbers now and at the end of every year of the plan as JSON."""
    from sat_desktop.formats.results_json import describe_projection, dump

    dossier = session.dossier(arguments.id)
    present = Derived(dossier).results.scores
    session.data(
        dump(describe_projection(dossier.questionnaire, present, Derived(dossier).projection))
    )
    return 0


def export(session: CommandSession, arguments: argparse.Namespace) -> int:
    """Write the plan (.pdf), all data (.json) or the indicators' numbers (.csv)."""
    target = Path(arguments.out)
    if arguments.report == "results":
        raise SatError("report-later")
    extension = _require_kind(target, {".pdf", ".json", ".csv"})
    day = _day(arguments.date)
    dossier = session.dossier(arguments.id)
    if extension == ".pdf":
        _export_pdf(session, dossier, target, day)
        return 0
    from sat_desktop.exchange.open_data import write_open_csv, write_open_json

    document = _document(session, dossier, day)
    if extension == ".json":
        content = write_open_json(document)
    else:
        content = write_open_csv(document, session.language)
    atomic_write(target, content)
    session.say("Written: {path}", path=arguments.out)
    return 0


def chart(session: CommandSession, arguments: argparse.Namespace) -> int:
    """Draw one chart as .svg or .png and print what it shows in words."""
    from sat_desktop.charts.catalogue import CHARTS
    from sat_desktop.charts.chart import ChartInput
    from sat_desktop.charts.look import Look
    from sat_desktop.charts.rendering import render_png, render_svg
    from sat_desktop.runtime.palette import palette

    target = Path(arguments.out)
    extension = _require_kind(target, {".svg", ".png"})
    draw = CHARTS.get(arguments.kind)
    if draw is None:
        raise SatError("chart-unknown", kind=arguments.kind, known=", ".join(CHARTS))
    given = ChartInput.of(_document(session, session.dossier(arguments.id), None), facts=True)
    look = Look(palette("dark" if arguments.dark else "light"))
    drawn = draw(given, look, session.language)
    code = session.language.code
    atomic_write(target, render_svg(drawn, code) if extension == ".svg" else render_png(drawn))
    session.data(drawn.alternative + "\n")
    return 0


def _export_pdf(session: CommandSession, dossier: Dossier, target: Path, day: date | None) -> None:
    from sat_desktop.reporting.plan_pdf import write_plan_pdf

    atomic_write(target, write_plan_pdf(_document(session, dossier, day)))
    session.say("Written: {path}", path=str(target))


def _document(session: CommandSession, dossier: Dossier, day: date | None) -> PlanDocument:
    from sat_desktop.services.derived import Derived

    document = Derived(dossier).document(session.workspace.clock().date())
    return document if day is None else replace(document, day=day)


def _require_place(target: Path) -> None:
    """Refuse a place that cannot be written to before the work begins."""
    import tempfile

    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        place = target.absolute().parent
        while not place.exists():
            place = place.parent
        # Try it: permissions alone tell little about network shares and read-only disks.
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        reason = error.strerror or str(error)
        raise SatError("file-not-written", path=str(target), reason=reason) from error


def _require_kind(target: Path, now: set[str]) -> str:
    extension = target.suffix.lower()
    if extension in {".docx", ".xlsx", ".sat"}:
        raise SatError("format-later", extension=extension)
    if extension not in now:
        raise SatError("format-unknown", extension=extension or str(target))
    return extension


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise SatError("date-malformed", value=text) from error
