#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cash without a sale, a second person's yes in place, and the count that is too far off, by keyboard alone: test-cash.py BUILD [TEST…]."""
import os
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import run_tests  # noqa: E402
from hall import Clerk, WindowHall, add_tests, rig, wait_for  # noqa: E402

HALL = None
SHOTS = os.environ.get('TAI_SHOTS')


def shot(app, name):
    if SHOTS:
        app.shot(os.path.join(SHOTS, name + '.png'))


def approves(clerk, number='9001', pin=None):
    """The dialog is there; one approver: the focus is at the PIN, else at the list."""
    clerk.on(re.compile('^PIN of who approves'))
    clerk.types(pin or rig.PINS[number])
    clerk.enter()


def test_drop(app):
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.asks_for('xjfb')
    clerk.at('Cash without a sale')
    shot(app, 'cash-move')
    clerk.enter()
    clerk.on('Amount')
    clerk.types('300')
    clerk.enter()
    clerk.on('Number of the bag')
    clerk.types('B-0001')
    clerk.enter()
    clerk.on('Book it')
    clerk.enter()
    clerk.notice('Booked: ¥300.00')
    clerk.reads('B-0001')
    shot(app, 'cash-move-booked')
    assert HALL.rows("SELECT minor FROM balance WHERE account = 'in_transit:B-0001'") == [(30000,)]
    # the same number again is refused, and what was typed stands
    clerk.on(re.compile('^Put money into a bag'))
    clerk.enter()
    clerk.on('Amount')
    clerk.types('1')
    clerk.enter()
    clerk.on('Number of the bag')
    clerk.types('B-0001')
    clerk.enter()
    clerk.on('Book it')
    clerk.enter()
    clerk.notice('used before')
    clerk.presses('Escape')
    clerk.notice('not booked')
    shot(app, 'cash-move-not-booked')
    clerk.presses('Escape')
    clerk.home()


def test_cash_out(app):
    """The wrong PIN stays in the dialog; Esc gives up and nothing was booked; the right one books it."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.asks_for('xjfb')
    clerk.at('Cash without a sale')
    clerk.presses('Down', 'Down')
    clerk.on(re.compile('^Money back to the safe'))
    clerk.enter()
    clerk.on('Amount')
    clerk.types('20')
    clerk.enter()
    clerk.on('What it is for')
    clerk.types('water')
    clerk.enter()
    clerk.on('Book it')
    clerk.enter()
    approves(clerk, pin='000000')
    clerk.reads('The PIN is wrong')
    shot(app, 'approval-wrong')
    clerk.on(re.compile('^PIN of who approves'))
    clerk.presses('Escape')
    clerk.notice('second person')
    assert HALL.value("SELECT count(*) FROM posting_set WHERE event = 'cash_out'") == 0
    clerk.on('Amount')
    clerk.enter()
    clerk.on('Book it')
    clerk.enter()
    shot(app, 'approval')
    approves(clerk)
    clerk.notice('Booked: ¥20.00')
    assert HALL.value("SELECT count(*) FROM approval WHERE state = 'used'") == 1


def test_cap(app):
    """The drawer is full: the next visit wants a drop, or a yes."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    wait_for(lambda: HALL.rows("SELECT value FROM setting WHERE name = 'till_policy'") == [('0 10000 1000 2000 0 0 0 0 0 0 0',)], "headquarters' limits")
    clerk.asks_for('cz')
    shot(app, 'approval-cap')
    approves(clerk)
    clerk.names_number('15400000099')
    clerk.names_amount('10')
    clerk.takes()
    clerk.next_customer()


def test_taken_back(app):
    """An order is asked back with a reason, headquarters cancels it, the money goes out with a slip."""
    HALL.hq('set', 'delay_ms', '600000')
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    wait_for(lambda: HALL.rows("SELECT value FROM setting WHERE name = 'till_policy'") == [('0 0 1000 2000 0 0 0 0 0 0 0',)], "headquarters' limits")
    receipt = clerk.tops_up('15400000202', '30')
    clerk.next_customer()
    wait_for(lambda: HALL.last_order()[1] in ('acknowledged', 'inProgress'), 'headquarters to have the order')
    clerk.presses('F2')
    clerk.on('Number or receipt')
    clerk.types('15400000202')
    app.find(None, re.compile('154 0000 0202.*' + receipt))
    clerk.enter()
    clerk.on('See the receipt')
    clerk.tabs_to('Cancel this order')
    clerk.enter()
    clerk.on('Why it is cancelled')
    shot(app, 'take-back')
    clerk.types('wrong number')
    clerk.enter()
    approves(clerk)
    clerk.on(re.compile('^Pay it out'))  # what comes next; Enter before the answer has come pays nothing
    clerk.reads(re.compile('has not answered yet|owed'))
    shot(app, 'asked-back')
    wait_for(lambda: HALL.last_order()[1] == 'cancelled', 'the cancellation')
    clerk.reads('¥30.00 is owed')
    shot(app, 'owed')
    before = HALL.value("SELECT minor FROM balance WHERE account LIKE 'drawer:%'")
    clerk.on(re.compile('^Pay it out'))
    clerk.enter()
    approves(clerk)
    clerk.notice('Give the customer ¥30.00')
    shot(app, 'paid-out')
    assert HALL.value("SELECT minor FROM balance WHERE account LIKE 'drawer:%'") == before - 3000
    wait_for(lambda: any('Refund receipt' in path.read_text('utf-8', 'replace') or '退费小票' in path.read_text('utf-8', 'replace')
                         for path in HALL.paper_folder.glob('*.txt')), 'the slip')


def test_counted_twice(app):
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.asks_for('rzz')
    clerk.on('Cash counted')
    for _unused in range(2):
        clerk.types('1')
        clerk.enter()
        clerk.reads('You counted')
        clerk.enter()
        if not _unused:
            clerk.notice('too far off')
            shot(app, 'recount')
            clerk.on('Cash counted')
    shot(app, 'approval-close')
    approves(clerk)
    clerk.reads(re.compile('short'))
    shot(app, 'closed')
    assert HALL.value("SELECT count(*) FROM shift WHERE state = 'closed'") == 1
    assert HALL.rows("SELECT count(*) FROM shift_event WHERE state = 'counting'")[0][0] >= 2


class LimitedHall(WindowHall):
    """What headquarters says of a till is asked for when a window opens, and then every few minutes: a test's limits are there before it."""

    def window(self, name=None):
        cap = '"cash_cap_minor": 10000, ' if name == 'test_cap' else ''
        self.hq('set', 'till', '{%s"recount_over_minor": 1000, "max_difference_minor": 2000}' % cap)
        return super().window(name)


if __name__ == '__main__':
    with LimitedHall(sys.argv[1]) as hall:
        HALL = hall
        sys.exit(run_tests(add_tests(sys.modules[__name__]), hall.window))
