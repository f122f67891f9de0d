"""Keeps None, True and False alive under PySide6 6.12 on Python 3.11."""

import ctypes
import sys

_OUT_OF_REACH = sys.maxsize // 4


def keep_singletons() -> None:
    """Lift their reference counts out of reach; does nothing where Python itself makes them immortal (3.12, PEP 683).

    PySide6 6.12.0 hands them out without taking a reference: each Qt call that returns nothing costs None one, each
    ``Signal(bool)`` costs True or False one. Measured on 3.11.7: the process dies of it (``none_dealloc``) after some
    5,000 calls, which is a few seconds of scrolling. May go with Python 3.11, or when PySide6 counts again.
    """
    if sys.implementation.name == "cpython" and sys.version_info < (3, 12):
        for one in (None, True, False, NotImplemented):
            ctypes.c_ssize_t.from_address(id(one)).value += _OUT_OF_REACH
