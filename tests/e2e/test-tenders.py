#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The money page by keys and scanner: each tender, splits, and all that a customer's bank can do; headquarters' sandbox plays the
customers (docs/protocol.md, Play money: the last two digits of the amount say who comes): test-tenders.py BUILD [TEST…]."""
import os
import re
import signal
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import run, run_tests  # noqa: E402
from hall import Clerk, WindowHall, add_tests, rig, wait_for  # noqa: E402

HALL = None
SHOTS = os.environ.get('TAI_SHOTS')
CODE, ALIPAY = '130000000000000001', '288888888888888888'
NUMBERS = iter('154000001%02d' % n for n in range(100))  # the same amount for the same number would be asked about


def shot(app, name):
    if SHOTS:
        app.shot(os.path.join(SHOTS, name + '.png'))


def to_money(clerk, amount):
    clerk.asks_for('cz')
    clerk.names_number(next(NUMBERS))
    clerk.names_amount(amount)
    clerk.on('Cash received')


def payments():
    """Of the newest visit, oldest first: tender, provider, amount, last state."""
    return HALL.rows('SELECT tender, provider, amount_minor, last_state FROM payment WHERE visit_id = (SELECT visit_id FROM customer_order '
                     'ORDER BY n DESC LIMIT 1) ORDER BY n')


def sold(clerk):
    """On to the receipt and the next customer."""
    clerk.at('Receipt')
    wait_for(lambda: HALL.last_order()[1] != 'placed', 'the sale')
    clerk.next_customer()


def approves(clerk, number='9001'):
    clerk.on(re.compile('^PIN of who approves'))
    clerk.types(rig.PINS[number])
    clerk.enter()


def nothing_kept(app, code):
    """The code is in no table, no log line and no label."""
    for path in (HALL.state / 'terminal.db', HALL.state / 'terminal.db-wal'):
        assert not path.exists() or code.encode() not in path.read_bytes(), path
    assert code not in app.output()
    for node in app.root.walk():
        try:
            assert code not in node.text
        except (AttributeError, TypeError):
            continue


def test_scan(app):
    """The customer shows the code while the cash page stands."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.home()
    app.scan(CODE)
    clerk.notice('A payment code')
    nothing_kept(app, CODE)
    clerk.count()
    to_money(clerk, '50')
    shot(app, 'money')
    app.scan(CODE)
    clerk.at('Receipt')
    clerk.reads('Paid')
    shot(app, 'done-qr')
    nothing_kept(app, CODE)
    clerk.keys_of('top-up paid by code')
    assert payments() == [('qr', 'wechat', 5000, 'succeeded')]
    sold(clerk)
    HALL.check_books()


