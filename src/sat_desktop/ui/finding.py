"""What the finder (Ctrl+K) looks through in the open assessment: indicators, and parts of the plan."""

from collections.abc import Callable
from functools import partial

from sat_desktop.ui.appearance import Appearance
from sat_desktop.ui.session import AssessmentSession
from sat_desktop.ui.shortcuts import Found, Source, listed


def finders(
    session: AssessmentSession, appearance: Appearance, open_page: Callable[[str, str], None]
) -> tuple[Callable[[], Source], ...]:
    """Return what gives the finder its sources, each time that it is opened.

    Args:
        session: the assessment that is open then.
        appearance: the language of that moment.
        open_page: goes to a page and something on it.
    """

    def indicators() -> Source:
        """Give every indicator, by all of its texts."""
        if not session.is_open:
            return listed(())
        from sat_desktop.ui.indicator_source import IndicatorSource

        return IndicatorSource(session, appearance.language, partial(open_page, "questionnaire"))

    def plan() -> Source:
        """Give every undertaking, action and goal."""
        if not session.is_open:
            return listed(())
        t = appearance.language.t
        plan = session.derived.plan
        return listed(
            Found(part.title, words, partial(open_page, "plan", part.id), "plan")
            for words, parts in (
                (t("Undertaking"), plan.undertakings),
                (t("Action"), plan.actions),
                (t("Goal"), plan.goals),
            )
            for part in parts
            if part.title
        )

    return indicators, plan
