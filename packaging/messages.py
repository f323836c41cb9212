"""Collects the program's English sentences and brings the catalogues up to date.

python packaging/messages.py            extract, update resources/i18n, compile
python packaging/messages.py --check    change nothing; fail if anything is behind or untranslated
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = {"t": None, "n": (1, 2), "_": None, "say": None}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FOLDER = ROOT / "resources" / "i18n" / "pl" / "LC_MESSAGES"


def collect() -> Catalog:
    """Return all sentences of the source, sorted, without line numbers that churn."""
    catalogue = Catalog(project="SAT Desktop", charset="utf-8", fuzzy=False)
    found = extract_from_dir(
        str(ROOT / "src"), method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=()
    )
    for name, _line, message, _comments, _context in found:
        catalogue.add(message, locations=[(f"src/{name}".replace("\\", "/"), 0)])
    return catalogue


def load() -> Catalog:
    """Return the Polish catalogue as it stands."""
    path = FOLDER / "sat_desktop.po"
    if not path.exists():
        return Catalog(locale="pl", project="SAT Desktop", charset="utf-8", fuzzy=False)
    with path.open("rb") as stream:
        return read_po(stream, locale="pl")


def update(catalogue: Catalog) -> tuple[bytes, bytes]:
    """Return the .po and .mo of a catalogue brought up to date with the source."""
    catalogue.update(collect(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    catalogue.header_comment = "# Polish sentences of SAT Desktop."
    catalogue.msgid_bugs_address = ""
    catalogue.last_translator = catalogue.language_team = "SAT Desktop"
    catalogue.version = ""
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalogue, width=0, sort_output=True, omit_header=False, include_lineno=False)
    lines = [line for line in po.getvalue().splitlines() if b"-Date:" not in line]
    compiled = read_po(io.BytesIO(b"\n".join(lines)), locale="pl")
    # Left to itself the library writes the time of day, and no two runs would agree.
    compiled.creation_date = compiled.revision_date = EPOCH
    write_mo(mo, compiled)
    return b"\n".join(lines) + b"\n", mo.getvalue()


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the sentences that have no Polish form yet."""
    missing = []
    for message in catalogue:
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and not all(forms):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def main() -> int:
    """Run the command; return the exit code."""
    catalogue = load()
    po, mo = update(catalogue)
    missing = untranslated(catalogue)
    for sentence in missing:
        print("untranslated:", sentence)
    if "--check" in sys.argv:
        behind = [
            name
            for name, content in (("sat_desktop.po", po), ("sat_desktop.mo", mo))
            if not (FOLDER / name).exists() or (FOLDER / name).read_bytes() != content
        ]
        for name in behind:
            print("behind the source:", name)
        return 1 if missing or behind else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "sat_desktop.po").write_bytes(po)
    (FOLDER / "sat_desktop.mo").write_bytes(mo)
    return 0


if __name__ == "__main__":
    sys.exit(main())
