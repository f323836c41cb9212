"""Answers in and out by command: everything a file can have wrong, and everything it may hold."""

import json
import os
import sys
from pathlib import Path

import pytest

from command_line import CommandLine

HEAD = "indicator,level,not_applicable,note,criteria\n"
FIRST = "planning.strategy"
SECOND = "planning.stakeholders"
THIRD = "planning.finance-link"
AWKWARD = '<b>bold</b> & =1+1 😀 „cudzysłów” "x"\n\twiersz; drugi, \'tak'


def answers(sat: CommandLine, *whose: str) -> dict[str, dict[str, object]]:
    path = sat.workspace.with_name("look.json")
    sat.ok("answers", "export", "last", "--out", path, *whose)
    content: dict[str, dict[str, object]] = json.loads(path.read_text(encoding="utf-8"))
    path.unlink()
    return content


def indicators(sat: CommandLine) -> dict[str, dict[str, object]]:
    content = json.loads(sat.ok("results", "last", "--json"))
    found: dict[str, dict[str, object]] = content["indicators"]
    return found


def file(sat: CommandLine, content: str | bytes, name: str = "plik z odpowiedziami.csv") -> Path:
    path = sat.workspace.parent / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_level_alone_is_enough(city: CommandLine) -> None:
    city.ok("answers", "import", "last", file(city, f"indicator,level\n{FIRST},2\n{SECOND},0\n"))
    found = indicators(city)
    assert (found[FIRST]["level"], found[SECOND]["level"]) == (2, 0)
    assert found[SECOND]["state"] == "rated"
    assert found[THIRD]["state"] == "unanswered"


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_every_spreadsheet_s_way_of_writing(
    city: CommandLine, delimiter: str, end: str, bom: bytes
) -> None:
    rows = [
        ("Indicator ", "LEVEL", "not_applicable", "note"),
        (FIRST, " 3 ", "", '"dwa\nwiersze, średnik; i ""cudzysłów"""'),
        ("", "", "", ""),
        (SECOND, "", "tak", "Nie dotyczy nas"),
        (THIRD, "", "Nie prowadzimy", ""),
    ]
    text = end.join(delimiter.join(row) for row in rows)
    city.ok("answers", "import", "last", file(city, bom + text.encode()))
    found = answers(city)
    assert found[FIRST]["note"] == 'dwa\nwiersze, średnik; i "cudzysłów"'
    assert found[SECOND]["not_applicable"] == "Nie dotyczy nas"
    assert found[THIRD]["not_applicable"] == "Nie prowadzimy"
    assert indicators(city)[FIRST]["level"] == 3


@pytest.mark.parametrize("word", ["no", "Nie", "0", "false"])
def test_no_is_no_reason(city: CommandLine, word: str) -> None:
    city.ok("answers", "import", "last", file(city, f"{HEAD}{FIRST},1,{word},,\n"))
    assert indicators(city)[FIRST]["level"] == 1


def test_all_bad_rows_are_named_at_once_and_nothing_changes(city: CommandLine) -> None:
    met = f"{FIRST}.1.a"
    said = city.refused(
        "answers", "import", "last", "--member", "Nowy",
        file(
            city,
            HEAD
            + f"{FIRST},1,,,\n"              # 2, good
            + "no.such.thing,1,,,\n"         # 3
            + f"{FIRST},2,,,\n"              # 4, twice
            + f"{SECOND},4,,,\n"             # 5
            + f"{THIRD},dwa,,,\n"            # 6
            + ",1,,,\n"                      # 7
            + "workforce.appraisal,1,tak,because,\n"  # 8, both
            + "workforce.training,,tak,,\n"  # 9, no reason
            + f"{SECOND},,,,{met}\n"         # 10, another's criterion
            + f"{THIRD},1,,,,,x\n"           # 11, too long
            + f"{THIRD},-1,,,\n",            # 12
            "złe.csv",
        ),
    ).splitlines()  # fmt: skip
    assert said[0] == "The answers cannot be taken over; nothing was changed."
    assert [line.split(": ")[0] for line in said[1:]] == [f"złe.csv:{n}" for n in range(3, 13)]


def test_level_and_criteria_that_disagree(city: CommandLine) -> None:
    said = city.refused("answers", "import", "last", file(city, f"{HEAD}{FIRST},3,,,{FIRST}.1.a\n"))
    assert "is given level 3, but its criteria reach level 0" in said
    said = city.refused("answers", "import", "last", file(city, f"{HEAD}{FIRST},,,,{FIRST}.9.z\n"))
    assert f"has no criteria {FIRST}.9.z" in said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\n\n", "first row must name"),
        (b"wskaznik,poziom\nx,1\n", "first row must name"),
        (b"indicator,level,levle\nx,1,1\n", "levle"),
        (b"indicator,level,level\nx,1,1\n", "twice"),
        ("indicator,note\nx,zażółć\n".encode("cp1250"), "line 2"),
        ("indicator,level\nx,1\n".encode("utf-16"), "not in UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (b"indicator,level\n\0,1\n", "binary"),
        (b'indicator,note\nx,"never ends\n', "quotation mark"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "UTF-8"),
    ],
)
def test_files_that_are_no_answers(city: CommandLine, content: bytes, words: str) -> None:
    said = city.refused("answers", "import", "last", file(city, content))
    assert words in said
    assert len(said.splitlines()) == 1


def test_a_header_alone_changes_nothing(city: CommandLine) -> None:
    outcome = city("answers", "import", "last", file(city, HEAD))
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "0 answers read. 0 changed.\n")


