#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Money back by keys: the bank terminal gives back what it took, cash out of the drawer, the rest by slip; refused, unanswered, decided,
found again after kill -9, and what came late: test-refunds.py BUILD [TEST…]."""
import os
import re
import signal
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import run_tests  # noqa: E402
from hall import Clerk, WindowHall, add_tests, rig, wait_for  # noqa: E402

HALL = None
SHOTS = os.environ.get('TAI_SHOTS')
NUMBERS = iter('154000002%02d' % n for n in range(100))


def shot(app, name):
    if SHOTS:
        app.shot(os.path.join(SHOTS, name + '.png'))


def approves(clerk, number='9001'):
    clerk.on(re.compile('^PIN of who approves'))
    clerk.types(rig.PINS[number])
    clerk.enter()


def balance(account):
    return HALL.value('SELECT coalesce (sum (minor), 0) FROM balance WHERE account LIKE ?', account)


def refunds():
    """Of the newest visit: tender, amount, last state, number."""
    return HALL.rows('SELECT tender, -amount_minor, last_state, number FROM payment WHERE original_id IS NOT NULL AND visit_id = '
                     '(SELECT visit_id FROM customer_order ORDER BY n DESC LIMIT 1) ORDER BY n')


def sell(clerk, cash=None, cheque=None):
    """A top-up of 50.00 by card, @cash and @cheque of it otherwise; its number."""
    number = next(NUMBERS)
    clerk.asks_for('cz')
    clerk.names_number(number)
    clerk.names_amount('50')
    clerk.on('Cash received')
    if cash:
        clerk.types(cash)
        clerk.enter()
        clerk.notice('is missing')
        clerk.enter()
        clerk.on('Cash received')
    if cheque:
        clerk.presses('ctrl+5')
        clerk.on('Number on it')
        clerk.types('7788')
        clerk.enter()
        clerk.on('Amount')
        clerk.types(cheque)
        clerk.enter()
        clerk.on('Cash received')
    clerk.presses('ctrl+3')
    clerk.on('Amount')
    clerk.enter()
    clerk.at('Receipt')
    clerk.next_customer()
    return number


def opens_order(clerk, number):
    clerk.presses('F2')
    clerk.on('Number or receipt')
    clerk.types(number)
    clerk.app.find(None, re.compile('%s %s %s' % (number[:3], number[3:7], number[7:])))
    clerk.enter()
    clerk.on('See the receipt')


def takes_back(clerk, number):
    """Headquarters undoes it before it is in force: the money is owed, and the order's page says so."""
    wait_for(lambda: HALL.last_order()[1] in ('acknowledged', 'inProgress'), 'headquarters to have the order')
    opens_order(clerk, number)
    clerk.presses('alt+t')
    clerk.on('Why it is cancelled')
    clerk.types('wrong amount')
    clerk.enter()
    approves(clerk)
    wait_for(lambda: HALL.last_order()[1] == 'cancelled', 'the cancellation')
    clerk.reads('¥50.00 is owed')


def begins(clerk, amount):
    """From the order's page: the terminal is asked, which needs another's yes."""
    clerk.presses('alt+o')
    clerk.on('Give back %s by the bank terminal' % amount)
    clerk.enter()
    approves(clerk)


def gives_slip(clerk, number='R-77'):
    clerk.on('Number of the refund slip')
    clerk.types(number)
    clerk.enter()
    approves(clerk)


def ends(clerk):
    """Nothing is owed, and the books agree."""
    clerk.reads('Nothing is owed to the customer any more.')
    assert balance('refund_due') == 0
    code, result = HALL.ctl('verify', '--full', pin=None)
    assert code == 0 and result['good'], result


def test_each_its_way(app):
    """Card, cheque and cash, one after the other, by Enter; the slip's paper has the terminal's number and the card's end."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    drawer = balance('drawer:%')
    takes_back(clerk, sell(clerk, '10', '15'))
    shot(app, 'refund-order')
    clerk.presses('alt+o')
    clerk.on('Give back ¥25.00 by the bank terminal')
    clerk.reads('Out of the drawer')
    clerk.reads(re.compile('^By slip: give it back'))
    shot(app, 'refund-ways')
    clerk.enter()
    approves(clerk)
    clerk.notice('¥25.00 went back the way it came')
    wait_for(lambda: balance('card_clearing') == 0, 'the card to have it')
    shot(app, 'refund-went')
    clerk.on('By slip: enter its number')
    clerk.enter()
    gives_slip(clerk)
    clerk.notice('Give the customer ¥10.00 in cash. ¥15.00 went back')
    shot(app, 'refund-all')
    ends(clerk)
    assert sorted(row[:3] for row in refunds()) == [('card', 2500, 'succeeded'), ('cash', 1000, 'succeeded'), ('other', 1500, 'succeeded')]
    assert [row[3] for row in refunds() if row[0] == 'other'] == ['R-77']
    assert balance('drawer:%') == drawer
    wait_for(lambda: any(re.search(r'5021\d+', text) and '****3919' in text for text in slips()), 'the paper with the number')


def test_by_code(app):
    """What a payment code brought goes back through headquarters' gateway, from the same page."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    number = next(NUMBERS)
    clerk.asks_for('cz')
    clerk.names_number(number)
    clerk.names_amount('50')
    clerk.on('Cash received')
    app.scan('130000000000000001')
    clerk.at('Receipt')
    clerk.next_customer()
    takes_back(clerk, number)
    clerk.presses('alt+o')
    clerk.on('Give back ¥50.00 by the payment service')
    shot(app, 'refund-code')
    clerk.enter()
    approves(clerk)
    ends(clerk)
    shot(app, 'refund-code-went')
    assert refunds() == [('qr', 5000, 'succeeded', None)]


