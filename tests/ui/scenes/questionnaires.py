"""Dialogs of questionnaires, on the demo city with a newer edition beside the one in use."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from sat_desktop.errors import Problem
from sat_desktop.services.answering import Respondent, set_level, set_note
from sat_desktop.services.assessments import add_edition, list_editions
from sat_desktop.services.changes import look
from sat_desktop.services.dossier import open_dossier
from sat_desktop.services.planning import put, remove
from sat_desktop.services.ports import Workspace
from sat_desktop.ui.conflicts import ConflictsPanel
from sat_desktop.ui.gateway import Checked, Gateway
from sat_desktop.ui.questionnaires import problems
from sat_desktop.ui.questionnaires.comparing import Comparison
from sat_desktop.ui.questionnaires.editions import EditionsDialog
from sat_desktop.ui.questionnaires.orphans import AnswersOutside
from sat_desktop.ui.questionnaires.panel import Panel
from sat_desktop.ui.questionnaires.shelf import read_shelf
from sat_desktop.ui.questionnaires.upgrading import UpgradePanel
from sat_desktop.ui.session import AssessmentSession
from sat_desktop.ui.tasks import Tasks
from ui.editions import make_newer
from ui.scenes.answering import start
from ui.scenes.assessment import demo
from ui.scenes.scene import Scene, Stage, dialogs

Build = Callable[[Stage, QWidget, AssessmentSession, Gateway], Panel]


def scene(name: str, build: Build) -> Scene:
    """Return the scene of a dialog over a window of the usual size."""

    def made(stage: Stage) -> QWidget:
        session, gateway = demo(stage)
        newer = make_newer(session.dossier.edition).edition
        if newer.edition not in list_editions(session.workspace):
            add_edition(session.workspace, newer)
        parent = QWidget()
        parent.resize(1280, 720)
        panel = build(stage, parent, session, gateway)
        size = panel.size()
        panel.setParent(None)
        panel.resize(size)
        parent.deleteLater()
        return panel

    return Scene(name, made, dialog=True)


def editions(stage: Stage, parent: QWidget, session: AssessmentSession, gateway: Gateway) -> Panel:
    look = stage.appearance
    tasks = Tasks(lambda _error: None, parent)
    return EditionsDialog(
        look.theme, look.language, parent, session.workspace, gateway, tasks, dialogs(stage)
    )


def compared(stage: Stage, parent: QWidget, session: AssessmentSession, _gateway: Gateway) -> Panel:
    workspace: Workspace = session.workspace
    stored = [s.questionnaire for s in read_shelf(workspace)]
    look = stage.appearance
    made = Comparison(look.theme, look.language, parent, stored, stored[0])
    made.view.table.go(make_newer(session.dossier.edition).reworded)
    return made


def checked(stage: Stage, parent: QWidget, session: AssessmentSession, _gateway: Gateway) -> Panel:
    found = Checked(
        None,
        (
            Problem("text-missing", "Wskaźniki, wiersz 14, kolumna F", {"field": "question"}),
            Problem("id-duplicate", "Kryteria, wiersz 102, kolumna A", {"id": "planning.a.1"}),
        ),
        (
            Problem(
                "word-vague",
                "A1-planning.yaml:214",
                {"entry": "planning.strategy.2.a", "word": "odpowiedni", "language": "pl"},
            ),
        ),
    )
    look = stage.appearance
    return problems.of_check(look.theme, look.language, parent, "kwestionariusz.xlsx", found)


def upgrade(tab: int) -> Build:
    def build(
        stage: Stage, parent: QWidget, session: AssessmentSession, _gateway: Gateway
    ) -> Panel:
        made = UpgradePanel(stage.appearance.theme, stage.appearance.language, parent, session)
        made.tabs.setCurrentIndex(tab)
        made.changes.table.go(make_newer(session.dossier.edition).altered)
        return made

    return build


def outside(stage: Stage, parent: QWidget, session: AssessmentSession, _gateway: Gateway) -> Panel:
    look, dossier = stage.appearance, session.dossier
    probe = UpgradePanel(look.theme, look.language, parent, session)
    orphans = probe.found.orphaned if probe.found else ()
    return AnswersOutside(look.theme, look.language, parent, dossier, orphans)


def disagreeing(
    stage: Stage, parent: QWidget, session: AssessmentSession, _gateway: Gateway
) -> Panel:
    """Let two people answer, word and delete without knowing of each other."""
    elsewhere = replace(session.workspace, writer="a colleague")
    other = open_dossier(elsewhere, session.dossier.row.id)
    member = other.members[1].id
    theirs = Respondent(other.agreed.id, member)
    key = next(iter(session.dossier.questionnaire.indicators))
    goal = other.plan().goals[0]
    changed = replace(goal, title="Better records, kept in one register for all offices")
    set_note(elsewhere, other, theirs, key, "The register is kept by the treasurer's office.")
    set_level(elsewhere, other, theirs, key, 3)
    put(elsewhere, other, changed)
    session.run(set_note, session.respondent, key, "The secretary keeps the register.")
    session.run(set_level, session.respondent, key, 1)
    session.run(remove, goal)
    session.take_over(*look(session.workspace, session.dossier.row.id, session.dossier.cursor))
    look_of = stage.appearance
    return ConflictsPanel(look_of.theme, look_of.language, parent, session)


def pointed_to(stage: Stage) -> QWidget:
    """The first page, where an assessment goes by an older edition."""
    session, _gateway = demo(stage)
    newer = make_newer(session.dossier.edition).edition
    if newer.edition not in list_editions(session.workspace):
        add_edition(session.workspace, newer)
    return start(stage)


SCENES = (
    Scene("start-newer-edition", pointed_to),
    scene("dialog-editions", editions),
    scene("dialog-editions-compared", compared),
    scene("dialog-editions-checked", checked),
    scene("dialog-upgrade", upgrade(0)),
    scene("dialog-upgrade-numbers", upgrade(1)),
    scene("dialog-upgrade-outside", upgrade(2)),
    scene("dialog-outside", outside),
    scene("dialog-conflicts", disagreeing),
)
