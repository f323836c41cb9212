"""The words of the command line: wrong usage, ids, what comes later, both languages."""

import pytest

from command_line import CommandLine
from sat_desktop.cli.usage_words import SENTENCES
from sat_desktop.runtime.i18n import language_of

CREATE = {
    "--unit": "Gmina <b>&=1+1 😀",
    "--kind": "gmina",
    "--teryt": "0201011",
    "--questionnaire": "sat-pl",
    "--period": "2026",
}


def create(**other: str) -> tuple[str, ...]:
    given = CREATE | {f"--{name}": value for name, value in other.items()}
    return ("assessment", "create", *(word for pair in given.items() for word in pair))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nonsense",), "nie ma takiej możliwości: 'nonsense'"),
        (("assessment",), "brakuje argumentów: ACTION"),
        (("results",), "brakuje argumentów: ID, --json"),
        (("results", "last"), "brakuje argumentów: --json"),
        (("results", "last", "--json", "--pretty"), "nieznane argumenty: --pretty"),
        (create(kind="wieś"), "do wyboru: 'gmina', 'powiat', 'city'"),
        (("answers", "import", "last", "x.csv", "--agreed", "--member", "x"), "nie można łączyć"),
        (("export", "last", "--out"), "potrzebna jest jedna wartość"),
        (("export", "last", "--out", "x.pdf", "--report", "all"), "nie ma takiej możliwości"),
        (("assessment", "list", "--workspace", ""), "to nie jest wartość rodzaju path: ''"),
        (("workspace", "copy", "", "x.db"), "to nie jest wartość rodzaju path: ''"),
        (("questionnaire", "import", " "), "to nie jest wartość rodzaju path: ' '"),
        (("demo", "--export", ""), "to nie jest wartość rodzaju path: ''"),
    ],
)
def test_wrong_usage_in_the_user_s_language(
    sat: CommandLine, words: tuple[str, ...], said: str
) -> None:
    outcome = sat(*words, lang="pl")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("użycie: ")
    assert said in outcome.err.splitlines()[-1]
    assert sat(*words, lang="en").err.startswith("usage: ")
    assert not sat.workspace.exists()


def test_argparse_has_a_polish_word_for_each_of_ours() -> None:
    assert all(language_of("pl").t(sentence) for sentence in SENTENCES)


def test_help_is_data(sat: CommandLine) -> None:
    outcome = sat("--help", lang="pl")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("użycie: ")


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"unit": " "}, "no name"),
        ({"teryt": "12345"}, "TERYT"),
        ({"teryt": "٠٢٠١٠١١"}, "TERYT"),
        ({"questionnaire": "sat-xx"}, "no questionnaire"),
        ({"questionnaire": "sat-pl@99.0.0"}, "no questionnaire"),
        ({"period": "\t"}, "period"),
    ],
)
def test_an_assessment_that_cannot_be_set_up(
    city: CommandLine, other: dict[str, str], said: str
) -> None:
    assert said in city.refused(*create(**other))


def test_an_assessment_with_an_awkward_name(sat: CommandLine) -> None:
    identifier = sat.ok(*create(unit="Gmina\tz\nwierszami \x1b[31m 😀 " + "x" * 10_000)).strip()
    (line,) = sat.ok("assessment", "list").splitlines()
    cells = line.split("\t")
    assert (cells[0], len(cells)) == (identifier, 4)
    assert "\x1b" not in line
    assert sat.ok("results", identifier, "--json")


def test_ids_prefixes_and_last(sat: CommandLine) -> None:
    made = [sat.ok(*create(period=str(year))).strip() for year in range(2000, 2040)]
    assert "Period: 2039" in sat.ok("assessment", "show", "last")
    assert "Period: 2007" in sat.ok("assessment", "show", made[7])
    shared = next(a[0] for a in made if sum(b[0] == a[0] for b in made) > 1)
    assert "begin with" in sat.refused("assessment", "show", shared)
    unique = next(n for n in range(1, 33) if sum(m.startswith(made[3][:n]) for m in made) == 1)
    assert "Period: 2003" in sat.ok("assessment", "show", made[3][:unique])
    for unknown in ("zzz", "", " ", "LAST", made[0] + "0"):
        assert "no assessment" in sat.refused("results", unknown, "--json")


@pytest.mark.parametrize(
    "words",
    [
        ("plan", "optimise", "last", "--json"),
        ("package", "verify", "x.sat"),
        ("package", "import", "x.sat"),
        ("compare", ".", "--out", "x.pdf"),
        ("export", "last", "--out", "x.docx"),
        ("export", "last", "--out", "x.xlsx"),
        ("export", "last", "--out", "x.sat"),
        ("export", "last", "--out", "x.pdf", "--report", "results"),
        ("answers", "export", "last", "--out", "x.xlsx"),
    ],
)
def test_what_comes_later_says_so(demo: CommandLine, words: tuple[str, ...]) -> None:
    assert "later version" in demo.refused(*words)


def test_the_demo_is_made_once(sat: CommandLine) -> None:
    first = sat.ok("demo")
    assert sat.ok("demo", lang="pl") == first
    assert len(sat.ok("assessment", "list").splitlines()) == 1


def test_global_options_stand_before_or_after(sat: CommandLine) -> None:
    sat.ok("demo")
    other = sat.workspace.with_name("other.db")
    assert sat.ok("assessment", "list", "--workspace", other) == ""
    assert "Jednostka" in sat.ok("assessment", "show", "last", "--lang", "pl")


def test_reasons_of_the_system_are_in_the_user_s_language(demo: CommandLine) -> None:
    folder = demo.workspace.with_name("folder.csv")
    folder.mkdir()
    said = demo("export", "last", "--out", folder, lang="pl").err
    assert "Is a directory" not in said
    assert "to jest folder" in said


def test_names_that_no_system_takes(demo: CommandLine) -> None:
    name = "x" * 300
    for words in (
        ("answers", "import", "last", name + ".csv"),
        ("export", "last", "--out", name + ".csv"),
        ("backup", "--out", name + ".db"),
        ("assessment", "list", "--workspace", name + ".db"),
        ("results", "last", "--json", "--workspace", name + ".db"),
        ("restore", name + ".db"),
        ("questionnaire", "check", name),
        ("questionnaire", "export", "sat-pl", "--out", name),
        ("workspace", "copy", demo.workspace, name + ".db"),
    ):
        outcome = demo(*words)
        assert (outcome.code, outcome.out, len(outcome.err.splitlines())) == (1, "", 1), words


def test_a_home_of_one_s_own(demo: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    before = demo.ok("assessment", "list")
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(demo.workspace.parent))
    place = f"~/{demo.workspace.name}"
    assert demo.ok("assessment", "list", "--workspace", place) == before
    assert demo.ok("assessment", "show", "last", "--workspace", place)
