#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A careless or nasty hand at the money: keys that are held down, amounts that are none, coupons that are not ours, kill -9 at each step
of each way of payment, PINs that are guessed: test-nasty.py BUILD [TEST…]."""
import os
import re
import signal
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import run, run_tests  # noqa: E402
from hall import Clerk, WindowHall, add_tests, rig, wait_for  # noqa: E402

HALL = None
SHOTS = os.environ.get('TAI_SHOTS')
CODE = '130000000000000001'
NUMBERS = iter('154000003%02d' % n for n in range(100))  # the same amount for the same number would be asked about
HELD_S = 1.5       # the X server repeats a key after 0.66 s


def shot(app, name):
    if SHOTS:
        app.shot(os.path.join(SHOTS, name + '.png'))


def holds(key):
    """Presses it and forgets his finger there; all repeats have come when this returns."""
    run('xdotool', 'keydown', key, 'sleep', str(HELD_S), 'keyup', key)


def to_money(clerk, amount):
    clerk.asks_for('cz')
    clerk.names_number(next(NUMBERS))
    clerk.names_amount(amount)
    clerk.on('Cash received')


def payments():
    """Of the newest visit, oldest first: tender, amount, last state."""
    return HALL.rows('SELECT tender, amount_minor, last_state FROM payment WHERE visit_id = (SELECT visit_id FROM customer_order '
                     'ORDER BY n DESC LIMIT 1) ORDER BY n')


def all_payments():
    return HALL.value('SELECT count(*) FROM payment')


def paid(clerk):
    clerk.at('Receipt')
    wait_for(lambda: HALL.last_order()[1] != 'placed', 'the sale')
    clerk.next_customer()


def kill(app):
    app.process.send_signal(signal.SIGKILL)
    app.process.wait()


def finds_visit(clerk):
    """After a restart, from the list of what is not finished: of a payment that is under way at once, else by way of the parked ones."""
    clerk.home()
    row = clerk.app.find('list item', re.compile('^(Placed|Payment)'))
    is_placed = row.name.startswith('Placed')
    clerk.presses('Down', 'Return')
    if is_placed:
        clerk.at('Parked visits')
        clerk.on(re.compile('Top-up'))
        clerk.enter()


# ---- keys that are held down ------------------------------------------------------------------------------------------------------

def test_held_enter(app):
    """One press is one act: a finger that stays on Enter sells nothing and answers no question."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.asks_for('cz')
    clerk.names_number(next(NUMBERS))
    clerk.on('Amount')
    clerk.types('20')
    holds('Return')  # the amount is confirmed, and no more
    clerk.on('Cash received')
    assert all_payments() == 0
    clerk.types('2000')
    holds('Return')
    clerk.notice('is that right')
    assert all_payments() == 0
    clerk.types('3000')  # in its place, and asked about anew
    holds('Return')
    clerk.notice('is that right')
    assert all_payments() == 0
    clerk.presses('ctrl+a')
    clerk.types('20')
    holds('Return')
    clerk.at('Receipt')
    clerk.on('Next customer')
    assert payments() == [('cash', 2000, 'succeeded')]
    clerk.enter()
    clerk.home()
    HALL.check_books()


def test_held_dialog(app):
    """The key that opened a question does not answer it, though another window has it now."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    to_money(clerk, '30')
    clerk.types('10')
    clerk.enter()
    clerk.notice('is missing')
    clerk.enter()
    clerk.is_due('¥20.00')
    clerk.on('Cash received')
    clerk.tabs_to(None, role='list item')
    holds('Return')
    clerk.on('Keep the payment')
    clerk.presses('Escape')
    clerk.on(None, role='list item')
    assert payments() == [('cash', 1000, 'succeeded')]
    clerk.tabs_to('Cash received', 'shift+Tab')
    clerk.takes_rest()
    clerk.next_customer()


def test_held_characters(app):
    """Where one types and where one goes about a held key repeats as it always did."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.home()
    clerk.types('x')
    holds('8')
    box = app.find('text', 'Command box')
    app.wait(lambda: box.text.startswith('x888'), 'eights')
    typed = len(box.text)
    holds('BackSpace')
    app.wait(lambda: len(box.text) <= typed - 3, 'fewer of them')


# ---- amounts that are none ----------------------------------------------------------------------------------------------------------

BAD_AMOUNTS = (('1.234', 'At most 2 decimals', '1.23'), ('-', 'Only digits', ''), ('5-', 'Only digits', '5'), ('1.2.', 'Only digits', '1.2'),
               ('1e', 'Only digits', '1'), ('99999999999999999999', 'At most', None))


