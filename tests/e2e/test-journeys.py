#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Money for numbers, by keyboard alone, through the real window: test-journeys.py BUILD [TEST…]."""
import os
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import run, run_tests  # noqa: E402
from hall import Clerk, WindowHall, add_tests  # noqa: E402

HALL = None
LINE, OTHER, DEBTOR, THIRD = '15400000099', '15400000202', '15400000123', '15400000205'


def test_all_the_screen(app):
    """The desk's screen is for its work, however large it is: the keys stand at its foot."""
    width, height = map(int, run('xdotool', 'getdisplaygeometry').split())

    def fills():
        _x, _y, window_width, window_height = app.find('frame', 'Guitai').extents
        return window_width > width - 20 and window_height > height - 20  # without its frame
    app.wait(fills, 'a window as large as the screen')


def test_before_the_till(app):
    """A supervisor is at his work at once; the drawer is opened when somebody wants it."""
    clerk = Clerk(app, HALL)
    clerk.signs_in('9001')
    clerk.home()
    clerk.notice('The till is not open')
    clerk.asks_for('kb')
    clerk.on('Float counted')
    clerk.presses('Escape')
    clerk.home()
    clerk.asks_for('rb')
    clerk.at('Daily report')


def test_first_sale(app):
    """Sign in, open the till, a top-up with the exact cash, its receipt, and headquarters has it."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.opens_till('500')
    clerk.count()
    receipt = clerk.tops_up(LINE, '50')
    clerk.next_customer()
    assert clerk.keys_of('top-up, exact') <= 20
    paper = HALL.wait_paper(receipt)
    assert '50.00' in paper and '154 0000 0099' in paper or LINE in paper, paper
    HALL.wait_uploaded()
    assert HALL.last_order()[:5] == ('top_up', 'completed', LINE, 5000, receipt), HALL.last_order()
    assert len(HALL.hq_orders()) == 1


def test_change(app):
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.home()
    clerk.count()
    clerk.asks_for('cz')
    clerk.names_number(OTHER)
    clerk.reads(re.compile('刘'))  # headquarters said who owns it
    clerk.names_amount('30')
    clerk.on('Cash received')
    clerk.types('50')
    clerk.reads('Change ¥20.00')
    clerk.enter()
    clerk.at('Receipt')
    clerk.reads('¥20.00')
    receipt = clerk.receipt()
    assert clerk.keys_of('top-up with change') <= 20
    paper = HALL.wait_paper(receipt)
    assert '30.00' in paper and '20.00' in paper, paper
    assert HALL.rows('SELECT received_minor, change_minor FROM payment ORDER BY n DESC LIMIT 1') == [(5000, 2000)]
    # the next customer's number is typed over the receipt
    clerk.count()
    clerk.types('15400000204')
    clerk.home()
    app.find('list item', re.compile('^Top-up 154 0000 0204'))
    clerk.enter()
    clerk.on('Amount')
    clerk.names_amount('30')
    clerk.takes('50')
    clerk.receipt()
    assert clerk.keys_of('top-up with change, by the number') <= 18
    clerk.next_customer()
    HALL.wait_uploaded()
    assert HALL.last_order()[2:4] == ('15400000204', 3000), HALL.last_order()


def test_two_in_one_visit(app):
    """A top-up and a bill, F3 between them, one total, one receipt."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.asks_for('cz')
    clerk.names_number(LINE)
    clerk.names_amount('20')
    clerk.on('Cash received')
    clerk.presses('F3')
    clerk.asks_for('jf')
    clerk.names_number(DEBTOR)
    clerk.names_amount('33.33')
    clerk.on('Cash received')
    clerk.is_due('¥53.33')
    clerk.takes('60')
    receipt = clerk.receipt()
    clerk.next_customer()
    paper = HALL.wait_paper(receipt)
    assert '20.00' in paper and '33.33' in paper and '53.33' in paper and '6.67' in paper, paper
    HALL.check_books()
    assert HALL.value('SELECT count(*) FROM customer_order WHERE receipt_number = ?', receipt) == 2


def test_bill(app):
    """F5 from anywhere."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.home()
    clerk.count()
    clerk.presses('F5')
    clerk.names_number(DEBTOR)
    clerk.reads(re.compile('李'))
    clerk.names_amount('78')
    clerk.takes()
    receipt = clerk.receipt()
    clerk.next_customer()
    assert clerk.keys_of('bill') <= 18
    HALL.wait_uploaded()
    assert HALL.last_order()[:5] == ('bill_payment', 'completed', DEBTOR, 7800, receipt), HALL.last_order()


def test_again(app):
    """The same amount for the same number: asked once, by the name of who took it, then taken."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.tops_up(THIRD, '10')
    clerk.next_customer()
    clerk.asks_for('cz')
    clerk.names_number(THIRD)
    clerk.names_amount('10')
    said = clerk.notice('was taken at')
    assert '¥10.00' in said and '1042' in said or '王芳' in said, said
    clerk.on('Amount')
    clerk.enter()
    clerk.takes()
    clerk.next_customer()
    HALL.check_books()
    assert HALL.value('SELECT count(*) FROM customer_order WHERE msisdn = ?', THIRD) == 2


