"""A document with every block in it: valid, readable, the same bytes for the same data."""

import io
import multiprocessing
import shutil
import subprocess
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import page
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from PIL import Image

from sat_desktop.reporting import pack
from sat_desktop.reporting.blocks import (
    bullets,
    callout,
    gap,
    heading,
    numbered,
    page_break,
    paragraph,
    paragraphs,
    rule,
    signature,
    together,
)
from sat_desktop.reporting.contents import Contents
from sat_desktop.reporting.cover import Cover
from sat_desktop.reporting.figures import chart
from sat_desktop.reporting.flow import Block
from sat_desktop.reporting.images import Picture
from sat_desktop.reporting.lines import Run
from sat_desktop.reporting.metadata import DocumentMeta
from sat_desktop.reporting.reading import Node, read_structure
from sat_desktop.reporting.styles import SMALL, TINT
from sat_desktop.reporting.tables import Cell, Column, GroupLine, Total, key_values, table
from sat_desktop.reporting.template import build

PROSE = (
    "Zespół ocenił gminę w ankiecie i wskazał, że najsłabszym obszarem jest współpraca z mieszkańcami. "
    "W 2027 r. urząd wyda na ten cel 1 234 567,89 zł, czyli 12 % dochodów. "
)
HOSTILE = (
    "<b>nie</b> & =1+1 ../ \u202eodwrotnie\u202c \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 "
    "漢字 \U0001f469\u200d\U0001f469\u200d\U0001f467 e\u0301 q\u0303\u0323 \ud800 \x01\x07 \ue000 \ufffe (a\\b)"
)
META = DocumentMeta(
    "Plan rozwoju <Gminy> & Miasta",
    "Urząd Gminy Łąkowo",
    datetime(2026, 11, 21, 12, tzinfo=UTC),
    subject="Plan rozwoju instytucjonalnego",
    footer="OR.0641.3.2026",
)


def arms() -> Picture:
    file = io.BytesIO()
    Image.new("RGBA", (40, 50), (20, 80, 127, 128)).save(file, "PNG")
    return Picture(file.getvalue(), "Herb gminy: łąka", 50, 60)


def bars() -> Figure:
    figure = Figure(figsize=(6, 2.5))
    axes = figure.add_subplot()
    axes.bar(["Żółć", "Łąka"], [3, 2], hatch="//", alpha=0.5)
    return figure


def every_block() -> list[Block]:
    facts = [("Wersja", "1.2"), ("Data", "21 listopada 2026 r.")]
    indicators = [
        [str(n), f"Wskaźnik {n}: {PROSE[:60]}", "Finanse", f"{n} %"] for n in range(1, 41)
    ]
    return [
        Cover("Gmina Łąkowo", "Plan rozwoju instytucjonalnego", "na lata 2027–2030", facts, arms()),
        heading(1, "Spis treści", listed=False),
        Contents(3),
        heading(1, "Wprowadzenie"),
        paragraph(PROSE, SMALL),
        paragraph([PROSE, Run("ważne", bold=True), Run(" i pochyłe. ", italic=True)]),
        paragraph(["Zobacz ", Run("stronę programu, " * 9, link="https://example.org/?a=1&b=ę"), "oraz ",
                   Run("rozdział o działaniach", link="#actions"), "."]),
        heading(2, "Podstawy"),
        bullets([PROSE, "ustawa o samorządzie", PROSE * 12]),
        numbered(["pierwszy", PROSE]),
        heading(3, "Cudze znaki"),
        paragraph(HOSTILE),
        heading(4, "Czwarty poziom"),
        *paragraphs(f"{PROSE * 30}\n\n{PROSE}"),
        callout(PROSE, "Wniosek"),
        callout(PROSE, "Uwaga", warning=True),
        rule(),
        gap(20),
        heading(1, "Działania", "actions"),
        table(
            [Column("Lp.", width=30, align="right"), Column("Wskaźnik", share=3, heads=True), Column("Obszar"),
             Column("Poziom", align="right")],
            [GroupLine("Finanse"), *indicators, Total(["", "Razem", "", "820 %"])],
            caption="Tabela 1. Wskaźniki",
        ),
        table(
            [Column("Rok", width=60), Column("Gmina", align="right"), Column("Unia", align="right")],
            [[Cell("2027", rows=2, heads=True), "1 200,00 zł", "300,00 zł"], ["5,00 zł", Cell("x", ground=TINT)]],
            head=[["", Cell("Źródła", columns=2, align="centre")]],
        ),
        key_values([("Cel", HOSTILE), ("Opis", PROSE * 60), ("Krok", bullets(["a", "b"]))]),
        table([Column("Pole", width=80), Column("Treść", share=1)], [["Długie", "żółw " * 2000], ["Jedno", "x" * 10_000]]),
        together([heading(2, "Wykresy"), chart(bars(), "Słupki: Żółć 3, Łąka 2", "Rysunek 1. Słupki")]),
        page_break("landscape"),
        heading(1, "Harmonogram"),
        table([Column(f"K{n}") for n in range(12)], [[str(n * m) for n in range(12)] for m in range(60)], zebra=True),
        page_break("portrait"),
        heading(1, "Podpisy"),
        signature(["Burmistrz"]),
        signature(["Sekretarz", "Skarbnik"]),
    ]  # fmt: skip


