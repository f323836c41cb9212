"""The window without data: pages that only say what they are for, and a gallery of all widgets."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from sat_desktop.ui.main_window import PageSpec
from sat_desktop.ui.messages import Message, Severity
from sat_desktop.ui.pages.page import Page, PageContext
from sat_desktop.ui.theme import set_role
from sat_desktop.ui.widgets.chart_view import ChartPanel, ChartPlace
from sat_desktop.ui.widgets.containers import Card, Collapsible, Columns, FlowLayout, FormRows
from sat_desktop.ui.widgets.feedback import EmptyState, ProgressLine
from sat_desktop.ui.widgets.header import Saving
from sat_desktop.ui.widgets.inputs import MoneyEdit, MonthEdit, SearchLine, SegmentedSwitch
from sat_desktop.ui.widgets.levels import LevelCards, LevelWords
from sat_desktop.ui.widgets.text import Badge, SectionHeading, label
from ui.scenes.scene import Scene, Stage, dialogs, nothing, window


class EmptyPage(Page):
    """A page with nothing on it yet."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, fills=True)
        t = self.language.t
        self.heading.set_words(t("Documents"), t("Preview, edit the chapters, export."))
        sentence = t("Open or begin an assessment first; its documents are made here.")
        self.body.addWidget(
            EmptyState(self.theme, "documents", sentence, t("New assessment…"), nothing), 1
        )


STAGES = (
    ("start", "Start", "start", "Your assessments"),
    ("questionnaire", "Questionnaire", "questionnaire", "Answer the indicators"),
    ("results", "Results", "results", "See where you stand"),
    ("plan", "Plan", "plan", "Decide what to do"),
    ("documents", "Documents", "documents", "Export the plan"),
)
PAGES = tuple(PageSpec(id_, title, icon, EmptyPage, text) for id_, title, icon, text in STAGES)

LEVELS = (
    LevelWords(0, "Poniżej minimum", "Nie wszystkie kryteria niezbędnego minimum są spełnione."),
    LevelWords(
        1,
        "Niezbędne minimum",
        "Strategia istnieje i jest aktualna.",
        (("a", "Rada przyjęła strategię rozwoju uchwałą, która obowiązuje w tym roku."),),
    ),
    LevelWords(
        2,
        "Stan pośredni",
        "Strategia ma mierzalne cele i osoby za nie odpowiedzialne.",
        (
            ("b", "Każdy cel strategii ma wskaźnik z wartością bazową, docelową i źródłem danych."),
            ("c", "Każdy cel ma wskazany wydział odpowiedzialny za jego osiągnięcie."),
        ),
    ),
    LevelWords(
        3,
        "Stan docelowy",
        "Strategia kieruje budżetem i jest co roku przeglądana.",
        (
            ("d", "Wieloletnia prognoza finansowa wskazuje cele strategii przy przedsięwzięciach."),
            ("e", "Wyniki corocznego przeglądu strategii są opublikowane w BIP."),
        ),
    ),
)