def test_show(app):
    """Ours is shown; the customer scans it after a while."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    to_money(clerk, '50')
    clerk.presses('ctrl+2')
    clerk.on('Amount')
    clerk.presses('Down')
    app.wait(lambda: next((node for node in app.root.find_all(None, re.compile('^Alipay$')) if node.has('pressed') or node.has('checked')), None), 'Alipay chosen')
    shot(app, 'money-qr')
    clerk.enter()
    clerk.reads('The customer scans the code')
    shot(app, 'money-shown')
    sold(clerk)
    assert payments() == [('qr', 'alipay', 5000, 'succeeded')]
    HALL.check_books()


def test_split(app):
    """Coupon, cheque, cash and code in one visit; what is left stands large; a part goes back."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    to_money(clerk, '100')
    clerk.presses('ctrl+4')
    clerk.on('Number of the coupon')
    shot(app, 'money-coupon')
    app.scan('YHQ-2026-0001')
    clerk.on('Amount')
    clerk.types('200')
    clerk.enter()
    clerk.notice('more than is left')
    clerk.presses('ctrl+a')
    clerk.types('10')
    clerk.enter()
    clerk.is_due('¥90.00')
    clerk.on('Cash received')
    clerk.presses('ctrl+5')
    clerk.on('Number on it')
    clerk.presses('Down')
    clerk.enter()
    clerk.on('Amount')
    clerk.enter()
    clerk.notice('number is missing')
    clerk.on('Number on it')
    clerk.types('7788')
    clerk.enter()
    clerk.on('Amount')
    clerk.types('20')
    shot(app, 'money-other')
    clerk.enter()
    clerk.is_due('¥70.00')
    clerk.on('Cash received')
    clerk.types('30')
    clerk.enter()
    clerk.notice('is missing')
    clerk.enter()
    clerk.is_due('¥40.00')
    shot(app, 'money-split')
    assert payments() == [('coupon', None, 1000, 'succeeded'), ('other', 'transfer', 2000, 'succeeded'), ('cash', None, 3000, 'succeeded')]
    # a part goes back after it was asked about
    clerk.on('Cash received')
    clerk.tabs_to(None, role='list item')
    clerk.presses('Down')
    clerk.on(re.compile('Bank transfer'))
    clerk.enter()
    clerk.on('Keep the payment')
    shot(app, 'money-give-back')
    clerk.tabs_to('Give it back')
    clerk.enter()
    clerk.is_due('¥60.00')
    clerk.on('Cash received')
    app.scan(CODE)
    sold(clerk)
    assert [row[3] for row in payments()] == ['succeeded', 'reversed', 'succeeded', 'succeeded']
    assert HALL.value("SELECT coalesce (sum (minor), 0) FROM balance WHERE account = 'part_paid'") == 0
    HALL.check_books()


def test_password(app):
    """A password is asked for: said loudly; too early to cancel; the clerk may turn away; it goes on by itself."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    to_money(clerk, '50.02')
    app.scan(CODE)
    clerk.reads(re.compile('password needed'))
    clerk.reads(re.compile('^Cancelling is possible in'))
    shot(app, 'money-password')
    clerk.presses('ctrl+Delete')
    clerk.notice('may still be typing')
    app.scan(ALIPAY)
    clerk.notice('under way')
    clerk.presses('F6')
    clerk.home()
    clerk.app.find('list item', re.compile('Payment'))
    wait_for(lambda: payments()[0][3] == 'succeeded', 'the customer', 90)
    wait_for(lambda: HALL.last_order()[1] != 'placed', 'the sale that nobody watched')
    HALL.wait_paper(HALL.last_order()[4])
    HALL.check_books()


def test_refused(app):
    """No money on the account: nothing was taken, and it is paid otherwise."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    to_money(clerk, '50.04')
    app.scan(ALIPAY)
    clerk.reads('Refused: no money came')
    clerk.reads(re.compile('not enough money'))
    shot(app, 'money-refused')
    clerk.takes('100')
    clerk.next_customer()
    assert [row[3] for row in payments()] == ['failed', 'succeeded']
    HALL.check_books()


def test_cancelled(app):
    """The customer walks off: cancelled when that is allowed, and said so."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    to_money(clerk, '50.03')
    clerk.presses('ctrl+2')
    clerk.on('Amount')
    clerk.enter()
    clerk.reads('The customer scans the code')
    clerk.presses('ctrl+Delete')
    clerk.reads('Cancelled: the customer keeps the money')
    shot(app, 'money-cancelled')
    clerk.takes()
    clerk.next_customer()
    assert [row[3] for row in payments()] == ['reversed', 'succeeded']
    HALL.check_books()


def test_lost_answer(app):
    """Paid, but the answer is lost: asked for, found, charged once."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    to_money(clerk, '50.05')
    app.scan(CODE)
    sold(clerk)
    assert payments() == [('qr', 'wechat', 5005, 'succeeded')]
    HALL.check_books()


