"""Open the one assessment of a workspace, or load the same as JSON, in a process that did nothing else.

Words: `ours`, `all` (put the answers of all members together too) or `json`; then the workspace, or
the files to load. Prints the seconds it took, without imports.
"""

import json
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from sat_desktop.services.dossier import open_dossier
from sat_desktop.services.ports import Workspace
from sat_desktop.storage.opening import open_store


def open_it(place: Path, *, whole: bool) -> object:
    """Open as the window does: the agreed answers are what it shows first."""
    with closing(open_store(place)) as store:
        workspace = Workspace(store, lambda: datetime.fromtimestamp(0, UTC), str, "writer")
        with store.begin() as work:
            ((row, _),) = work.assessments.all()
        dossier = open_dossier(workspace, row.id)
        return dossier.answers(dossier.agreed.id), dossier.individual if whole else None


def load(texts: list[bytes]) -> object:
    return [json.loads(text) for text in texts]


def main() -> None:
    mode, *places = sys.argv[1:]
    texts = [Path(place).read_bytes() for place in places] if mode == "json" else []
    start = perf_counter()
    made = load(texts) if texts else open_it(Path(places[0]), whole=mode == "all")
    seconds = perf_counter() - start
    print(json.dumps({"seconds": seconds, "made": bool(made)}))


main()
