#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bank's terminal at the desk: answers that are late, lost or contradict the clerk's own keys, and kill -9 at every step of a card
payment. What the terminal's own journal says is the truth, and it is said once: test-card.py BUILD [TEST…]."""
import os
import re
import signal
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import run_tests  # noqa: E402
from hall import Clerk, WindowHall, add_tests, wait_for  # noqa: E402

HALL, TERMINAL = None, None
SHOTS = os.environ.get('TAI_SHOTS')
CODE = '130000000000000001'
NUMBERS = iter('154000002%02d' % n for n in range(100))
AMOUNTS = iter(range(51, 100))  # each case has its own: by it the journal is read


def shot(app, name):
    if SHOTS:
        app.shot(os.path.join(SHOTS, name + '.png'))


class Case:
    """A top-up that is paid by card, and what everybody knows of it."""

    def __init__(self, app, *commands):
        self.app, self.clerk, self.amount = app, Clerk(app, HALL), next(AMOUNTS)
        HALL.tell('terminal', 'clear', 'press_cancel', 'plug', *commands)
        self.clerk.signs_in()

    def to_money(self):
        self.clerk.asks_for('cz')
        self.clerk.names_number(next(NUMBERS))
        self.clerk.names_amount(str(self.amount))
        self.clerk.on('Cash received')

    def pays(self):
        """Up to the moment in which the terminal is asked."""
        self.to_money()
        self.clerk.presses('ctrl+3')
        self.clerk.on('Amount')
        self.clerk.enter()

    def did(self):
        """What the terminal did with it: asked, paid, failed, returned."""
        lines = [line.split() for line in (HALL.folder / 'terminal.journal').read_text('utf-8').splitlines()]
        return [line[0] for line in lines if line[2] == '%d.00' % self.amount]

    def waits_for(self, *words):
        wait_for(lambda: self.did() == list(words), 'the terminal: %s, not %s' % (words, self.did()))

    def payments(self):
        """Oldest first: tender, amount, last state."""
        return HALL.rows('SELECT tender, amount_minor, last_state FROM payment WHERE amount_minor = ? ORDER BY n', self.amount * 100)

    def nothing_else_is_taken(self):
        """Neither another card's, nor a code, nor cash; what is asked for stays asked for."""
        before = self.payments()
        self.clerk.presses('ctrl+1', '5', '1', 'ctrl+3')
        self.app.scan(CODE)
        self.clerk.notice('under way')
        self.clerk.on(re.compile('Ask now'))
        assert not [node for node in self.app.root.find_all(None, 'Cash received') if node.is_shown]
        assert [row[:2] for row in self.payments()] == [row[:2] for row in before], self.payments()

    def sold(self):
        self.clerk.at('Receipt')
        wait_for(lambda: HALL.last_order()[1] != 'placed', 'the sale')
        self.clerk.next_customer()

    def is_paid_once(self, *did):
        """By card, as the terminal says, and by nothing else."""
        wait_for(lambda: self.payments() == [('card', self.amount * 100, 'succeeded')], 'one payment: %s' % self.payments())
        assert self.did() == list(did or ('asked', 'paid')), self.did()
        self.is_settled()

    def is_settled(self):
        assert HALL.value("SELECT coalesce (sum (minor), 0) FROM balance WHERE account IN ('in_doubt', 'part_paid')") == 0
        held = HALL.value("SELECT coalesce (sum (minor), 0) FROM balance WHERE account = 'card_clearing'")
        assert held == HALL.value("SELECT coalesce (sum (amount_minor), 0) FROM payment WHERE tender = 'card' AND last_state = 'succeeded'")
        HALL.check_books()

    def takes_cash(self):
        """The other way, after the card's is certainly nothing."""
        self.clerk.takes()
        self.clerk.next_customer()
        assert [(row[0], row[2]) for row in self.payments()][1:] == [('cash', 'succeeded')], self.payments()
        self.is_settled()

    # the power goes

    def dies(self):
        self.app.process.send_signal(signal.SIGKILL)
        self.app.process.wait()

    def comes_back(self, app):
        self.app, self.clerk = app, Clerk(app, HALL)
        self.clerk.signs_in()
        self.clerk.home()

    def opens_doubt(self):
        """From the list of what is unfinished."""
        self.app.find('list item', re.compile('Payment to be verified.*Top-up'))
        self.clerk.presses('Down', 'Return')
        self.clerk.reads(re.compile('^In doubt'))

    def recalls(self):
        self.clerk.presses('F7')
        self.clerk.at('Parked visits')
        self.clerk.on(re.compile('Top-up.*(finish it|take the money)'))
        self.clerk.enter()

    def finishes(self):
        """The money may have come before anybody was there to finish the sale."""
        wait_for(lambda: self.payments()[0][2] == 'succeeded', 'the outcome')
        if HALL.last_order()[1] == 'placed':
            self.clerk.app.find('list item', re.compile('^Placed, nothing is left to pay.*finish it'))
            self.recalls()
            self.clerk.on('All is paid: finish it')
            self.clerk.enter()
            self.sold()


