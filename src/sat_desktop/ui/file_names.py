"""Names for files that any system takes, made from words of users."""

import re
from typing import Final

_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)

LONGEST: Final = 120
"""Characters of a name; paths of some systems end at 260."""


def file_name(words: str, ending: str) -> str:
    """Return `words` as the name of a file with an ending such as ".pdf"."""
    bare = " ".join(_FORBIDDEN.sub(" ", words).split())[:LONGEST].strip(" .")
    if not bare or _RESERVED.fullmatch(bare):
        bare = f"_{bare}"
    return bare + ending
