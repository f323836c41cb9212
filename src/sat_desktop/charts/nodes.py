"""The data of the pictures of dimensions: present, wanted and model level of the lowest groups."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sat_desktop.charts.chart import Table
from sat_desktop.charts.furniture import listed, numbered
from sat_desktop.charts.tiers import lowest_name
from sat_desktop.domain.gaps import Gaps
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.domain.scores import NodeScore, Scores
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.names import attained_words


@dataclass(frozen=True, slots=True)
class DimensionRow:
    """One dimension.

    Attributes:
        area: name of the group above it, empty when there is none.
        present, wanted: indices in [0, 1], None when nothing is rated; the model's is 1.
        attained: the level attained; None when nothing is rated, or answers that are missing can
            still change it.
        level: its name, or between which levels it may lie; empty when nothing is rated.
    """

    id: str
    code: str
    name: str
    area: str
    present: Fraction | None
    wanted: Fraction | None
    low: Fraction | None
    high: Fraction | None
    attained: int | None
    level: str
    rated: int
    unanswered: int

    @property
    def label(self) -> str:
        """Its code and name."""
        return numbered(self.code, self.name)

    @property
    def distance(self) -> Fraction:
        """From present to wanted, 0 when nothing is rated."""
        if self.present is None or self.wanted is None:
            return Fraction()
        return max(Fraction(), self.wanted - self.present)


@dataclass(frozen=True, slots=True)
class NodeData:
    """All dimensions in questionnaire order, and the whole."""

    rows: tuple[DimensionRow, ...]
    whole: DimensionRow
    tier: str
    levels: tuple[str, ...]

    @property
    def rated(self) -> tuple[DimensionRow, ...]:
        """The dimensions that have an index."""
        return tuple(row for row in self.rows if row.present is not None)


def node_data(
    questionnaire: Questionnaire, scores: Scores, gaps: Gaps, language: Language
) -> NodeData:
    """Return what the pictures of dimensions show."""

    def level_name(level: int) -> str:
        return questionnaire.level_name(level).get(language.code)

    def row(score: NodeScore, code: str, name: str, area: str) -> DimensionRow:
        settled = score.attained == score.attainable
        return DimensionRow(
            id=score.id,
            code=code,
            name=name,
            area=area,
            present=score.index,
            wanted=gaps.wanted_index[score.id],
            low=score.low,
            high=score.high,
            attained=score.attained if settled else None,
            level=""
            if score.attained is None
            else attained_words(score.attained, score.attainable, level_name, language),
            rated=score.rated,
            unanswered=score.unanswered,
        )

    def area_of(group: str) -> str:
        above = questionnaire.group_of.get(group)
        if above is None:
            return ""
        node = questionnaire.nodes[above]
        return numbered(node.code, node.name.get(language.code))

    return NodeData(
        rows=tuple(
            row(scores.nodes[g.id], g.code, g.name.get(language.code), area_of(g.id))
            for g in questionnaire.dimensions
        ),
        whole=row(scores.total, "", language.t("Whole"), ""),
        tier=lowest_name(questionnaire, language),
        levels=tuple(level_name(level) for level in range(questionnaire.n + 1)),
    )


def node_header(data: NodeData, language: Language) -> tuple[str, ...]:
    """Return the header of the table beside the pictures of dimensions."""
    return (
        data.tier,
        language.t("Now"),
        language.t("Wanted"),
        language.t("Model"),
        language.t("Attained level"),
        language.t("Possible range"),
        language.t("Unanswered"),
    )


def node_table(data: NodeData, language: Language) -> Table:
    """Return every number of the pictures of dimensions, the whole last."""
    rows = []
    for row in (*data.rows, data.whole):
        span = language.percent(row.low)
        if row.low != row.high:
            span = f"{span} – {language.percent(row.high)}"
        rows.append(
            (
                row.label,
                language.percent(row.present),
                language.percent(row.wanted),
                language.percent(Fraction(1)),
                row.level or "-",
                span,
                str(row.unanswered),
            )
        )
    return Table(node_header(data, language), tuple(rows))


def node_tip(row: DimensionRow, language: Language) -> str:
    """Return what the pointer says of a dimension."""
    lines = [row.label]
    if row.present is None:
        lines.append(language.t("Nothing rated yet."))
    else:
        lines.append(
            language.t(
                "now {present}, wanted {wanted}, level: {level}",
                present=language.percent(row.present),
                wanted=language.percent(row.wanted),
                level=row.level,
            )
        )
    if row.unanswered:
        lines.append(
            language.n(
                "{count} indicator unanswered", "{count} indicators unanswered", row.unanswered
            )
        )
    return "\n".join(lines)


def _extreme(
    rows: Sequence[DimensionRow],
    key: Callable[[DimensionRow], Fraction],
    best: Callable[[Sequence[Fraction]], Fraction],
) -> list[DimensionRow]:
    bound = best([key(row) for row in rows])
    return [row for row in rows if key(row) == bound]


def describe_nodes(data: NodeData, language: Language) -> str:
    """Say what the three series show: the whole, highest, lowest, farthest to go, levels, holes."""
    t, percent = language.t, language.percent
    rated = data.rated
    if not rated:
        return t("Nothing has been rated yet, so there is no level to show.")

    def index(row: DimensionRow) -> Fraction:
        return row.present if row.present is not None else Fraction()

    def names(rows: Sequence[DimensionRow]) -> str:
        return listed([row.label for row in rows], language)

    parts = [
        t(
            "The whole stands at {present} of the model, {wanted} is wanted.",
            present=percent(data.whole.present),
            wanted=percent(data.whole.wanted),
        )
    ]
    highest, lowest = _extreme(rated, index, max), _extreme(rated, index, min)
    if index(highest[0]) == index(lowest[0]):
        if len(rated) > 1:
            parts.append(
                t("All that are rated stand at {value}.", value=percent(highest[0].present))
            )
    else:
        parts.append(
            t(
                "Highest: {names} ({value}).",
                names=names(highest),
                value=percent(highest[0].present),
            )
        )
        parts.append(
            t("Lowest: {names} ({value}).", names=names(lowest), value=percent(lowest[0].present))
        )
    farthest = _extreme(rated, lambda row: row.distance, max)
    if farthest[0].distance:
        steps = [
            t(
                "{name} from {present} to {wanted}",
                name=row.label,
                present=percent(row.present),
                wanted=percent(row.wanted),
            )
            for row in farthest
        ]
        parts.append(t("Farthest to go: {names}.", names=listed(steps, language)))
    counts = [
        f"{name} {count}"
        for level, name in reversed(list(enumerate(data.levels)))
        if (count := sum(row.attained == level for row in rated))
    ]
    if counts:
        parts.append(t("Levels attained: {counts}.", counts=", ".join(counts)))
    if unsettled := [row for row in rated if row.attained is None]:
        parts.append(t("Level not known yet: {names}.", names=names(unsettled)))
    if missing := [row for row in data.rows if row.present is None]:
        parts.append(t("Not rated: {names}.", names=names(missing)))
    if data.whole.unanswered:
        parts.append(
            language.n(
                "{count} indicator is unanswered; the whole may lie between {low} and {high}.",
                "{count} indicators are unanswered; the whole may lie between {low} and {high}.",
                data.whole.unanswered,
                low=percent(data.whole.low),
                high=percent(data.whole.high),
            )
        )
    return " ".join(parts)
