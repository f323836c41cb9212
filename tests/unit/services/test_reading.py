"""Reading never raises over what registers say together: whatever was merged can be looked at."""

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sat_desktop.domain.history import Change, ChangeSet, Item, Register, Revision
from sat_desktop.domain.kinds import ASSESSMENT, KINDS, MEMBER
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.runtime.i18n import language_of
from sat_desktop.runtime.wording import describe_finding
from sat_desktop.services.change_words import change_words, conflict_words, side_words
from sat_desktop.services.changes import available
from sat_desktop.services.derived import Derived
from sat_desktop.services.dossier import Dossier, open_dossier
from sat_desktop.services.ports import Workspace
from strategies import records

AT = datetime(2026, 11, 21, tzinfo=UTC)
TODAY = date(2026, 11, 21)
ENGLISH = language_of("en")
PARTS = ("p", "q")
"""Keys of parts of the plan, so few that they name each other by chance."""


@st.composite
def fields_said(draw: st.DrawFn, kind: str) -> dict[str, object]:
    """Draw what some fields of an item say, from two records that never met."""
    found = KINDS[kind]
    said: dict[str, object] = {}
    for record in (draw(records(kind)), draw(records(kind))):
        fields = found.fields_of(record)
        said |= {name: fields[name] for name in draw(st.sets(st.sampled_from(sorted(fields))))}
    return said


@st.composite
def histories(draw: st.DrawFn, dossier: Dossier) -> list[Revision]:
    """Draw revisions of any registers: of two parts of each kind, of answers, aims and members."""
    indicators = sorted(dossier.edition.indicators)
    responses = [r.id for r in dossier.responses]
    items: list[Item] = []
    for kind in KINDS.values():
        if kind is ASSESSMENT:
            continue
        keys = {
            "answer": st.sampled_from(indicators),
            "aim": st.sampled_from(indicators),
            "plan": st.just(""),
            "chapter": st.sampled_from(["introduction", "no such chapter"]),
            "member": st.sampled_from([*PARTS, *(m.id for m in dossier.members)]),
        }.get(kind.name, st.sampled_from(PARTS))
        for key in draw(st.sets(keys, max_size=2)):
            scope = draw(st.sampled_from(responses)) if kind.name == "answer" else ""
            items.append(kind.item(key, scope))
    revisions: list[Revision] = []
    # Of some items two people speak.
    for item in items + [i for i in items if draw(st.booleans())]:
        for field, drawn in draw(fields_said(item.kind)).items():
            value = _pointing(draw, item, field, drawn, dossier.edition)
            name = f"{len(revisions):04d}"
            revisions.append(Revision(name, Register(*item, field), (), "c", "m", AT, value))
    return revisions


def _pointing(
    draw: st.DrawFn, item: Item, field: str, value: Any, edition: Questionnaire
) -> object:
    """Return a value that points at what is there more often than a random text does."""
    if field == "closes" or (field == "rating" and value is not None and value[1]):
        met = draw(
            st.frozensets(st.sampled_from(sorted(edition.indicator_of_criterion)), max_size=6)
        )
        return met if field == "closes" else (value[0], met | value[1], value[2])
    if field == "place" and value is not None and draw(st.booleans()):
        return (draw(st.sampled_from(PARTS)), value[1])
    if field == "wanted" and value is not None:
        return min(value, edition.n)
    if item.kind == MEMBER.name and field == "dimensions":
        return ("D1",)
    return value


@settings(max_examples=60)
@given(st.data())
def test_whatever_registers_say_together_can_be_read(
    read_workspace: Workspace, read_dossier: str, data: st.DataObject
) -> None:
    dossier = open_dossier(read_workspace, read_dossier)
    revisions = data.draw(histories(dossier))
    # Some of it arrives while the assessment is open, what is shown having been asked for before.
    Derived(dossier)
    change_set = ChangeSet("c", "w", "m", AT, "merge")
    dossier.apply(Change(change_set, tuple(revisions)))
    assert dossier.members
    assert {r.id for r in dossier.responses} >= {dossier.agreed.id}
    for item in {r.register.item for r in revisions}:
        dossier.value(item)
    derived = Derived(dossier)
    derived.snapshot().make("projection")
    assert derived.results.scores.total is not None
    assert derived.document(TODAY).findings == derived.findings
    for conflict in dossier.conflicts:
        assert ("conflict-open", conflict.item.key) in {(f.code, f.item) for f in derived.findings}
        assert conflict_words(dossier, conflict, ENGLISH)
        assert all(side_words(dossier, side, ENGLISH) for side in conflict.sides)
    assert all(describe_finding(f, ENGLISH) for f in derived.findings)
    for revision in revisions:
        assert change_words(dossier, Change(change_set, (revision,)), ENGLISH)
    assert available(read_workspace, dossier) == (None, None)
