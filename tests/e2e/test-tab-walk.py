#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tab through every screen of the counter: all that can have the focus has a name, the walk comes back to where it began, and each step leaves the
focus somewhere: test-tab-walk.py BUILD. Sizes are looked at from inside (tests/ui): AT-SPI tells them without the padding."""
import os
import re
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import run_tests  # noqa: E402
from hall import LONG, Clerk, WindowHall, add_tests  # noqa: E402

HALL = None
MOST = 24
PLAIN = re.compile(r'^(Gtk|Adw|Tai)[A-Z]\w+$')  # the name of a class is none


def next_focus(app, before, screen):
    """Where Tab went; with a single stop on the screen it stays."""
    end = time.monotonic() + 1.5
    while time.monotonic() < end:
        node = app.focused()
        if node and node != before:
            return node
        time.sleep(0.05)
    return app.wait(app.focused, 'a focus after Tab on ' + screen, LONG)


def walk(clerk, screen):
    """Once around; the names in their order."""
    app = clerk.app
    first = app.wait(app.focused, 'the focus on ' + screen, LONG)
    seen, here = [first], first
    for _unused in range(MOST):
        clerk.presses('Tab')
        here = next_focus(app, here, screen)
        if here in seen:  # a list takes Tab back to the line that is marked, not to the first
            break
        seen.append(here)
    else:
        raise AssertionError('%s: Tab does not come back: %s' % (screen, [node.name for node in seen]))
    names = [node.name for node in seen]
    print('# %s: %s' % (screen, ' | '.join(names)))
    for node in seen:
        assert node.name and not PLAIN.match(node.name), '%s: %r has no name: %s' % (screen, node, names)
    assert len(seen) == 1 or here != seen[-1], '%s: Tab stays on %r' % (screen, here)


def test_tab_walk(app):
    clerk = Clerk(app, HALL)
    number, sim = HALL.free_numbers()[0], HALL.free_sims()[0]
    clerk.on('Staff number')
    walk(clerk, 'sign in')
    clerk.signs_in()
    clerk.home()
    walk(clerk, 'home')
    clerk.asks_for('cz')
    clerk.names_number('15400000218')
    clerk.on('Amount')
    walk(clerk, 'target')
    clerk.names_amount('5')
    clerk.on('Cash received')
    walk(clerk, 'cash')
    clerk.takes()
    clerk.on('Next customer')
    walk(clerk, 'done')
    clerk.next_customer()
    clerk.asks_for('kh')
    clerk.on('Search plans')
    walk(clerk, 'plan')
    clerk.chooses_plan()
    clerk.chooses_number(number)
    clerk.on(re.compile('^SIM card'))
    walk(clerk, 'number')
    app.scan(sim)
    clerk.on(re.compile('taken, '))
    walk(clerk, 'extras')
    clerk.enter()
    clerk.on(re.compile('agree', re.I))
    walk(clerk, 'agreement')
    clerk.presses('F6')
    clerk.home()
    clerk.presses('F7')
    clerk.on(re.compile('New line'))
    walk(clerk, 'parked')
    clerk.presses('Escape')
    clerk.home()
    clerk.presses('F2')
    clerk.on('Number or receipt')
    walk(clerk, 'orders')
    clerk.types('0218')
    clerk.presses('ctrl+a', 'BackSpace')
    clerk.presses('Escape')
    clerk.asks_for('sczt')
    clerk.on('Try the line now')
    walk(clerk, 'line')
    clerk.presses('Escape')
    clerk.asks_for('zz')
    clerk.on('Cash counted')
    walk(clerk, 'close till')


if __name__ == '__main__':
    with WindowHall(sys.argv[1]) as HALL:
        sys.exit(run_tests(add_tests(sys.modules[__name__]), HALL.window))
