"""The demo city in a real workspace file: the same as in memory, made in a moment, kept for good."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import count
from pathlib import Path

import pytest

from memory_store import MemoryStore, TickingClock, memory_workspace
from sat_desktop.formats.demonstration import read_demonstration
from sat_desktop.runtime.i18n import language_of
from sat_desktop.services.answering import Respondent, set_level
from sat_desktop.services.assessments import list_assessments
from sat_desktop.services.changes import undo
from sat_desktop.services.demo_city import Demonstration
from sat_desktop.services.demonstration import make_demo
from sat_desktop.services.derived import Derived
from sat_desktop.services.dossier import open_dossier
from sat_desktop.services.ports import Workspace
from sat_desktop.storage.opening import open_store
from sat_desktop.workspace import add_bundled_editions, open_workspace


@pytest.fixture
def on_disk(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace file whose clock and ids are those of `memory_workspace`."""
    numbers = count(1)
    store = open_store(str(tmp_path / "w.db"))
    workspace = Workspace(store, TickingClock(), lambda: f"{next(numbers):032x}", "writer")
    add_bundled_editions(workspace)
    yield workspace
    store.close()


def test_a_file_keeps_exactly_what_memory_keeps(on_disk: Workspace) -> None:
    in_memory = memory_workspace(MemoryStore())
    add_bundled_editions(in_memory)
    city = read_demonstration(Demonstration)
    kept = []
    for workspace in (on_disk, in_memory):
        dossier = open_dossier(workspace, make_demo(workspace, city, language_of("pl")))
        set_level(workspace, dossier, Respondent(dossier.agreed.id), "workforce.appraisal", 1)
        undo(workspace, dossier)
        again = open_dossier(workspace, dossier.assessment.id)
        assert again.heads.everything() == dossier.heads.everything()
        with workspace.store.begin() as work:
            history = work.history.all(dossier.assessment.id)
            changes = work.history.change_sets(dossier.assessment.id)
        kept.append(
            (
                again.heads.everything(),
                again.persons,
                again.plan(),
                list(history),
                list(changes),
                list_assessments(workspace),
            )
        )
    assert kept[0] == kept[1]


def test_the_demo_is_there_when_the_workspace_is_opened_again(tmp_path: Path) -> None:
    city = read_demonstration(Demonstration)
    place = str(tmp_path / "w.db")
    made = set()
    for code in ("pl", "en"):
        workspace = open_workspace(place)
        made.add(make_demo(workspace, city, language_of(code)))
        (summary,) = list_assessments(workspace)
        assert summary.assessment.language == "pl", "the one of the first time"
        assert Derived(open_dossier(workspace, *made)).results.scores.total.index == Fraction(
            481, 1080
        )
        workspace.store.close()
    assert len(made) == 1
