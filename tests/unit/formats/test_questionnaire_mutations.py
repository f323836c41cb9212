"""Whatever happens to a file, the answer is a list of problems: never a crash, never a wrong read.

The reader has its own checks so that it can name lines; here they are held against the domain's.
"""

from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sat_desktop.errors import SatError
from sat_desktop.formats.questionnaire_check import check_edition
from sat_desktop.formats.questionnaire_files import read_edition
from sat_desktop.runtime.i18n import language_of
from sat_desktop.runtime.sentences import SENTENCES
from sat_desktop.runtime.wording import describe_problem

DATA = Path(__file__).parents[2] / "data" / "questionnaires"
FILES: Final = {
    path.name: path.read_text(encoding="utf-8").splitlines()
    for path in (DATA / "project-practice" / "2.1.0").glob("*.yaml")
}
WHOLE_FILE: Final = {"file-unused", "yaml-empty", "file-binary"}
VALUES = st.sampled_from(
    [
        *("", " 0", " -1", " 7", " 1.5", " 1/2", " no", " null", " total", " ''", ' "x"', " x y"),
        *(
            " []",
            " {}",
            " [a, 1]",
            " {pl: x}",
            " {pl: ''}",
            " {a: {b: [c]}}",
            " &a b",
            " *a",
            " !t",
        ),
        *(" planning", " scope.list", " l1", " A1-planning.yaml", " ../x.yaml", " |", " >", " '"),
        *(" 2026-11", " [[[[]]]]", " {[a]: b}", " {? {a: b} : c}", " {pl: x, pl: y}", " {id: [x]}"),
    ]
) | st.text(max_size=8)


@st.composite
def mutations(draw: st.DrawFn) -> dict[str, str]:
    """Draw the files of a sound edition with one to four lines changed, lost or doubled."""
    files = {name: list(lines) for name, lines in FILES.items()}
    for _ in range(draw(st.integers(1, 4))):
        lines = files[draw(st.sampled_from(sorted(files)))]
        place = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["value", "value", "key", "lose", "double", "indent"])):
            case "value":
                lines[place] = lines[place].partition(":")[0] + ":" + draw(VALUES)
            case "key":
                lines[place] = lines[place].replace(":", "x:", 1)
            case "lose":
                del lines[place]
            case "double":
                lines.insert(place, lines[place])
            case _:
                lines[place] = "  " + lines[place]
    return {name: "\n".join(lines) + "\n" for name, lines in files.items()}


@settings(max_examples=200, deadline=None)
@given(mutations())
def test_a_changed_edition_is_read_or_explained(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, str]
) -> None:
    folder = tmp_path_factory.mktemp("mutated")
    for name, content in files.items():
        (folder / name).write_bytes(content.encode("utf-8", "surrogatepass"))
    problems = check_edition(folder)
    for problem in [*problems, *check_edition(folder, strict=True)]:
        assert problem.code in SENTENCES
        file, _, line = problem.where.partition(":")
        assert file in files
        # Had the reader no check of its own, the domain's word would come without a line.
        assert line.isdecimal() or problem.code in WHOLE_FILE, problem
        assert len(describe_problem(problem, language_of("pl")).splitlines()) == 1
    if problems:
        with pytest.raises(SatError) as caught:
            read_edition(folder)
        assert list(caught.value.problems) == problems
    else:
        assert read_edition(folder).indicators
