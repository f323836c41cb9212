"""The commands: arguments in, exit code out; every one an action that the window has too."""

from sat_desktop.cli.run import run

__all__ = ["run"]
