"""Two programs on one workspace: what they say differently is named by every command, and lost by none."""

import json
from dataclasses import replace

import pytest

from command_line import CommandLine
from sat_desktop.services.answering import Respondent, set_level, set_note
from sat_desktop.services.dossier import open_dossier
from sat_desktop.workspace import open_workspace


@pytest.fixture
def disputed(demo: CommandLine) -> CommandLine:
    """The demo city, of which two people rated one indicator, and one of them added a note."""
    workspace = open_workspace(str(demo.workspace), "anna")
    with workspace.store.begin() as work:
        ((row, _),) = work.assessments.all()
    anna, jan = (open_dossier(workspace, row.id) for _ in range(2))
    who = Respondent(anna.agreed.id)
    set_level(workspace, anna, who, "planning.strategy", 1)
    elsewhere = replace(workspace, writer="jan")
    set_level(
        elsewhere, jan, Respondent(anna.agreed.id, anna.members[1].id), "planning.strategy", 3
    )
    set_note(workspace, anna, who, "planning.strategy", "asked the treasurer")
    workspace.store.close()
    return demo


def test_a_conflict_is_named_by_check(disputed: CommandLine) -> None:
    (line,) = disputed.ok("check").splitlines()
    assert "level 1.1: level 1: necessary minimum (" in line
    assert " | level 3: target state (" in line
    assert "poziom 1.1" in disputed.ok("check", lang="pl")


def test_a_conflict_is_in_the_results_and_the_check_of_the_plan(disputed: CommandLine) -> None:
    (conflict,) = json.loads(disputed.ok("results", "last", "--json"))["conflicts"]
    assert (conflict["kind"], conflict["key"]) == ("answer", "planning.strategy")
    assert conflict["field"] == "rating"
    assert "said different things" in disputed("plan", "check", "last").out


def test_a_sound_workspace_without_conflicts_prints_nothing(demo: CommandLine) -> None:
    assert demo.ok("check") == ""