def test_park(app):
    """A customer goes to the bank; another is served; the first comes back."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.asks_for('cz')
    clerk.names_number('15400000206')
    clerk.names_amount('100')
    clerk.on('Cash received')
    clerk.presses('F6')
    clerk.home()
    clerk.reads('Parked')
    clerk.tops_up('15400000207', '5')
    clerk.next_customer()
    clerk.presses('F7')
    clerk.at('Parked visits')
    clerk.on(re.compile('Top-up 154 0000 0206'))
    clerk.enter()
    clerk.on('Cash received')
    clerk.is_due('¥100.00')
    clerk.takes()
    clerk.next_customer()
    HALL.wait_uploaded()
    assert HALL.last_order()[:4] == ('top_up', 'completed', '15400000206', 10000), HALL.last_order()


def test_lock(app):
    """In the middle of a visit; its clerk comes back to it, then a supervisor comes over it."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.asks_for('cz')
    clerk.names_number('15400000208')
    clerk.on('Amount')
    clerk.presses('ctrl+l')
    clerk.notice('The visit on it is kept')
    clerk.gives_pin('111111')
    clerk.notice('The PIN is wrong')
    clerk.gives_pin('258046')
    clerk.at('Number and amount')
    app.wait(lambda: any(node.text.replace(' ', '') == '15400000208' for node in app.root.find_all('text', 'Mobile number')), 'its number')
    clerk.presses('Return')
    clerk.names_amount('15')
    clerk.on('Cash received')
    clerk.presses('ctrl+l')
    clerk.on(re.compile('^PIN'))
    clerk.presses('shift+Tab', 'ctrl+a')
    clerk.types('9001')
    clerk.enter()
    clerk.gives_pin('604813')
    clerk.home()
    app.find('label', re.compile('9001'))
    clerk.presses('F7')
    clerk.on(re.compile('Top-up 154 0000 0208'))
    clerk.presses('Escape')
    clerk.home()
    clerk.presses('ctrl+l')
    clerk.on(re.compile('^PIN'))
    clerk.presses('shift+Tab', 'ctrl+a')
    clerk.types('1042')
    clerk.enter()
    clerk.gives_pin('258046')
    clerk.notice(re.compile('supervisor|locked'))


def test_find_and_reprint(app):
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    receipt = clerk.tops_up('15400000209', '12')
    HALL.wait_paper(receipt)
    clerk.presses('F10')
    clerk.notice('Copy 1')
    copy = HALL.wait_paper(receipt, copy=1)
    assert 'COPY' in copy.upper() or '副本' in copy or '补打' in copy, copy
    clerk.next_customer()
    clerk.presses('F2')
    clerk.on('Number or receipt')
    for tail in (receipt[-4:], '0209'):  # what a customer remembers
        clerk.types(tail)
        app.find(None, re.compile('Top-up 154 0000 0209.*' + receipt))
        clerk.presses('ctrl+a', 'BackSpace')
    clerk.types('15400000209')
    app.find(None, re.compile('Top-up 154 0000 0209.*' + receipt))
    clerk.enter()
    clerk.on('See the receipt')
    clerk.enter()
    clerk.at('Receipt ' + receipt)
    clerk.presses('F10')
    clerk.notice('Copy 2')
    HALL.wait_paper(receipt, copy=2)
    assert HALL.value('SELECT max(copy) FROM print_job WHERE receipt_number = ?', receipt) == 2
    clerk.presses('Escape')
    clerk.on('See the receipt')
    clerk.presses('Escape')  # back to the list, the way it came
    app.find(None, re.compile('Top-up 154 0000 0209.*' + receipt))
    clerk.presses('Escape')
    clerk.home()


def test_last_close_till(app):
    """Blind: no sum before the count, the difference after it; then the desk is free."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.asks_for('zz')
    clerk.on('Cash counted')
    words = '\n'.join(node.name for node in app.root.walk())
    drawer = HALL.value("SELECT minor FROM balance WHERE account LIKE 'drawer%'")
    assert '%d.%02d' % (drawer // 100, drawer % 100) not in words.replace(',', ''), words
    clerk.types('400')
    clerk.enter()
    clerk.notice('You counted ¥400.00')  # read back, still blind
    assert HALL.value("SELECT count(*) FROM shift WHERE state = 'closed'") == 0
    clerk.enter()
    said = clerk.reads(re.compile('^Counted'))
    assert 'short' in said or 'too much' in said, said
    clerk.on('Sign out')
    clerk.enter()
    clerk.on('Staff number')
    assert HALL.rows('SELECT state, counted_minor, expected_minor - counted_minor <> 0 FROM shift ORDER BY n DESC LIMIT 1') == [('closed', 40000, 1)]
    HALL.check_books()


if __name__ == '__main__':
    with WindowHall(sys.argv[1], till=False) as HALL:
        sys.exit(run_tests(add_tests(sys.modules[__name__]), HALL.window))
