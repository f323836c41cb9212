"""The session: success and refusal come as events, and nothing is written behind their back."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from sat_desktop.domain.history import Change
from sat_desktop.domain.kinds import ANSWER
from sat_desktop.errors import SatError
from sat_desktop.services.answering import set_level, set_note, set_to_discuss
from sat_desktop.services.derived import Part
from sat_desktop.services.planning import put
from sat_desktop.ui.appearance import Appearance
from sat_desktop.ui.computing import _worker
from sat_desktop.ui.messages import Messages
from sat_desktop.ui.session import AssessmentSession
from sat_desktop.ui.tasks import Tasks
from ui.workplace import Workplace, open_city


class Heard:
    """What a session has said, in order."""

    def __init__(self, session: AssessmentSession) -> None:
        self.said: list[object] = []
        session.opened.connect(lambda: self.said.append("opened"))
        session.respondent_changed.connect(lambda: self.said.append("respondent"))
        session.changed.connect(self.said.append)
        session.failed.connect(self.said.append)

    @property
    def change(self) -> Change:
        """The one thing that was said: a change."""
        (said,) = self.said
        assert isinstance(said, Change)
        return said

    @property
    def error(self) -> SatError:
        (said,) = self.said
        assert isinstance(said, SatError)
        return said


@pytest.fixture
def city(
    tmp_path: Path, appearance: Appearance, messages: Messages, tasks: Tasks
) -> Iterator[Workplace]:
    made = open_city(tmp_path, appearance, messages, tasks)
    yield made
    made.close()


def first(session: AssessmentSession) -> str:
    return next(iter(session.dossier.questionnaire.indicators))


def test_a_change_is_told_once_with_what_it_touched(city: Workplace) -> None:
    session, heard = city.session, Heard(city.session)
    key = first(session)
    session.run(set_level, session.respondent, key, 0)
    assert heard.change.touches(ANSWER.name, session.respondent.response, key)
    assert session.derived.results.scores.ratings[key].level == 0
    assert session.undo_and_redo()[0] == "level"


def test_what_is_not_new_is_a_success_of_which_nothing_was_written(city: Workplace) -> None:
    session = city.session
    key = first(session)
    session.run(set_to_discuss, session.respondent, key, flag=True)
    heard = Heard(session)
    session.run(set_to_discuss, session.respondent, key, flag=True)
    assert not heard.change


def test_a_refusal_is_told_and_changes_nothing(city: Workplace) -> None:
    session, heard = city.session, Heard(city.session)
    before = dict(session.answers)
    session.run(set_level, session.respondent, first(session), 99)
    assert heard.error.code == "level-out-of-range"
    assert dict(session.answers) == before


def test_undo_and_redo_are_changes_like_others(city: Workplace) -> None:
    session = city.session
    key = first(session)
    session.run(set_note, session.respondent, key, "typed")
    heard = Heard(session)
    session.undo()
    assert heard.change.touches(ANSWER.name, key=key)
    assert session.answer(key).note != "typed"
    session.redo()
    assert session.answer(key).note == "typed"


def test_another_respondent_is_told_and_an_unknown_one_refused(city: Workplace) -> None:
    session, heard = city.session, Heard(city.session)
    member = session.dossier.members[0].id
    session.respond_as(member)
    assert heard.said == ["respondent"]
    assert session.respondent.member == member
    heard.said.clear()
    session.respond_as("nobody")
    assert heard.error.code == "member-unknown"
    assert session.respondent.member == member


def test_what_cannot_be_opened_leaves_open_what_was(city: Workplace) -> None:
    session, heard = city.session, Heard(city.session)
    session.open(city.workspace, "nothing")
    assert heard.error.code == "assessment-unknown"
    assert session.dossier.assessment.id == city.demo


def test_nothing_is_open_after_closing(city: Workplace) -> None:
    session, heard = city.session, Heard(city.session)
    session.close()
    session.undo()
    session.redo()
    assert heard.said == ["opened"]
    assert session.undo_and_redo() == (None, None)
    for name in ("dossier", "workspace", "derived", "respondent"):
        with pytest.raises(LookupError):
            getattr(session, name)


# What takes long


@pytest.fixture
def slow(city: Workplace, monkeypatch: pytest.MonkeyPatch) -> AssessmentSession:
    """Return a session to which the demo city is large."""
    monkeypatch.setattr("sat_desktop.ui.computing.AT_ONCE", 0)
    return city.session


def test_of_a_usual_questionnaire_everything_is_at_hand(city: Workplace) -> None:
    assert city.session.computing.want("results", "projection", "findings", "document")


def test_what_takes_long_arrives(qtbot: QtBot, slow: AssessmentSession) -> None:
    wanted: tuple[Part, ...] = ("results", "projection", "findings", "document")
    arrived: list[bool] = []
    slow.computing.arrived.connect(lambda: arrived.append(True))
    assert not slow.computing.want(*wanted)
    qtbot.waitUntil(lambda: slow.computing.want(*wanted))
    assert arrived
    assert slow.derived.snapshot().has("document")


def test_what_arrives_is_of_the_newest_state(qtbot: QtBot, slow: AssessmentSession) -> None:
    key = first(slow)
    slow.run(set_level, slow.respondent, key, 0)
    assert not slow.computing.want("results")
    slow.run(set_level, slow.respondent, key, 2)
    assert not slow.computing.want("results")
    qtbot.waitUntil(lambda: slow.computing.want("results"))
    assert slow.derived.results.scores.ratings[key].level == 2


def test_nobody_waits_for_what_no_change_touched(qtbot: QtBot, slow: AssessmentSession) -> None:
    slow.computing.want("results", "projection")
    qtbot.waitUntil(lambda: slow.computing.want("results", "projection"))
    slow.run(set_note, slow.respondent, first(slow), "typed")
    assert slow.computing.want("results", "projection")
    work = slow.derived.plan.undertakings[0]
    slow.run(put, type(work)(work.id, work.action, "Another title"))
    assert slow.computing.want("results")
    assert not slow.computing.want("projection")
    qtbot.waitUntil(lambda: slow.computing.want("projection"))


def test_what_nobody_has_open_any_more_is_not_delivered(
    qtbot: QtBot, slow: AssessmentSession, city: Workplace
) -> None:
    slow.computing.want("document")
    slow.close()
    assert not slow.computing.want("document")
    slow.open(city.workspace, city.demo)
    assert not slow.computing.want("findings")
    qtbot.waitUntil(lambda: slow.computing.want("findings"))


def test_who_waits_for_long_is_told_and_told_when_it_is_over(
    qtbot: QtBot, slow: AssessmentSession
) -> None:
    told: list[bool] = []
    slow.computing.late.connect(told.append)
    slow.computing._patience.setInterval(0)
    busy = Event()
    _worker().submit(busy.wait)
    slow.computing.want("results", "projection")
    qtbot.waitUntil(lambda: told == [True])
    busy.set()
    qtbot.waitUntil(lambda: told == [True, False])
    assert slow.computing.want("results", "projection")
