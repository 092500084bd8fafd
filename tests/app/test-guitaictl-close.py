#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The end of the day by command line: preview and close slip, a drawer from hand to hand, what was booked afterwards, why it is off,
the close of the hall.   test-guitaictl-close.py BUILD [CASE…]"""
import sys

import rig
from rig import PINS, Hall

BUILD = sys.argv[1]
tests = rig.Tests()
DONE, REFUSED, USAGE = 0, 1, 2
CLERK, COLLEAGUE, SUPERVISOR = '1042', '1043', '9001'


def pin_file(hall, number):
    path = hall.folder / ('pin-' + number)
    path.write_text(PINS[number], 'utf-8')
    return path


def error_of(answer):
    return answer[0], answer[1]['error']['code']


@tests.add
def preview_and_slip():
    with Hall(BUILD) as hall:
        hall.stop_hq()
        hall.visit()
        preview = hall.ok('till', 'x')
        assert preview['orders'] > 0 and 'drawer' not in preview and 'chainCheckedFrom' not in preview, preview
        assert error_of(hall.ctl('till', 'z')) == (REFUSED, 'no-shift')
        counted = hall.rows("SELECT minor FROM balance WHERE account = 'drawer:T2'")[0][0]
        hall.ok('till', 'close', '--count', '%d.%02d' % divmod(counted, 100), '--staff', CLERK)
        slip = hall.ok('till', 'z')
        assert slip['chainBrokenAt'] == 0 and slip['chainCheckedFrom'] == 1 and slip['supplements'] == [], slip
        assert slip['shifts'][0]['difference'] == '0.00' and slip['unsent'] > 0, slip
        hall.start_hq()
        hall.ok('sync', '--wait')  # what came later changes nothing of it
        again = hall.ok('till', 'z', '--number', '1')
        moved = {key for key in again if again[key] != slip[key]} - {'text', 'supplements', 'asOf'}  # when it was asked for
        assert not moved, (moved, slip, again)
        assert error_of(hall.ctl('till', 'z', '--number', '2')) == (REFUSED, 'no-shift')
        assert error_of(hall.ctl('till', 'x')) == (REFUSED, 'no-shift')
        pdf = hall.folder / 'slip.pdf'
        hall.ok('till', 'z', '--pdf', pdf)
        assert pdf.read_bytes().startswith(b'%PDF')


@tests.add
def papers():
    with Hall(BUILD, cards=()) as hall:
        assert hall.ok('till', 'print', '--x', '--staff', CLERK) == {'till': 'T2', 'copy': 0}
        hall.ok('till', 'close', '--count', '500.00', '--staff', CLERK)
        hall.ok('print', 'run', '--to', 'file:%s' % (hall.folder / 'papers'))
        assert hall.ok('till', 'print', '--staff', CLERK) == {'till': 'T2', 'zNumber': 1, 'copy': 1}
        assert hall.ok('till', 'print', '--staff', CLERK, '--printer', 'form')['copy'] == 0
        assert error_of(hall.ctl('till', 'print', '--staff', CLERK, '--printer', 'wall')) == (USAGE, 'usage')


@tests.add
def hand_over():
    with Hall(BUILD, cards=()) as hall:
        pin = pin_file(hall, COLLEAGUE)
        bad = hall.folder / 'bad'
        bad.write_text('000000', 'utf-8')
        give = ('till', 'hand-over', '--staff', CLERK, '--count', '490.00')
        assert error_of(hall.ctl(*give, '--taker', CLERK, '--taker-pin-file', pin_file(hall, CLERK))) == (REFUSED, 'same-clerk')
        assert error_of(hall.ctl(*give, '--taker', COLLEAGUE, '--taker-pin-file', bad)) == (REFUSED, 'pin-wrong')
        assert hall.rows('SELECT clerk, state FROM shift') == [(CLERK, 'open')]
        slip = hall.ok(*give, '--taker', COLLEAGUE, '--taker-pin-file', pin)
        assert [shift['difference'] for shift in slip['shifts'] if shift['state'] == 'closed'] == ['-10.00'], slip
        assert hall.rows('SELECT clerk, state, float_minor, z_number FROM shift ORDER BY n') == [(CLERK, 'closed', 50000, 1), (COLLEAGUE, 'open', 49000, 0)]
        found = hall.ok('till', 'difference')
        assert found['difference'] == '-10.00' and {'float', 'count'} <= {cause['cause'] for cause in found['causes']}, found


def stops(result):
    return [item for item in result['items'] if item['stops']]


@tests.add
def hall_close():
    with Hall(BUILD, cards=()) as hall:
        boss = {'pin': PINS[SUPERVISOR]}
        close = ('hall', 'close', '--staff', SUPERVISOR)
        looked = hall.ok(*close, '--check', **boss)
        assert looked['stops'] == 1 and looked['items'][0]['kind'] == 'till_open' and looked['items'][0]['command'] == 'till close', looked
        code, refused = hall.ctl(*close, **boss)
        assert (code, refused['error']['code']) == (REFUSED, 'day-open') and stops(refused) == stops(looked), refused
        hall.ok('till', 'drop', '--amount', '100.00', '--bag', 'B-1', '--staff', CLERK)
        hall.ok('till', 'close', '--count', '400.00', '--staff', CLERK)
        assert error_of(hall.ctl('hall', 'close', '--staff', CLERK)) == (REFUSED, 'right-missing')
        done = hall.ok(*close, **boss)
        assert done['closed']['number'] == 1 and done['closed']['bags'] == '100.00' and done['closed']['drawers'] == '400.00', done
        assert 'bag' in [item['kind'] for item in done['items']]
        code, again = hall.ctl(*close, **boss)
        assert (code, again['error']['code']) == (REFUSED, 'day-closed') and again['closed'] == done['closed'], again
        day = hall.rows('SELECT business_day FROM hall_close')[0][0]
        hall.ok('till', 'open', '--count', '400.00', '--staff', CLERK)  # whoever comes now is served for the next day
        assert hall.rows('SELECT count (*) FROM shift WHERE business_day > ?', day) == [(1,)]


def code_for(hall, terminal, till, klass='demo', more=()):
    return hall.hq('code', '--terminal', terminal, '--hall', 'H017', '--desk', '4', '--till', till, '--class', klass, *more).strip()


@tests.add
def others_of_the_hall():
    """What the window's list has of the hall's other terminals, the command line has; and says when it has not."""
    with Hall(BUILD, cards=()) as hall:
        boss = {'pin': PINS[SUPERVISOR]}
        check = ('hall', 'close', '--staff', SUPERVISOR, '--check')
        first, hall.state = hall.state, hall.folder / 'second'
        hall.ok('init')
        hall.ok('enrol', '--url', hall.url, '--code', code_for(hall, 'H017T3', 'T3'))
        hall.ok('catalogue', 'pull')
        hall.ok('till', 'open', '--staff', COLLEAGUE, '--count', '100.00', pin=PINS[COLLEAGUE])
        hall.ok('sync', '--wait')
        hall.state = hall.folder / 'kiosk'  # it is enrolled, and never heard of since
        hall.ok('init')
        hall.ok('enrol', '--url', hall.url, '--code', code_for(hall, 'H017K1', 'K1', more=('--kiosk',)))
        hall.state = first
        looked = hall.ok(*check, **boss)
        silent = [(item['kind'], item['subject']) for item in looked['items'] if 'silent' in item['kind']]
        assert silent == [('kiosk_silent', 'H017K1')], looked
        found = [(item['subject'], item['detail'], item['stops']) for item in looked['items'] if item['kind'] == 'till_elsewhere']
        assert found == [('T3', COLLEAGUE, False)] and 'othersAsOf' in looked, looked
        text = hall.ctl(*check, json_output=False, **boss)[1]
        assert 'T3' in text and 'as headquarters knew them at' in text, text
        mine = hall.ok('hall', 'close', '--staff', CLERK, '--check')  # a clerk sees what is here
        assert 'othersAsOf' not in mine and not [item for item in mine['items'] if item['kind'] == 'till_elsewhere'], mine
        hall.stop_hq()
        alone = hall.ok(*check, **boss)
        assert 'othersAsOf' not in alone and alone['stops'] == looked['stops'], alone
        assert 'headquarters cannot be asked now' in hall.ctl(*check, json_output=False, **boss)[1]


@tests.add
def one_drawer_one_terminal():
    """Two terminals that count receipts of one till would have the same numbers: the second is not enrolled while the first is there."""
    with Hall(BUILD, cards=(), till=False) as hall:
        first, hall.state = hall.state, hall.folder / 'second'
        hall.ok('init')
        code = code_for(hall, 'H017T3', 'T2')
        status, refused = hall.ctl('enrol', '--url', hall.url, '--code', code)
        assert status != DONE and 'till' in refused['error']['detail'], refused
        hall.hq('revoke', 'H017T2')
        hall.ok('enrol', '--url', hall.url, '--code', code)  # it takes its place, and the code was not used up
        hall.state = hall.folder / 'third'
        hall.ok('init')
        hall.ok('enrol', '--url', hall.url, '--code', code_for(hall, 'H017X1', 'T2', 'training'))  # papers of its own
        hall.state = first


@tests.add
def cancelled_after_the_close():
    """An order that is asked back when its till is closed: a numbered supplement says so, the slip stays what it was."""
    with Hall(BUILD, cards=()) as hall:
        hall.hq('set', 'delay_ms', '600000')
        approver = ('--staff', CLERK, '--approver', SUPERVISOR, '--approver-pin-file', pin_file(hall, SUPERVISOR))
        top_up = {'operation': 'top_up', 'target': '15400000099', 'amount': '50.00'}
        code, result = hall.visit(lambda script: script.update(orders=[top_up], cash='50.00'))
        assert code == DONE, result
        hall.ok('sync')
        order = hall.ok('order', 'list', '--limit', '1')['orders'][0]
        hall.ok('till', 'close', '--count', '550.00', '--staff', CLERK)
        slip = hall.ok('till', 'z')
        hall.ok('till', 'open', '--count', '550.00', '--staff', CLERK)
        hall.ok('order', 'cancel', order['id'], '--reason', 'wrong number', *approver)
        rig.wait_for(lambda: hall.ok('sync') and hall.ok('order', 'list', '--limit', '1')['orders'][0]['state'] == 'cancelled', 'the cancellation')
        events = [one['event'] for one in hall.ok('till', 'supplements')['supplements']]
        assert events[0] == 'hq_cancelled' and 'hq_refused' not in events, events
        text = hall.ctl('till', 'supplements', json_output=False, pin=None)[1]
        assert 'Till close slip 1, supplement 1' in text and 'Cancelled, refund due 50.00' in text and 'Refused' not in text, text
        again = hall.ok('till', 'z', '--number', '1')
        assert again['shifts'][0] == slip['shifts'][0] and again['refundDue'] == slip['refundDue'], (slip, again)
        assert hall.ok('order', 'refund', order['id'], *approver)['paidOut'] == '50.00'  # refund after Z: in the shift that is open now
        assert hall.ctl('order', 'refund', order['id'], *approver)[1]['error']['code'] == 'nothing-due'  # and no refund of a refund
        assert [one['event'] for one in hall.ok('till', 'supplements')['supplements']][-1] == 'refund_cash'
        assert hall.ok('verify', '--full')['good']


sys.exit(tests.run())