def test_card(app):
    """Declined and said so, then a part in cash and the rest by card."""
    case = Case(app, 'auto 300', 'fault declined@1')
    clerk = case.clerk
    case.to_money()
    clerk.presses('ctrl+3')
    clerk.on('Amount')
    shot(app, 'money-card')
    clerk.enter()
    clerk.reads('Refused: no money came')
    shot(app, 'money-declined')
    clerk.on('Cash received')
    clerk.types('20')
    clerk.enter()
    clerk.notice('is missing')
    clerk.enter()
    clerk.is_due('¥31.00')
    clerk.on('Cash received')
    clerk.presses('ctrl+3')
    clerk.on('Amount')
    clerk.enter()
    case.sold()
    assert case.did() == ['asked', 'failed'] and HALL.terminal_did() == ['asked', 'failed', 'asked', 'paid']
    case.is_settled()


def test_lost_answer(app):
    """It says "paid" once, and nobody hears it: asked again it says so, and nothing else is taken until then."""
    case = Case(app, 'auto 300', 'fault silence@1')
    case.pays()
    case.waits_for('asked', 'paid')
    case.clerk.reads('The customer uses the card terminal')
    app.scan(CODE)
    case.clerk.notice('under way')
    shot(app, 'card-waits')
    case.sold()
    case.is_paid_once()


def test_doubt_then_paid(app):
    """The card is taken and the terminal goes dark. In doubt; when it is there again one key is enough."""
    case = Case(app, 'auto 200', 'fault power_off@1')
    case.pays()
    case.clerk.reads(re.compile('^In doubt'))
    case.nothing_else_is_taken()
    shot(app, 'card-doubt')
    assert HALL.value("SELECT coalesce (sum (minor), 0) FROM balance WHERE account = 'in_doubt'") == case.amount * 100
    HALL.tell('terminal', 'plug')
    wait_for((HALL.folder / 'terminal').exists, 'the terminal')
    case.clerk.enter()
    case.sold()
    case.is_paid_once()


def test_doubt_then_refused(app):
    """The cable is out when the order is there, and the customer presses the red key: no money, and it is paid in cash."""
    case = Case(app, 'manual', 'fault unplug@1')
    case.pays()
    case.clerk.reads(re.compile('^In doubt'))
    HALL.tell('terminal', 'press_cancel', 'plug')
    case.clerk.reads('Refused: no money came')
    case.takes_cash()
    assert case.did() == ['asked', 'failed']


def test_doubt_and_next_customer(app):
    """The next is served meanwhile; the terminal comes back, and the sale that nobody watched ends by itself, with its paper."""
    case = Case(app, 'auto 200', 'fault power_off@1')
    case.pays()
    case.clerk.reads(re.compile('^In doubt'))
    visit = HALL.value('SELECT visit_id FROM payment ORDER BY n DESC LIMIT 1')
    case.clerk.presses('F6')
    case.clerk.tops_up(next(NUMBERS), '30')
    case.clerk.next_customer()
    HALL.tell('terminal', 'plug')
    case.is_paid_once()
    receipt = HALL.value('SELECT receipt_number FROM customer_order WHERE visit_id = ?', visit)
    assert HALL.wait_paper(receipt)
    case.app.wait(lambda: not list(app.root.find_all('list item', re.compile('^Payment'))), 'nothing to be verified')


def test_cancelled_when_paid(app):
    """The clerk cancels what the customer has just paid: it goes back at the terminal, and only then is anything else taken."""
    case = Case(app, 'auto 300', 'fault silence@1')
    case.pays()
    case.waits_for('asked', 'paid')
    case.clerk.presses('ctrl+Delete')
    case.clerk.reads('Cancelled: the customer keeps the money')
    case.waits_for('asked', 'paid', 'returned')
    case.takes_cash()


