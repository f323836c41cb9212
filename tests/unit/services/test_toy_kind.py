"""A kind of item is one entry of the table: recorded, merged, undone and settled as all others."""

import json
from dataclasses import dataclass, field
from datetime import date

import pytest

from colleagues import Colleague, desk_elsewhere
from sat_desktop.domain.history import Item, Register
from sat_desktop.domain.kinds import KINDS, Kind
from sat_desktop.exchange.open_data import write_open_json
from sat_desktop.services.changes import catch_up, record, redo, undo
from sat_desktop.services.conflicts import settle, take_side
from sat_desktop.services.derived import Derived
from sat_desktop.services.dossier import Dossier
from sat_desktop.services.ports import Workspace


@dataclass(frozen=True, slots=True)
class Wheel:
    """A part of a toy, with an id of its own."""

    spokes: int
    id: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Toy:
    """What the program knows nothing of."""

    id: str
    name: str
    colour: str = "red"
    low: int = 0
    high: int = 9
    wheels: tuple[Wheel, ...] = ()


TOY = Kind("toy", Toy, together={"ages": ("low", "high")}, key="id", removable=True)
CAR = TOY.item("car")


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, TOY.name, TOY)


@pytest.fixture
def me(workspace: Workspace, dossier: Dossier) -> Colleague:
    """The toy is there already."""
    colleague = Colleague(workspace, dossier)
    play(colleague, Toy("car", "Car", wheels=(Wheel(8, "front"), Wheel(6, "back"))))
    return colleague


def play(colleague: Colleague, toy: Toy | None, item: Item = CAR) -> None:
    record(colleague.workspace, colleague.dossier, "toy", {item: toy})


def test_it_is_recorded_and_followed(me: Colleague, other: Colleague) -> None:
    catch_up(other.workspace, other.dossier)
    for dossier in (me.dossier, other.dossier, me.reopened()):
        assert dossier.items(TOY) == (dossier.value(CAR),)
        assert dossier.value(CAR) == Toy("car", "Car", wheels=(Wheel(8), Wheel(6)))
    play(other, None)
    play(other, Toy("train", "Train"), TOY.item("train"))
    catch_up(me.workspace, me.dossier)
    assert me.dossier.value(CAR) is None
    assert me.dossier.items(TOY) == (Toy("train", "Train"),)


def test_it_is_undone_and_redone(me: Colleague) -> None:
    play(me, Toy("car", "Car", "blue"))
    assert me.dossier.value(CAR) == Toy("car", "Car", "blue")
    undo(me.workspace, me.dossier)
    assert me.dossier.value(CAR).wheels == (Wheel(8), Wheel(6))
    undo(me.workspace, me.dossier)
    assert me.dossier.items(TOY) == ()
    redo(me.workspace, me.dossier)
    redo(me.workspace, me.dossier)
    assert me.dossier.value(CAR) == Toy("car", "Car", "blue")


def test_it_is_merged_in_conflict_and_settled(me: Colleague) -> None:
    anna = desk_elsewhere(me.workspace, me.dossier.row.id, "anna", 0x10000)
    both = (Wheel(8, "front"), Wheel(6, "back"))
    play(me, Toy("car", "Car", "blue", 3, 9, both))
    play(anna, Toy("car", "Racing car", "red", 0, 99, (Wheel(10, "front"), Wheel(6, "back"))))
    me.merge(anna)
    # Fields that two change apart are no conflict; what only makes sense together is one field.
    assert me.conflict.field == "ages"
    shown = me.dossier.value(CAR)
    assert (shown.name, shown.colour) == ("Racing car", "blue")
    assert shown.wheels == (Wheel(10), Wheel(6))
    settle(me.workspace, me.dossier, me.conflict, (3, 99))
    assert (me.dossier.value(CAR).low, me.dossier.value(CAR).high) == (3, 99)
    anna.merge(me)
    assert anna.dossier.conflicts == ()
    assert anna.dossier.value(CAR) == me.dossier.value(CAR) == me.reopened().value(CAR)


def test_it_is_in_open_data(me: Colleague) -> None:
    change = record(me.workspace, me.dossier, "toy", {TOY.item("train"): Toy("train", "Train")})
    derived = Derived(me.dossier)
    document = derived.document(date(2026, 11, 30))
    listed = json.loads(write_open_json(document))["items"]["toy"]
    assert [toy["name"] for toy in listed] == ["Car", "Train"]
    assert listed[0]["wheels"] == [
        {"spokes": 8, "id": "front"},
        {"spokes": 6, "id": "back"},
    ]
    assert change.touches("toy")
    derived.apply(undo(me.workspace, me.dossier))
    (car,) = derived.document(date(2026, 11, 30)).others["toy"]
    assert car == me.dossier.value(CAR)


def test_its_deletion_is_settled(me: Colleague, other: Colleague) -> None:
    catch_up(other.workspace, other.dossier)
    play(me, None)
    play(other, Toy("car", "Racing car", wheels=(Wheel(8, "front"), Wheel(6, "back"))))
    catch_up(me.workspace, me.dossier)
    assert me.dossier.value(CAR) is None
    side = next(s for s in me.conflict.sides if s.register == Register(*CAR, "name"))
    take_side(me.workspace, me.dossier, me.conflict, side)
    assert me.dossier.value(CAR) == Toy("car", "Racing car", wheels=(Wheel(8), Wheel(6)))
    assert me.dossier.conflicts == ()