def test_in_doubt(app):
    """Nobody knows: the next customer is served, a supervisor decides in place, and the decision is one's own and another's."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    HALL.hq('set', 'sandbox', '9')
    to_money(clerk, '50')
    app.scan(CODE)
    clerk.reads(re.compile('^In doubt'))
    shot(app, 'money-doubt')
    clerk.presses('F6')
    clerk.home()
    HALL.hq('set', 'sandbox', '0')
    row = clerk.app.find('list item', re.compile('Payment to be verified.*Top-up'))
    assert row is not None
    assert not [node for node in app.root.find_all('list item', re.compile('^Placed, not paid'))]
    shot(app, 'home-doubt')
    clerk.presses('Down', 'Return')
    clerk.reads(re.compile('^In doubt'))
    clerk.presses('alt+n')
    approves(clerk)
    clerk.on('Cash received')
    clerk.takes()
    clerk.next_customer()
    assert HALL.rows("SELECT action, state FROM approval ORDER BY asked_us DESC LIMIT 1") == [('payment_not_paid', 'used')]
    assert HALL.value("SELECT count(*) FROM journal WHERE kind = 'payment_released'") == 1
    wait_for(lambda: payments()[0][3] == 'reversed', 'the money to go back', 120)
    HALL.check_books()


def test_decided_paid(app):
    """Somebody has seen that it came."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    HALL.hq('set', 'sandbox', '9')
    to_money(clerk, '50')
    app.scan(CODE)
    clerk.reads(re.compile('^In doubt'))
    HALL.hq('set', 'sandbox', '0')
    clerk.presses('alt+c')
    shot(app, 'money-decide')
    approves(clerk)
    sold(clerk)
    assert payments() == [('qr', 'wechat', 5000, 'succeeded')]
    HALL.check_books()


def test_killed(app):
    """kill -9 while the customer types his password: after the next sign-in the attempt is there, is asked for, and was charged once."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    to_money(clerk, '50.02')
    app.scan(CODE)
    clerk.reads(re.compile('password needed'))
    app.process.send_signal(signal.SIGKILL)
    app.process.wait()
    with HALL.start_window() as again:
        clerk = Clerk(again, HALL)
        clerk.signs_in()
        clerk.home()
        wait_for(lambda: payments()[0][3] == 'succeeded', 'the outcome', 120)
        if HALL.last_order()[1] == 'placed':  # it came before anybody was there to finish the sale
            clerk.presses('Down', 'Return')
            clerk.on('All is paid: finish it')
            clerk.enter()
            sold(clerk)
        wait_for(lambda: HALL.last_order()[1] != 'placed', 'the sale')
        assert payments() == [('qr', 'wechat', 5002, 'succeeded')]
        HALL.check_books()


def test_coupon(app):
    """It pays what it is worth; a second time it is refused, and nothing was taken."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    for first in (True, False):
        to_money(clerk, '50')
        clerk.presses('ctrl+4')
        clerk.on('Number of the coupon')
        app.scan('YHQ-2026-0002')
        clerk.on('Amount')
        clerk.enter()
        if first:
            clerk.on('Cash received')
            clerk.is_due('Left')
            clerk.takes_rest()
        else:
            clerk.notice('used')
            clerk.presses('ctrl+1')
            clerk.takes()
        clerk.next_customer()
    HALL.check_books()


def slip_code(text):
    return re.search(r'GTP[DPM][0-9A-F]{32}', text).group(0)


def newest_slip():
    """Its text, once it is out."""
    found = []

    def is_there():
        found[:] = [path for path in HALL.paper_folder.glob('*.txt') if 'GTP' in path.read_text('utf-8', 'replace')]
        return found
    wait_for(is_there, 'the slip')
    return max(found, key=lambda path: path.stat().st_mtime_ns).read_text('utf-8', 'replace')