def sketch(size: QSize, density: float) -> QImage:
    """Stand in for a chart: three bars."""
    image = QImage(size * density, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(density)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    for place, share in enumerate((0.4, 0.9, 0.65)):
        height = size.height() * share
        left = size.width() * (0.1 + 0.3 * place)
        painter.fillRect(
            QRectF(left, size.height() - height, size.width() * 0.2, height), Qt.GlobalColor.gray
        )
    painter.end()
    return image


class Gallery(Page):
    """Every widget once."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        theme, lang = self.theme, self.language
        self.heading.set_words("1.1 Aktualna strategia rozwoju", "Czy gmina ma strategię rozwoju?")
        export = QPushButton(theme.icon("export", "on_accent"), "Eksportuj PDF")
        set_role(export, "primary")
        self.heading.buttons.addWidget(QPushButton("Pomiń"))
        self.heading.buttons.addWidget(export)
        self.cards = LevelCards(theme)
        self.cards.set_levels(LEVELS, 3)
        self.cards.show_state(2, {"a", "b", "c"})
        self.body.addWidget(self.cards)
        tags = QWidget()
        flow = FlowLayout(tags, theme.s)
        for level in range(4):
            badge = Badge(theme, f"Poziom {level}")
            badge.set_level(level, 3)
            flow.addWidget(badge)
        for tone in ("neutral", "accent", "positive", "warning", "negative"):
            flow.addWidget(Badge(theme, tone, tone))
        self.body.addWidget(tags)
        row = Columns(theme)
        row.add(self._form())
        row.add(self._progress())
        self.body.addWidget(row)
        panel = ChartPanel(theme, lang, "Osiem wymiarów", "Słupki pokazują trzy wymiary.")
        panel.view.wanted.connect(
            lambda size, density: panel.view.show_picture(
                sketch(size, density), [ChartPlace("a", "Wymiar 1: 40 %", 0.1, 0.6, 0.2, 0.4)]
            )
        )
        panel.set_table(["Wymiar", "Stan obecny"], [["Planowanie", "67 %"], ["Kadry", "33 %"]])
        panel.setMinimumHeight(theme.text_px(300))
        self.body.addWidget(panel)

    def _form(self) -> Card:
        theme, lang = self.theme, self.language
        form = Card(theme)
        form.body.addWidget(SectionHeading(theme, "Przedsięwzięcie", "Pola formularza."))
        rows = FormRows(theme)
        rows.add("Nazwa", QLineEdit("System monitorowania strategii"))
        money = MoneyEdit(lang, "Kwota")
        money.set_value(123_456_789)
        rows.add("Kwota", money, "Brutto, w złotych i groszach.")
        month = MonthEdit(lang, "Początek")
        month.set_value("2027-03")
        rows.add("Początek", month)
        combo = QComboBox()
        combo.addItems(["Planowane", "W toku"])
        rows.add("Stan realizacji", combo)
        rows.add("Szukaj", SearchLine(theme, "Szukaj wskaźnika"))
        form.body.addWidget(rows)
        form.body.addStretch(1)
        return form

    def _progress(self) -> Card:
        theme = self.theme
        more = Card(theme)
        more.body.addWidget(SectionHeading(theme, "Postęp"))
        line = ProgressLine(theme, "Odpowiedzi")
        line.show_progress(16, 24, "16 z 24 wskaźników")
        more.body.addWidget(line)
        choices = [("all", "Wszystkie"), ("open", "Bez odpowiedzi"), ("talk", "Do omówienia")]
        more.body.addWidget(SegmentedSwitch(theme, "Filtr", choices), 0, Qt.AlignmentFlag.AlignLeft)
        folded = Collapsible(theme, "Podstawa prawna", open_=True)
        folded.body.addWidget(label("Ustawa o samorządzie gminnym, art. 10e.", wrap=True))
        more.body.addWidget(folded)
        more.body.addWidget(Collapsible(theme, "Dobra praktyka"))
        more.body.addStretch(1)
        return more


def shell(stage: Stage) -> QWidget:
    made = window(stage, PAGES)
    made.open_page("documents")
    if stage.demo:
        made.set_saving(Saving.SAVED, "14:32")
    return made


def gallery(stage: Stage) -> QWidget:
    spec = PageSpec("gallery", "Questionnaire", "questionnaire", Gallery, "All widgets")
    made = window(stage, (PAGES[0], spec, *PAGES[2:]))
    made.open_page("gallery")
    made.set_saving(Saving.SAVED, "14:32")
    made.show_message(
        Message("Zapisano kopię zapasową.", Severity.SUCCESS, "Pokaż w folderze", nothing)
    )
    made.show_message(Message("Dwa kryteria mają sprzeczne odpowiedzi.", Severity.WARNING))
    return made


def gallery_end(stage: Stage) -> QWidget:
    made = window(stage, (PageSpec("gallery", "Questionnaire", "questionnaire", Gallery),))
    page = made.page("gallery")
    made.setProperty("scroll_to_end", True)
    page.setObjectName("page")
    return made


def finder(stage: Stage) -> QWidget:
    made = window(stage, PAGES)
    made.setProperty("finder", True)
    return made


def confirm(stage: Stage) -> QWidget:
    return dialogs(stage).confirmation(
        "Usunąć cel „Sprawny monitoring”?",
        "Z celem znikną 2 działania i 5 przedsięwzięć. Można to cofnąć przez Ctrl+Z.",
        "Usuń cel",
        danger=True,
    )


def entry(stage: Stage) -> QWidget:
    sheet, _ = dialogs(stage).entry(
        "Nowa samoocena",
        "Nazwę można potem zmienić.",
        "Nazwa",
        "Samoocena 2026",
        "Utwórz",
        required=True,
    )
    return sheet


def unexpected(stage: Stage) -> QWidget:
    t = stage.appearance.language.t
    return dialogs(stage).notice(
        t("Something went wrong"),
        t(
            "The program met an error it did not expect. What was saved is safe on the disk. "
            "The details are in the log; Help > Report a problem packs it."
        ),
        error=True,
    )


SCENES = (
    Scene("shell", shell, ("empty", "demo")),
    Scene("gallery", gallery),
    Scene("gallery-end", gallery_end),
    Scene("finder", finder),
    Scene("dialog-confirm", confirm, dialog=True),
    Scene("dialog-text", entry, dialog=True),
    Scene("dialog-unexpected", unexpected, dialog=True),
)
