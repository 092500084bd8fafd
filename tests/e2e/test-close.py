#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The end of the day by keyboard alone: what stands, preview and slips, a drawer from hand to hand, the 30 yuan that are found, the
close of the hall: test-close.py BUILD [TEST…]."""
import os
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import run_tests  # noqa: E402
from hall import Clerk, WindowHall, add_tests, rig, wait_for  # noqa: E402

HALL = None
SHOTS = os.environ.get('TAI_SHOTS')
LIMITS = '{"deposit_minor": 20000, "deposit_warn_minor": 15000, "closing_minute": 1}'


def shot(app, name):
    if SHOTS:
        app.shot(os.path.join(SHOTS, name + '.png'))


def test_1_deposit(app):
    """The agent's deposit is told before it is used up; the end of the day, too."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    wait_for(lambda: HALL.rows("SELECT value FROM setting WHERE name = 'till_policy'") == [('0 0 0 0 20000 15000 0 1 0 0 0',)], "headquarters' limits")
    clerk.tops_up('15400000301', '60', received='100')
    clerk.next_customer()
    clerk.reads(re.compile('Only ¥140.00 of the deposit'))
    clerk.reads(re.compile('The hall closes soon'))
    shot(app, 'home-deposit')


def test_2_slips(app):
    """The preview tells no sum; what stands is said before the count."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.tops_up('15400000302', '30')  # booked, and its 30 yuan are not in the drawer
    clerk.next_customer()
    clerk.asks_for('zzyl')
    clerk.at('Till preview and close slips')
    clerk.on(re.compile('^Till preview'))
    shot(app, 'till-preview')
    clerk.presses('F10')
    clerk.notice('goes to the printer')
    clerk.presses('Escape')
    clerk.home()


def test_3_hand_over(app):
    """One count: the first clerk's slip, the colleague's float; he is signed in and sells at once."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.asks_for('jjb')
    clerk.at('Hand the drawer over')
    clerk.on('Cash counted')
    clerk.types('560')
    clerk.enter()
    clerk.on(re.compile('^Staff number of the colleague'))
    clerk.types('1043')
    clerk.enter()
    clerk.on(re.compile('^PIN of the colleague'))
    clerk.types('111111')
    shot(app, 'hand-over')
    clerk.enter()
    clerk.notice('The PIN is wrong')
    assert HALL.rows('SELECT clerk, state FROM shift') == [('1042', 'open')]
    clerk.on(re.compile('^PIN of the colleague'))
    clerk.types(rig.PINS['1043'])
    clerk.enter()
    clerk.home()
    assert HALL.rows('SELECT clerk, state, z_number FROM shift ORDER BY n') == [('1042', 'closed', 1), ('1043', 'open', 0)]
    clerk.tops_up('15400000303', '20')
    clerk.next_customer()
    assert HALL.rows('SELECT clerk FROM customer_order ORDER BY n DESC LIMIT 1') == [('1043',)]


def test_4_thirty_yuan(app):
    """The sale whose money is not there stands on top, one Enter away."""
    receipt = HALL.rows("SELECT receipt_number FROM customer_order WHERE msisdn = '15400000302'")[0][0]
    clerk = Clerk(app, HALL)
    clerk.signs_in('1042')
    clerk.asks_for('zcdk')
    clerk.at('Why the drawer is off')
    clerk.reads(re.compile('¥30.00 short'))
    clerk.on(re.compile(receipt))
    shot(app, 'difference')
    clerk.enter()
    app.find('label', re.compile('^Receipt ' + receipt))
    clerk.presses('Escape')
    clerk.at('Why the drawer is off')


def test_5_hall_close(app):
    """What stops it has a way to it; then it is closed once."""
    clerk = Clerk(app, HALL)
    clerk.signs_in('9001')
    clerk.asks_for('rj')
    clerk.at('Close of the hall')
    clerk.on(re.compile('Till T2 is open'))
    shot(app, 'hall-open')
    clerk.enter()
    clerk.at('Close the till')
    clerk.on('Cash counted')
    shot(app, 'close-till')
    clerk.types('580')
    clerk.enter()
    clerk.reads('You counted')
    clerk.enter()
    clerk.reads(re.compile('^Counted'))
    shot(app, 'till-closed')
    clerk.presses('Escape')
    clerk.at('Close of the hall')
    clerk.on("Close the hall's day")
    shot(app, 'hall-ready')
    clerk.enter()
    clerk.notice('once and for all')
    clerk.enter()
    clerk.reads(re.compile('^Close of the hall no. 1'))
    shot(app, 'hall-closed')
    assert HALL.rows('SELECT number, clerk FROM hall_close') == [(1, '9001')]
    HALL.check_books()


if __name__ == '__main__':
    with WindowHall(sys.argv[1]) as hall:
        HALL = hall
        hall.hq('set', 'till', LIMITS)
        sys.exit(run_tests(add_tests(sys.modules[__name__]), hall.window))