def test_slip(app):
    """In doubt, the customer leaves with a slip, one key; it leads back from any page, and is booked once."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    HALL.hq('set', 'sandbox', '9')
    to_money(clerk, '50')
    began = time.monotonic()
    app.scan(CODE)
    clerk.reads(re.compile('^In doubt'))
    clerk.presses('F10')
    slip = newest_slip()
    print('# the slip is out %.1f s after the code was scanned' % (time.monotonic() - began), flush=True)
    clerk.notice('slip is being printed')
    shot(app, 'money-slip')
    assert '2026' in slip and CODE not in slip, slip
    clerk.presses('F6')
    clerk.home()
    clerk.presses('F2')
    clerk.on('Number or receipt')
    app.scan(slip_code(slip))
    clerk.reads(re.compile('^In doubt'))
    HALL.hq('set', 'sandbox', '0')
    clerk.presses('alt+c')
    approves(clerk)
    sold(clerk)
    # once more: it is settled, and there is nothing to book
    app.scan(slip_code(slip))
    clerk.on('See the receipt')
    assert HALL.value("SELECT count(*) FROM journal WHERE kind = 'payment_decided'") >= 1
    assert len(payments()) == 1
    clerk.presses('Escape')
    clerk.home()
    HALL.check_books()


def test_owed_slip(app):
    """Money that is owed and cannot be given back now: a slip on the order's page; scanned later, it is paid out, once."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    HALL.hq('set', 'delay_ms', '600000')
    clerk.tops_up(next(NUMBERS), '30')
    clerk.next_customer()
    number = HALL.last_order()[2]
    wait_for(lambda: HALL.last_order()[1] in ('acknowledged', 'inProgress'), 'headquarters to have the order')
    clerk.presses('F2')
    clerk.on('Number or receipt')
    clerk.types(number)
    app.find(None, re.compile('%s %s %s' % (number[:3], number[3:7], number[7:])))
    clerk.enter()
    clerk.on('See the receipt')
    clerk.presses('alt+t')
    clerk.on('Why it is cancelled')
    clerk.types('wrong number')
    clerk.enter()
    approves(clerk)
    wait_for(lambda: HALL.last_order()[1] == 'cancelled', 'the cancellation')
    clerk.reads('¥30.00 is owed')
    clerk.presses('alt+s')
    clerk.notice('slip is being printed')
    shot(app, 'order-slip')
    slip = newest_slip()
    clerk.presses('Escape', 'Escape')
    clerk.home()
    app.scan(slip_code(slip))
    clerk.reads('¥30.00 is owed')
    before = HALL.value("SELECT minor FROM balance WHERE account LIKE 'drawer:%'")
    clerk.presses('alt+o')
    approves(clerk)
    clerk.notice('Give the customer ¥30.00')
    assert HALL.value("SELECT minor FROM balance WHERE account LIKE 'drawer:%'") == before - 3000
    clerk.presses('Escape')
    clerk.home()
    app.scan(slip_code(slip))
    clerk.reads('The money was given back.')
    assert not [node for node in app.root.find_all('push button', 'Pay it out') if node.is_shown]
    HALL.hq('set', 'delay_ms', '0')


def test_no_paper(app):
    """The receipt's printer has no paper: one key gives a slip from the other one, and the customer can go."""
    clerk = Clerk(app, HALL)
    HALL.ok('devices', 'set', '--receipt', 'tcp:127.0.0.1:%s' % HALL.start_printer())
    HALL.tell('printer', 'fault paper_end')
    try:
        clerk.signs_in()
        clerk.tops_up(next(NUMBERS), '30')
        clerk.reads(re.compile('receipt is not printed'))
        shot(app, 'done-no-paper')
        clerk.presses('alt+s')
        clerk.notice('slip is being printed')
        slip = newest_slip()
        assert 'GTPP' in slip, slip
        clerk.next_customer()
        app.scan(slip_code(slip))
        clerk.on('See the receipt')
    finally:
        HALL.tell('printer', 'clear')
        HALL.ok('devices', 'set', '--receipt', 'file:%s' % HALL.paper_folder)


def open_order(clerk, number):
    clerk.presses('F2')
    clerk.on('Number or receipt')
    clerk.types(number)
    clerk.app.find(None, re.compile('%s %s %s' % (number[:3], number[3:7], number[7:])))
    clerk.enter()
    clerk.on('See the receipt')


