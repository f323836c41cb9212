"""The words of the command line, and nothing else: no command runs here.

The parser is built in the language of the user.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from sat_desktop.cli.console import write_err, write_out
from sat_desktop.cli.usage_words import usage_in
from sat_desktop.domain.questionnaire import UnitKind
from sat_desktop.runtime.i18n import LANGUAGES, Language

WRONG_USAGE = 2

Argument = tuple[str, dict[str, Any]]
"""A flag or a name with what argparse is told of it."""


class Parser(argparse.ArgumentParser):
    """Prints wrong usage as the usage and one line, and exits with 2.

    Options are written out: what is unique today need not be so in the next version.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        """End the process with the usage and what is wrong with it."""
        self.print_usage(sys.stderr)
        self.exit(WRONG_USAGE, f"{self.prog}: {message}\n")

    def _print_message(self, message: str, file: Any = None) -> None:
        """Print help and usage on any console, as argparse itself does not."""
        (write_out if file is not None and file is sys.stdout else write_err)(message)


def parse(words: Sequence[str], language: Language) -> argparse.Namespace:
    """Return what the words mean; `command` is None for the window.

    Raises:
        SystemExit: 2 for wrong usage, 0 after help.

    """
    with usage_in(language):
        return build_parser(language).parse_args(words)


def path(text: str) -> str:
    """Refuse an empty path: an unset variable of a script must not mean what lies at hand."""
    if not text.strip():
        raise ValueError
    return text


def add_global_options(
    parser: argparse.ArgumentParser, language: Language, default: object
) -> None:
    """Add what every command takes, before or after its name."""
    parser.add_argument(
        "--workspace",
        metavar="PATH",
        type=path,
        default=default,
        help=language.t("database of the workspace, or a PostgreSQL address"),
    )
    parser.add_argument("--lang", choices=LANGUAGES, default=default, help=language.t("language"))


class _Commands:
    """Adds commands to a parser, each with the global options after its name as well."""

    def __init__(self, below: Any, language: Language) -> None:
        self._below = below
        self._language = language

    def add(self, name: str, about: str, *arguments: Argument) -> Parser:
        """Add one command with its arguments and return its parser."""
        made: Parser = self._below.add_parser(name, help=about, description=about)
        add_global_options(made, self._language, argparse.SUPPRESS)
        for flag, options in arguments:
            made.add_argument(flag, **options)
        return made

    def group(self, name: str, about: str) -> "_Commands":
        """Add a word that is followed by an action."""
        below = self.add(name, about).add_subparsers(
            dest="action", metavar="ACTION", required=True, parser_class=Parser
        )
        return _Commands(below, self._language)


ID: Argument = ("id", {"metavar": "ID"})
OUT: Argument = ("--out", {"metavar": "FILE", "type": path, "required": True})
FILE: Argument = ("file", {"metavar": "FILE", "type": path})
JSON: Argument = ("--json", {"action": "store_true", "required": True})


def _flag(name: str) -> Argument:
    return name, {"action": "store_true"}


def _whose(parser: Parser) -> None:
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--member", metavar="NAME")
    group.add_argument("--agreed", action="store_true")


def build_parser(language: Language) -> Parser:
    """Return the parser of the whole command line; `command` is None for the window."""
    t = language.t
    parser = Parser(
        prog="sat-desktop", description=t("Self-assessment of institutional development")
    )
    add_global_options(parser, language, None)
    parser.add_argument("--version", action="store_true", help=t("print the version"))
    commands = _Commands(
        parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser), language
    )
    commands.add(
        "demo",
        t("make the demo city and run its main job"),
        ("--export", {"metavar": "FILE", "type": path}),
        _flag("--window"),
    )
    _add_content(commands, t)
    _add_numbers_and_documents(commands, t)
    _add_upkeep(commands, t)
    return parser


def _add_content(commands: _Commands, t: Callable[[str], str]) -> None:
    questionnaire = commands.group("questionnaire", t("questionnaires of the workspace"))
    where: Argument = ("path", {"metavar": "PATH", "type": path})
    questionnaire.add("list", t("list the editions"))
    questionnaire.add("check", t("look for every problem"), where, _flag("--strict"))
    questionnaire.add("import", t("take in an edition"), where, _flag("--dry-run"))
    questionnaire.add(
        "export", t("write an edition"), ("edition", {"metavar": "ID[@VERSION]"}), OUT
    )
    assessment = commands.group("assessment", t("assessments of the workspace"))
    assessment.add("list", t("list the assessments"))
    assessment.add(
        "create",
        t("set up an assessment"),
        ("--unit", {"metavar": "NAME", "required": True}),
        ("--kind", {"choices": tuple(k.value for k in UnitKind), "required": True}),
        ("--teryt", {"metavar": "CODE", "required": True}),
        ("--questionnaire", {"metavar": "ID", "required": True}),
        ("--period", {"metavar": "TEXT", "required": True}),
    )
    assessment.add("show", t("show one assessment"), ID)
    assessment.add(
        "upgrade",
        t("go by another edition of the questionnaire"),
        ID,
        ("--to", {"metavar": "ID[@VERSION]"}),
        _flag("--dry-run"),
    )
    answers = commands.group("answers", t("answers in and out"))
    _whose(answers.add("import", t("read answers from a file"), ID, FILE))
    _whose(answers.add("export", t("write answers to a file"), ID, OUT))


def _add_numbers_and_documents(commands: _Commands, t: Callable[[str], str]) -> None:
    commands.add("results", t("print every number"), ID, JSON)
    plan = commands.group("plan", t("the development plan"))
    plan.add("draft", t("add drafts for the open gaps"), ID)
    plan.add("check", t("list what the plan lacks"), ID)
    plan.add("project", t("print the projected numbers"), ID, JSON)
    plan.add("optimise", t("find the cheapest set"), ID, JSON)
    commands.add(
        "export",
        t("write a document or data, by the file's extension"),
        ID,
        OUT,
        ("--report", {"choices": ("plan", "results"), "default": "plan"}),
        ("--date", {"metavar": "YYYY-MM-DD"}),
    )
    kind: Argument = ("--kind", {"metavar": "NAME", "required": True})
    commands.add("chart", t("draw one chart"), ID, kind, OUT, _flag("--dark"))


def _add_upkeep(commands: _Commands, t: Callable[[str], str]) -> None:
    package = commands.group("package", t("SAT packages"))
    package.add("verify", t("check a package"), FILE)
    package.add("import", t("take in a package"), FILE)
    commands.add(
        "compare", t("compare packages"), ("folder", {"metavar": "FOLDER", "type": path}), OUT
    )
    commands.add("backup", t("write a copy of the workspace"), OUT)
    commands.add("restore", t("replace the workspace by a copy"), FILE)
    commands.add("check", t("look for damage in the workspace"))
    workspace = commands.group("workspace", t("whole workspaces"))
    workspace.add(
        "copy",
        t("copy a workspace into a new one"),
        ("source", {"metavar": "FROM", "type": path}),
        ("target", {"metavar": "TO", "type": path}),
    )
    commands.add("selftest", t("run the main job in a temporary place"))