def test_bad_amounts(app):
    """In each way of payment: what is no amount does not get into the field, what is too much is not taken, and nothing is booked."""
    clerk = Clerk(app, HALL)
    terminal = start_terminal()
    clerk.signs_in()
    to_money(clerk, '50')
    before = all_payments()
    for digit, entry in ((1, 'Cash received'), (2, 'Amount'), (3, 'Amount'), (5, 'Amount')):
        clerk.presses('ctrl+%d' % digit)
        if digit == 5:
            clerk.on('Number on it')
            clerk.types('7788')
            clerk.enter()
        clerk.on(entry)
        for typed, said, left in BAD_AMOUNTS:
            clerk.presses('ctrl+a', 'BackSpace')
            clerk.types(typed)
            clerk.reads(re.compile('^' + said))
            field = clerk.on(entry)
            if left is not None:
                app.wait_text(field, left)
        if digit != 1:  # of cash it is change
            clerk.presses('ctrl+a', 'BackSpace')
            clerk.types('50.01')
            clerk.enter()
            clerk.notice('more than is left')
        clerk.presses('ctrl+a', 'BackSpace')
        clerk.types('0')
        clerk.enter()
        clerk.notice('amount is nothing')
    shot(app, 'nasty-amount')
    assert all_payments() == before
    clerk.presses('ctrl+1')
    clerk.takes('50')
    clerk.next_customer()
    HALL.ok('devices', 'set', '--card', '')
    HALL.stop(terminal)
    HALL.check_books()


def test_pay_twice(app):
    """An Enter too many takes the voucher and not the rest in cash, which nobody has handed over."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    to_money(clerk, '30')
    before = all_payments()
    clerk.presses('ctrl+5')
    clerk.on('Number on it')
    clerk.types('4711')
    clerk.enter()
    clerk.on('Amount')
    clerk.types('10')
    clerk.presses('Return', 'Return')
    clerk.notice('Enter again takes it in cash')
    assert all_payments() - before == 1, payments()
    clerk.takes('20')
    assert [row[:2] for row in payments()] == [('other', 1000), ('cash', 2000)], payments()
    clerk.presses('Return', 'Return')  # the next customer, and no more
    clerk.home()


# ---- coupons ---------------------------------------------------------------------------------------------------------------------------

def test_bad_coupons(app):
    """Another hall's, one that is over, one that nobody knows, one that is worth something else: refused in words; nothing was taken."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    to_money(clerk, '50')
    for number, amount, said in (('YHQ-2026-0900', '10', "another hall's"), ('YHQ-2020-0001', '10', 'not valid any more'),
                                 ('YHQ-0000-0000', '10', 'does not know the coupon'), ('YHQ-2026-0003', '49', '^The coupon pays another amount')):
        clerk.presses('ctrl+4')
        clerk.on('Number of the coupon')
        app.scan(number)
        clerk.on('Amount')
        clerk.types(amount)
        clerk.enter()
        print('# %s: %s' % (number, clerk.reads(re.compile(said))), flush=True)
        clerk.is_due('¥50.00')
    shot(app, 'nasty-coupon')
    clerk.presses('ctrl+1')
    clerk.takes('50')
    assert [row for row in payments() if row[2] == 'succeeded'] == [('cash', 5000, 'succeeded')]
    clerk.next_customer()
    HALL.check_books()


# ---- kill -9 ------------------------------------------------------------------------------------------------------------------------------

def start_terminal(*options):
    """A bank terminal at the desk."""
    process, _path = HALL.start(HALL.build / 'devices' / 'guitai-emulate', 'card-terminal', '--link', HALL.folder / 'terminal', '--journal',
                                HALL.folder / 'terminal.journal', '--control', HALL.folder / 'terminal.control', *options)
    HALL.ok('devices', 'set', '--card', 'codepay:%s' % (HALL.folder / 'terminal'))
    return process


