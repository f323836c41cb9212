"""What the questionnaire page says about an answer, in words."""

from dataclasses import dataclass

from sat_desktop.domain.answers import Answer, State
from sat_desktop.domain.questionnaire import Indicator, LegalBasis, Questionnaire
from sat_desktop.domain.scores import level_of
from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.widgets.levels import LevelWords


@dataclass(frozen=True, slots=True)
class Verdict:
    """What follows from an answer.

    Attributes:
        level: of a rated indicator, None else.
        sentence: the result.
        lacking: what stands between this level and the next, one statement a line.
        remark: something about the answer that may surprise; may be empty.
    """

    level: int | None
    sentence: str
    lacking: tuple[str, ...] = ()
    remark: str = ""


def cards_of(
    questionnaire: Questionnaire, indicator: Indicator, language: Language
) -> tuple[LevelWords, ...]:
    """Return the cards of an indicator: below minimum, then every level of the scale."""
    code = language.code
    below = LevelWords(
        0,
        _capital(questionnaire.level_name(0).get(code)),
        language.t("Some criterion of level 1 is not met."),
    )
    levels = (
        LevelWords(
            asked.level,
            _capital(questionnaire.level_name(asked.level).get(code)),
            criteria=tuple((c.id, c.text.get(code)) for c in asked.criteria),
        )
        for asked in indicator.levels
    )
    return (below, *levels)


def verdict_of(
    questionnaire: Questionnaire, indicator: Indicator, answer: Answer, language: Language
) -> Verdict:
    """Return what an answer amounts to."""
    t = language.t
    if answer.state is State.UNANSWERED:
        return Verdict(None, t("Not answered yet. Tick what is met, or choose a level."))
    if answer.state is State.NOT_APPLICABLE:
        return Verdict(None, t("Not applicable: {reason}", reason=answer.reason))
    level = level_of(indicator, answer.met)
    name = questionnaire.level_name(level).get(language.code)
    numbered = t("Level {level}", level=level)
    named = f"{numbered} ({name})"
    if level == len(indicator.levels):
        return Verdict(level, t("{level}: every criterion is met.", level=named))
    following = indicator.levels[level]
    lacking = tuple(c.text.get(language.code) for c in following.criteria if c.id not in answer.met)
    sentence = t(
        "{level}: {met} of {total} criteria of level {next} are met.",
        level=named,
        met=len(following.criteria) - len(lacking),
        total=len(following.criteria),
        next=level + 1,
    )
    ahead = answer.met - indicator.criteria_up_to(level + 1)
    remark = (
        t("Ticks of higher levels count once every level below them is reached.") if ahead else ""
    )
    return Verdict(level, sentence, lacking, remark)


def basis_words(basis: LegalBasis, language: Language) -> str:
    """Return a provision in one line."""
    t = language.t
    words = basis.act.get(language.code)
    if basis.article:
        words += f", {basis.article}"
    if basis.obligatory:
        obligatory = t("obligatory")
        words += f" ({obligatory})"
    if basis.note:
        words += f". {basis.note.get(language.code).rstrip('.')}"
    words += "."
    if basis.unconfirmed:
        doubt = t("Not confirmed: look it up before you rely on it.")
        return f"{words} {doubt}"
    if basis.checked:
        checked = t("Checked {month}", month=basis.checked)
        where = f" ({basis.source})" if basis.source else ""
        return f"{words} {checked}{where}."
    return words


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
