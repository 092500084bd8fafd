#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines and cards, by keyboard and scanner, through the real window, with pinyin on the machine: test-line-journeys.py BUILD [TEST…]."""
import os
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import run_tests  # noqa: E402
from hall import LONG, Clerk, WindowHall, add_tests, run, wait_for  # noqa: E402

HALL = None
ID_NUMBER = '99000019950505008X'  # of the emulated card


def shot(app, name):
    if os.environ.get('TAI_SHOTS'):
        app.shot(os.path.join(os.environ['TAI_SHOTS'], name + '.png'))


def test_new_line(app):
    """kh, card, two plans side by side, number, SIM, a service, card fee, prepayment, agreement, cash with change."""
    clerk = Clerk(app, HALL)
    number, sim = HALL.free_numbers()[0], HALL.free_sims()[0]
    clerk.signs_in()
    clerk.home()
    clerk.count()
    clerk.asks_for('kh')
    clerk.on('Search plans')
    clerk.reads('Easy 39')
    clerk.presses('space', 'Down')
    app.wait(lambda: len([1 for node in clerk.page().find_all('label', re.compile('^First bill'))]) >= 2, 'two plans side by side', LONG)
    clerk.enter()
    clerk.chooses_number(number[3:8])
    clerk.on(re.compile('^SIM card'))
    clerk.reads(re.compile('Held for this customer'))
    app.scan(sim)
    clerk.on(re.compile('taken, '))
    clerk.takes_extra('Caller display')
    clerk.takes_extra('SIM card')
    clerk.takes_extra('Prepayment 50')
    clerk.enter()
    clerk.on(re.compile('agree', re.I))
    clerk.reads('the customer said yes to it')
    clerk.enter()
    clerk.on('Cash received')
    clerk.types('200')
    clerk.reads(re.compile('^Change'))
    clerk.enter()
    clerk.at('Receipt')
    receipt = clerk.receipt()
    clerk.next_customer()
    assert clerk.keys_of('new line') <= 40
    paper, form = HALL.wait_paper(receipt), HALL.wait_paper(receipt, 'form')
    assert '20.00' in paper and '50.00' in paper and number in paper.replace(' ', ''), paper
    assert sim in form.replace(' ', '') and number in form.replace(' ', ''), form
    HALL.check_books()
    assert HALL.last_order()[:3] == ('new_line', 'completed', number), HALL.last_order()
    assert HALL.free('iccid', sim) == 'used' and HALL.free('msisdn', number) == 'used'


def test_abandon(app):
    """Ctrl+Del from within an entry: number and card are free again."""
    clerk = Clerk(app, HALL)
    number, sim = HALL.free_numbers()[0], HALL.free_sims()[0]
    clerk.signs_in()
    clerk.until_sim(number)
    app.scan(sim)
    clerk.on(re.compile('taken, '))
    assert HALL.free('iccid', sim) == 'held' and HALL.free('msisdn', number) == 'held'
    clerk.presses('F3')
    clerk.home()
    clerk.presses('ctrl+Delete')
    clerk.on('Keep it')
    clerk.presses('Escape')
    clerk.home()
    clerk.presses('ctrl+Delete')
    clerk.on('Keep it')
    clerk.tabs_to('Cancel the visit')
    clerk.enter()
    clerk.home()
    wait_for(lambda: HALL.free('iccid', sim) == 'leased' and HALL.free('msisdn', number) == 'leased', 'free stock')
    app.find('label', 'No customer')


def test_leave_out(app):
    """One business of two is left out; the other is paid."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.asks_for('cz')
    clerk.names_number('15400000210')
    clerk.names_amount('25')
    clerk.on('Cash received')
    clerk.presses('F3')
    clerk.asks_for('jf')
    clerk.on('Mobile number')
    clerk.presses('ctrl+Delete')
    clerk.on('Keep it')
    clerk.tabs_to('Leave out Bill payment')
    clerk.enter()
    clerk.on('Cash received')
    clerk.is_due('¥25.00')
    clerk.takes()
    clerk.next_customer()
    HALL.check_books()


def test_second_enter(app):
    """An impatient Enter begins nothing twice."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.home()
    clerk.types('cz')
    run('xdotool', 'key', '--delay', '5', 'Return', 'Return', 'Return')
    clerk.on('Mobile number')
    clerk.names_number('15400000211')
    clerk.names_amount('1')
    clerk.takes()
    assert '1.00' in HALL.wait_paper(clerk.receipt())
    assert HALL.value("SELECT count(*) FROM customer_order WHERE state <> 'cancelled' AND msisdn IS NULL") == 0
    assert len([1 for _ in app.root.find_all('list item', re.compile('^[0-9] Top-up'))]) == 1


