"""Answers and merges without end, and says of each change-set on the disk how large it is.

    python answering_until_killed.py WORKSPACE COPY SEED

The copy is a workspace of somebody else with the same assessment; they write, and are merged.
"""

import random
import sys

from sat_desktop.services.answering import Respondent, set_level, set_not_applicable, set_note
from sat_desktop.services.assessments import find_assessment
from sat_desktop.services.changes import redo, undo
from sat_desktop.services.dossier import open_dossier
from sat_desktop.services.merging import copy_of, merge_copy
from sat_desktop.workspace import open_workspace

place, copy, seed = sys.argv[1:]
chance = random.Random(int(seed))  # noqa: S311 - made-up answers, no secret
workspace, elsewhere = open_workspace(place, "killed"), open_workspace(copy, f"other-{seed}")
dossier = open_dossier(workspace, find_assessment(workspace, "last"))
other = open_dossier(elsewhere, dossier.row.id)
who = Respondent(dossier.agreed.id)
keys = list(dossier.questionnaire.indicators)
while True:
    key, act = chance.choice(keys), chance.randrange(7)
    if act < 2:
        change = set_level(workspace, dossier, who, key, chance.randint(0, 3))
    elif act == 2:
        change = set_note(workspace, dossier, who, key, f"note {chance.random()}")
    elif act == 3:
        change = set_not_applicable(workspace, dossier, who, keys[:20], f"{chance.random()}")
    elif act == 4:
        change = undo(workspace, dossier)
    elif act == 5:
        change = redo(workspace, dossier)
    else:
        set_level(elsewhere, other, who, key, chance.randint(0, 3))
        change = merge_copy(workspace, dossier, copy_of(elsewhere, dossier.row.id))
    if change:
        size = len({r.id for r in change.revisions})
        sys.stdout.write(f"{change.change_set.id} {size}\n")
        sys.stdout.flush()
