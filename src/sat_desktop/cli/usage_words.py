"""The words that argparse itself says, in the language of the user.

Its sentences are looked up like ours; one that a newer Python words otherwise stays English.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sat_desktop.runtime.i18n import Language


def _(sentence: str) -> str:
    """Mark a sentence for the catalogues; argparse asks for it."""
    return sentence


SENTENCES: Final = (
    _("usage: "),
    _("positional arguments"),
    _("options"),
    _("show this help message and exit"),
    _("the following arguments are required: %s"),
    _("one of the arguments %s is required"),
    _("unrecognized arguments: %s"),
    _("argument %(argument_name)s: %(message)s"),
    _("invalid choice: %(value)r (choose from %(choices)s)"),
    _("invalid %(type)s value: %(value)r"),
    _("expected one argument"),
    _("expected at most one argument"),
    _("expected at least one argument"),
    _("not allowed with argument %s"),
    _("ignored explicit argument %r"),
    _("ambiguous option: %(option)s could match %(matches)s"),
)


@contextmanager
def usage_in(language: Language) -> Iterator[None]:
    """Let argparse speak a language while a parser is built and used.

    argparse takes its words from two names of its own module; its documented way, the process's
    gettext domain and environment, would change far more than this.
    """
    words = {
        "_": language.t,
        "ngettext": lambda one, many, count: language.t(one if count == 1 else many),
    }
    module = vars(argparse)
    before = {name: module[name] for name in words if name in module}
    for name in before:
        setattr(argparse, name, words[name])
    try:
        yield
    finally:
        for name, word in before.items():
            setattr(argparse, name, word)
