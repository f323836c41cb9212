"""Breaking text into lines."""

from hypothesis import given
from hypothesis import strategies as st

from sat_desktop.reporting.fonts import face
from sat_desktop.reporting.lines import Run, TextLine, break_lines
from sat_desktop.reporting.styles import BODY, CELL
from sat_desktop.reporting.typography import clean, invisible

PROSE = (
    "Zespół ocenił gminę i wskazał w ankiecie, że najsłabszym obszarem jest współpraca z mieszkańcami "
    "oraz przeciwdziałanie wykluczeniu komunikacyjnemu w sołectwach. "
) * 6


def drawn(line: TextLine) -> str:
    return "".join(piece.text for piece in line.pieces)


def original(lines: list[TextLine]) -> str:
    """What the lines say, put together again as a reader does."""
    text = ""
    for line in lines:
        said = "".join(piece.original or piece.text for piece in line.pieces)
        text += said + (" " if line.spaced else "")
    return text.replace("\u00ad", "")


def test_no_line_is_wider_than_the_measure_and_none_ends_with_a_single_letter() -> None:
    for width in range(90, 460, 7):
        lines = break_lines(PROSE, BODY, width, "pl")
        assert all(line.width <= width + 0.02 for line in lines)
        ends = [drawn(line).split()[-1] for line in lines[:-1]]
        assert not {"i", "w", "z", "a", "o", "u"} & set(ends)


def test_the_width_of_a_line_is_the_sum_of_what_is_drawn() -> None:
    for line in break_lines(PROSE, BODY, 200, "pl"):
        text = drawn(line).replace("\u00a0", " ")
        assert abs(line.width - face("Regular").width(text) * BODY.size) < 0.01


def test_words_are_divided_in_narrow_columns_but_not_on_three_lines_running() -> None:
    lines = break_lines(PROSE, CELL, 70, "pl")
    divided = [drawn(line).endswith("\u00ad") for line in lines]
    assert any(divided)
    assert not any(all(divided[i : i + 3]) for i in range(len(divided) - 2))


def test_text_that_fits_no_line_is_broken_anywhere_and_nothing_is_lost() -> None:
    long = "x" * 10_000
    lines = break_lines(long, CELL, 120, "pl")
    assert "".join(map(drawn, lines)) == long
    assert all(line.width <= 120.02 for line in lines)


def test_what_the_font_lacks_is_a_box_for_each_character_and_keeps_its_original() -> None:
    family = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
    (line,) = break_lines(f"Ala {family} 漢字 kot", BODY, 400, "pl")
    boxed = [piece for piece in line.pieces if piece.form.boxed]
    assert [piece.original for piece in boxed] == [family, "漢字"]
    assert [piece.text for piece in boxed] == ["□", "□□"]


def test_direction_marks_are_not_drawn() -> None:
    (line,) = break_lines("a\u202eb\u202cc\u200d", BODY, 400, "pl")
    assert drawn(line) == "abc"


def test_bold_and_linked_runs_keep_their_form_across_a_word() -> None:
    content: list[str | Run] = [Run("nad", bold=True), "zór ", Run("tu", link="#x")]
    (line,) = break_lines(content, BODY, 400, "pl")
    assert [(piece.text, piece.form.face, piece.form.link) for piece in line.pieces] == [
        ("nad", "Bold", None),
        ("zór ", "Regular", None),
        ("tu", "Regular", "#x"),
    ]


@given(st.text(alphabet=st.characters()), st.integers(min_value=20, max_value=400))
def test_any_text_is_set_without_loss_within_the_measure(text: str, width: int) -> None:
    lines = break_lines(text, BODY, width, "pl")
    letters = face("Regular")
    for line in lines:
        assert line.width <= width + 0.02
        assert all(letters.covers(piece.text) for piece in line.pieces)

    def visible(value: str) -> str:
        return "".join(char for char in value if not char.isspace() and not invisible(char))

    assert visible(original(lines)) == visible(clean(text))