def test_wrong_number(app):
    """A top-up of the wrong number moves to the right one, once: card, number, reason; the slip to sign comes out."""
    wrong, right = '15400000099', '15400000123'
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.tops_up(wrong, '30')
    clerk.next_customer()
    HALL.wait_uploaded()
    open_order(clerk, wrong)
    clerk.presses('alt+w')
    clerk.on('The right number')
    clerk.reads(re.compile('card was read'))
    shot(app, 'correction')
    clerk.types(right)
    clerk.enter()
    clerk.on('Why it is moved')
    clerk.types('one digit wrong')
    clerk.enter()
    clerk.on('Move the whole amount to this number')
    clerk.enter()
    approves(clerk)
    clerk.on('See the receipt')
    clerk.reads('The amount was moved to the right number.')
    shot(app, 'corrected')
    assert not [node for node in app.root.find_all('push button', 'Wrong number') if node.is_shown]


def test_notice(app):
    """For old eyes: what it is and what it costs, in large print, one key."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.tops_up(next(NUMBERS), '30')
    receipt = clerk.receipt()
    clerk.presses('alt+l')
    clerk.notice('large print')
    wait_for(lambda: HALL.value("SELECT count(*) FROM journal WHERE kind = 'notice_printed' AND subject = ?", receipt) == 1, 'the notice')
    clerk.next_customer()


def test_no_card(app):
    """What this terminal has nothing to take with is not offered."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    to_money(clerk, '50')
    found = [(node.role, node.name, node.extents) for node in app.root.find_all(None, re.compile('^Card Ctrl')) if node.is_shown]
    assert not found, found
    clerk.presses('ctrl+3')
    clerk.notice('nothing to take that way')
    clerk.takes()
    clerk.next_customer()


class DisplayHall(WindowHall):
    """The window with a second one for the customer, by the option or the setting."""

    def window(self, _name=None):
        self.ok('devices', 'set', '--display', 'screen:2' if _name == 'test_display_set' else '')
        return self.argv_window + (['--customer-display'] if _name == 'test_display' else [])


def test_display_set(app):
    """By the setting, from then on."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    app.wait(lambda: next((node for node in app.find('frame', 'Customer display').find_all('label', re.compile('^Welcome$')) if node.is_shown), None),
             'the customer display')
    code, result = HALL.ctl('devices', 'set', '--display', 'tcp:1')
    assert result['error']['code'] == 'display', result


def test_display(app):
    """The customer sees what he buys, the code, the thanks; and nothing when it is over. The keys stay the clerk's."""
    clerk = Clerk(app, HALL)

    def frame():
        return app.find('frame', 'Customer display')

    def shows(words):
        pattern = re.compile(words)
        app.wait(lambda: next((node for node in frame().find_all('label', pattern) if node.is_shown), None), 'the customer to see ' + words, 60)

    def picture(name):
        if SHOTS:
            run('import', '-window', run('xdotool', 'search', '--name', 'Customer display'), os.path.join(SHOTS, name + '.png'))

    def blank():
        shows('Welcome')
        texts = '\n'.join(node.text for node in frame().find_all('label', None))
        assert not re.search(r'¥|\d{3}\*|Top-up', texts), texts
    clerk.signs_in()
    blank()
    to_money(clerk, '50')
    shows('^Top-up 154\\*')
    assert not list(frame().find_all('label', re.compile('154 ?0000')))
    clerk.presses('ctrl+2')
    clerk.on('Amount')
    clerk.enter()
    shows('Please scan the code to pay')
    picture('display-code')
    shows('Thank you')
    picture('display-thanks')
    clerk.at('Receipt')
    clerk.next_customer()
    blank()
    picture('display-idle')
    to_money(clerk, '60')
    shows('^Top-up 154\\*')
    clerk.presses('ctrl+l')
    blank()
    clerk.gives_pin(rig.PINS['1042'])
    shows('^Top-up 154\\*')
    clerk.on('Cash received')
    clerk.presses('ctrl+Delete')
    clerk.on('Keep it')
    clerk.tabs_to('Cancel the visit')
    clerk.enter()
    clerk.home()
    blank()


if __name__ == '__main__':
    with DisplayHall(sys.argv[1]) as HALL:
        HALL.hq('set', 'sandbox', '0')
        sys.exit(run_tests(add_tests(sys.modules[__name__]), HALL.window))