def test_plan_change(app):
    """Needs a card, a number, a plan and a signature; nothing to pay."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.home()
    clerk.count()
    clerk.asks_for('tcbg')
    clerk.names_number('15400000212')
    clerk.reads(re.compile('朱'))
    clerk.on('Go on')
    clerk.enter()
    clerk.on('Search plans')
    clerk.types('99')
    clerk.reads('Easy 99')
    clerk.enter()
    app.wait(lambda: clerk.on(None).name in ('The customer agrees', 'Go on') or clerk.on(None).matches(None, re.compile('taken, ')), 'extras or agreement', LONG)
    if clerk.on(None).matches(None, re.compile('taken, ')):
        clerk.enter()
    clerk.on(re.compile('agree', re.I))
    clerk.enter()
    clerk.at('Take money')
    clerk.on(re.compile('nothing to pay|Money received|Cash received'))
    clerk.enter()
    clerk.at('Receipt')
    clerk.on('Next customer')
    clerk.enter()
    clerk.home()
    clerk.keys_of('plan change')
    HALL.wait_uploaded()
    assert HALL.last_order()[:3] == ('plan_change', 'completed', '15400000212'), HALL.last_order()


def test_suspend(app):
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.home()
    clerk.count()
    clerk.asks_for('tjbh')
    clerk.names_number('15400000213')
    clerk.on('Go on')
    clerk.enter()
    clerk.on(re.compile('agree', re.I))
    clerk.enter()
    clerk.on(re.compile('nothing to pay'))
    clerk.enter()
    clerk.next_customer()
    clerk.keys_of('suspension')
    HALL.wait_uploaded()
    assert HALL.last_order()[:3] == ('suspend', 'completed', '15400000213'), HALL.last_order()


def test_three_plans(app):
    """Side by side: the chosen one and the two that were kept, each whole in its width; a fourth is answered."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.asks_for('kh')
    clerk.on('Search plans')
    clerk.reads('Easy 39')

    def cards():
        return [next(clerk.page().find_all('panel', name), None) for name in ('Easy 39', 'Easy 59', 'Easy 99')]
    clerk.presses('space', 'Down', 'space', 'Down')
    app.wait(lambda: all(cards()) and len(list(clerk.page().find_all('label', re.compile('^First bill')))) >= 3, 'three cards', LONG)

    def are_whole():
        pane = cards()[0]
        while pane.role != 'scroll pane':
            pane = pane.parent
        left, _top, width, _height = pane.extents
        places = [card.extents for card in cards()]
        return all(place[0] >= left and place[0] + place[2] <= left + width for place in places)
    app.wait(are_whole, 'three whole cards', LONG)
    clerk.presses('space')
    clerk.notice('Three plans fit side by side')
    clerk.presses('ctrl+Delete')
    clerk.on('Keep it')
    clerk.tabs_to('Cancel the visit')
    clerk.enter()
    clerk.home()


def first_found(clerk):
    """What Enter would take: "New line, Opens a number …, kh"."""
    rows = [node for node in clerk.page().find_all('list item') if node.has('selected')]
    return rows[0].name if rows else ''


def test_every_business(app):
    """Its letters, four at most, put each business first; so do its name in Chinese and the whole pinyin. None is a dead end."""
    clerk = Clerk(app, HALL)
    code, all_of_them = HALL.ctl('operations', pin=None)
    assert code == 0 and len(all_of_them['operations']) >= 26, all_of_them
    clerk.signs_in()
    clerk.home()

    def finds(typed, wanted):
        clerk.types(typed)
        app.wait(lambda: first_found(clerk).endswith(', ' + wanted), '%s first for %s, not %r' % (wanted, typed, first_found(clerk)), LONG)
        clerk.presses('ctrl+a', 'BackSpace')
    for operation in all_of_them['operations']:
        finds(operation['code'][:4], operation['code'])
    for pinyin, chinese, wanted in (('kaihu', '开户', 'kh'), ('chongzhi', '充值', 'cz'), ('jiaofei', '缴费', 'jf'), ('tuifei', '退费', 'tf'),
                                    ('taocanbiangeng', '套餐变更', 'tcbg'), ('tingjibaohao', '停机保号', 'tjbh')):
        finds(pinyin, wanted)
        finds(chinese, wanted)
    for typed in ('tf', 'fx', 'cd', 'cjgz'):  # done at an order that is there already
        clerk.asks_for(typed)
        clerk.at('Orders')
        clerk.on('Number or receipt')
        clerk.presses('Escape')
        clerk.home()
        clerk.presses('ctrl+a', 'BackSpace')
    clerk.asks_for('hx')
    clerk.notice('A coupon is money')
    clerk.presses('ctrl+a', 'BackSpace')


