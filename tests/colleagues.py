"""Several people at one assessment, each at a colleague of their own: at one database, or at two."""

from dataclasses import dataclass, replace

from memory_store import MemoryStore, memory_workspace
from sat_desktop.domain.history import Change, Conflict
from sat_desktop.services.changes import catch_up
from sat_desktop.services.dossier import Dossier, open_dossier
from sat_desktop.services.merging import copy_of, merge_copy
from sat_desktop.services.ports import Workspace


@dataclass
class Colleague:
    """Where one writer works: the way to the database, and the assessment as it is seen there."""

    workspace: Workspace
    dossier: Dossier

    @property
    def conflict(self) -> Conflict:
        """The only conflict."""
        (found,) = self.dossier.conflicts
        return found

    def catch_up(self) -> tuple[Change, ...]:
        """Take over what others wrote to the same database."""
        return catch_up(self.workspace, self.dossier)

    def merge(self, other: "Colleague") -> Change:
        """Take over a copy of what another colleague's database holds."""
        copy = copy_of(other.workspace, other.dossier.row.id)
        return merge_copy(self.workspace, self.dossier, copy)

    def reopened(self) -> Dossier:
        """Return the assessment as it is seen when it is opened now."""
        return open_dossier(self.workspace, self.dossier.row.id)


def colleague_beside(workspace: Workspace, assessment: str, writer: str) -> Colleague:
    """Return the colleague of another writer at the same database."""
    beside = replace(workspace, writer=writer)
    return Colleague(beside, open_dossier(beside, assessment))


def desk_elsewhere(workspace: Workspace, assessment: str, writer: str, first: int) -> Colleague:
    """Return the colleague of a writer at a database of their own, which begins as a copy.

    Args:
        first: number from which the ids made there are counted; far from those made elsewhere.
    """
    elsewhere = memory_workspace(MemoryStore(), writer, first)
    copy = copy_of(workspace, assessment)
    with workspace.store.begin() as work:
        row = work.assessments.get(assessment)
    with elsewhere.store.begin() as work:
        for edition in copy.editions:
            work.editions.add(edition)
        work.assessments.add(row)
        for change in copy.changes:
            work.history.append(row.id, change.change_set, change.revisions)
        work.assessments.put_persons(row.id, copy.persons)
        work.commit()
    return Colleague(elsewhere, open_dossier(elsewhere, assessment))
