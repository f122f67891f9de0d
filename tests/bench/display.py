"""A virtual display seen from outside: keys for whoever has the focus, and when the picture on it changed."""

import ctypes
import os
import shutil
import subprocess
import time
from collections.abc import Callable

import numpy as np

WIDTH, HEIGHT = 1280, 800
NEEDED = ("Xvfb", "openbox")
_ALL_PLANES, _Z_PIXMAP = 0xFFFFFFFF, 2
_CARET = 40  # pixels; a caret that blinks changes fewer


class _Image(ctypes.Structure):
    """The beginning of ``XImage`` (Xlib.h)."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("width", "height", "xoffset", "format")),
        ("data", ctypes.c_void_p),
        *((name, ctypes.c_int) for name in ("byte_order", "unit", "bit_order", "pad", "depth", "bytes_per_line")),
    )


def missing() -> str:
    """What this machine lacks, empty where a display can be made."""
    absent = [name for name in NEEDED if shutil.which(name) is None]
    for library in ("libX11.so.6", "libXtst.so.6"):
        try:
            ctypes.CDLL(library)
        except OSError:
            absent.append(library)
    return ", ".join(absent)


class Display:
    """``Xvfb`` with a window manager on it; milliseconds hold the 3 or 4 that reading the picture takes."""

    def __init__(self) -> None:
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp"]
        self._server = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as told:
            self.name = f":{told.readline().strip()}"
        self.environment = {**os.environ, "DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb"}
        self._manager = subprocess.Popen(
            ["openbox"], env=self.environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        self._x, self._test = _libraries()
        self._display = self._x.XOpenDisplay(self.name.encode())
        assert self._display, "the server is up: it told its number"
        self._root = self._x.XDefaultRootWindow(self._display)

    def key(self, name: str, *modifiers: str) -> None:
        """Press and release a key by the name of its keysym."""
        codes = [
            self._x.XKeysymToKeycode(self._display, self._x.XStringToKeysym(one.encode())) for one in (*modifiers, name)
        ]
        for down, order in ((1, codes), (0, codes[::-1])):
            for code in order:
                self._test.XTestFakeKeyEvent(self._display, code, down, 0)
        self._x.XFlush(self._display)

    def click(self, x: int, y: int) -> None:
        """Click with the left button."""
        self._test.XTestFakeMotionEvent(self._display, 0, x, y, 0)
        for down in (1, 0):
            self._test.XTestFakeButtonEvent(self._display, 1, down, 0)
        self._x.XFlush(self._display)

    def settled(self, quiet: float = 1.0, longest: float = 120.0) -> float:
        """Wait for ``quiet`` seconds without a change; return the seconds until the last one."""
        began = last = time.perf_counter()
        before = self._picture()
        while time.perf_counter() - last < quiet and time.perf_counter() - began < longest:
            now = self._picture()
            if np.count_nonzero(now != before) > _CARET:
                before, last = now, time.perf_counter()
        return last - began

    def until_change(self, act: Callable[[], None], longest: float = 1.0) -> float:
        """Milliseconds from an act to the first change on the screen; ``longest`` where none comes."""
        before = self._picture()
        began = time.perf_counter()
        act()
        while time.perf_counter() - began < longest:
            if np.count_nonzero(self._picture() != before) > _CARET // 2:
                return 1000 * (time.perf_counter() - began)
        return 1000 * longest

    def close(self) -> None:
        """Take the display away."""
        for process in (self._manager, self._server):
            process.kill()
            process.wait()

    def _picture(self) -> "np.ndarray[tuple[int], np.dtype[np.uint32]]":
        image = self._x.XGetImage(self._display, self._root, 0, 0, WIDTH, HEIGHT, _ALL_PLANES, _Z_PIXMAP)
        data = ctypes.string_at(image.contents.data, image.contents.bytes_per_line * HEIGHT)
        self._x.XFree(image.contents.data)
        self._x.XFree(image)
        return np.frombuffer(data, np.uint32)


def _libraries() -> tuple[ctypes.CDLL, ctypes.CDLL]:
    x, test = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
    pointer, whole, number = ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int
    x.XOpenDisplay.restype = pointer
    x.XDefaultRootWindow.restype, x.XDefaultRootWindow.argtypes = whole, [pointer]
    x.XGetImage.restype = ctypes.POINTER(_Image)
    x.XGetImage.argtypes = [pointer, whole, number, number, ctypes.c_uint, ctypes.c_uint, whole, number]
    x.XFree.argtypes = [pointer]
    x.XKeysymToKeycode.restype, x.XKeysymToKeycode.argtypes = ctypes.c_ubyte, [pointer, whole]
    x.XStringToKeysym.restype = whole
    x.XFlush.argtypes = [pointer]
    test.XTestFakeKeyEvent.argtypes = [pointer, ctypes.c_uint, number, whole]
    test.XTestFakeMotionEvent.argtypes = [pointer, number, number, number, whole]
    test.XTestFakeButtonEvent.argtypes = [pointer, ctypes.c_uint, number, whole]
    return x, test
