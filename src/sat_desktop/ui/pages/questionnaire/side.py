"""The side of the questionnaire page: whose answers, what to show, the tree with progress."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QMenu,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from sat_desktop.domain.answers import State
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.palette import ink_on
from sat_desktop.ui.models.questionnaire_tree import (
    FILTERS,
    KEY_ROLE,
    FilteredTree,
    Mark,
    QuestionnaireTree,
)
from sat_desktop.ui.theme import Theme, set_role
from sat_desktop.ui.widgets.containers import Columns, FlowLayout
from sat_desktop.ui.widgets.feedback import ProgressLine
from sat_desktop.ui.widgets.inputs import SearchLine
from sat_desktop.ui.widgets.text import label

if TYPE_CHECKING:
    from sat_desktop.services.searching import SearchableTexts

_FEW = 300
"""Questionnaires of at most as many indicators are shown unfolded."""


class MarkIcons:
    """Small pictures of marks, drawn once each."""

    def __init__(self, theme: Theme, levels: int) -> None:
        self._theme, self._levels = theme, levels
        self._states: dict[tuple[State, int | None], QIcon] = {}
        self._flags: dict[tuple[bool, bool], QIcon | None] = {}

    def state(self, mark: Mark) -> QIcon:
        """Return the picture of a state: a level's number on its colour, a dash, a ring."""
        key = (mark.state, mark.level)
        if key not in self._states:
            picture = self._draw(mark)
            icon = QIcon(picture)
            # Qt would tint the picture of a selected row, and with it the colour of the level.
            icon.addPixmap(picture, QIcon.Mode.Selected)
            self._states[key] = icon
        return self._states[key]

    def flags(self, mark: Mark) -> QIcon | None:
        """Return the picture of what there is to do: to discuss before without evidence."""
        key = (mark.discuss, mark.bare)
        if key not in self._flags:
            name, role = ("flag", "warning") if mark.discuss else ("evidence", "muted")
            wanted = mark.discuss or mark.bare
            self._flags[key] = self._theme.icon(name, role, 16) if wanted else None
        return self._flags[key]

    def _draw(self, mark: Mark) -> QPixmap:
        side = self._theme.text_px(18)
        picture = QPixmap(side * 2, side * 2)
        picture.setDevicePixelRatio(2)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = picture.deviceIndependentSize().toSize()
        area = inside.width() - 3
        control = self._theme.colour("control")
        if mark.level is not None:
            colour = self._theme.level_colours(self._levels)[min(mark.level, self._levels)]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(1, 1, area, area, 4, 4)
            font = self._theme.font("strong")
            font.setPixelSize(self._theme.text_px(12))
            painter.setFont(font)
            painter.setPen(QColor(ink_on(colour.name())))
            painter.drawText(1, 1, area, area, Qt.AlignmentFlag.AlignCenter, str(mark.level))
        else:
            painter.setPen(QPen(control, 1.5))
            painter.drawRoundedRect(1, 1, area, area, 4, 4)
            if mark.state is State.NOT_APPLICABLE:
                middle = 1 + area // 2
                painter.drawLine(5, middle, area - 3, middle)
        painter.end()
        return picture


