"""The folders of this user on this machine, as the platform wants them."""

from pathlib import Path
from typing import Final

_NAME: Final = "SAT Desktop"


def config_folder() -> Path:
    """Return the folder of the settings file; it need not exist yet."""
    import platformdirs

    return platformdirs.user_config_path(_NAME, appauthor=False, roaming=True)


def data_folder() -> Path:
    """Return the folder of the default workspace; it need not exist yet.

    Not the roaming one: a database must not be copied about while a user logs out.
    """
    import platformdirs

    return platformdirs.user_data_path(_NAME, appauthor=False)


def log_folder() -> Path:
    """Return the folder of the log files; it need not exist yet."""
    import platformdirs

    return platformdirs.user_log_path(_NAME, appauthor=False)


def settings_file() -> Path:
    """Return the path of the settings file; it need not exist yet."""
    return config_folder() / "settings.json"
