#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong at the desk, and what the clerk reads then: test-window-faults.py BUILD [TEST…]. The notice stands where the eye is, says what was kept and what to do; never a dead end."""
import os
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import run_tests  # noqa: E402
from hall import Clerk, WindowHall, add_tests, rig, wait_for  # noqa: E402

HALL = None
KEPT = re.compile('Nothing|unchanged|kept|stands|stays')


def luhn(digits):
    total = sum(sum(divmod(int(digit) * (2 - index % 2), 10)) for index, digit in enumerate(reversed(digits)))
    return digits + str(-total % 10)


def test_wrong_pin(app):
    """Three times: the wait is told, it holds after a restart, and a colleague may come."""
    clerk = Clerk(app, HALL)
    clerk.signs_in('1043', '111111')
    clerk.notice('The PIN is wrong')
    clerk.gives_pin('222222')
    clerk.notice('The PIN is wrong')
    clerk.gives_pin('333333')
    said = clerk.notice(re.compile(r'Again in [123]?[0-9] seconds'))
    assert KEPT.search(said), said
    clerk.gives_pin(rig.PINS['1043'])
    clerk.notice(re.compile(r'Again in [123]?[0-9] seconds'))
    clerk.presses('shift+Tab', 'ctrl+a')
    clerk.types('1042')
    clerk.enter()
    clerk.gives_pin(rig.PINS['1042'])
    clerk.home()


def read_fault(clerk, commands, words):
    """At the reader: something is wrong, it is said, Enter tries again."""
    HALL.tell('reader', 'remove', 'clear', *commands)
    said = clerk.notice(words)
    assert KEPT.search(said), said
    clerk.on('Read again')
    HALL.tell('reader', 'remove', 'clear')
    clerk.enter()
    clerk.reads('Put the card on the reader')


def test_cards(app):
    """All in one visit, which is still there in the end."""
    clerk = Clerk(app, HALL)
    HALL.tell('reader', 'remove', 'clear')
    clerk.signs_in()
    clerk.asks_for('kh')
    clerk.reads('Put the card on the reader')
    read_fault(clerk, ('fault pulled@1', 'card prc'), re.compile('card', re.I))
    read_fault(clerk, ('fault two_cards', 'card prc'), re.compile('one card|two|second', re.I))
    read_fault(clerk, ('card prc-expired',), 'expired')
    read_fault(clerk, ('card prc-minor',), 'too young')
    read_fault(clerk, ('card %s' % (rig.EXAMPLES / 'cards' / 'unknown-type.json'),), re.compile('kind of card', re.I))
    HALL.tell('reader', 'card prc')
    clerk.on('Search plans')
    clerk.enter()
    clerk.on('Digits that the customer likes')


def test_reader_gone(app):
    """Pulled out in the middle, put in again: the visit goes on."""
    clerk = Clerk(app, HALL)
    HALL.tell('reader', 'remove', 'clear')
    clerk.signs_in()
    clerk.asks_for('kh')
    clerk.reads('Put the card on the reader')
    HALL.tell('reader', 'unplug')
    said = clerk.notice(re.compile('reader', re.I))
    assert KEPT.search(said), said
    clerk.on('Read again')
    HALL.tell('reader', 'plug', 'card prc')
    wait_for(lambda: os.path.exists(HALL.folder / 'reader'), 'the reader')
    clerk.enter()
    clerk.on('Search plans')


def test_sims(app):
    """Not in stock, a digit wrong, sold already; then the right one."""
    clerk = Clerk(app, HALL)
    HALL.tell('reader', 'remove', 'clear', 'card prc')
    number, sim = HALL.free_numbers()[0], HALL.free_sims()[0]
    clerk.signs_in()
    clerk.asks_for('kh')
    clerk.chooses_plan()
    clerk.on('Digits that the customer likes')
    clerk.types('000000')
    clerk.notice('No free number')
    clerk.presses('ctrl+a')
    clerk.chooses_number(number)
    clerk.on(re.compile('^SIM card'))
    for code, words in ((luhn('8986000002026999999'), 'not in this terminal'), (sim[:-1] + str((int(sim[-1]) + 1) % 10), 'was misread'),
                        ('6901234567892', "no SIM card's number")):
        app.scan(code)
        said = clerk.notice(words)
        assert KEPT.search(said), said
        print('# %s: %s' % (code, said))
    app.scan(sim)
    clerk.on(re.compile('taken, '))
    assert HALL.free('iccid', sim) == 'held'
    clerk.presses('F6')
    clerk.home()
    # another customer is shown the same card
    HALL.tell('reader', 'remove', 'card prc')
    clerk.asks_for('kh')
    clerk.chooses_plan()
    clerk.chooses_number(HALL.free_numbers()[0])
    clerk.on(re.compile('^SIM card'))
    app.scan(sim)
    said = clerk.notice(re.compile('another visit|sold already'))
    assert KEPT.search(said), said


def test_amounts(app):
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.asks_for('cz')
    clerk.on('Mobile number')
    clerk.types('00000000000')
    said = clerk.notice('no mobile number')
    assert KEPT.search(said), said
    clerk.presses('ctrl+a')
    clerk.types('15400000215')
    clerk.names_amount('6000')
    said = clerk.notice(re.compile('amount', re.I))
    print('# over the limit: ' + said)
    assert KEPT.search(said), said
    clerk.on('Amount')
    clerk.presses('ctrl+a')
    clerk.types('1.234')
    clerk.reads('At most 2 decimals')
    clerk.presses('ctrl+a')
    clerk.names_amount('0')
    said = clerk.notice(re.compile('amount', re.I))
    clerk.presses('ctrl+a')
    clerk.names_amount('50')
    clerk.on('Cash received')
    clerk.types('20')
    clerk.reads('¥30.00 is missing')
    clerk.enter()
    said = clerk.notice('is missing')
    assert KEPT.search(said), said
    assert HALL.value("SELECT count(*) FROM payment WHERE visit_id = (SELECT visit_id FROM customer_order ORDER BY n DESC LIMIT 1)") == 0
    clerk.on('Cash received')
    clerk.presses('ctrl+a')
    clerk.takes('50')
    clerk.next_customer()
    HALL.check_books()


if __name__ == '__main__':
    with WindowHall(sys.argv[1], auto=False) as HALL:
        sys.exit(run_tests(add_tests(sys.modules[__name__]), HALL.window))
