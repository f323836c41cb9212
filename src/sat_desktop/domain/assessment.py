"""Whose answers to what: the unit, the team, the responses, the particulars of an assessment."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sat_desktop.domain.questionnaire import UnitKind
from sat_desktop.errors import SatError


class ResponseKind(StrEnum):
    """Whose set of answers a response is."""

    INDIVIDUAL = "individual"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Unit:
    """A local-government unit (JST).

    Attributes:
        teryt: official code as text, 4 digits for a powiat or a city, 7 for a gmina; leading
            zeros count. The code alone does not tell the kind.
        population: inhabitants, None when not given.
    """

    name: str
    kind: UnitKind
    teryt: str
    population: int | None = None

    def __post_init__(self) -> None:
        """Refuse a unit that could not be told from another."""
        if not self.name.strip():
            raise SatError("unit-name-missing")
        if not (self.teryt.isascii() and self.teryt.isdigit() and len(self.teryt) in {4, 7}):
            raise SatError("teryt-malformed", value=self.teryt)


@dataclass(frozen=True, slots=True)
class Person:
    """Name and contact of a member: the one row that can be erased, never part of a revision.

    Attributes:
        id: what the member's register `name` says; another name is another row.
        member: id of the member.
    """

    id: str
    member: str
    name: str
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """What revisions say of a member.

    Attributes:
        name: id of the `Person` with the name, empty when there is none.
        dimensions: ids of the groups or indicators assigned; empty means all.
        erased: whether name and contact were erased; no merge brings them back.
    """

    id: str
    name: str = ""
    department: str = ""
    role: str = ""
    dimensions: tuple[str, ...] = ()
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A person in the self-assessment team; name and contact can be erased, the id stays.

    Attributes:
        name: empty once it was erased.
        dimensions: ids of the groups assigned to the person; empty means all.
    """

    id: str
    name: str
    contact: str = ""
    department: str = ""
    role: str = ""
    dimensions: tuple[str, ...] = ()
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """One set of answers: of one member, or the team's agreed one (`member` is None).

    Its id follows from assessment and member (`response_id`), so that two computers that begin the
    same member's answers mean the same response.
    """

    id: str
    kind: ResponseKind
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is said of an assessment as a whole, each field a register of its own.

    Attributes:
        name, kind, teryt, population: of the unit.
        period: the time the answers speak of, in the office's own words ("2026").
        language: "pl" or "en", of drafts and documents.
        edition: the questionnaire's edition in use, `ID@VERSION`.
    """

    name: str
    kind: UnitKind
    teryt: str
    population: int | None
    period: str
    language: str
    edition: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """A self-assessment: one unit, one questionnaire edition, one period, one language.

    Attributes:
        questionnaire: the edition in use, `ID@VERSION`.
        period: the time the answers speak of, in the office's own words ("2026").
        language: "pl" or "en", of drafts and documents.
        created: when it was set up (UTC).
    """

    id: str
    unit: Unit
    questionnaire: str
    period: str
    language: str
    created: datetime
    demo: bool = False
