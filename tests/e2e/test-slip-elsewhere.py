#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A slip of another desk of the hall, by scanner and keys: where it is, fetched, given back once; left there; headquarters away.
test-slip-elsewhere.py BUILD [TEST…]."""
import os
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import run_tests  # noqa: E402
from hall import Clerk, WindowHall, add_tests, rig, wait_for  # noqa: E402

HALL = OTHER = None
SHOTS = os.environ.get('TAI_SHOTS')
NUMBERS = iter('154000003%02d' % n for n in range(100))


def shot(app, name):
    if SHOTS:
        app.shot(os.path.join(SHOTS, name + '.png'))


def approves(clerk, number='9001'):
    clerk.on(re.compile('^PIN of who approves'))
    clerk.types(rig.PINS[number])
    clerk.enter()


def drawer():
    return HALL.value("SELECT minor FROM balance WHERE account LIKE 'drawer:%'")


def owe():
    """The other desk took 30.00 in cash for what is cancelled: the customer's slip."""
    pin = HALL.folder / 'approver'
    pin.write_text(rig.PINS['9001'], 'utf-8')
    top_up = {'operation': 'top_up', 'target': next(NUMBERS), 'amount': '30.00'}
    code, result = OTHER.visit(lambda script: script.update(orders=[top_up], cash='30.00'))
    assert code == 0, result
    OTHER.ok('sync')
    order = OTHER.ok('order', 'list', '--limit', '1')['orders'][0]['id']
    OTHER.ok('order', 'cancel', order, '--reason', 'wrong number', '--staff', '1042', '--approver', '9001', '--approver-pin-file', pin)
    wait_for(lambda: OTHER.ok('sync') and OTHER.ok('order', 'list', '--limit', '1')['orders'][0]['state'] == 'cancelled', 'the cancellation')
    slip = OTHER.ok('print', 'promise', 'money', order, '--staff', '1042', '--to', 'file:%s' % (HALL.folder / 'other papers'))['code']
    OTHER.ok('sync')
    return slip


def test_fetched(app):
    """Scanned at another desk: fetched from its own, which answers by itself, and given back once."""
    slip = owe()
    serving = OTHER.serve()
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.home()
    before = drawer()
    app.scan(slip)
    clerk.on('Fetch it here')
    clerk.reads('It is at H017T3, which is on line.')
    clerk.reads('¥30.00 is owed to the customer.')
    clerk.reads(re.compile(r'^Promised until .* by 1042, who calls'))
    shot(app, 'slip-elsewhere')
    clerk.enter()
    clerk.reads('H017T3 is asked to let it go')
    shot(app, 'slip-asked')
    clerk.on('Give the customer ¥30.00 in cash')
    clerk.reads('¥30.00 is owed to the customer.')
    shot(app, 'slip-here')
    clerk.enter()
    approves(clerk)
    clerk.notice('Give the customer ¥30.00')
    clerk.reads('¥30.00 was given back here.')
    shot(app, 'slip-paid')
    assert drawer() == before - 3000
    clerk.next_customer()
    app.scan(slip)
    clerk.reads('¥30.00 was given back here.')
    clerk.next_customer()
    HALL.stop(serving)
    assert 'refund' not in HALL.hq('findings')
    for one in (HALL, OTHER):
        assert one.ctl('verify', '--full', pin=None)[1]['good']


def test_left(app):
    """The other desk is not there: it is asked for, stands in the list, and is left there."""
    slip = owe()
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.home()
    app.scan(slip)
    clerk.on('Fetch it here')
    clerk.enter()
    clerk.reads('H017T3 is asked to let it go')
    clerk.presses('Escape')
    clerk.home()
    clerk.reads(re.compile('^Refund of another desk'))
    shot(app, 'slip-in-list')
    app.scan(slip)
    clerk.reads('H017T3 is asked to let it go')
    clerk.presses('alt+l')
    clerk.on('Fetch it here')
    clerk.presses('Escape')
    clerk.home()


def test_nobody_knows(app):
    """A slip that headquarters has not heard of; and headquarters away: what to tell the customer, never a bare 'unknown'."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.home()
    app.scan('GTPM' + '0193507FA1C27B4E9D8361F2C5A7E940')
    clerk.reads('No desk of the hall has told headquarters of this slip')
    shot(app, 'slip-unknown')
    clerk.next_customer()
    HALL.stop_hq()
    app.scan('GTPD' + '0193507FA1C27B4E9D8361F2C5A7E940')
    clerk.reads('Headquarters cannot be asked now')
    shot(app, 'slip-off-line')
    clerk.next_customer()
    HALL.start_hq()


if __name__ == '__main__':
    with WindowHall(sys.argv[1], cards=()) as HALL:
        HALL.hq('set', 'delay_ms', '600000')
        OTHER = HALL.beside('T3')
        sys.exit(run_tests(add_tests(sys.modules[__name__]), HALL.window))