class SidePanel(QWidget):
    """Whose answers, filter, search, tree, progress.

    Signals:
        wanted(str): the user went to the indicator or group of that id.
        narrowed(): filter or search changed.
        answering_as(object): the user wants the answers of a member (None: the agreed ones).
        not_applicable_asked(str): the user wants all below a group, or an indicator, not applicable.
        importing(): the user wants answers from a file.
    """

    wanted = Signal(str)
    narrowed = Signal()
    answering_as = Signal(object)
    not_applicable_asked = Signal(str)
    importing = Signal()

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._theme, self._language = theme, language
        self.model = QuestionnaireTree(self)
        self.filtered = FilteredTree(self.model, self)
        self.who = QComboBox()
        self.filter = QComboBox()
        self.search = SearchLine(theme, " ")
        for combo in (self.who, self.filter):
            combo.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            combo.setMinimumContentsLength(8)
        self.tree = QTreeView()
        self.tree.setObjectName("indicators")
        self.tree.setModel(self.filtered)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(10)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.nothing = label("", "muted", wrap=True)
        self.progress = ProgressLine(theme)
        self.mark_not_applicable = QPushButton()
        self.bring = QPushButton()
        for button in (self.mark_not_applicable, self.bring):
            set_role(button, "quiet")
        self._levels = 1
        self._texts: Callable[[], SearchableTexts] | None = None
        self._narrowing = False
        self._lay_out()
        self.tree.selectionModel().currentChanged.connect(lambda new, _old: self._follow(new))
        self.tree.customContextMenuRequested.connect(self._open_menu)
        self.filter.activated.connect(lambda _place: self.narrow())
        self.search.textChanged.connect(lambda _text: self.narrow())
        self.search.returnPressed.connect(self._go_to_best)
        self.model.explain_finds(self._find_words)
        self.who.activated.connect(lambda _place: self.answering_as.emit(self.who.currentData()))
        self.mark_not_applicable.clicked.connect(
            lambda _on=False: self.not_applicable_asked.emit(self.key)
        )
        self.bring.clicked.connect(lambda _on=False: self.importing.emit())
        self.apply_theme(theme)
        self.retranslate(language)

    @property
    def key(self) -> str:
        """The id of the row that the tree stands on."""
        index = self.tree.currentIndex()
        return str(index.siblingAtColumn(0).data(KEY_ROLE)) if index.isValid() else ""

    def show_members(self, members: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer the agreed answers and those of members, given as (id, name)."""
        t = self._language.t
        self.who.clear()
        self.who.addItem(t("Agreed answers"), None)
        for member, name in members:
            self.who.addItem(name, member)
        place = self.who.findData(chosen) if chosen else 0
        self.who.setCurrentIndex(max(0, place))

    def use_levels(self, levels: int) -> None:
        """Draw marks for a scale of 0..`levels`."""
        self._levels = levels
        icons = MarkIcons(self._theme, levels)
        self.model.set_icons(icons.state, icons.flags)

    def name_lowest(self, words: str) -> None:
        """Offer the indicators below the first level by the name that the questionnaire has for it."""
        self.filter.setItemText(self.filter.findData("below"), words)

    def unfold(self, key: str) -> None:
        """Show all of a small questionnaire, else the way to one row."""
        if self.model.progress()[1] <= _FEW or self.filtered.narrowed:
            self.tree.expandAll()
        else:
            self.tree.collapseAll()
            self.stand_on(key)

    def stand_on(self, key: str) -> None:
        """Move the tree to a row without saying that the user did."""
        index = self.filtered.mapFromSource(self.model.index_of(key))
        selection = self.tree.selectionModel()
        blocked = selection.blockSignals(True)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag
            selection.setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.tree.scrollTo(index)
        else:
            selection.clear()
        selection.blockSignals(blocked)
        self.tree.viewport().update()

    def search_in(self, texts: Callable[[], "SearchableTexts"]) -> None:
        """Take what gives the texts to search in."""
        self._texts = texts

    def narrow(self) -> None:
        """Show what the filter and the search let through."""
        query = self.search.text()
        found = None
        if query.strip() and self._texts is not None:
            found = self._texts().find(query)
        # The place in the tree moves with the rows; the user has gone nowhere.
        self._narrowing = True
        self.filtered.narrow(str(self.filter.currentData()), found)
        self.tree.expandAll()
        self._narrowing = False
        self.nothing.setVisible(self.filtered.rowCount() == 0 and self.filtered.narrowed)
        self.narrowed.emit()

    def show_progress(self) -> None:
        """Show how many indicators are dealt with."""
        done, total = self.model.progress()
        words = self._language.t("{done} of {total} answered", done=done, total=total)
        self.progress.show_progress(done, max(1, total), words)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the colours and the scale of spaces."""
        self._theme = theme
        self._column.setContentsMargins(theme.l, theme.l, theme.s, theme.m)
        self._column.setSpacing(theme.s)
        self.tree.setIconSize(QSize(theme.text_px(18), theme.text_px(18)))
        self.tree.setIndentation(theme.px(14))
        self.tree.header().resizeSection(1, theme.text_px(62))
        self.bring.setIcon(theme.icon("import", "text", 16))
        self.mark_not_applicable.setIcon(theme.icon("not-applicable", "text", 16))
        self.use_levels(self._levels)

    def retranslate(self, language: Language) -> None:
        """Say everything in another language; the page loads the tree anew."""
        self._language = language
        t = language.t
        self.who.setToolTip(t("Whose answers"))
        self.who.setAccessibleName(t("Whose answers"))
        self.who.setItemText(0, t("Agreed answers"))
        self.filter.setAccessibleName(t("Show"))
        chosen = max(0, self.filter.currentIndex())
        self.filter.clear()
        for name, (words, _lets_through) in FILTERS.items():
            self.filter.addItem(t(words), name)
        self.filter.setCurrentIndex(chosen)
        self.search.set_name(t("Search indicators"))
        self.search.setToolTip(
            t("All texts are searched, also the explanations. Enter goes to what fits best.")
        )
        self.tree.setAccessibleName(t("Indicators"))
        self.nothing.setText(t("Nothing fits this filter."))
        self.progress.bar.setAccessibleName(t("Progress"))
        self.bring.setText(t("Import answers…"))
        self.bring.setToolTip(t("Take answers from a file (.csv or .json)"))
        self.mark_not_applicable.setText(t("Not applicable…"))
        self.mark_not_applicable.setToolTip(
            t("Mark everything in the chosen branch not applicable")
        )
        self.mark_not_applicable.setAccessibleName(t("Mark the chosen branch not applicable"))

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        fields = Columns(self._theme, 200)
        for field in (self.who, self.filter):
            fields.add(field)
        self._column.addWidget(fields)
        self._column.addWidget(self.search)
        self._column.addWidget(self.nothing)
        self.nothing.setVisible(False)
        self._column.addWidget(self.tree, 1)
        self._column.addWidget(self.progress)
        foot = QWidget()
        self._foot = FlowLayout(foot)
        self._foot.addWidget(self.bring)
        self._foot.addWidget(self.mark_not_applicable)
        self._column.addWidget(foot)

    def _follow(self, index: QModelIndex) -> None:
        if index.isValid() and not self._narrowing:
            self.wanted.emit(str(index.siblingAtColumn(0).data(KEY_ROLE)))

    def _go_to_best(self) -> None:
        """Go to what fits the search best, of what the filter lets through."""
        query = self.search.text()
        if not query.strip() or self._texts is None:
            return
        shown = set(self.filtered.shown())
        best = next((key for key in self._texts().find(query) if key in shown), None)
        if best is not None:
            self.wanted.emit(best)
            self.tree.setFocus()

    def _find_words(self, key: str) -> str:
        """Say which passage of an indicator was found, nothing where its name says it."""
        query = self.search.text()
        if not query.strip() or self._texts is None:
            return ""
        from sat_desktop.ui.pages.questionnaire.passages import place_words

        excerpt = self._texts().excerpt(key, query)
        return f"{place_words(excerpt, self._language)}: {excerpt.text}" if excerpt else ""

    def _open_menu(self, place: QPoint) -> None:
        index = self.tree.indexAt(place).siblingAtColumn(0)
        if not index.isValid():
            return
        key = str(index.data(KEY_ROLE))
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(
            self._language.t("Not applicable…"), lambda: self.not_applicable_asked.emit(key)
        )
        menu.popup(self.tree.viewport().mapToGlobal(place))
