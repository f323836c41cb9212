"""Every member of the domain's enumerations has a name, and no name is left over."""

from collections.abc import Iterable, Mapping

import pytest

from sat_desktop.domain.answers import State
from sat_desktop.domain.plan import CHAPTERS, SOURCES, DataSource, Status
from sat_desktop.domain.questionnaire import UnitKind
from sat_desktop.runtime import names


@pytest.mark.parametrize(
    ("table", "members"),
    [
        (names.CHAPTER_TITLES, CHAPTERS),
        (names.UNIT_KINDS, UnitKind),
        (names.STATES, State),
        (names.STATUSES, Status),
        (names.MONEY_SOURCES, SOURCES),
        (names.DATA_SOURCES, DataSource),
    ],
)
def test_every_thing_has_a_name(table: Mapping[str, str], members: Iterable[str]) -> None:
    assert set(table) == set(members)
