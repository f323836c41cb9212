"""The plan as a PDF: complete, valid, true, the same bytes for the same data; user text is text."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import page
import pikepdf
import pytest

from demo_document import DAY, demo_document, demo_dossier
from memory_store import memory_workspace
from sat_desktop.domain.answers import Evidence
from sat_desktop.domain.assessment import Unit
from sat_desktop.domain.completeness import Finding, FindingSeverity
from sat_desktop.domain.plan import CHAPTERS, BulletList, Chapter, Paragraph, TextTable
from sat_desktop.domain.questionnaire import UnitKind
from sat_desktop.errors import SatError
from sat_desktop.formats.questionnaire_files import read_edition
from sat_desktop.reporting.plan.story import plan_meta, plan_story
from sat_desktop.reporting.plan.verification import verify_plan
from sat_desktop.reporting.plan.words import draft_chapter
from sat_desktop.reporting.plan_pdf import write_plan_pdf
from sat_desktop.reporting.reading import Node, read_structure
from sat_desktop.reporting.template import build
from sat_desktop.runtime.i18n import language_of
from sat_desktop.runtime.names import CHAPTER_TITLES
from sat_desktop.services.answering import Respondent, set_evidence, set_note
from sat_desktop.services.assessments import add_edition, create_assessment
from sat_desktop.services.derived import Derived
from sat_desktop.services.dossier import open_dossier
from sat_desktop.services.planning import put, set_chapter

HOSTILE = "<b>nie</b> & =1+1 ../../etc \u202eodwrotnie\u202c \u05e9\u05dc\u05d5\u05dd \U0001f642 {x} %s $a_b$"
EDITIONS = Path(__file__).parents[1] / "data" / "questionnaires"


def assert_valid(content: bytes) -> None:
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(content, profile=profile)
        assert report.is_compliant, [str(failure) for failure in report.failures]


def structure(content: bytes) -> Node:
    return read_structure(io.BytesIO(content))


@pytest.fixture(scope="module", params=["pl", "en"])
def written(request: pytest.FixtureRequest) -> tuple[str, bytes]:
    return request.param, write_plan_pdf(demo_document(request.param))


def test_the_demo_plan_is_valid_in_both_languages(written: tuple[str, bytes]) -> None:
    assert_valid(written[1])


def test_it_has_all_twelve_chapters_in_order(written: tuple[str, bytes]) -> None:
    code, content = written
    titles = [n.read().strip() for n in structure(content).find("H1")]
    expected = [f"{n}. {language_of(code).t(CHAPTER_TITLES[c])}" for n, c in enumerate(CHAPTERS, 1)]
    assert titles == expected


def test_it_says_whose_plan_it_is_and_in_which_language(written: tuple[str, bytes]) -> None:
    code, content = written
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.Root.Lang) == {"pl": "pl-PL", "en": "en-GB"}[code]
        assert demo_document(code).assessment.unit.name in str(pdf.docinfo.Title)
        assert not pdf.is_encrypted


def test_every_chart_says_what_it_shows(written: tuple[str, bytes]) -> None:
    figures = structure(written[1]).find("Figure")
    assert len(figures) >= 7
    assert all(len(f.alt) > 60 for f in figures)


def test_charts_are_vectors_and_the_file_is_small(written: tuple[str, bytes]) -> None:
    content = written[1]
    assert len(content) < 400_000
    with pikepdf.open(io.BytesIO(content)) as pdf:
        kinds = [o.get("/Subtype") for o in pdf.objects if isinstance(o, pikepdf.Stream)]
    assert pikepdf.Name.Image not in kinds


def test_the_same_data_and_date_give_the_same_bytes() -> None:
    document = demo_document()
    assert write_plan_pdf(document) == write_plan_pdf(document)


def test_another_date_changes_the_document() -> None:
    document = demo_document()
    assert write_plan_pdf(document) != write_plan_pdf(replace(document, day=date(2026, 12, 1)))


def test_no_member_of_the_team_is_named_in_the_dissent(written: tuple[str, bytes]) -> None:
    code, content = written
    tables = structure(content).find("Table")
    dissent = next(t for t in tables if language_of(code).t("Rated lower") in t.read())
    assert not [m.name for m in demo_document(code).members if m.name in dissent.read()]


def test_conflicts_that_nobody_settled_are_named() -> None:
    document = demo_document("en")
    (key, *_) = document.questionnaire.indicators
    code = document.questionnaire.indicators[key].code
    facts = {"kind": "answer", "scope": "r", "field": "rating", "title": code}
    finding = Finding("conflict-open", FindingSeverity.ERROR, "answer", key, facts)
    content = write_plan_pdf(replace(document, findings=(*document.findings, finding)))
    said = " ".join(structure(content).read().split())
    assert "These conflicts are not settled" in said
    assert f"Two people said different things of one field (level, indicator {code})" in said
    assert "not settled" not in " ".join(structure(write_plan_pdf(document)).read().split())


def test_a_number_that_is_not_the_datas_is_refused() -> None:
    """A document written from other data does not pass for this one."""
    document = demo_document()
    language = language_of("pl")
    total = replace(document.nodes[0].score, index=Fraction(1, 7))
    other = replace(document, nodes=(replace(document.nodes[0], score=total), *document.nodes[1:]))
    out = io.BytesIO()
    build(out, plan_story(other, language), plan_meta(other, language))
    verify_plan(out.getvalue(), other, language)
    with pytest.raises(SatError) as caught:
        verify_plan(out.getvalue(), document, language)
    assert caught.value.code == "document-mismatch"
    assert caught.value.facts["expected"] == "45"


def test_money_that_is_not_the_datas_is_refused() -> None:
    document = demo_document()
    language = language_of("pl")
    row = next(r for r in document.undertakings if r.undertaking.costs)
    line = row.undertaking.costs[0]
    dearer = replace(
        row.undertaking,
        costs=(replace(line, grosze=line.grosze + 1), *row.undertaking.costs[1:]),
    )
    changed = replace(
        document,
        undertakings=tuple(
            replace(r, undertaking=dearer) if r is row else r for r in document.undertakings
        ),
    )
    out = io.BytesIO()
    build(out, plan_story(document, language), plan_meta(document, language))
    with pytest.raises(SatError, match="document-mismatch"):
        verify_plan(out.getvalue(), changed, language)


def test_user_text_comes_out_as_typed_everywhere() -> None:
    workspace, dossier = demo_dossier()
    long = "Bardzo długa notatka. " * 450
    who = Respondent(dossier.agreed.id)
    keys = list(dossier.questionnaire.indicators)
    set_note(workspace, dossier, who, keys[0], HOSTILE)
    set_note(workspace, dossier, who, keys[1], long)
    set_evidence(workspace, dossier, who, keys[2], [Evidence(HOSTILE, reference=HOSTILE)])
    plan = dossier.plan()
    put(workspace, dossier, replace(plan.goals[0], title=HOSTILE, description=HOSTILE))
    put(
        workspace, dossier, replace(plan.undertakings[0], title=HOSTILE, description=HOSTILE + long)
    )
    blocks = (
        Paragraph(HOSTILE),
        BulletList((HOSTILE, "")),
        TextTable((HOSTILE,), ((HOSTILE, "więcej"),)),
        TextTable(("Nagłówek bez wierszy",), ()),
    )
    set_chapter(workspace, dossier, "introduction", Chapter(blocks))
    content = write_plan_pdf(Derived(dossier).document(DAY))
    assert_valid(content)
    words = " ".join(structure(content).read().split())
    for part in ("<b>nie</b> & =1+1 ../../etc", "\U0001f642 {x} %s $a_b$"):
        assert words.count(part) >= 8
    assert words.count("Bardzo długa notatka.") == 900


def test_an_assessment_without_answers_or_plan_still_makes_a_valid_document() -> None:
    workspace = memory_workspace()
    add_edition(workspace, read_edition(next((EDITIONS / "library-care").iterdir())))
    unit = Unit("Powiat Próbny", UnitKind.POWIAT, "0299")
    made = create_assessment(workspace, unit, "library-care@1.0", "2026", "pl", "Koordynator")
    content = write_plan_pdf(Derived(open_dossier(workspace, made.id)).document(DAY))
    assert_valid(content)
    assert len(structure(content).find("H1")) == 12


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.parametrize("code", ["pl", "en"])
def test_drafts_have_no_gap_left_to_fill(code: str, chapter: str) -> None:
    for block in draft_chapter(demo_document(code), chapter, language_of(code)):
        texts = [block.text] if isinstance(block, Paragraph) else []
        assert not [t for t in texts if "{" in t or not t.strip()]


@pytest.mark.verapdf
@pytest.mark.timeout(600)
def test_the_reference_validator_accepts_the_demo_plan(
    written: tuple[str, bytes], tmp_path: Path, validate: Callable[[Path], int]
) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(written[1])
    assert validate(path) == 0
