"""The commands: arguments in, exit code out; every one an action that the window has too."""
