"""The demo city for scenes: one a language, made when the first scene wants it."""

from functools import cache
from pathlib import Path

from sat_desktop.app import make_gateway
from sat_desktop.services.ports import Workspace
from sat_desktop.ui.gateway import Gateway
from sat_desktop.ui.session import AssessmentSession
from ui.scenes.scene import Stage


@cache
def _city(folder: Path, code: str) -> tuple[Gateway, Workspace, str]:
    gateway = make_gateway(str(folder / f"demo-{code}.db"))
    workspace = gateway.open_workspace()
    return gateway, workspace, gateway.make_demo(workspace, code)


def demo(stage: Stage) -> tuple[AssessmentSession, Gateway]:
    """Return the open demo city, or nothing open where the scene is to be empty."""
    code = stage.appearance.language.code
    gateway, workspace, made = _city(stage.folder, code)
    session = AssessmentSession(stage.app)
    if stage.demo:
        session.open(workspace, made)
    return session, gateway
