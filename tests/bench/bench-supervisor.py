#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The supervisor over a terminal that has seen a year: BENCH_ORDERS (1,000,000) orders of its own in 30 business days.

    bench-supervisor.py BUILD FILL QUESTIONS     under tests/ui/with-display

What the page asks of the terminal's database, as its worker asks it, and the longest pause and frame of the window while somebody
walks through days, months, charts, orders and the journal by keys. It asserts nothing about time.
"""
import os
import re
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, '..', 'e2e'), os.path.join(HERE, '..', 'app')]
from driver import App  # noqa: E402
from rig import PINS, Hall  # noqa: E402
import json  # noqa: E402

BUILD, FILL, QUESTIONS = sys.argv[1:4]
ORDERS = os.environ.get('BENCH_ORDERS', '1000000')
DAYS = '30'


def read_figures(path):
    figures = {}
    with open(path) as file:
        for line in file:
            figures.update(json.loads(line))
    return figures


def walk(app):
    """Each step waits for what it shows."""
    app.find('text', re.compile('^PIN, '))
    app.type('9001')
    app.key('Return')
    app.type(PINS['9001'])
    app.key('Return')
    app.find('label', re.compile("^This terminal's figures"), seconds=60)
    for keys in ('alt+Left', 'alt+Left', 'alt+Right', 'ctrl+m', 'ctrl+1', 'ctrl+2', 'ctrl+3', 'ctrl+4', 'Escape', 'ctrl+m'):
        app.key(keys)
        time.sleep(0.7)
    app.key('ctrl+j')
    app.find('label', 'Journal', seconds=60)
    app.key('ctrl+Next')
    time.sleep(1)
    app.key('Escape')
    app.key('F2')
    app.find('label', 'Orders', seconds=60)
    app.type('15.00')
    time.sleep(1.5)
    app.key('Escape', 'Escape')


def main():
    with Hall(BUILD, cards=(), till=False) as hall:
        begin = time.monotonic()
        subprocess.run([FILL, str(hall.state), ORDERS, '1042', PINS['1042'], DAYS], check=True, stdout=subprocess.DEVNULL)
        print('# %s orders made in %.0f s, %.0f MiB' % (ORDERS, time.monotonic() - begin, (hall.state / 'terminal.db').stat().st_size / 1048576),
              flush=True)
        hall.stop_hq()  # the terminal's own figures are meant
        print(subprocess.run([QUESTIONS, str(hall.state), '9001', PINS['9001']], check=True, stdout=subprocess.PIPE, text=True).stdout, end='')
        log = str(hall.folder / 'frames')
        with App([str(hall.build / 'app' / 'guitai'), '--mode=supervisor', '--state=%s' % hall.state],
                 environment={**hall.env, 'GUITAI_TEST_FRAMES': log}) as app:
            walk(app)
        figures = read_figures(log)
        print('# the window: longest pause of the main loop %.1f ms (gate 50), longest frame %.1f ms of its thread, %.1f ms by the clock; %d frames' % (
            figures['pauseMaxUs'] / 1e3, figures['cpuMaxUs'] / 1e3, figures['workMaxUs'] / 1e3, figures['frames']))


main()
