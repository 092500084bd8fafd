# SPDX-License-Identifier: GPL-3.0-or-later
"""A scanner that plays keyboard. All its keys are handed to the X server at once: xdotool sleeps between them, and on a machine that is busy it
sleeps longer than any scanner does."""
import ctypes

RETURN, TAB, SHIFT = 0xff0d, 0xff09, 0xffe1
KEYS = {'\n': RETURN, '\t': TAB}


def load():
    x11, xtest = ctypes.CDLL('libX11.so.6'), ctypes.CDLL('libXtst.so.6')
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XKeysymToKeycode.restype = ctypes.c_ubyte
    x11.XKeysymToKeycode.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
    x11.XkbKeycodeToKeysym.restype = ctypes.c_ulong
    x11.XkbKeycodeToKeysym.argtypes = [ctypes.c_void_p, ctypes.c_ubyte, ctypes.c_int, ctypes.c_int]
    x11.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    xtest.XTestFakeKeyEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
    return x11, xtest


def keys_of(x11, display, text):
    """(key, is it pressed) of each, with Shift where the keyboard needs it."""
    shift = x11.XKeysymToKeycode(display, SHIFT)
    for character in text:
        keysym = KEYS.get(character, ord(character))
        key = x11.XKeysymToKeycode(display, keysym)
        assert key, character
        strokes = [(key, True), (key, False)]
        if x11.XkbKeycodeToKeysym(display, key, 0, 0) != keysym:
            strokes = [(shift, True), *strokes, (shift, False)]
        yield from strokes


def send(text):
    """Latin characters, "\\n" and "\\t". They have arrived when this returns."""
    x11, xtest = load()
    display = x11.XOpenDisplay(None)
    for key, is_pressed in list(keys_of(x11, display, text)):
        xtest.XTestFakeKeyEvent(display, key, is_pressed, 0)
    x11.XSync(display, False)
    x11.XCloseDisplay(display)