def made(story: Sequence[Block], meta: DocumentMeta = META) -> bytes:
    file = io.BytesIO()
    build(file, story, meta)
    return file.getvalue()


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "document.pdf"
    build(path, every_block(), META)
    return path


@pytest.fixture(scope="module")
def structure(document: Path) -> Node:
    return read_structure(document)


def assert_valid(data: bytes) -> None:
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(data, profile=profile)
        assert report.is_compliant, [str(failure) for failure in report.failures]


def test_it_is_accessible_and_archival(document: Path) -> None:
    assert_valid(document.read_bytes())


def test_the_same_data_give_the_same_bytes_and_another_date_others(document: Path) -> None:
    assert made(every_block()) == document.read_bytes()
    tomorrow = datetime(2026, 11, 22, tzinfo=UTC)
    later = DocumentMeta(META.title, META.author, tomorrow, META.subject, footer=META.footer)
    assert made(every_block(), later) != document.read_bytes()


def test_a_large_document_is_packed_in_another_process_with_the_same_bytes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Behind a window, so that it goes on; where no process can be had, in this one."""

    def written() -> bytes:
        file = io.BytesIO()
        build(file, [heading(1, "Wstęp"), paragraph(PROSE)], META)
        return file.getvalue()

    def in_a_worker() -> bytes:
        with ThreadPoolExecutor(1) as worker:
            return worker.submit(written).result()

    asked: list[str] = []

    def context(method: str) -> object:
        asked.append(method)
        if len(asked) > 1:
            raise OSError
        return get_context(method)

    expected = written()
    assert in_a_worker() == expected
    monkeypatch.setattr(pack, "_LARGE", 0)
    monkeypatch.setattr(multiprocessing, "get_context", context)
    assert written() == expected
    assert asked == []
    assert in_a_worker() == expected
    assert asked == ["spawn"]
    assert in_a_worker() == expected
    assert asked == ["spawn", "spawn"]


def test_the_title_the_language_and_the_bookmarks_are_there(document: Path) -> None:
    with pikepdf.open(document) as pdf:
        assert str(pdf.docinfo["/Title"]) == META.title
        assert str(pdf.Root.Lang) == "pl-PL"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert not pdf.is_encrypted
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == [
                "Spis treści", "Wprowadzenie", "Działania", "Harmonogram", "Podpisy",
            ]  # fmt: skip
            assert [item.title for item in outline.root[1].children] == ["Podstawy"]


def test_user_text_comes_out_as_typed(structure: Node) -> None:
    text = structure.read()
    assert "<b>nie</b> & =1+1 ../ odwrotnie \u05e9\u05dc\u05d5\u05dd" in text
    assert "\U0001f469\u200d\U0001f469\u200d\U0001f467" in text
    assert "(a\\b)" in text
    assert "x" * 10_000 in text
    assert text.count("żółw") == 2000


def test_a_paragraph_on_two_pages_is_one_paragraph(structure: Node) -> None:
    (long,) = [node for node in structure.find("P") if node.read().startswith(PROSE * 29)]
    assert len(long.pages) == 2


def test_lists_tables_and_figures_say_what_they_are(structure: Node) -> None:
    first = structure.find("L")[0]
    assert first.attributes["ListNumbering"] == "Disc"
    assert [[part.tag for part in item.kids] for item in first.kids] == [["Lbl", "LBody"]] * 3
    alts = {figure.alt for figure in structure.find("Figure")}
    assert alts == {"Herb gminy: łąka", "Słupki: Żółć 3, Łąka 2"}
    indicators = next(node for node in structure.find("Table") if "Wskaźnik 7" in node.read())
    assert [kid.tag for kid in indicators.kids] == ["Caption", "THead", "TBody"]
    body = indicators.find("TBody")[0]
    assert len(body.kids) == 42
    assert {cell.attributes["Scope"] for cell in body.find("TH")} == {"Row"}
    assert body.find("TH")[0].attributes["ColSpan"] == "4"
    assert len(indicators.find("THead")[0].kids) == 1
    assert [cell.attributes.get("Scope") for cell in indicators.find("THead")[0].find("TH")] == [
        "Column"
    ] * 4


def test_every_row_of_a_table_has_the_same_number_of_columns(structure: Node) -> None:
    for one in structure.find("Table"):
        covered: dict[int, int] = {}
        widths = []
        for row in one.find("TR"):
            width = sum(1 for left in covered.values() if left)
            covered = {place: left - 1 for place, left in covered.items() if left > 1}
            for number, cell in enumerate(row.kids):
                columns = int(cell.attributes.get("ColSpan", 1))
                width += columns
                if (rows := int(cell.attributes.get("RowSpan", 1))) > 1:
                    covered[number] = rows - 1
            widths.append(width)
        assert len(set(widths)) == 1


def test_the_contents_lead_to_the_pages_they_name(document: Path, structure: Node) -> None:
    pages = {node.read(): node.pages[0] for node in structure.find("H1", "H2", "H3")}
    rows = structure.find("TOCI")
    assert [row.kids[0].tag for row in rows] == ["Reference"] * len(rows)
    said = [row.read() for row in rows]
    assert said == [f"{title}{number}" for title, number in pages.items() if title != "Spis treści"]


def test_no_chapter_begins_below_the_contents(structure: Node) -> None:
    contents, first = structure.find("H1")[:2]
    assert first.pages[0] == contents.pages[0] + 1


def test_links_hold_their_text(structure: Node) -> None:
    texts = [link.read() for link in structure.find("Link")]
    assert ("stronę programu, " * 9) in texts
    assert "rozdział o działaniach" in texts


def test_pages_are_numbered_and_a_wide_chapter_lies_across(document: Path) -> None:
    with pikepdf.open(document) as pdf:
        sizes = [tuple(round(float(side)) for side in one.mediabox[2:]) for one in pdf.pages]
    assert {(595, 842), (842, 595)} == set(sizes)
    assert sizes[-1] == (595, 842)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
def test_another_program_reads_the_footer_and_divided_words(tmp_path: Path) -> None:
    path = tmp_path / "narrow.pdf"
    word = "międzyinstytucjonalnej "
    total = build(
        path,
        [heading(1, "A"), table([Column("A", width=90), Column("B", share=1)], [[word * 4, "b"]])],
        META,
    )
    text = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
    ).stdout
    assert f"strona 1 z {total}" in text
    assert "międzyinsty\u00ad" in text
    assert read_structure(path).find("TD")[0].read() == (word * 4).strip()


def test_a_heading_may_not_skip_a_level() -> None:
    with pytest.raises(ValueError, match="skips a level"):
        made([heading(1, "A"), heading(3, "B")])


def test_two_headings_may_not_have_one_key() -> None:
    with pytest.raises(ValueError, match="key"):
        made([heading(1, "A", "k"), heading(2, "B", "k")])


def test_an_english_document_says_so(tmp_path: Path) -> None:
    path = tmp_path / "en.pdf"
    english = DocumentMeta("Plan", "Office", META.created, language="en")
    build(path, [heading(1, "Aims"), paragraph("A plan.")], english)
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(alphabet=st.characters()), min_size=3, max_size=3))
def test_no_text_makes_an_invalid_document(texts: list[str]) -> None:
    title, cell, item = texts
    meta = DocumentMeta(title or "Plan", cell or "Urząd", META.created, subject=item, footer=title)
    story: list[Block] = [
        heading(1, title or "-"),
        Contents(),
        paragraph(item),
        table(
            [Column(title or "A"), Column("B", share=1)], [[cell, item], [item, cell]], caption=cell
        ),
        bullets([cell, Run(title, link="https://example.org/" + item)]),
        signature([title]),
    ]
    assert_valid(made(story, meta))


@pytest.mark.parametrize("story", [[], [heading(1, "Sam tytuł")], [paragraph("")], [bullets([])]])
def test_the_smallest_documents_are_valid(story: list[Block]) -> None:
    assert_valid(made([paragraph("x"), *story]))


@pytest.mark.parametrize("mode", ["CMYK", "P", "L", "LA", "RGB"])
def test_a_picture_of_any_kind_is_valid_and_no_finer_than_needed(mode: str) -> None:
    file = io.BytesIO()
    Image.effect_noise((1600, 1600), 50).convert("RGB" if mode in {"CMYK", "P"} else mode).convert(
        mode
    ).save(file, "JPEG" if mode == "CMYK" else "PNG")
    data = made([heading(1, "Herb"), Picture(file.getvalue(), "Herb gminy", 50, 50)])
    assert_valid(data)
    assert len(data) < 200_000


def test_a_picture_needs_words() -> None:
    with pytest.raises(ValueError, match="words"):
        Picture(b"", " ", 10, 10)


def test_a_long_title_is_set_smaller_and_no_page_follows_the_last_break() -> None:
    story = [Cover("Gmina " * 30, "Plan " * 400, "na lata " * 60), heading(1, "A"), page_break()]
    data = made(story)
    assert_valid(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == 2


def test_other_users_of_reportlab_see_no_change() -> None:
    from reportlab.pdfbase import pdfdoc, pdfmetrics, ttfonts

    before = (
        pdfdoc.PDFStream.format,
        ttfonts.makeToUnicodeCMap,
        set(pdfmetrics.getRegisteredFontNames()),
    )
    made([heading(1, "A")])
    after = (
        pdfdoc.PDFStream.format,
        ttfonts.makeToUnicodeCMap,
        set(pdfmetrics.getRegisteredFontNames()),
    )
    assert after == before
    assert not any("Lato" in name for name in after[2])


# The reference validator ---------------------------------------------------------------------


@pytest.mark.verapdf
@pytest.mark.timeout(300)
def test_the_reference_validator_accepts_every_block(
    document: Path, validate: Callable[[Path], int]
) -> None:
    assert validate(document) == 0


@pytest.mark.verapdf
@pytest.mark.timeout(300)
def test_the_reference_validator_sees_what_is_wrong(
    document: Path, tmp_path: Path, validate: Callable[[Path], int]
) -> None:
    broken = tmp_path / "broken.pdf"
    with pikepdf.open(document) as pdf:
        for element in pdf.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == pikepdf.Name.Figure:
                del element["/Alt"]
        pdf.save(broken)
    assert validate(broken) == 1
