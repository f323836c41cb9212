"""Scenes of the documents."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from sat_desktop.ui.main_window import PageSpec
from sat_desktop.ui.pages.documents import DocumentsPage
from ui.scenes.assessment import demo
from ui.scenes.scene import Scene, Stage, window
from ui.scenes.shell import PAGES


def chapter(name: str, side: str = "text") -> Callable[[Stage], QWidget]:
    def build(stage: Stage) -> QWidget:
        current, gateway = demo(stage)
        spec = PageSpec(
            "documents", "Documents", "documents", lambda a: DocumentsPage(a, current, gateway)
        )
        made = window(stage, (*PAGES[:4], spec))
        made.setProperty("works", True)
        made.open_page("documents")
        page = made.page("documents")
        assert isinstance(page, DocumentsPage)
        page.show_target(name)
        page.side.set_choice(side)
        page.resize(page.size())
        return made

    return build


SCENES = (
    Scene("documents", chapter("introduction"), ("empty", "demo")),
    Scene("documents-draft", chapter("risks")),
    Scene("documents-table", chapter("monitoring")),
    Scene("documents-cover", chapter("cover")),
    Scene("documents-pages", chapter("finance", "pages")),
)
