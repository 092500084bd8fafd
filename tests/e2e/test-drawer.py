#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cash drawer, by keyboard alone: what opens it and what does not, without paper, away, left open: test-drawer.py BUILD [TEST…]."""
import os
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import run_tests  # noqa: E402
from hall import LONG, Clerk, WindowHall, add_tests, wait_for  # noqa: E402

HALL = None
SHOTS = os.environ.get('TAI_SHOTS')


def shot(app, name):
    if SHOTS:
        app.shot(os.path.join(SHOTS, name + '.png'))


def with_drawer(extras=''):
    """The till's printer, with a drawer; what it did so far is forgotten."""
    HALL.tell('printer', 'clear', 'shut')
    HALL.ok('devices', 'set', '--receipt', 'tcp:127.0.0.1:%s%s' % (HALL.printer_port, extras))
    return len(did()), HALL.value('SELECT max(seq) FROM journal')


def did():
    return HALL.drawer_did()


def pulses(since):
    return [line for line in did()[since[0]:] if line.startswith('pulse')]


def journalled(since):
    """What the journal says of the drawer, in order: 'sale', 'refund' … and 'drawer_left_open'."""
    rows = HALL.rows("SELECT kind, CAST (record AS TEXT) FROM journal WHERE seq > ? AND kind LIKE 'drawer%' ORDER BY seq", since[1])
    found = [(kind, re.search('^detail=(.*)$', record, re.M)) for kind, record in rows]
    return [kind + (' ' + detail.group(1) if detail else '') for kind, detail in found]


def wait_pulses(since, count):
    wait_for(lambda: len(pulses(since)) >= count, '%d pulses' % count)
    assert len(pulses(since)) == count, (did(), journalled(since))


def test_cash_sale(app):
    """It opens before the receipt is on paper, once."""
    clerk, since = Clerk(app, HALL), with_drawer()
    clerk.signs_in()
    receipt = clerk.tops_up('15400000311', '31')
    wait_pulses(since, 1)
    wait_for(lambda: HALL.rows('SELECT state FROM print_job WHERE receipt_number = ?', receipt) == [('printed',)], 'the receipt')
    wait_pulses(since, 1)
    assert journalled(since) == ['drawer_pulse sale'], journalled(since)
    shot(app, 'drawer-no-switch')


def test_card_and_mix(app):
    """A card does not open it; of a mix the part in cash does."""
    clerk, since = Clerk(app, HALL), with_drawer()
    HALL.start_terminal()
    clerk.signs_in()
    clerk.asks_for('cz')
    clerk.names_number('15400000312')
    clerk.names_amount('50')
    clerk.on('Cash received')
    clerk.presses('ctrl+3')
    clerk.on('Amount')
    clerk.types('20')
    clerk.enter()
    clerk.is_due('¥30.00')
    assert HALL.value("SELECT count(*) FROM payment WHERE tender = 'card' AND last_state = 'succeeded'") == 1
    assert pulses(since) == [] and journalled(since) == [], (did(), journalled(since))
    clerk.on('Cash received')
    clerk.types('30')
    clerk.enter()
    clerk.receipt()
    wait_pulses(since, 1)
    assert journalled(since) == ['drawer_pulse sale'], journalled(since)
    HALL.ok('devices', 'set', '--card', '')


def test_no_paper(app):
    """The printer is out of paper: the drawer opens at once, the receipt comes when there is paper, and nothing opens then."""
    clerk, since = Clerk(app, HALL), with_drawer()
    HALL.tell('printer', 'fault paper_end')
    clerk.signs_in()
    receipt = clerk.tops_up('15400000313', '33')
    wait_pulses(since, 1)
    wait_for(lambda: HALL.rows('SELECT state, reason FROM print_job WHERE receipt_number = ?', receipt) == [('queued', 'paper_end')], 'the queue')
    HALL.tell('printer', 'clear')
    wait_for(lambda: HALL.rows('SELECT state FROM print_job WHERE receipt_number = ?', receipt) == [('printed',)], 'the receipt')
    assert pulses(since) == ['pulse-now'], did()


def test_away(app):
    """The printer is away: the sale is made all the same; who presses F8 is told."""
    clerk, since = Clerk(app, HALL), with_drawer()
    HALL.ok('devices', 'set', '--receipt', 'tcp:127.0.0.1:9')
    clerk.signs_in()
    clerk.tops_up('15400000314', '34')
    clerk.next_customer()
    clerk.presses('F8')
    clerk.notice('The drawer did not open')
    shot(app, 'drawer-away')
    assert journalled(since) == ['drawer_pulse sale', 'drawer_opened no_sale'] and pulses(since) == [], (did(), journalled(since))