def test_every_way_in_pinyin(app):
    """With the input method on its first Enter gives the letters as they are, the second takes the business."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.home()
    box = app.find('text', 'Command box')
    for typed in ('cz', 'jf', 'tcbg', 'tjbh', 'yxh', 'fj'):
        app.wait(lambda: run('fcitx5-remote', '-o') == '' and run('fcitx5-remote') == '2', 'pinyin switched on')
        clerk.types(typed)
        clerk.enter()
        app.wait(lambda: box.text == typed and first_found(clerk).endswith(', ' + typed), 'the business of ' + typed, LONG)
        clerk.presses('ctrl+a', 'BackSpace')
        app.wait(lambda: box.text == '', 'an empty box', LONG)


def switches_pinyin_on(clerk, box):
    """The input method hears of the focus later than we do, and is switched on for the field that it knows: until one word is composed."""
    def composes():
        run('fcitx5-remote', '-o')
        clerk.presses('ctrl+a', 'BackSpace')
        clerk.types('ni')
        clerk.presses('space')
        wait_for(lambda: box.text != '', 'a word')
        return not box.text.isascii()
    clerk.app.wait(composes, 'pinyin switched on')
    clerk.presses('ctrl+a', 'BackSpace')
    clerk.app.wait(lambda: box.text == '', 'an empty box')


def test_command_box_in_pinyin(app):
    """kaihu, 开户 and kh, all with the input method on."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.home()
    box = app.find('text', 'Command box')
    switches_pinyin_on(clerk, box)
    for typed, keys in (('kaihu', ('space',)), ('kh', ('Return',)), ('kaihu', ('Return',))):
        app.wait(lambda: run('fcitx5-remote', '-o') == '' and run('fcitx5-remote') == '2', 'pinyin switched on')
        clerk.types(typed)
        clerk.presses(*keys)
        app.wait(lambda: box.text in ('开户', typed), 'the words in the box, not %r' % box.text)
        app.find(None, re.compile('^New line'))
        clerk.presses('ctrl+a', 'BackSpace')
        app.wait(lambda: box.text == '', 'an empty box')


def test_scan_anywhere(app):
    """A scan presses no button and writes into no field, wherever the focus is."""
    clerk = Clerk(app, HALL)
    ean = '6901234567892'
    clerk.signs_in()
    clerk.home()
    app.scan(ean)
    box = app.find('text', 'Command box')
    app.wait(lambda: box.text == ean, 'the code in the command box')
    clerk.presses('Escape')
    clerk.asks_for('cz')
    clerk.names_number('15400000214')
    clerk.names_amount('3')
    clerk.on('Cash received')
    app.scan(ean)
    clerk.notice('not asked for here')
    assert app.find('text', 'Cash received').text == ''
    clerk.presses('Tab')
    app.scan(ean)
    clerk.presses('F9')
    clerk.at('Receipt')
    clerk.on('Next customer')
    app.scan(ean)
    clerk.notice('not asked for here')
    clerk.on('Next customer')
    clerk.enter()
    clerk.home()
    clerk.presses('F2')
    clerk.on('Number or receipt')
    app.scan(ean)
    clerk.presses('Escape')
    clerk.home()


def test_last_refused_afterwards(app):
    """Headquarters refuses what was sold and paid: home says so and why, Enter leads to the order and to the money that is owed."""
    clerk = Clerk(app, HALL)
    number, sim = HALL.free_numbers()[0], HALL.free_sims()[0]
    HALL.hq('block', ID_NUMBER)
    clerk.signs_in()
    clerk.until_sim(number[3:8])
    app.scan(sim)
    clerk.on(re.compile('taken, '))
    clerk.takes_extra('Prepayment 50')
    clerk.enter()
    clerk.on(re.compile('agree', re.I))
    clerk.enter()
    clerk.takes()
    clerk.next_customer()
    wait_for(lambda: HALL.last_order()[1] == 'rejected', 'the refusal of %s' % (HALL.last_order(),))
    HALL.hq('unblock', ID_NUMBER)
    row = re.compile('^Refused by headquarters · New line %s %s %s.*barred.*Enter: the money' % (number[:3], number[3:7], number[7:]))
    app.find(None, row, LONG)
    clerk.home()
    clerk.presses('Down')
    clerk.on(row)
    shot(app, 'refused-home')
    clerk.enter()
    clerk.reads('¥50.00 is owed')
    shot(app, 'refused-order')
    assert HALL.free('msisdn', number) != 'used' and HALL.free('iccid', sim) != 'used'


if __name__ == '__main__':
    with WindowHall(sys.argv[1]) as HALL:
        sys.exit(run_tests(add_tests(sys.modules[__name__]), HALL.window))
