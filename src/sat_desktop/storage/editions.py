"""The questionnaire editions stored with the answers."""

from collections.abc import MutableMapping, Sequence

from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.errors import SatError
from sat_desktop.formats.questionnaire_json import (
    decode_questionnaire,
    encode_questionnaire,
    fingerprint,
)
from sat_desktop.storage.statements import ADD_EDITION, EDITION, EDITIONS, FINGERPRINT
from sat_desktop.storage.transaction import Transaction, keeping_all


class SqlEditions:
    """The port `Editions`.

    `known` outlives the unit of work: an edition never changes, so it is read once a workspace.
    What this unit of work itself added is not kept there, as it may still be rolled back.
    """

    __slots__ = ("_added", "_known", "_transaction")

    def __init__(self, transaction: Transaction, known: MutableMapping[str, Questionnaire]) -> None:
        self._transaction = transaction
        self._known = known
        self._added: set[str] = set()

    def add(self, questionnaire: Questionnaire) -> None:
        """Store an edition; the same content again does nothing, another is refused."""
        name = questionnaire.edition
        mark = fingerprint(questionnaire)
        stored = self._transaction.rows(FINGERPRINT, {"id": name})
        if not stored:
            content = encode_questionnaire(questionnaire)
            self._added.add(name)
            self._transaction.write(
                ADD_EDITION, {"id": name, "fingerprint": mark, "content": content}
            )
            # Somebody else may have stored it in between.
            stored = self._transaction.rows(FINGERPRINT, {"id": name})
        if stored[0][0] != mark:
            raise SatError("edition-differs", edition=name)

    def get(self, edition: str) -> Questionnaire:
        """Return the edition `ID@VERSION`; SatError `edition-unknown` if there is none."""
        found = self._known.get(edition)
        if found is None:
            rows = self._transaction.rows(EDITION, {"id": edition})
            if not rows:
                raise SatError("edition-unknown", edition=edition)
            with keeping_all():
                found = decode_questionnaire(rows[0][0])
            if edition not in self._added:
                self._known[edition] = found
        return found

    def all(self) -> Sequence[str]:
        """Return the stored editions as `ID@VERSION`, in the order of storing."""
        return [name for (name,) in self._transaction.rows(EDITIONS, {})]
