"""Entry: the window, or a command. Parses the words and hands over; nothing heavy is imported.

The last net of commands is here: whatever nobody expected goes to the log file, and the user gets
one calm sentence and the exit code 1.
"""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sat_desktop.runtime.i18n import Language

INTERRUPTED: Final = 130
"""Exit code after Ctrl+C, as shells expect it."""


def main(words: Sequence[str] | None = None) -> int:
    """Run the program with the words of the command line; return the exit code.

    Raises:
        SystemExit: 2 for wrong usage, 0 after help.

    """
    if words is None:
        _keep_libraries_quiet()
    given = list(sys.argv[1:] if words is None else words)
    try:
        return _run(given)
    except KeyboardInterrupt:
        _tell(_language(given).t("Stopped before the end."))
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 -- the last net
        return _report(error, given)


class CommandWindow:
    """The window as the commands may open it; imported when one asks."""

    def can_be_seen(self) -> bool:
        """Tell whether there is a display, and what Qt needs to draw on it."""
        try:
            from sat_desktop.app import has_display
        except ImportError as error:
            _require_foreign(error)
            return False
        return has_display()

    def open(self, workspace: str, language: str) -> int:
        """Show the window until it is closed; return the exit code."""
        from sat_desktop.app import open_window

        return open_window(workspace, language)


def _run(words: list[str]) -> int:
    window = _window_words(words)
    if window is not None:
        return _open_window(**window)
    from sat_desktop.cli.arguments import parse

    language = _language(words)
    arguments = parse(words, language)
    if arguments.version:
        from sat_desktop import __version__
        from sat_desktop.cli.console import write_out

        write_out(f"sat-desktop {__version__}\n")
        return 0
    if arguments.command is None:
        return _open_window(arguments.workspace, arguments.lang)
    if arguments.command == "selftest":
        from sat_desktop.selftest import run_selftest

        return run_selftest(language.code)
    from sat_desktop.cli.run import run

    return run(arguments, language, CommandWindow())


def _window_words(words: Sequence[str]) -> dict[str, str] | None:
    """Return what to open the window with, None where the words say or may say anything else.

    The window's usual start needs no parser of all commands: making one takes as long as a
    tenth of the way to the first paint.
    """
    found = dict(zip(words[::2], words[1::2], strict=False))
    if len(words) % 2 or len(found) * 2 < len(words) or not set(found) <= {"--workspace", "--lang"}:
        return None
    if not all(word.strip() and not word.startswith("-") for word in found.values()):
        return None
    if found.get("--lang", "pl") not in {"pl", "en"}:
        return None
    return {name[2:]: word for name, word in found.items()}


def _open_window(workspace: str | None = None, lang: str | None = None) -> int:
    """Open the window where there is Qt to open it with."""
    from sat_desktop.runtime.logs import start_logging

    start_logging()
    try:
        from sat_desktop.app import run_window
    except ImportError as error:
        from sat_desktop.errors import SatError

        _require_foreign(error)
        raise SatError("window-unavailable", reason=str(error)) from error
    return run_window(workspace, lang)


def _require_foreign(error: ImportError) -> None:
    """Raise an error again that is our own module's: only Qt and its libraries may be missing."""
    if (error.name or "").startswith("sat_desktop"):
        raise error


def _language(words: Sequence[str]) -> "Language":
    from sat_desktop.runtime.i18n import language_of
    from sat_desktop.runtime.settings import preferred_language

    return language_of(_asked_language(words) or preferred_language())


def _asked_language(words: Sequence[str]) -> str | None:
    """Find `--lang` before parsing, because help and usage are worded too; the last one counts."""
    asked = None
    for position, word in enumerate(words):
        if word.startswith("--lang="):
            asked = word.partition("=")[2]
        elif word == "--lang" and position + 1 < len(words):
            asked = words[position + 1]
    return asked


def _report(error: Exception, words: Sequence[str]) -> int:
    from sat_desktop.errors import SatError
    from sat_desktop.runtime.logs import log_unexpected
    from sat_desktop.runtime.wording import describe

    language = _language(words)
    if isinstance(error, SatError):
        _tell(describe(error, language))
        return 1
    path = log_unexpected(error)
    sentence = language.t(
        "Something went wrong that should not have; this is a fault of the program."
    )
    if path is not None:
        sentence += " " + language.t("Details are in the file {path}.", path=str(path))
    _tell(sentence)
    return 1


def _tell(sentence: str) -> None:
    from sat_desktop.cli.console import write_err

    write_err(sentence + "\n")


def _keep_libraries_quiet() -> None:
    """Keep remarks of libraries for their programmers off the user's console.

    What Python itself was told to say (`-W`, PYTHONWARNINGS) is said.
    """
    import logging
    import warnings

    logging.getLogger().addHandler(logging.NullHandler())
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


if __name__ == "__main__":
    sys.exit(main())
