#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 at every step of a new line. Whoever signs in again finds what was placed, once, payable; what was not placed was never there: test-window-kill.py BUILD [TEST…]."""
import os
import re
import signal
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import run_tests  # noqa: E402
from hall import Clerk, WindowHall, add_tests, wait_for  # noqa: E402

HALL = None
STEPS = ('begun', 'plan', 'number', 'sim', 'extras', 'agreed', 'placed', 'paid', 'done')


def walk(clerk, number, sim, until):
    """A new line up to that step."""
    app = clerk.app
    clerk.asks_for('kh')
    clerk.on('Search plans')
    if until == 'begun':
        return
    clerk.chooses_plan()
    clerk.on('Digits that the customer likes')
    if until == 'plan':
        return
    clerk.chooses_number(number)
    clerk.on(re.compile('^SIM card'))
    if until == 'number':
        return
    app.scan(sim)
    clerk.on(re.compile('taken, '))
    if until == 'sim':
        return
    clerk.takes_extra('Prepayment 50')
    clerk.enter()
    clerk.on(re.compile('agree', re.I))
    if until == 'extras':
        return
    clerk.enter()
    clerk.on('Cash received')
    if until == 'agreed':
        return
    orders = HALL.value('SELECT count(*) FROM customer_order')
    clerk.types('1')
    wait_for(lambda: HALL.value('SELECT count(*) FROM customer_order') > orders, 'the order in the database')
    if until == 'placed':
        return
    clerk.types('00')
    clerk.enter()
    if until == 'paid':
        return
    clerk.on('Next customer')


def kill(app):
    app.process.send_signal(signal.SIGKILL)
    app.process.wait()


def state_of(number):
    rows = HALL.rows("SELECT state FROM customer_order WHERE msisdn = ? AND operation = 'new_line' AND state <> 'cancelled'", number)
    assert len(rows) <= 1, rows  # never twice
    return rows[0][0] if rows else None


def pay_what_waits(clerk, number):
    """From the list of what is not finished."""
    clerk.presses('F7')
    clerk.at('Parked visits')
    clerk.on(re.compile('New line'))
    clerk.enter()
    clerk.on('Cash received')
    clerk.takes()
    clerk.next_customer()
    HALL.wait_uploaded()
    assert state_of(number) == 'completed'


def try_step(app, step, then):
    number, sim = HALL.free_numbers()[0], HALL.free_sims()[0]
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    walk(clerk, number, sim, step)
    kill(app)
    placed = state_of(number)
    if STEPS.index(step) < STEPS.index('placed'):
        assert placed is None, placed
    with HALL.start_window() as again:
        clerk = Clerk(again, HALL)
        clerk.signs_in()
        clerk.home()
        then(clerk, number, sim, placed)
        HALL.check_books()
        assert HALL.value("SELECT count(*) FROM resource WHERE state = 'held'") == 0


def is_gone(clerk, number, sim, _placed):
    """It was never there: number and card can be sold to the next."""
    assert state_of(number) is None
    wait_for(lambda: HALL.free('msisdn', number) == 'leased' and HALL.free('iccid', sim) == 'leased', 'free stock')
    clerk.presses('F7')
    clerk.notice('No visit is parked')
    clerk.presses('Escape')
    clerk.home()


def is_payable(clerk, number, _sim, placed):
    if placed is not None and HALL.value('SELECT count(*) FROM payment WHERE visit_id IN (SELECT visit_id FROM customer_order WHERE msisdn = ?)', number) == 0:
        clerk.app.find('list item', re.compile('Placed, not paid'))
        pay_what_waits(clerk, number)
    else:
        is_paid(clerk, number, _sim, placed)


def is_cancellable(clerk, number, sim, _placed):
    clerk.presses('F7')
    clerk.on(re.compile('New line'))
    clerk.enter()
    clerk.on('Cash received')
    clerk.presses('ctrl+Delete')
    clerk.on('Keep it')
    clerk.tabs_to('Cancel the visit')
    clerk.enter()
    clerk.home()
    wait_for(lambda: HALL.free('msisdn', number) == 'leased' and HALL.free('iccid', sim) == 'leased', 'free stock')
    assert state_of(number) is None


def is_paid(clerk, number, sim, _placed):
    HALL.wait_uploaded()
    assert state_of(number) == 'completed', state_of(number)
    assert HALL.free('iccid', sim) == 'used'
    assert HALL.value('SELECT count(*) FROM payment WHERE visit_id IN (SELECT visit_id FROM customer_order WHERE msisdn = ?)', number) == 1


def test_begun(app):
    try_step(app, 'begun', is_gone)


def test_plan(app):
    try_step(app, 'plan', is_gone)


def test_number(app):
    try_step(app, 'number', is_gone)


def test_sim(app):
    try_step(app, 'sim', is_gone)


def test_extras(app):
    try_step(app, 'extras', is_gone)


def test_agreed(app):
    try_step(app, 'agreed', is_gone)


def test_placed_then_paid(app):
    try_step(app, 'placed', is_payable)


def test_placed_then_cancelled(app):
    try_step(app, 'placed', is_cancellable)


def test_paying(app):
    """At the very moment: booked or not, never half."""
    try_step(app, 'paid', is_payable)


def test_done(app):
    try_step(app, 'done', is_paid)


def test_end_at_once(app):
    """SIGTERM while the paper is drawn and printed: an end without a crash, and all is there."""
    app.close()
    for delay_ms in (0, 40, 90, 160, 250):
        with HALL.start_window() as app:
            clerk = Clerk(app, HALL)
            clerk.signs_in()
            clerk.asks_for('cz')
            clerk.names_number('15400000099')
            clerk.names_amount(str(delay_ms + 1))
            clerk.on('Cash received')
            payments = HALL.value('SELECT count(*) FROM payment')
            clerk.enter()
            wait_for(lambda: HALL.value('SELECT count(*) FROM payment') > payments, 'the payment')
            time.sleep(delay_ms / 1000)  # a moment, not a wait: each round ends it somewhere else
            status = app.close()
            assert status == 0, (delay_ms, status, app.output()[-2000:])


if __name__ == '__main__':
    with WindowHall(sys.argv[1]) as HALL:
        sys.exit(run_tests(add_tests(sys.modules[__name__]), HALL.window))
