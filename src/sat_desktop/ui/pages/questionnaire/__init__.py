"""The questionnaire: a tree with progress, and one indicator at a time."""

from sat_desktop.ui.pages.questionnaire.page import QuestionnairePage

__all__ = ["QuestionnairePage"]