def test_none(app):
    """A till without a drawer: nothing is opened, nothing written, and F8 says so."""
    clerk, since = Clerk(app, HALL), with_drawer(',no-drawer')
    clerk.signs_in()
    clerk.tops_up('15400000315', '35')
    clerk.next_customer()
    clerk.presses('F8')
    clerk.notice('No cash drawer is set up')
    assert journalled(since) == [] and pulses(since) == [], (did(), journalled(since))


def test_left_open(app):
    """The switch: open, left open (in the journal, and the next customer is served), shut."""
    clerk, since = Clerk(app, HALL), with_drawer(',drawer-high')
    clerk.signs_in()
    clerk.tops_up('15400000316', '36')
    wait_pulses(since, 1)
    app.find('push button', 'Cash drawer: open', LONG)
    shot(app, 'drawer-open')
    app.find('push button', 'Cash drawer: left open', 2 * LONG)
    wait_for(lambda: journalled(since) == ['drawer_pulse sale', 'drawer_left_open'], 'the journal: %s' % journalled(since))
    clerk.next_customer()
    clerk.tops_up('15400000317', '37')
    wait_pulses(since, 2)
    app.find('push button', 'Cash drawer: left open', LONG)
    shot(app, 'drawer-left-open')
    HALL.tell('printer', 'shut')
    app.find('push button', 'Cash drawer: shut', LONG)
    shot(app, 'drawer-shut')
    assert journalled(since) == ['drawer_pulse sale', 'drawer_left_open', 'drawer_pulse sale'], journalled(since)


def test_no_sale(app):
    """F8 opens it and is counted as that; a bag opens it for what it is."""
    clerk, since = Clerk(app, HALL), with_drawer(',drawer-low')
    HALL.tell('printer', 'fault drawer_low')
    clerk.signs_in()
    clerk.home()
    clerk.presses('F8')
    wait_pulses(since, 1)
    app.find('push button', 'Cash drawer: open', LONG)
    HALL.tell('printer', 'shut')
    app.find('push button', 'Cash drawer: shut', LONG)
    clerk.asks_for('xjfb')
    clerk.at('Cash without a sale')
    clerk.enter()
    for field, text in (('Amount', '20'), ('Number of the bag', 'D-1')):
        clerk.on(field)
        clerk.types(text)
        clerk.enter()
    clerk.on('Book it')
    clerk.enter()
    clerk.notice('Booked: ¥20.00')
    wait_pulses(since, 2)
    assert journalled(since) == ['drawer_opened no_sale', 'drawer_pulse drop'], journalled(since)


def test_refund(app):
    """Cash that goes back opens it."""
    clerk, since = Clerk(app, HALL), with_drawer()
    HALL.hq('set', 'delay_ms', '600000')
    clerk.signs_in('9001')
    receipt = clerk.tops_up('15400000318', '38')
    wait_pulses(since, 1)
    clerk.next_customer()
    wait_for(lambda: HALL.last_order()[1] in ('acknowledged', 'inProgress'), 'headquarters to have the order')
    clerk.presses('F2')
    clerk.on('Number or receipt')
    clerk.types('15400000318')
    app.find(None, re.compile('154 0000 0318.*' + receipt), seconds=LONG)
    clerk.enter()
    clerk.on('See the receipt')
    clerk.tabs_to('Cancel this order')
    clerk.enter()
    clerk.on('Why it is cancelled')
    clerk.types('wrong number')
    clerk.enter()
    clerk.reads('¥38.00 is owed')
    assert len(pulses(since)) == 1
    clerk.tabs_to(re.compile('^Pay it out'), 'shift+Tab')
    clerk.enter()
    clerk.notice('Give the customer ¥38.00')
    wait_pulses(since, 2)
    assert journalled(since) == ['drawer_pulse sale', 'drawer_pulse refund'], journalled(since)
    HALL.hq('set', 'delay_ms', '0')


if __name__ == '__main__':
    with WindowHall(sys.argv[1]) as HALL:
        HALL.start_printer()
        sys.exit(run_tests(add_tests(sys.modules[__name__]), HALL.window))
