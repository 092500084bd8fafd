# SPDX-License-Identifier: GPL-3.0-or-later
"""Points of a test, one a function, in the order of their writing; with `stop` the first failure ends the rest, which rests on it."""
import sys
import time
import traceback


def run(points, stop=False):
    print('1..%d' % len(points), flush=True)
    failed = False
    for number, point in enumerate(points, 1):
        name, start = point.__name__.replace('_', ' '), time.monotonic()
        try:
            point()
        except Exception:
            failed = True
            for line in traceback.format_exc().splitlines():
                print('# ' + line)
            print('not ok %d - %s' % (number, name), flush=True)
            if stop:
                print('Bail out! the rest stands on it')
                break
        else:
            print('ok %d - %s # %.1f s' % (number, name, time.monotonic() - start), flush=True)
    sys.exit(failed)


def skip_all(reason):
    print('1..0 # SKIP ' + reason)
    sys.exit(0)
