"""Charts in documents: vectors, with text that can be searched, whatever matplotlib draws."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import page
import pikepdf
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from sat_desktop.reporting.blocks import heading
from sat_desktop.reporting.figures import ChartBlock, chart
from sat_desktop.reporting.flow import Block, TextMeasure
from sat_desktop.reporting.metadata import DocumentMeta
from sat_desktop.reporting.reading import read_structure
from sat_desktop.reporting.template import build

META = DocumentMeta("Wykresy", "Urząd", datetime(2026, 11, 21, tzinfo=UTC))


def radar() -> Figure:
    figure = Figure(figsize=(5, 4), layout="constrained")
    axes = figure.add_subplot(projection="polar")
    angles = np.linspace(0, 2 * np.pi, 5)
    axes.plot(angles, [0.3, 0.5, 0.7, 0.4, 0.3], marker="o", linestyle="--", label="obecny")
    axes.fill(angles, [0.3, 0.5, 0.7, 0.4, 0.3], alpha=0.25)
    axes.set_xticks(angles[:-1], ["Przywództwo", "Finanse", "Łączność", "Usługi"])
    axes.legend()
    return figure


def grouped_bars() -> Figure:
    figure = Figure(figsize=(6, 3))
    axes = figure.add_subplot()
    axes.bar([0, 1], [3, 2], 0.4, label="Dochody $A$", hatch="//", edgecolor="white")
    axes.bar([0.4, 1.4], [2, 1], 0.4, label="Wydatki <b>&</b>")
    axes.set_xticks([0, 1], ["Żółć", "Świt"], rotation=30)
    axes.set_ylabel("tys. zł")
    axes.set_title("Tytuł", fontweight="bold", style="italic")
    axes.legend()
    return figure


def heat_map() -> Figure:
    figure = Figure(figsize=(6, 4))
    axes = figure.add_subplot()
    values = np.arange(120).reshape(12, 10) / 119
    axes.pcolormesh(values, edgecolors="white")
    for row in range(12):
        for column in range(10):
            axes.text(column + 0.5, row + 0.5, f"w{row}k{column}", ha="center", fontsize=6)
    return figure


def gantt() -> Figure:
    figure = Figure(figsize=(6, 3))
    axes = figure.add_subplot()
    axes.broken_barh([(0, 3), (5, 2)], (0, 6))
    axes.barh([13, 23], [4, 2], left=[1, 6], height=6, alpha=0.5)
    axes.set_yticks([3, 13, 23], ["Szkolenia", "Portal \U0001f44d", "Audyt"])
    axes.axvline(4, linestyle=":", color="red")
    axes.scatter([1, 2], [13, 23], s=[10, 90])
    axes.add_patch(Circle((5, 20), 3)).set_clip_path(Circle((5, 20), 2, transform=axes.transData))
    return figure


def document(figures: Sequence[Figure]) -> bytes:
    file = io.BytesIO()
    story: list[Block] = [heading(1, "Wykresy")]
    story += [chart(figure, f"Opis {n}", f"Rysunek {n}.") for n, figure in enumerate(figures, 1)]
    build(file, story, META)
    return file.getvalue()


@pytest.fixture(scope="module")
def drawn() -> bytes:
    return document([radar(), grouped_bars(), heat_map(), gantt()])


def test_a_document_with_charts_is_valid(drawn: bytes) -> None:
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(drawn, profile=profile)
        assert report.is_compliant, [str(failure) for failure in report.failures]


def test_every_chart_is_one_figure_with_words_and_its_text_can_be_read(drawn: bytes) -> None:
    figures = read_structure(io.BytesIO(drawn)).find("Figure")
    assert [figure.alt for figure in figures] == [f"Opis {n}" for n in range(1, 5)]
    for figure, words in zip(
        figures,
        (
            ["Przywództwo", "Łączność", "obecny"],
            ["Żółć", "Świt", "tys. zł", "Dochody $A$", "Wydatki <b>&</b>", "Tytuł"],
            [f"w{row}k{column}" for row in range(12) for column in range(10)],
            ["Szkolenia", "Portal \U0001f44d", "Audyt"],
        ),
        strict=True,
    ):
        assert all(word in figure.read() for word in words)


def test_charts_are_vectors_in_the_letters_of_the_document(drawn: bytes) -> None:
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        assert not any("/XObject" in one.Resources for one in pdf.pages)
        fonts = {str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()}
    assert all("Lato" in font for font in fonts)


def test_the_same_figures_give_the_same_bytes(drawn: bytes) -> None:
    assert document([radar(), grouped_bars(), heat_map(), gantt()]) == drawn


def test_only_an_image_makes_points() -> None:
    figure = Figure(figsize=(3, 3))
    figure.add_subplot().imshow(np.zeros((4, 4, 3)))
    with pikepdf.open(io.BytesIO(document([figure]))) as pdf:
        assert len(pdf.pages[0].Resources.XObject) == 1


def test_a_figure_is_left_as_it_was() -> None:
    figure = radar()
    before = (figure.dpi, figure.canvas, figure.patch.get_visible())
    document([figure])
    assert (figure.dpi, figure.canvas, figure.patch.get_visible()) == before


def test_a_figure_wider_than_the_column_is_scaled_down() -> None:
    wide = ChartBlock(Figure(figsize=(20, 5)), "Szeroki")
    assert wide.height(TextMeasure(360, "pl")) == pytest.approx(90)
    assert ChartBlock(Figure(figsize=(4, 2)), "Wąski").height(
        TextMeasure(360, "pl")
    ) == pytest.approx(144)


def test_colours_and_dashes_reach_the_page(tmp_path: Path) -> None:
    figure = Figure(figsize=(3, 2))
    figure.add_artist(
        Circle((0.5, 0.5), 0.2, facecolor="#ff0000", edgecolor="#0000ff", linestyle=":")
    )
    path = tmp_path / "circle.pdf"
    build(path, [chart(figure, "Koło")], META)
    with pikepdf.open(path) as pdf:
        operators = pdf.pages[0].Contents.read_bytes().decode("latin-1")
    assert "1.0000 0.0000 0.0000 rg" in operators
    assert "0.0000 0.0000 1.0000 RG" in operators
    assert "] 0.000 d" in operators
