"""The page on which the development plan is written, looked at from all sides, and checked."""

from sat_desktop.ui.pages.plan.page import PlanPage

__all__ = ["PlanPage"]
