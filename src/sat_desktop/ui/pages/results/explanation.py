"""Where a number comes from, in words: its summands, what was left out, and the exact fractions.

Nothing is counted here anew: every figure is one that the scoring function has left behind. The
sums that are written out end in the very number that the page shows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from sat_desktop.charts.gaps import priority_words
from sat_desktop.domain.answers import UNANSWERED, Answer, State
from sat_desktop.domain.questionnaire import TOTAL, Indicator, Questionnaire
from sat_desktop.domain.scores import NodeScore
from sat_desktop.runtime.i18n import Language
from sat_desktop.services.derived import Results

INDEX: Final = "index"
RANGE: Final = "range"
WANTED: Final = "wanted"
ATTAINED: Final = "attained"
COVERAGE: Final = "coverage"
LEVEL: Final = "level"
PRIORITY: Final = "priority"

LONGEST_SUM: Final = 12
"""Summands that a formula writes out; the table holds them all."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a section's table; `key` is what can be opened from it, empty for nothing."""

    cells: tuple[str, ...]
    key: str = ""
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One number and how it came about.

    Attributes:
        value: as the page shows it.
        rule: how it is counted.
        lines: its parts, with the names of their columns in `heads`.
        formula: the sum with exact fractions, line by line.
        notes: what was left out and why.
    """

    kind: str
    title: str
    value: str
    rule: str
    heads: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    formula: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """All numbers of one node or indicator.

    Attributes:
        above: id of the node that it is part of, empty for the whole.
        answers: id of the indicator whose answers stand behind it, empty where there is none.
    """

    id: str
    title: str
    above: str
    above_title: str
    answers: str
    sections: tuple[Section, ...]


def first_indicator(questionnaire: Questionnaire, key: str) -> str:
    """Return an indicator itself, the first one of a group or of the whole, "" if it has none."""
    if key in questionnaire.indicators:
        return key
    for indicator, path in questionnaire.path.items():
        if key == TOTAL or key in path:
            return indicator
    return ""


def title_of(questionnaire: Questionnaire, key: str, language: Language) -> str:
    """Return code and name of an indicator or a group, and what the whole is called."""
    if key == TOTAL:
        return language.t("The whole")
    found = questionnaire.indicators.get(key) or questionnaire.nodes[key]
    return " ".join(part for part in (found.code, found.name.get(language.code)) if part)


def explain(
    results: Results, answers: Mapping[str, Answer], key: str, language: Language
) -> Explanation:
    """Explain all numbers of the whole, a group or an indicator."""
    questionnaire = results.questionnaire
    above = "" if key == TOTAL else questionnaire.group_of.get(key, TOTAL)
    explainer = _Explainer(results, answers, language)
    if key in questionnaire.indicators:
        sections = explainer.indicator(questionnaire.indicators[key])
    else:
        sections = explainer.node(results.scores.nodes[key])
    return Explanation(
        key,
        title_of(questionnaire, key, language),
        above,
        title_of(questionnaire, above, language) if above else "",
        first_indicator(questionnaire, key),
        sections,
    )


def exact(value: Fraction, language: Language) -> str:
    """Return "2/3 = 67 %"."""
    return f"{value} = {language.percent(value)}"


class _Explainer:
    def __init__(self, results: Results, answers: Mapping[str, Answer], language: Language) -> None:
        self._results = results
        self._questionnaire = results.questionnaire
        self._answers = answers
        self._language = language

    # Groups and the whole

    def node(self, score: NodeScore) -> tuple[Section, ...]:
        return (
            self._index(score),
            self._range(score),
            self._wanted(score),
            self._attained(score),
            self._coverage(score),
        )

    def _index(self, score: NodeScore) -> Section:
        t = self._language.t
        terms = [(x.id, x.weight, x.index) for x in score.terms]
        return Section(
            INDEX,
            t("Index"),
            self._language.percent(score.index),
            t(
                "The weighted mean of the parts below it. The index of an indicator is its level "
                "divided by {levels}.",
                levels=self._questionnaire.n,
            ),
            (t("Part"), t("Weight"), t("Index")),
            self._parts(terms),
            self._sum(terms, score.index),
            self._left_out([key for key, _, index in terms if index is None]),
        )

    def _wanted(self, score: NodeScore) -> Section:
        t = self._language.t
        gaps = self._results.gaps
        n = self._questionnaire.n
        terms: list[tuple[str, Fraction, Fraction | None]] = []
        for term in score.terms:
            gap = gaps.indicators.get(term.id)
            if gap is None:
                terms.append((term.id, term.weight, gaps.wanted_index[term.id]))
            else:
                rated = gap.level is not None and gap.wanted is not None
                level = max(gap.level or 0, gap.wanted or 0)
                terms.append((term.id, term.weight, Fraction(level, n) if rated else None))
        return Section(
            WANTED,
            t("Wanted index"),
            self._language.percent(gaps.wanted_index[score.id]),
            t(
                "The same mean, with each rated indicator at its wanted level, or where it stands "
                "if that is higher. Where nobody has set a wanted level, it is one level up."
            ),
            (t("Part"), t("Weight"), t("Wanted")),
            self._parts(terms),
            self._sum(terms, gaps.wanted_index[score.id]),
        )

    def _range(self, score: NodeScore) -> Section:
        language = self._language
        t = language.t
        notes: tuple[str, ...] = ()
        if score.low is None or score.high is None:
            value, rule = "-", t("Nothing below it applies, so there is no range.")
        elif score.low == score.high:
            value = language.percent(score.low)
            rule = t("Everything that applies has an answer, so the index can be no other.")
        else:
            value = f"{language.percent(score.low)} – {language.percent(score.high)}"
            rule = language.n(
                "{count} indicator has no answer. If it were at level 0, the index would be {low}; "
                "at the highest level, {high}.",
                "{count} indicators have no answer. If all of them were at level 0, the index "
                "would be {low}; at the highest level, {high}.",
                score.unanswered,
                low=exact(score.low, language),
                high=exact(score.high, language),
            )
            notes = tuple(self._title(key) for key in self._below(score.id, State.UNANSWERED))
        return Section(RANGE, t("Range"), value, rule, notes=notes)

    def _attained(self, score: NodeScore) -> Section:
        language = self._language
        t = language.t
        questionnaire = self._questionnaire
        lines = []
        for level, (count, share) in enumerate(
            zip(score.reached, questionnaire.attainment, strict=True), 1
        ):
            enough = count >= share * score.applicable and score.applicable > 0
            have = t("{count} of {all}", count=count, all=score.applicable)
            if score.applicable:
                have += f" = {language.percent(Fraction(count, score.applicable))}"
            lines.append(
                Line(
                    (
                        f"{level} {self._level(level)}",
                        have,
                        f"≥ {language.percent(share)}",
                        t("yes") if enough else t("no"),
                    )
                )
            )
        return Section(
            ATTAINED,
            t("Attained level"),
            "-" if score.attained is None else self._level(score.attained),
            t(
                "The highest level that enough indicators have reached, and every level below it "
                "too. Indicators without an answer count as not reaching it; those that do not "
                "apply do not count."
            ),
            (t("Level"), t("Have reached it"), t("Needed"), t("Enough")),
            tuple(lines),
        )

    def _coverage(self, score: NodeScore) -> Section:
        language = self._language
        t = language.t
        formula: tuple[str, ...] = ()
        if score.coverage is not None:
            share = f"{score.rated} / ({score.rated} + {score.unanswered})"
            formula = (f"{share} = {exact(score.coverage, language)}",)
        return Section(
            COVERAGE,
            t("Coverage"),
            language.percent(score.coverage),
            t("Indicators that are rated, of all that apply. Every indicator counts the same."),
            (t("State"), t("Indicators")),
            (
                Line((t("rated"), str(score.rated))),
                Line((t("no answer"), str(score.unanswered))),
                Line((t("not applicable"), str(score.not_applicable)), faint=True),
            ),
            formula,
            self._left_out(self._below(score.id, State.NOT_APPLICABLE)),
        )

    def _parts(self, terms: Sequence[tuple[str, Fraction, Fraction | None]]) -> tuple[Line, ...]:
        language = self._language
        return tuple(
            Line(
                (
                    self._title(key),
                    str(weight),
                    language.t("left out") if index is None else exact(index, language),
                ),
                key,
                faint=index is None,
            )
            for key, weight, index in terms
        )

    def _sum(
        self, terms: Sequence[tuple[str, Fraction, Fraction | None]], index: Fraction | None
    ) -> tuple[str, ...]:
        """Write out the weighted mean in two steps, so that no bar stands above a bar."""
        counted = [(weight, value) for _, weight, value in terms if value is not None]
        if index is None or not counted:
            return ()
        weights = sum((w for w, _ in counted), Fraction())
        whole = sum((w * v for w, v in counted), Fraction())
        if len(counted) <= LONGEST_SUM:
            products = " + ".join(f"{w} × {v}" for w, v in counted)
            divisor = " + ".join(str(w) for w, _ in counted)
            divisor = f"({divisor})" if len(counted) > 1 else divisor
        else:
            products, divisor = "Σ", str(weights)
        return (f"{products} = {whole}", f"{whole} : {divisor} = {exact(index, self._language)}")

    def _below(self, key: str, state: State) -> list[str]:
        path = self._questionnaire.path
        return [
            indicator
            for indicator, rating in self._results.scores.ratings.items()
            if rating.state is state and (key == TOTAL or key in path[indicator])
        ]

    def _left_out(self, keys: Sequence[str]) -> tuple[str, ...]:
        t = self._language.t
        notes = []
        for key in keys:
            title = self._title(key)
            if key not in self._questionnaire.indicators:
                notes.append(t("{name}: left out, nothing in it is rated.", name=title))
                continue
            answer = self._answers.get(key, UNANSWERED)
            if answer.state is State.NOT_APPLICABLE:
                notes.append(
                    t("{name}: not applicable. {reason}", name=title, reason=answer.reason).strip()
                )
            else:
                notes.append(t("{name}: left out, it has no answer yet.", name=title))
        return tuple(notes)

    # Indicators

    def indicator(self, indicator: Indicator) -> tuple[Section, ...]:
        level = self._results.scores.ratings[indicator.id].level
        own = self._own_level(indicator, level)
        if level is None:
            return (own,)
        return (own, self._own_index(level), self._priority(indicator))

    def _own_level(self, indicator: Indicator, level: int | None) -> Section:
        language = self._language
        t = language.t
        if level is None:
            return Section(
                LEVEL,
                t("Level"),
                "-",
                t("It has no level, so it is left out of every mean."),
                notes=self._left_out([indicator.id]),
            )
        met = set(self._results.scores.ratings[indicator.id].met)
        lines = []
        for step in indicator.levels:
            have = sum(c.id in met for c in step.criteria)
            lines.append(
                Line(
                    (
                        f"{step.level} {self._level(step.level)}",
                        t("{count} of {all}", count=have, all=len(step.criteria)),
                        t("yes") if step.level <= level else t("no"),
                    )
                )
            )
        missing: list[str] = []
        if level < self._questionnaire.n:
            lacking = [c for c in indicator.levels[level].criteria if c.id not in met]
            missing = [
                t("Missing for level {level}: {criterion}", level=level + 1, criterion=words)
                for c in lacking
                if (words := c.text.get(language.code))
            ]
        return Section(
            LEVEL,
            t("Level"),
            self._level(level),
            t(
                "The highest level all of whose criteria are met, together with all criteria of "
                "the levels below it."
            ),
            (t("Level"), t("Criteria met"), t("Reached")),
            tuple(lines),
            notes=tuple(missing),
        )

    def _own_index(self, level: int) -> Section:
        n = self._questionnaire.n
        index = Fraction(level, n)
        return Section(
            INDEX,
            self._language.t("Index"),
            self._language.percent(index),
            self._language.t("Its level divided by the number of levels."),
            formula=(f"{level} : {n} = {exact(index, self._language)}",),
        )

    def _priority(self, indicator: Indicator) -> Section:
        language = self._language
        t = language.t
        gap = self._results.gaps.indicators[indicator.id]
        product = f"{indicator.weight} × {gap.gap} × {gap.importance} / {gap.effort}"
        wanted = "-" if gap.wanted is None else f"{gap.wanted} {self._level(gap.wanted)}"
        return Section(
            PRIORITY,
            t("Priority"),
            "-" if gap.priority is None else priority_words(gap.priority, language),
            t(
                "Weight × gap × importance / effort. The gap is how many levels the wanted one "
                "lies above the present one."
            ),
            (t("What"), t("Value")),
            (
                Line((t("Wanted level"), wanted)),
                Line((t("Gap"), str(gap.gap))),
                Line((t("Weight"), str(indicator.weight))),
                Line((t("Importance"), str(gap.importance))),
                Line((t("Effort"), str(gap.effort))),
            ),
            formula=(f"{product} = {gap.priority}",),
        )

    def _title(self, key: str) -> str:
        return title_of(self._questionnaire, key, self._language)

    def _level(self, level: int) -> str:
        return self._questionnaire.level_name(level).get(self._language.code)
