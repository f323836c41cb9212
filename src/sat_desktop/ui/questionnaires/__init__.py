"""Dialogs of questionnaires: the editions in the workspace, two of them compared, another in use."""