def test_cancelled_too_late(app):
    """And a bank that takes nothing back any more: then it is paid."""
    case = Case(app, 'auto 300', 'fault silence@1', 'fault settled')
    case.pays()
    case.waits_for('asked', 'paid')
    case.clerk.presses('ctrl+Delete')
    case.sold()
    case.is_paid_once()


def test_killed_before_asked(app):
    """The power goes when the payment is written and the terminal has not heard of it: it never will, and it says so."""
    case = Case(app, 'auto 300')
    TERMINAL.send_signal(signal.SIGSTOP)
    try:
        case.pays()
        wait_for(lambda: [row[2] for row in case.payments()] == ['submitted'], 'the payment')
        case.dies()
        with HALL.start_window() as again:
            case.comes_back(again)
            case.opens_doubt()
            case.nothing_else_is_taken()
            TERMINAL.send_signal(signal.SIGCONT)
            case.clerk.reads('Refused: no money came')
            again.wait(lambda: not list(case.clerk.page().find_all('label', re.compile('under way'))), 'the notice to go with its payment')
            shot(again, 'card-never-arrived')
            assert case.did() == []
            case.takes_cash()
            assert case.did() == []
    finally:
        TERMINAL.send_signal(signal.SIGCONT)


def test_killed_when_asked(app):
    """… when the customer has the card in his hand: he pays after the restart, and the sale ends."""
    case = Case(app, 'manual')
    case.pays()
    case.waits_for('asked')
    case.dies()
    with HALL.start_window() as again:
        case.comes_back(again)
        case.opens_doubt()
        case.nothing_else_is_taken()
        HALL.tell('terminal', 'card')
        case.sold()
        case.is_paid_once()


def test_killed_when_asked_then_refused(app):
    """… or he does not."""
    case = Case(app, 'manual')
    case.pays()
    case.waits_for('asked')
    case.dies()
    with HALL.start_window() as again:
        case.comes_back(again)
        case.opens_doubt()
        HALL.tell('terminal', 'press_cancel')
        case.clerk.reads('Refused: no money came')
        case.takes_cash()
        assert case.did() == ['asked', 'failed']


def test_killed_when_answered(app):
    """… when the terminal has said "paid", and nobody has written it down."""
    case = Case(app, 'manual')
    case.pays()
    case.waits_for('asked')
    app.process.send_signal(signal.SIGSTOP)
    HALL.tell('terminal', 'card')
    case.waits_for('asked', 'paid')
    case.dies()
    assert case.payments()[0][2] in ('submitted', 'awaitingCustomer'), case.payments()
    with HALL.start_window() as again:
        case.comes_back(again)
        case.finishes()
        case.is_paid_once()


def test_killed_when_taken_back(app):
    """… when the terminal has taken it back, and nobody has heard so."""
    case = Case(app, 'auto 300', 'fault silence@1', 'fault void_lost')
    case.pays()
    case.waits_for('asked', 'paid')
    case.clerk.presses('ctrl+Delete')
    case.waits_for('asked', 'paid', 'returned')
    case.dies()
    with HALL.start_window() as again:
        case.comes_back(again)
        wait_for(lambda: case.payments()[0][2] == 'reversed', 'the outcome')
        case.clerk.app.find('list item', re.compile('^Placed, not paid'))
        case.recalls()
        case.clerk.on('Cash received')
        case.takes_cash()
        assert case.did() == ['asked', 'paid', 'returned']


def test_killed_when_done(app):
    """… when all is written: nothing is left to do, and nothing is done again."""
    case = Case(app, 'auto 300')
    case.pays()
    wait_for(lambda: [row[2] for row in case.payments()] == ['succeeded'], 'the money')
    case.dies()
    with HALL.start_window() as again:
        case.comes_back(again)
        assert not list(again.root.find_all('list item', re.compile('^Payment|^Placed')))
        case.is_paid_once()


if __name__ == '__main__':
    with WindowHall(sys.argv[1], cards=()) as HALL:
        TERMINAL = HALL.start_terminal()
        sys.exit(run_tests(add_tests(sys.modules[__name__]), HALL.window))
