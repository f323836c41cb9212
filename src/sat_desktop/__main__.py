"""Entry: the window, or a command. Parses the words and hands over; nothing heavy is imported."""

import sys
from collections.abc import Sequence
from typing import Final

COMMAND_WORDS: Final = frozenset({"-h", "--help", "--version"})


def main(words: Sequence[str] | None = None) -> int:
    """Run the program with the words of the command line; return the exit code."""
    from sat_desktop.cli.arguments import build_parser
    from sat_desktop.runtime.i18n import language
    from sat_desktop.runtime.settings import preferred_language

    given = list(sys.argv[1:] if words is None else words)
    spoken = language(_asked_language(given) or preferred_language())
    arguments = build_parser(spoken).parse_args(given)
    if arguments.version:
        from sat_desktop import __version__

        sys.stdout.write(f"sat-desktop {__version__}\n")
        return 0
    if arguments.command is None:
        from sat_desktop.app import run_window

        return run_window(arguments.workspace, arguments.lang)
    if arguments.command == "selftest":
        from sat_desktop.selftest import run_selftest

        return run_selftest(spoken)
    from sat_desktop.cli.run import run

    return run(arguments, spoken)


def _asked_language(words: Sequence[str]) -> str | None:
    """Find `--lang` before parsing, because help and usage are worded too."""
    for position, word in enumerate(words):
        if word.startswith("--lang="):
            return word.partition("=")[2]
        if word == "--lang" and position + 1 < len(words):
            return words[position + 1]
    return None


if __name__ == "__main__":
    sys.exit(main())
