#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two programs on one terminal, and a wrong clock: test-window-owner.py BUILD [TEST…]."""
import os
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import run_tests  # noqa: E402
from hall import LONG, Clerk, WindowHall, add_tests  # noqa: E402

HALL = None


def test_two_windows(app):
    """The second says why it cannot be had, and who has it; Enter closes it; the first goes on."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.home()
    with HALL.start_window() as other:
        other.find('label', re.compile('Another program is working with this terminal'))
        other.find('label', re.compile(str(app.process.pid)))
        other.wait_focus('push button', 'Close')
        other.key('Return')
        other.process.wait(LONG)
    clerk.home()
    clerk.tops_up('15400000099', '2')


def test_command_line_beside(app):
    """Reads work; who would need the desk is kept out while somebody is signed in, and let in while nobody is."""
    clerk = Clerk(app, HALL)
    clerk.on('Staff number')
    code, result = HALL.ctl('till', 'open', '--staff', '1042', '--count', '500.00', json_output=False)
    assert code == 1 and 'open already' in result, (code, result)  # it was let in, and the till said no
    clerk.signs_in()
    clerk.asks_for('cz')
    clerk.names_number('15400000202')
    clerk.on('Amount')
    for words in (('status',), ('order', 'list'), ('till', 'status'), ('verify',)):
        code, result = HALL.ctl(*words, pin=None, json_output=False)
        assert code in (0, 2), (words, code, result)
    code, result = HALL.ctl('till', 'close', '--staff', '9001', '--count', '500.00', pin='604813', json_output=False)
    assert code == 6 and 'signed in at this terminal' in result, (code, result)
    # the window is as it was, under its clerk's name
    clerk.names_amount('4')
    clerk.takes()
    clerk.next_customer()
    HALL.wait_uploaded()
    assert HALL.value('SELECT clerk FROM customer_order ORDER BY n DESC LIMIT 1') == '1042'
    clerk.presses('ctrl+l')
    clerk.on(re.compile('^PIN'))
    code, result = HALL.ctl('till', 'close', '--staff', '9001', '--count', '500.00', pin='604813', json_output=False)
    assert code == 6, (code, result)
    clerk.gives_pin('258046')
    clerk.home()


def test_clock_set_back(app):
    """Nobody signs in on a day that is over already; it is said why."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.home()
    clerk.tops_up('15400000205', '2')
    app.close()
    with HALL.start_window(GUITAI_TEST_CLOCK_OFFSET='-86400') as later:
        clerk = Clerk(later, HALL)
        clerk.signs_in()
        said = clerk.notice(re.compile('clock'))
        assert 'Set the clock' in said, said
        clerk.on(re.compile('^PIN'))


if __name__ == '__main__':
    with WindowHall(sys.argv[1]) as HALL:
        sys.exit(run_tests(add_tests(sys.modules[__name__]), HALL.window))