def slips():
    return [path.read_text('utf-8', 'replace') for path in HALL.paper_folder.glob('*.txt') if 'Refund receipt' in path.read_text('utf-8', 'replace')
            or '退费小票' in path.read_text('utf-8', 'replace')]


def test_refused(app):
    """The bank does not give it back: why, in words, and the slip is asked for at once; not now, then by slip."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    takes_back(clerk, sell(clerk))
    HALL.tell('terminal', 'fault refund_refused')
    begins(clerk, '¥50.00')
    clerk.on('Number of the refund slip')
    clerk.reads('The bank does not give it back.')
    shot(app, 'refund-refused-slip')
    clerk.presses('Escape')
    clerk.on('By slip: enter its number')
    clerk.reads('Not given back: it is owed as before')
    shot(app, 'refund-refused')
    assert balance('refund_due') == -5000
    HALL.tell('terminal', 'clear')
    clerk.enter()
    gives_slip(clerk)
    ends(clerk)
    assert refunds() == [('card', 5000, 'failed', None), ('card', 5000, 'succeeded', 'R-77')]


def test_unanswered(app):
    """The terminal gives it back and goes dark; kill -9; found again, decided, given otherwise; and then the terminal's word comes."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    number = sell(clerk)
    takes_back(clerk, number)
    returned = HALL.terminal_did().count('refunded')
    HALL.tell('terminal', 'fault refund_lost')
    begins(clerk, '¥50.00')
    wait_for(lambda: HALL.terminal_did().count('refunded') == returned + 1, 'the money to go')
    app.process.send_signal(signal.SIGKILL)
    app.process.wait()
    HALL.tell('terminal', 'unplug')
    wait_for(lambda: not (HALL.folder / 'terminal').exists(), 'the cable to be out')
    assert refunds()[0][2] != 'succeeded' and balance('refund_due') == -5000
    with HALL.start_window() as again:
        clerk = Clerk(again, HALL)
        clerk.signs_in()
        clerk.home()
        again.find('list item', re.compile('Refund to be verified.*Top-up'))
        shot(again, 'refund-home')
        opens_order(clerk, number)
        clerk.reads('It is on its way back')
        clerk.presses('Escape', 'Escape')
        clerk.home()
        clerk.presses('Down', 'Return')
        clerk.reads(re.compile('^In doubt'))
        clerk.presses('ctrl+Delete')
        clerk.notice('is not cancelled')
        shot(again, 'refund-doubt')
        clerk.presses('F9')
        clerk.presses('F10')
        clerk.notice('slip is being printed')
        on_its_way = HALL.value("SELECT count(*) FROM print_job WHERE instr (document, CAST ('请勿另行领取' AS BLOB)) > 0")
        assert on_its_way == 1, on_its_way
        clerk.presses('alt+n')
        clerk.on(re.compile('^PIN of who approves'))
        shot(again, 'refund-decide')
        approves(clerk)
        clerk.on('By slip: enter its number')
        clerk.reads('Given up: it is owed as before')
        clerk.enter()
        gives_slip(clerk)
        ends(clerk)
        HALL.tell('terminal', 'plug')
        clerk.reads('The money went back twice')
        shot(again, 'refund-twice')
        assert HALL.value("SELECT count(*) FROM journal WHERE kind = 'refund_twice'") == 1
        clerk.presses('Escape')
        clerk.home()
        again.find('list item', re.compile('Refund to be verified'))
        clerk.presses('Down', 'Return')
        clerk.reads('The money went back twice')
        clerk.presses('alt+n')
        approves(clerk)
        wait_for(lambda: refunds()[0][2] == 'failed', 'that it is put right')
        assert HALL.ok('order', 'halves')['halves'] == []
        clerk.presses('Escape')
        clerk.home()


if __name__ == '__main__':
    with WindowHall(sys.argv[1]) as HALL:
        HALL.hq('set', 'sandbox', '0')
        HALL.hq('set', 'delay_ms', '600000')
        HALL.start_terminal()
        sys.exit(run_tests(add_tests(sys.modules[__name__]), HALL.window))
