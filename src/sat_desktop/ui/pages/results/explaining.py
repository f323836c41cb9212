"""Where the numbers of a node or an indicator come from, in words.

Nothing is counted here: every figure comes from the domain with its derivation, and is put into
words. The sums that are written out end in the very number that the page shows.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from sat_desktop.charts.gaps import priority_words
from sat_desktop.domain.answers import UNANSWERED, Answer, State
from sat_desktop.domain.derivations import (
    AttainedDerivation,
    LevelShare,
    MeanDerivation,
    derive_attained,
    derive_level,
    derive_mean,
)
from sat_desktop.domain.gaps import Gap, WantedBy, derive_wanted_index
from sat_desktop.domain.questionnaire import TOTAL, Indicator
from sat_desktop.domain.scores import NodeScore
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.names import attained_words
from sat_desktop.services.derived import Results
from sat_desktop.ui.pages.results.explanation import (
    ATTAINED,
    COVERAGE,
    INDEX,
    LEVEL,
    LONGEST_SUM,
    PRIORITY,
    RANGE,
    WANTED,
    Explanation,
    ExplanationLine,
    ExplanationSection,
    exact,
    first_indicator,
    title_of,
)


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


class _Explainer:
    def __init__(self, results: Results, answers: Mapping[str, Answer], language: Language) -> None:
        self._results = results
        self._questionnaire = results.questionnaire
        self._answers = answers
        self._language = language

    # Groups and the whole

    def node(self, score: NodeScore) -> tuple[ExplanationSection, ...]:
        attained = derive_attained(self._questionnaire, self._results.scores, score.id)
        return (
            self._index(derive_mean(score.terms)),
            self._range(score, attained.unanswered),
            self._wanted(derive_wanted_index(self._results.scores, self._results.gaps, score.id)),
            self._attained(attained),
            self._coverage(score, attained.not_applicable),
        )

    def _index(self, mean: MeanDerivation) -> ExplanationSection:
        t = self._language.t
        return ExplanationSection(
            INDEX,
            t("Index"),
            self._language.percent(mean.mean),
            t(
                "The weighted mean of the parts below it. The index of an indicator is its level "
                "divided by {levels}.",
                levels=self._questionnaire.n,
            ),
            (t("Part"), t("Weight"), t("Index")),
            self._parts(mean),
            self._sum(mean),
            self._left_out(mean.left_out),
        )

    def _wanted(self, mean: MeanDerivation) -> ExplanationSection:
        t = self._language.t
        return ExplanationSection(
            WANTED,
            t("Wanted index"),
            self._language.percent(mean.mean),
            t(
                "The same mean, with each rated indicator at its wanted level, or where it stands "
                "if that is higher. Where nobody has set a wanted level, it is one level up."
            ),
            (t("Part"), t("Weight"), t("Wanted")),
            self._parts(mean),
            self._sum(mean),
        )

    def _range(self, score: NodeScore, unanswered: Sequence[str]) -> ExplanationSection:
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
            notes = tuple(self._title(key) for key in unanswered)
        return ExplanationSection(RANGE, t("Range"), value, rule, notes=notes)

    def _attained(self, found: AttainedDerivation) -> ExplanationSection:
        t = self._language.t
        return ExplanationSection(
            ATTAINED,
            t("Attained level"),
            attained_words(found.attained, found.attainable, self._level, self._language),
            t(
                "The highest level that enough indicators have reached, and every level below it "
                "too. Those that do not apply do not count. While indicators without an answer can "
                "still change it, it is not known yet."
            ),
            (t("Level"), t("Have reached it"), t("Needed"), t("Enough")),
            tuple(self._level_share(share) for share in found.shares),
            notes=self._missed(found),
        )

    def _level_share(self, share: LevelShare) -> ExplanationLine:
        language = self._language
        t = language.t
        have = t("{count} of {all}", count=share.reached, all=share.applicable)
        if share.share is not None:
            have += f" = {language.percent(share.share)}"
        enough = t("yes") if share.holds else t("not known yet") if share.can_hold else t("no")
        needed = f"≥ {language.percent(share.threshold)}"
        return ExplanationLine((f"{share.level} {self._level(share.level)}", have, needed, enough))

    def _missed(self, found: AttainedDerivation) -> tuple[str, ...]:
        """Name the indicators that keep the next level from being attained."""
        missed = found.first_missed
        if missed is None or found.attained is None:
            return ()
        t = self._language.t
        below = t("below level {level}", level=missed.level)
        return (
            *(f"{self._title(key)}: {below}" for key in missed.below),
            *(f"{self._title(key)}: {t('no answer')}" for key in found.unanswered),
        )

    def _coverage(self, score: NodeScore, not_applicable: Sequence[str]) -> ExplanationSection:
        language = self._language
        t = language.t
        formula: tuple[str, ...] = ()
        if score.coverage is not None:
            share = f"{score.rated} / ({score.rated} + {score.unanswered})"
            formula = (f"{share} = {exact(score.coverage, language)}",)
        return ExplanationSection(
            COVERAGE,
            t("Coverage"),
            language.percent(score.coverage),
            t("Indicators that are rated, of all that apply. Every indicator counts the same."),
            (t("State"), t("Indicators")),
            (
                ExplanationLine((t("rated"), str(score.rated))),
                ExplanationLine((t("no answer"), str(score.unanswered))),
                ExplanationLine((t("not applicable"), str(score.not_applicable)), faint=True),
            ),
            formula,
            self._left_out(not_applicable),
        )

    def _parts(self, mean: MeanDerivation) -> tuple[ExplanationLine, ...]:
        language = self._language
        return tuple(
            ExplanationLine(
                (
                    self._title(term.id),
                    str(term.weight),
                    language.t("left out") if term.index is None else exact(term.index, language),
                ),
                term.id,
                faint=term.index is None,
            )
            for term in mean.terms
        )

    def _sum(self, mean: MeanDerivation) -> tuple[str, ...]:
        """Write out the weighted mean in two steps, so that no bar stands above a bar."""
        if mean.mean is None:
            return ()
        if len(mean.counted) <= LONGEST_SUM:
            products = " + ".join(f"{weight} × {index}" for weight, index in mean.counted)
            divisor = " + ".join(str(weight) for weight, _ in mean.counted)
            divisor = f"({divisor})" if len(mean.counted) > 1 else divisor
        else:
            products, divisor = "Σ", str(mean.weights)
        return (
            f"{products} = {mean.products}",
            f"{mean.products} : {divisor} = {exact(mean.mean, self._language)}",
        )

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

    def indicator(self, indicator: Indicator) -> tuple[ExplanationSection, ...]:
        level, index = (
            self._results.scores.ratings[indicator.id].level,
            self._results.scores.index_of(indicator.id),
        )
        if level is None or index is None:
            return (self._no_level(indicator),)
        gap = self._results.gaps.indicators[indicator.id]
        return (
            self._own_level(indicator, level),
            self._own_index(level, index),
            self._own_wanted(gap),
            self._priority(gap),
        )

    def _no_level(self, indicator: Indicator) -> ExplanationSection:
        t = self._language.t
        return ExplanationSection(
            LEVEL,
            t("Level"),
            "-",
            t("It has no level, so it is left out of every mean."),
            notes=self._left_out([indicator.id]),
        )

    def _own_level(self, indicator: Indicator, level: int) -> ExplanationSection:
        language = self._language
        t = language.t
        found = derive_level(indicator, self._results.scores.ratings[indicator.id])
        texts = {c.id: c.text for step in indicator.levels for c in step.criteria}
        return ExplanationSection(
            LEVEL,
            t("Level"),
            self._level(level),
            t(
                "The highest level all of whose criteria are met, together with all criteria of "
                "the levels below it."
            ),
            (t("Level"), t("Criteria met"), t("Reached")),
            tuple(
                ExplanationLine(
                    (
                        f"{step.level} {self._level(step.level)}",
                        t(
                            "{count} of {all}",
                            count=len(step.met),
                            all=len(step.met) + len(step.lacking),
                        ),
                        t("yes") if step.reached else t("no"),
                    )
                )
                for step in found
            ),
            notes=tuple(
                t("Missing for level {level}: {criterion}", level=step.level, criterion=words)
                for step in found[level : level + 1]
                for criterion in step.lacking
                if (words := texts[criterion].get(language.code))
            ),
        )

    def _own_index(self, level: int, index: Fraction) -> ExplanationSection:
        return ExplanationSection(
            INDEX,
            self._language.t("Index"),
            self._language.percent(index),
            self._language.t("Its level divided by the number of levels."),
            formula=(f"{level} : {self._questionnaire.n} = {exact(index, self._language)}",),
        )

    def _own_wanted(self, gap: Gap) -> ExplanationSection:
        t, n = self._language.t, self._questionnaire.n
        rules = {
            WantedBy.AIM: t("The level that the unit has set."),
            WantedBy.NEXT: t("Nobody has set a wanted level, so it is one level up."),
            WantedBy.HIGHEST: t("It stands at the highest level, so that is kept."),
        }
        above = gap.wanted_by is WantedBy.AIM and gap.aim is not None and gap.aim > n
        notes = (
            t("Level {level} was set, above the scale; its highest level counts.", level=gap.aim),
        )
        return ExplanationSection(
            WANTED,
            t("Wanted level"),
            self._wanted_level(gap),
            "" if gap.wanted_by is None else rules[gap.wanted_by],
            notes=notes if above else (),
        )

    def _priority(self, gap: Gap) -> ExplanationSection:
        language = self._language
        t = language.t
        product = f"{gap.weight} × {gap.gap} × {gap.importance} / {gap.effort}"
        return ExplanationSection(
            PRIORITY,
            t("Priority"),
            "-" if gap.priority is None else priority_words(gap.priority, language),
            t(
                "Weight × gap × importance / effort. The gap is how many levels the wanted one "
                "lies above the present one."
            ),
            (t("What"), t("Value")),
            (
                ExplanationLine((t("Wanted level"), self._wanted_level(gap))),
                ExplanationLine((t("Gap"), str(gap.gap))),
                ExplanationLine((t("Weight"), str(gap.weight))),
                ExplanationLine((t("Importance"), str(gap.importance))),
                ExplanationLine((t("Effort"), str(gap.effort))),
            ),
            formula=(f"{product} = {gap.priority}",),
        )

    def _wanted_level(self, gap: Gap) -> str:
        return "-" if gap.wanted is None else f"{gap.wanted} {self._level(gap.wanted)}"

    def _title(self, key: str) -> str:
        return title_of(self._questionnaire, key, self._language)

    def _level(self, level: int) -> str:
        return self._questionnaire.level_name(level).get(self._language.code)