def test_killed_part(app):
    """After a part by cheque and one by coupon: both are there, once, the coupon stays used, the rest is paid."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    to_money(clerk, '100')
    clerk.presses('ctrl+5')
    clerk.on('Number on it')
    clerk.types('7788')
    clerk.enter()
    clerk.on('Amount')
    clerk.types('20')
    clerk.enter()
    clerk.is_due('¥80.00')
    clerk.on('Cash received')
    clerk.presses('ctrl+4')
    clerk.on('Number of the coupon')
    app.scan('YHQ-2026-0001')
    clerk.on('Amount')
    clerk.enter()
    clerk.is_due('¥70.00')
    kill(app)
    with HALL.start_window() as again:
        clerk = Clerk(again, HALL)
        clerk.signs_in()
        finds_visit(clerk)
        clerk.on('Cash received')
        clerk.is_due('¥70.00')
        shot(again, 'nasty-part-again')
        assert payments() == [('other', 2000, 'succeeded'), ('coupon', 1000, 'succeeded')]
        clerk.presses('ctrl+4')
        clerk.on('Number of the coupon')
        again.scan('YHQ-2026-0001')
        clerk.on('Amount')
        clerk.enter()
        clerk.notice('used')
        clerk.presses('ctrl+1')
        clerk.takes_rest()
        clerk.next_customer()
        assert [row[2] for row in payments()] == ['succeeded'] * 3 and sum(row[1] for row in payments()) == 10000
        HALL.check_books()


def test_killed_shown(app):
    """Our code was on the screen, and the customer walked off: after the restart the payment is there, is cancelled, and paid in cash."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    to_money(clerk, '50.03')
    clerk.presses('ctrl+2')
    clerk.on('Amount')
    clerk.enter()
    clerk.reads('The customer scans the code')
    kill(app)
    with HALL.start_window() as again:
        clerk = Clerk(again, HALL)
        clerk.signs_in()
        finds_visit(clerk)
        again.wait(lambda: next(again.root.find_all('label', re.compile('Waiting|waited|customer', re.I)), None), 'the attempt')
        clerk.presses('ctrl+Delete')
        clerk.reads('Cancelled: the customer keeps the money')
        kill(again)
    with HALL.start_window() as third:
        clerk = Clerk(third, HALL)
        clerk.signs_in()
        finds_visit(clerk)
        clerk.takes()
        clerk.next_customer()
        assert payments() == [('qr', 5003, 'reversed'), ('cash', 5003, 'succeeded')]
        HALL.check_books()


def test_killed_card(app):
    """The terminal has the card, the till dies, the bank pays: asked for by its number after the restart, and taken once."""
    clerk = Clerk(app, HALL)
    terminal = start_terminal('--pay-after', '-1')
    clerk.signs_in()
    to_money(clerk, '50')
    clerk.presses('ctrl+3')
    clerk.on('Amount')
    clerk.enter()
    journal = HALL.folder / 'terminal.journal'
    wait_for(lambda: journal.exists() and 'asked' in journal.read_text(), 'the terminal to be asked')
    kill(app)
    HALL.tell('terminal', 'card')
    wait_for(lambda: 'paid' in journal.read_text(), 'the bank')
    with HALL.start_window() as again:
        clerk = Clerk(again, HALL)
        clerk.signs_in()
        clerk.home()
        wait_for(lambda: payments()[0][2] == 'succeeded', 'the outcome', 120)
        if HALL.last_order()[1] == 'placed':
            finds_visit(clerk)
            clerk.on('All is paid: finish it')
            clerk.enter()
            paid(clerk)
        wait_for(lambda: HALL.last_order()[1] != 'placed', 'the sale')
        assert payments() == [('card', 5000, 'succeeded')]
        assert len(re.findall('^paid ', journal.read_text(), re.M)) == 1 and 'returned' not in journal.read_text(), journal.read_text()
        HALL.ok('devices', 'set', '--card', '')
        HALL.stop(terminal)
        HALL.check_books()


# ---- people ---------------------------------------------------------------------------------------------------------------------------------

def test_guessed_pin(app):
    """Three wrong PINs make one wait, and a program that is killed and started again forgives nothing."""
    clerk = Clerk(app, HALL)
    clerk.on('Staff number')
    clerk.types('1043')
    clerk.enter()
    for _unused in range(3):
        clerk.gives_pin('000000')
        clerk.notice(re.compile('PIN is wrong|too many|Wait|wait'))
    kill(app)
    with HALL.start_window() as again:
        clerk = Clerk(again, HALL)
        clerk.on('Staff number')
        clerk.types('1043')
        clerk.enter()
        clerk.gives_pin(rig.PINS['1043'])
        print('# ' + clerk.notice(re.compile('wait|locked|again', re.I)), flush=True)
        assert HALL.value("SELECT count(*) FROM journal WHERE kind = 'sign_in' AND record LIKE '%clerk=1043%'") == 0
        shot(again, 'nasty-locked-out')


class NastyHall(WindowHall):
    def __init__(self, build):
        super().__init__(build)
        stock = self.folder / 'old-coupon.json'
        stock.write_text('[{"kind": "coupon", "value": "YHQ-2020-0001", "grade": "10.00", "hall": "H017", "until": "2021-01-01T00:00:00Z"}]')
        self.hq('stock', 'load', stock)


if __name__ == '__main__':
    with NastyHall(sys.argv[1]) as HALL:
        HALL.hq('set', 'sandbox', '0')
        sys.exit(run_tests(add_tests(sys.modules[__name__]), HALL.window))
