"""What every picture is made of, beside the picture itself: text alternative, table, regions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sat_desktop.domain.consensus import Consensus
from sat_desktop.domain.document import PlanDocument
from sat_desktop.domain.gaps import Gaps
from sat_desktop.domain.plan import DevelopmentPlan
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.domain.scores import Scores

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Table:
    """The same facts as rows of words; every row is as long as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A place of the picture that answers to the pointer.

    Attributes:
        id: of the node, indicator, undertaking, or year ("2027") it shows.
        polygon: corners as shares of the picture's width and height, 0..1, from the top left.
        tip: what to say about it.
    """

    id: str
    polygon: tuple[tuple[float, float], ...]
    tip: str

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point (shares of width and height from the top left) lies inside."""
        inside = False
        previous = self.polygon[-1]
        for corner in self.polygon:
            (x1, y1), (x2, y2) = previous, corner
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
            previous = corner
        return inside


@dataclass(frozen=True, slots=True)
class Chart:
    """One picture.

    Attributes:
        kind: its name in the catalogue.
        alternative: what the picture shows, in sentences, for readers who do not see it.
        regions: from the bottom layer up; where two hold a point, the last one counts.
    """

    kind: str
    title: str
    figure: "Figure"
    alternative: str
    table: Table
    regions: tuple[Region, ...]

    @property
    def inches(self) -> tuple[float, float]:
        """Width and height of the picture."""
        width, height = self.figure.get_size_inches()
        return float(width), float(height)

    def region_at(self, x: float, y: float) -> Region | None:
        """Return the topmost region under a point (shares from the top left)."""
        return next((r for r in reversed(self.regions) if r.holds(x, y)), None)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a picture that travels alone says under its title; empty parts are left out."""

    unit: str = ""
    period: str = ""

    def __str__(self) -> str:
        """Return the line, empty when nothing is known."""
        return " · ".join(part for part in (self.unit, self.period) if part)


@dataclass(frozen=True, slots=True)
class ChartInput:
    """Everything that any picture may be drawn from.

    Attributes:
        plan: None while there is none; pictures of the plan then say so.
        projection: scores at the end of each year of the plan.
        consensus: of the individual responses; empty while there are none.
    """

    questionnaire: Questionnaire
    scores: Scores
    gaps: Gaps
    plan: DevelopmentPlan | None = None
    projection: Mapping[int, Scores] | None = None
    facts: Facts = field(default_factory=Facts)
    consensus: Mapping[str, Consensus] = field(default_factory=dict)

    @classmethod
    def of(cls, document: PlanDocument, *, facts: bool = False) -> "ChartInput":
        """Return what a plan's document says, for any picture.

        Args:
            facts: whether unit and period stand under the title, for a picture that travels alone.
        """
        assessment = document.assessment
        return cls(
            document.questionnaire,
            document.scores,
            document.gaps,
            document.plan,
            document.projection,
            Facts(assessment.unit.name, assessment.period) if facts else Facts(),
            document.consensus,
        )
