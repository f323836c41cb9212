"""The numbers of an assessment under two editions, side by side, and why levels differ."""

from collections.abc import Iterator, Sequence

from sat_desktop.domain.questionnaire import TOTAL, Group, Questionnaire
from sat_desktop.domain.scores import NodeScore, Scores
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.names import attained_words
from sat_desktop.services.upgrading import LevelChange, Upgrade
from sat_desktop.ui.models.listing import Line
from sat_desktop.ui.questionnaires.listing import Listing
from sat_desktop.ui.questionnaires.succession import titled
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.widgets.containers import ScrollColumn
from sat_desktop.ui.widgets.text import label

_NOWHERE = "–"


class NumbersView(ScrollColumn):
    """The numbers.

    Attributes:
        scores: the whole and every group.
        levels: the indicators whose level changes, with the reason.
    """

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__(theme)
        self._language = language
        self._frame.setContentsMargins(0, theme.s, theme.s, 0)
        self.body.setSpacing(theme.s)
        t = language.t
        heads = (
            t("Part of the questionnaire"),
            t("Index before"),
            t("Index after"),
            t("Level before"),
            t("Level after"),
        )
        self.scores = Listing(theme, t("Results side by side"), heads, right={1, 2}, whole=True)
        heading = t("Indicators whose level changes")
        self._nothing = label(t("No indicator changes its level."), "muted", wrap=True)
        columns = (t("Indicator"), t("Level before"), t("Level after"), t("Why"))
        self.levels = Listing(theme, heading, columns, elastic=3, wrapped=True, whole=True)
        self.body.addWidget(self.scores)
        self.body.addWidget(label(heading, "heading", wrap=True))
        self.body.addWidget(self._nothing)
        self.body.addWidget(self.levels)
        self.body.addStretch(1)

    def show_upgrade(
        self, found: Upgrade, changes: Sequence[LevelChange], present: Questionnaire
    ) -> None:
        """Show the numbers under the present edition and under another one."""
        self.scores.show_lines(score_lines(found, present, self._language))
        self.levels.show_lines(level_lines(found, changes, present, self._language))
        self.levels.setVisible(bool(changes))
        self._nothing.setVisible(not changes)


def score_lines(found: Upgrade, present: Questionnaire, language: Language) -> list[Line]:
    """Return the whole and every group: name, index before and after, level before and after.

    Groups that only the present edition has come last.
    """
    t, code = language.t, language.code
    target = found.target

    def line(key: str, name: str, depth: int) -> Line:
        was = _cells(found.before, present, key, language)
        now = _cells(found.after, target, key, language)
        cells = (name, was[0], now[0], was[1], now[1])
        return Line(cells, key, depth=depth, strong=key == TOTAL)

    def below(questionnaire: Questionnaire) -> Iterator[tuple[Group, int]]:
        for group in questionnaire.nodes.values():
            depth, above = 1, questionnaire.group_of.get(group.id)
            while above is not None:
                depth, above = depth + 1, questionnaire.group_of.get(above)
            yield group, depth

    gone = [(g, depth) for g, depth in below(present) if g.id not in target.nodes]
    return [
        line(TOTAL, t("The whole"), 0),
        *(
            line(group.id, f"{group.code} {group.name.get(code)}", depth - 1)
            for group, depth in (*below(target), *gone)
        ),
    ]


def _cells(
    scores: Scores, questionnaire: Questionnaire, key: str, language: Language
) -> tuple[str, str]:
    score: NodeScore | None = scores.nodes.get(key)
    if score is None:
        return _NOWHERE, _NOWHERE
    level = attained_words(
        score.attained,
        score.attainable,
        lambda level: questionnaire.level_name(level).get(language.code),
        language,
    )
    return language.percent(score.index), level


def level_lines(
    found: Upgrade,
    changes: Sequence[LevelChange],
    present: Questionnaire,
    language: Language,
) -> list[Line]:
    """Return the indicators whose level changes: name, level before and after, and why."""
    code = language.code
    lines = []
    for change in changes:
        indicator = found.target.indicators[change.id]
        cells = (
            titled(indicator, code),
            present.level_name(change.before).get(code),
            found.target.level_name(change.after).get(code),
            reason(change, found.target, present, language),
        )
        lines.append(Line(cells, change.id))
    return lines


def reason(
    change: LevelChange, target: Questionnaire, present: Questionnaire, language: Language
) -> str:
    """Return in words why a level changes: the criteria that now count or no longer do."""
    t, code = language.t, language.code
    words = []
    for criterion in change.because:
        source = present if change.after > change.before else target
        owner = source.indicator_of_criterion[criterion.id]
        text = next(
            c.text.get(code)
            for level in source.indicators[owner].levels
            for c in level.criteria
            if c.id == criterion.id
        )
        if criterion.before is None:
            words.append(t("New criterion: {text}", text=text))
        elif criterion.after is None:
            words.append(t("Criterion no longer asked: {text}", text=text))
        else:
            words.append(t("Criterion stands elsewhere: {text}", text=text))
    return "\n".join(words)
