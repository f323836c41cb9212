"""Where the program's own data files lie: in the installed package, or beside it in a checkout."""

from functools import cache
from pathlib import Path


@cache
def _root(name: str) -> Path:
    package = Path(__file__).resolve().parent.parent
    installed = package / name
    return installed if installed.is_dir() else package.parent.parent / name


def resource(*parts: str) -> Path:
    """Return the path of a file or folder below `resources/`."""
    return _root("resources").joinpath(*parts)


def bundled_questionnaires() -> Path:
    """Return the folder that holds the questionnaires delivered with the program."""
    return _root("questionnaires")


@cache
def font_file(face: str) -> Path:
    """Return the TrueType file of a Lato face such as `Regular`, `Bold` or `BoldItalic`."""
    import fontpkg_lato

    return Path(str(fontpkg_lato.__file__)).parent / "files" / f"Lato-{face}.ttf"
