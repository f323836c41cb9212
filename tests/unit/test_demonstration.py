"""The demo city: one a workspace, complete, in one language, with the figures it is known by."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest

from memory_store import MemoryStore, memory_workspace
from sat_desktop.domain.answers import State, unknown_criteria
from sat_desktop.domain.assessment import Unit
from sat_desktop.domain.completeness import FindingSeverity
from sat_desktop.domain.consensus import by_disagreement
from sat_desktop.domain.plan import CHAPTERS, SOURCES, Status, add_up
from sat_desktop.domain.questionnaire import Questionnaire, Text
from sat_desktop.errors import SatError
from sat_desktop.formats.demonstration import read_demonstration
from sat_desktop.formats.questionnaire_files import read_edition
from sat_desktop.runtime.i18n import language_of
from sat_desktop.runtime.resources import bundled_questionnaires, resource
from sat_desktop.services.assessments import add_edition, create_assessment, list_assessments
from sat_desktop.services.changes import undo
from sat_desktop.services.demo_city import Demonstration
from sat_desktop.services.demonstration import make_demo
from sat_desktop.services.derived import Derived
from sat_desktop.services.dossier import Dossier, open_dossier
from sat_desktop.services.ports import Workspace


@pytest.fixture(scope="module")
def city() -> Demonstration:
    return read_demonstration(Demonstration)


@pytest.fixture(scope="module")
def edition(city: Demonstration) -> Questionnaire:
    return read_edition(bundled_questionnaires() / Path(*city.questionnaire.split("@")))


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def workspace(store: MemoryStore, edition: Questionnaire) -> Workspace:
    made = memory_workspace(store)
    add_edition(made, edition)
    return made


@pytest.fixture
def demo(workspace: Workspace, city: Demonstration) -> Dossier:
    return open_dossier(workspace, make_demo(workspace, city, language_of("pl")))


def _texts(record: object) -> Iterator[Text]:
    """Yield every text in a record, however deep."""
    if isinstance(record, Text):
        yield record
    elif isinstance(record, tuple):
        for part in record:
            yield from _texts(part)
    elif isinstance(record, dict):
        yield from _texts(tuple(record.values()))
    elif is_dataclass(record):
        yield from _texts(tuple(getattr(record, f.name) for f in fields(record)))


def _strings(record: object) -> Iterator[str]:
    if isinstance(record, str):
        yield record
    elif isinstance(record, tuple):
        for part in record:
            yield from _strings(part)
    elif is_dataclass(record):
        yield from _strings(tuple(getattr(record, f.name) for f in fields(record)))


def test_the_figures_of_the_demo(demo: Dossier) -> None:
    total = Derived(demo).results.scores.total
    assert total.index == Fraction(481, 1080)  # 45 %
    assert (total.low, total.high) == (Fraction(5213, 11880), Fraction(5393, 11880))
    assert total.coverage == Fraction(80, 81)
    assert (total.rated, total.not_applicable, total.unanswered) == (80, 1, 1)
    assert {
        k: str(n.index) for k, n in Derived(demo).results.scores.nodes.items() if k != "total"
    } == {
        "development": "73/180",
        "planning": "7/15",
        "coordination": "4/9",
        "multilevel": "4/9",
        "evidence": "4/15",
        "relations": "149/360",
        "openness": "7/15",
        "services": "13/36",
        "internal": "31/60",
        "budgeting": "3/5",
        "workforce": "13/30",
    }
    projected = {year: scores.total.index for year, scores in Derived(demo).projection.items()}
    assert projected == {
        2027: Fraction(1541, 3240),
        2028: Fraction(559, 1080),
        2029: Fraction(29, 54),
        2030: Fraction(1801, 3240),
    }


def test_the_money_of_the_demo(demo: Dossier) -> None:
    plan = demo.plan()
    money = add_up(plan)
    assert money.total == 2_617_000_00
    assert money.by_year == {2027: 313_000_00, 2028: 978_000_00, 2029: 920_000_00, 2030: 406_000_00}
    assert money.by_source == {
        "own": 981_000_00,
        "state": 106_000_00,
        "eu": 1_240_000_00,
        "eea": 60_000_00,
        "other": 0,
        "efficient-office": 230_000_00,
    }
    assert [s.id for s in plan.head.sources] == ["efficient-office"]
    assert set(money.by_source) - set(SOURCES) == {"efficient-office"}
    (cancelled,) = [u for u in plan.undertakings if u.status is Status.CANCELLED]
    assert cancelled.grosze > 0, "its money is shown, but not counted"


def test_the_demo_shows_every_kind_of_answer(demo: Dossier) -> None:
    answers = demo.answers(demo.agreed.id)
    assert not unknown_criteria(demo.questionnaire, answers)
    assert set(answers) == set(demo.questionnaire.indicators)
    ratings = Derived(demo).results.scores.ratings
    assert {r.level for r in ratings.values()} == {None, 0, 1, 2, 3}
    assert {a.state for a in answers.values()} == set(State)
    assert {a.confidence for a in answers.values()} == {None, 1, 2, 3}
    assert any(a.to_discuss for a in answers.values())
    assert {e.kind for a in answers.values() for e in a.evidence}.issuperset({"file", "link"})
    assert any(e.valid_until for a in answers.values() for e in a.evidence)
    partial = [
        key
        for key, r in ratings.items()
        if r.level is not None
        and set(r.met) != demo.questionnaire.indicators[key].criteria_up_to(r.level)
    ]
    assert len(partial) >= 5


def test_the_team_answers_its_own_dimensions_and_disagrees(
    demo: Dossier, city: Demonstration
) -> None:
    assert len(demo.members) == len(city.team) == 7
    assert demo.members[0].role == "koordynator samooceny"
    for member in demo.members:
        assert member.department
        assert set(member.dimensions) <= set(demo.questionnaire.nodes)
        groups = {demo.questionnaire.group_of[i] for i in demo.individual[member.id]}
        assert groups
        assert groups <= set(member.dimensions)
        assert not unknown_criteria(demo.questionnaire, demo.individual[member.id])
    deepest = by_disagreement(Derived(demo).results.consensus)
    assert [c.id for c in deepest if c.mixed] == ["multilevel.partnership"]
    measured = {c.agreement for c in deepest if c.agreement is not None}
    assert {Fraction(1), Fraction(1, 3)} <= measured


def test_the_history_says_who_answered_what(workspace: Workspace, demo: Dossier) -> None:
    with workspace.store.begin() as work:
        changes = work.history.all(demo.assessment.id)
    revisions = [r for change in changes for r in change.revisions]
    for response in demo.responses:
        authors = {r.member for r in revisions if r.register.scope == response.id}
        assert authors == {response.member or demo.members[0].id}


def test_the_plan_of_the_demo_is_nearly_complete(demo: Dossier) -> None:
    plan = demo.plan()
    found = Derived(demo).findings
    assert not [f for f in found if f.severity is FindingSeverity.ERROR]
    assert [(f.code, f.facts.get("code")) for f in found] == [
        ("gap-open", "5.1"),
        ("costs-missing", None),
    ]
    assert (plan.head.first_year, plan.head.last_year) == (2027, 2030)
    assert (len(plan.goals), len(plan.actions), len(plan.undertakings)) == (8, 22, 28)
    assert {u.status for u in plan.undertakings} == set(Status)
    assert set(plan.chapters) <= set(CHAPTERS)
    assert {type(b).__name__ for c in plan.chapters.values() for b in c.blocks} == {
        "Paragraph",
        "BulletList",
        "TextTable",
    }
    assert all(g.measures for g in plan.goals)
    for undertaking in plan.undertakings:
        years = range(int(undertaking.start[:4]), int(undertaking.end[:4]) + 1)
        assert {c.year for c in undertaking.costs} <= set(years), undertaking.title
        assert undertaking.measures
    tied = [r.undertaking for r in plan.risks if r.undertaking is not None]
    assert (len(plan.risks), len(tied)) == (5, 2)
    assert {*tied} <= {u.id for u in plan.undertakings}


def test_the_document_of_the_demo_asks_about_answers_that_sit_oddly_together(demo: Dossier) -> None:
    document = Derived(demo).document(date(2026, 11, 21))
    assert [found.rule.id for found in document.coherence] == ["rule.funds-without-pipeline"]
    assert {row.indicator.id for row in document.weaknesses} == {
        "budgeting.costs",
        "evidence.evaluation",
        "evidence.monitoring",
        "multilevel.ppp",
        "openness.open-data",
        "services.green",
        "services.plain-language",
        "workforce.succession",
    }


def test_the_demo_twice_leaves_one_with_the_users_changes(
    workspace: Workspace, city: Demonstration, demo: Dossier, store: MemoryStore
) -> None:
    undo(workspace, demo)
    before = store.commits
    assert make_demo(workspace, city, language_of("en")) == demo.assessment.id
    assert store.commits == before
    (summary,) = list_assessments(workspace)
    assert summary.assessment.demo
    again = open_dossier(workspace, demo.assessment.id)
    assert again.heads.everything() == demo.heads.everything()


def test_a_real_assessment_is_not_taken_for_the_demo(
    workspace: Workspace, city: Demonstration
) -> None:
    unit = Unit(city.unit.name.get("pl"), city.unit.kind, city.unit.teryt)
    real = create_assessment(workspace, unit, city.questionnaire, city.period, "pl", "Secretary")
    made = make_demo(workspace, city, language_of("pl"))
    assert {s.assessment.id for s in list_assessments(workspace)} == {real.id, made}


def test_a_demo_that_failed_half_way_is_not_left_behind(
    workspace: Workspace, city: Demonstration, store: MemoryStore
) -> None:
    broken = replace(city, chapters={"introduction": ()}, risks=(replace(city.risks[0], impact=9),))
    with pytest.raises(SatError, match="risk-range"):
        make_demo(workspace, broken, language_of("pl"))
    assert list_assessments(workspace) == ()
    assert store.content.revisions == {}


def test_a_demo_needs_its_edition(city: Demonstration) -> None:
    with pytest.raises(SatError, match="edition-unknown"):
        make_demo(memory_workspace(), city, language_of("pl"))


def test_the_same_facts_in_both_languages(
    workspace: Workspace, city: Demonstration, demo: Dossier
) -> None:
    other = memory_workspace()
    add_edition(other, demo.edition)
    english = open_dossier(other, make_demo(other, city, language_of("en")))
    assert Derived(english).results.scores == Derived(demo).results.scores
    assert add_up(english.plan()).total == add_up(demo.plan()).total

    assert english.assessment.language == "en"
    polish = {t.pl for t in _texts(city)} - {t.en for t in _texts(city)}
    values = [found[-1].value for found in english.heads.everything().values()]
    shown = {s for v in (*values, *english.members) for s in _strings(v)}
    assert not shown & polish
    assert {t.en for t in _texts(city)} <= shown


def test_every_text_of_the_city_is_there_in_both_languages(city: Demonstration) -> None:
    texts = list(_texts(city))
    assert len(texts) > 200
    assert [t for t in texts if not (t.pl and t.en)] == []


def test_nothing_in_the_city_is_taken_for_a_real_place(city: Demonstration) -> None:
    assert city.unit.teryt[2:4] == "99", "no powiat has this number"
    addresses = [
        p.reference.get(code)
        for s in city.agreed
        for p in s.evidence
        for code in ("pl", "en")
        if p.kind == "link"
    ]
    assert addresses
    assert all(a.split("/")[2].endswith(".example") for a in addresses)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("  population:", "  inhabitants: 1\n  population:", r"\$\.unit\.inhabitants"),
        ("    confidence: 3\n", "    confidense: 3\n", r"\$\.agreed\[0\]\.confidense"),
        ("  population: 18000", '  population: "18000"', "Expected `int`"),
        ("  kind: gmina", "  kind: village", "Invalid enum value"),
        ("period:", "# period:", "missing required field `period`"),
    ],
)
def test_a_city_that_the_records_do_not_describe_is_refused(
    tmp_path: Path, old: str, new: str, place: str
) -> None:
    text = resource("demo", "city.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "city.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(msgspec.ValidationError, match=place):
        read_demonstration(Demonstration, path)
