"""Risks: what may go wrong, how likely, how bad, and what is done about it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sat_desktop.domain.plan import Risk
from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.models.plan_tree import title_of
from sat_desktop.ui.pages.plan.editor import AddButton, BinButton
from sat_desktop.ui.pages.plan.fields import CalmCombo, Retranslations, RowList, TextField
from sat_desktop.ui.pages.plan.session import PlanSession
from sat_desktop.ui.widgets.containers import Card, FormRows
from sat_desktop.ui.widgets.text import Badge


def _(sentence: str) -> str:
    """Mark a sentence for the catalogues."""
    return sentence


SCALE = (_("1 – low"), _("2 – medium"), _("3 – high"))
_HIGH, _MIDDLE = 6, 3


class RiskCard(QWidget):
    """One risk.

    Signals:
        removed(): the user takes it away.
    """

    removed = Signal()

    def __init__(self, session: PlanSession, *, owned: bool) -> None:
        """Take `owned` for a risk whose undertaking is known from what stands around it."""
        super().__init__()
        self._session = session
        self.risk = Risk("", "")
        theme, language = session.page.theme, session.language
        self.text = TextField(theme, lines=2)
        self.response = TextField(theme, lines=2)
        self.likelihood, self.impact = CalmCombo(), CalmCombo()
        self.owner = None if owned else CalmCombo()
        self.grade = Badge(theme)
        bin_ = BinButton(theme, language, _("Remove this risk"))
        self._rows = FormRows(theme)
        self._names = {
            _("What may happen"): self.text,
            _("Likelihood"): self.likelihood,
            _("Impact"): self.impact,
            _("What we do about it"): self.response,
        }
        if self.owner is not None:
            self._names[_("Concerns")] = self.owner
            self.owner.taken.connect(lambda value: self._put(undertaking=value or None))
        for name, field in self._names.items():
            self._rows.add(language.t(name), field)
        head = QHBoxLayout()
        head.addWidget(self.grade)
        head.addStretch(1)
        head.addWidget(bin_)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.xs)
        column.addLayout(head)
        column.addWidget(self._rows)
        bin_.clicked.connect(self.removed)
        self.text.entered.connect(lambda text: self._put(text=text))
        self.response.entered.connect(lambda text: self._put(response=text))
        self.likelihood.taken.connect(lambda value: self._put(likelihood=value))
        self.impact.taken.connect(lambda value: self._put(impact=value))

    def show_risk(self, risk: Risk, owners: Sequence[tuple[object, str]]) -> None:
        """Show a risk; `owners` are the undertakings it may concern."""
        if risk.id != self.risk.id:
            self.flush()
        self.risk = risk
        language = self._session.language
        self.text.set_value(risk.text)
        self.response.set_value(risk.response)
        scale = [(k, language.t(words)) for k, words in enumerate(SCALE, 1)]
        self.likelihood.set_choices(scale, risk.likelihood)
        self.impact.set_choices(scale, risk.impact)
        if self.owner is not None:
            self.owner.set_choices(owners, risk.undertaking or "")
        product = risk.weight
        self.grade.setText(language.t("Weight {number} of 9", number=product))
        high, middle = product >= _HIGH, product >= _MIDDLE
        self.grade.set_tone("negative" if high else "warning" if middle else "neutral")

    def flush(self) -> None:
        """Keep what was typed and not left yet."""
        if self._session.part(self.risk.id) is not None:
            self.text.flush()
            self.response.flush()

    def retranslate(self, language: Language) -> None:
        """Translate the names of the fields."""
        for name, field in self._names.items():
            self._rows.rename(field, language.t(name))

    def _put(self, **values: Any) -> None:
        self._session.put(replace(self.risk, **values), before=self.risk)


class RiskList(QWidget):
    """Risks of one undertaking, or all risks of the plan."""

    def __init__(self, session: PlanSession, *, owned: bool) -> None:
        super().__init__()
        self._session = session
        self._owned = owned
        self._owner: str | None = None
        self._risks: tuple[Risk, ...] = ()
        self._awaited = 0
        theme = session.page.theme
        self.words = Retranslations(session.language)
        self.rows: RowList[QWidget] = RowList(self._make_card, theme.l)
        self.add = AddButton(session, self.words, _("Add a risk"), self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.m)
        column.addWidget(self.rows)
        column.addWidget(self.add)

    @property
    def cards(self) -> list[RiskCard]:
        """The risks shown."""
        return self.findChildren(RiskCard)

    def show_risks(self, risks: Sequence[Risk], owner: str | None = None) -> None:
        """Show risks; a new one will concern `owner`."""
        self._risks, self._owner = tuple(risks), owner
        owners = [] if self._owned else self._owners()
        holders = self.rows.set_count(len(self._risks))
        for holder, risk in zip(holders, self._risks, strict=True):
            self._card(holder).show_risk(risk, owners)
        if self._risks and len(self._risks) == self._awaited:
            # The one that was asked for here is there to be written.
            self._awaited = 0
            self._card(holders[-1]).text.setFocus()

    def retranslate(self, language: Language) -> None:
        """Say everything in another language."""
        self.words.retranslate(language)
        self.show_risks(self._risks, self._owner)

    def _owners(self) -> list[tuple[object, str]]:
        language = self._session.language
        whole: list[tuple[object, str]] = [("", language.t("The whole plan"))]
        return whole + [(u.id, title_of(u, language)) for u in self._session.plan.undertakings]

    def _card(self, holder: QWidget) -> RiskCard:
        return holder if isinstance(holder, RiskCard) else holder.findChildren(RiskCard)[0]

    def _make_card(self, place: int) -> QWidget:
        made = RiskCard(self._session, owned=self._owned)
        made.removed.connect(lambda: self._session.drop(self._risks[place]))
        if self._owned:
            return made
        card = Card(self._session.page.theme)
        card.body.addWidget(made)
        return card

    def _add(self) -> None:
        self._awaited = len(self._risks) + 1
        self._session.add_risk(self._owner)