def test_json_answers(city: CommandLine) -> None:
    given = {
        FIRST: {"met": [f"{FIRST}.1.a"], "note": AWKWARD},
        SECOND: {"level": 2},
        THIRD: {"not_applicable": "Nie dotyczy"},
        "workforce.appraisal": {"met": []},
    }
    city.ok("answers", "import", "last", file(city, json.dumps(given), "odpowiedzi.json"))
    found = indicators(city)
    assert found[FIRST]["met"] == [f"{FIRST}.1.a"]
    assert found[SECOND]["level"] == 2
    assert found[THIRD]["state"] == "not_applicable"
    assert (found["workforce.appraisal"]["state"], found["workforce.appraisal"]["level"]) == (
        "rated",
        0,
    )
    assert answers(city)[FIRST]["note"] == AWKWARD


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "1",
        '{"a": ',
        "[" * 100_000,
        '{"ID": ' * 20_000,
        '{"ID": {"level": true}}',
        '{"ID": {"level": 1.0}}',
        '{"ID": {"level": "1"}}',
        '{"ID": {"level": null}}',
        '{"ID": {"level": -1}}',
        '{"ID": {"level": 4}}',
        '{"ID": {"level": ' + "9" * 6_000 + "}}",
        '{"ID": {"level": NaN}}',
        '{"ID": {}}',
        '{"ID": 2}',
        '{"ID": {"lvl": 2}}',
        '{"ID": {"met": "x"}}',
        '{"ID": {"met": [1]}}',
        '{"ID": {"met": ["x"]}}',
        '{"ID": {"not_applicable": "  "}}',
        '{"ID": {"not_applicable": true}}',
        '{"ID": {"not_applicable": "x", "level": 1}}',
        '{"ID": {"level": 1}, "ID": {"level": 2}}',
        '{"ID": {"level": 1, "level": 2}}',
        '{"ID": {"level": 1, "note": "\\u0000"}}',
        '{"ID": {"level": 1, "note": "\\ud83d"}}',
        '{"ID": {"not_applicable": "a\\u0000"}}',
        '{"unknown": {"level": 1}}',
        '{"\\ud800": {"level": 1}}',
    ],
)  # fmt: skip
def test_json_that_is_no_answers(city: CommandLine, content: str) -> None:
    path = file(city, content.replace("ID", FIRST), "x.json")
    said = city.refused("answers", "import", "last", path, "--member", "Nowa osoba")
    assert len(said.splitlines()) <= 2


def test_json_in_another_encoding(city: CommandLine) -> None:
    path = file(city, '{"zażółć": {"level": 1}}'.encode("cp1250"), "x.json")
    assert "UTF-8" in city.refused("answers", "import", "last", path)


@pytest.mark.parametrize("extension", ["csv", "json"])
def test_texts_of_any_kind_come_back_as_they_were(city: CommandLine, extension: str) -> None:
    notes = {
        FIRST: AWKWARD,
        SECOND: "x" * 200_000 + "ł",
        THIRD: "'=1+1",
    }
    given = {key: {"level": 1, "note": note} for key, note in notes.items()}
    given["workforce.appraisal"] = {"not_applicable": "tak"}
    given["workforce.training"] = {"not_applicable": "-nie"}
    city.ok("answers", "import", "last", file(city, json.dumps(given), "in.json"))
    before = answers(city)
    out = city.workspace.with_name(f"wyjście.{extension}")
    city.ok("answers", "export", "last", "--out", out)
    city.ok("answers", "import", "last", out, "--member", "Ktoś")
    assert answers(city, "--member", "Ktoś") == before


def test_a_member_of_no_name_is_not_the_team(city: CommandLine) -> None:
    path = file(city, f"{HEAD}{FIRST},1,,,\n")
    assert "name" in city.refused("answers", "import", "last", path, "--member", "")
    assert "no member" in city.refused(
        "answers", "export", "last", "--out", "x.csv", "--member", ""
    )


def test_members_answer_apart_from_the_team(city: CommandLine) -> None:
    path = file(city, f"{HEAD}{FIRST},1,,,\n")
    city.ok("answers", "import", "last", path, "--member", "Anna Łęcka ")
    assert list(answers(city, "--member", "Anna Łęcka")) == [FIRST]
    assert answers(city) == {}
    assert "Anna Łęcka: 1/82" in city.ok("assessment", "show", "last")


def test_files_that_cannot_be_read(city: CommandLine) -> None:
    folder = city.workspace.with_name("folder.csv")
    folder.mkdir()
    for name in ("none.csv", folder, "x.xlsx", "x.pdf", "x.txt", "x", "."):
        said = city.refused("answers", "import", "last", name)
        assert len(said.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="has no such files")
def test_a_file_without_end_is_not_waited_for(city: CommandLine) -> None:
    endless = city.workspace.with_name("endless.csv")
    endless.symlink_to("/dev/zero")
    pipe = city.workspace.with_name("pipe.json")
    os.mkfifo(pipe)
    for path in (endless, pipe):
        outcome = city("answers", "import", "last", path)
        assert (outcome.code, "no ordinary file" in outcome.err) == (1, True)


def test_a_huge_file_is_refused_before_it_is_read(city: CommandLine) -> None:
    path = city.workspace.with_name("huge.csv")
    with path.open("wb") as stream:
        stream.truncate(40 * 1024 * 1024)
    outcome = city("answers", "import", "last", path)
    assert (outcome.code, "bytes" in outcome.err) == (1, True)


def test_the_whole_questionnaire_goes_out_and_comes_back(demo: CommandLine) -> None:
    before = demo.ok("results", "last", "--json")
    for extension in ("csv", "json"):
        out = demo.workspace.with_name(f"a.{extension}")
        demo.ok("answers", "export", "last", "--out", out)
        outcome = demo("answers", "import", "last", out, "--agreed")
        assert outcome.err.endswith(" 0 changed.\n")
    assert demo.ok("results", "last", "--json") == before
