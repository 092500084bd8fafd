#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Paying by QR and in parts from the command line, with headquarters' sandbox customers: real programs throughout.
test-guitaictl-pay.py BUILD [CASE…]"""
import pathlib
import sys

import rig
from rig import Hall

BUILD = sys.argv[1]
tests = rig.Tests()

DONE, REFUSED = 0, 1
CODE = '130000000000000001'


def top_up(amount, *payments):
    def change(script):
        del script['cash']
        script['orders'] = [{'operation': 'top_up', 'target': '15400000099', 'amount': amount}]
        script['payments'] = list(payments)
    return change


def balance(hall, account):
    return hall.value("SELECT coalesce (sum (minor), 0) FROM balance WHERE account = '%s'" % account)


def code_is_nowhere(hall):
    for path in [*hall.state.rglob('*'), *(hall.folder / 'hq').rglob('*')]:
        if path.is_file():
            assert CODE.encode() not in path.read_bytes(), path


def tills(hall):
    """What the sandbox holds: lines of minor, since, closed, refunded, …"""
    lines = [path.read_text('utf-8').split() for path in (hall.folder / 'hq' / 'sandbox').glob('*')]
    return sorted(int(line[0]) for line in lines if line[3] == '0' and line[6] == '0')


@tests.add
def a_code_is_charged():
    with Hall(BUILD, cards=()) as hall:
        hall.hq('set', 'sandbox', '0')
        code, result = hall.visit(top_up('50.00', {'tender': 'qr', 'code': CODE}), json_output=True)
        assert code == DONE, result
        assert [(p['tender'], p['provider'], p['amount'], p['state']) for p in result['payments']] == [('qr', 'wechat', '50.00', 'succeeded')]
        assert '微信' in result['receiptText'], result['receiptText']
        assert balance(hall, 'qr_clearing:wechat') == 5000 and balance(hall, 'drawer:T2') == 50000
        hall.ok('sync', '--wait')
        assert [order['state'] for order in hall.ok('order', 'list')['orders']] == ['completed']
        assert tills(hall) == [5000]
        code_is_nowhere(hall)
        assert hall.ok('verify', '--full')['good']


@tests.add
def parts_in_any_mix():
    with Hall(BUILD, cards=()) as hall:
        hall.hq('set', 'sandbox', '0')
        code, result = hall.visit(top_up('120.00', {'tender': 'coupon', 'number': 'C-17', 'amount': '10.00'}, {'tender': 'cash', 'amount': '30.00'},
                                         {'tender': 'qr', 'provider': 'alipay', 'amount': '60.00'}, {'tender': 'other', 'provider': 'cheque', 'number': '7'}))
        assert code == DONE, result
        assert [p['state'] for p in result['payments']] == ['succeeded'] * 4, result
        assert balance(hall, 'qr_clearing:alipay') == 6000 and balance(hall, 'coupon_clearing') == 1000
        assert balance(hall, 'other_clearing:cheque') == 2000 and balance(hall, 'drawer:T2') == 53000 and balance(hall, 'part_paid') == 0
        hall.ok('sync', '--wait')
        assert [order['state'] for order in hall.ok('order', 'list')['orders']] == ['completed']
        assert tills(hall) == [6000]


@tests.add
def what_is_refused_goes_back():
    with Hall(BUILD, cards=()) as hall:
        hall.hq('set', 'sandbox', '0')
        code, result = hall.visit(top_up('50.04', {'tender': 'cash', 'amount': '20.00'}, {'tender': 'qr', 'code': CODE, 'amount': '10.00'},
                                         {'tender': 'qr', 'code': CODE, 'amount': '20.04'}))
        assert (code, result['error']['code']) == (REFUSED, 'payment-refused'), result
        assert 'NOTENOUGH' in result['error']['detail'] and CODE not in result['error']['detail']
        assert balance(hall, 'drawer:T2') == 50000 and balance(hall, 'qr_clearing:wechat') == 0 and balance(hall, 'part_paid') == 0
        assert hall.value("SELECT group_concat (state, ' ') FROM customer_order") == 'cancelled'
        assert tills(hall) == [2004]  # the refused bill; what was paid went back
        code_is_nowhere(hall)


@tests.add
def a_lost_answer_is_asked_for():
    with Hall(BUILD, cards=()) as hall:
        hall.hq('set', 'sandbox', '0')
        code, result = hall.visit(top_up('50.05', {'tender': 'qr', 'code': CODE}))
        assert code == DONE, result
        events = hall.value("SELECT group_concat (state, ' ') FROM (SELECT state FROM payment_event ORDER BY k)")
        assert events == 'created submitted unknown succeeded', events
        code, result = hall.visit(top_up('50.06', {'tender': 'qr', 'code': CODE}))
        assert (code, result['error']['code']) == (REFUSED, 'payment-refused'), result
        assert tills(hall) == [5005] and balance(hall, 'qr_clearing:wechat') == 5005
        assert balance(hall, 'in_doubt') == 0


@tests.add
def without_a_gateway_nothing_is_taken():
    with Hall(BUILD, cards=()) as hall:
        code, result = hall.visit(top_up('50.00', {'tender': 'qr', 'code': CODE}))
        assert (code, result['error']['code']) == (REFUSED, 'payment-refused') and 'no_gateway' in result['error']['detail'], result
        hall.stop_hq()
        code, result = hall.visit(top_up('50.00', {'tender': 'qr', 'code': CODE}))
        assert (code, result['error']['code']) == (REFUSED, 'payment-refused'), result
        code, result = hall.visit(top_up('50.00', {'tender': 'qr', 'code': '160000000000000000'}))
        assert (code, result['error']['code']) == (REFUSED, 'pay-code'), result
        assert balance(hall, 'part_paid') == 0 and not pathlib.Path(hall.folder / 'hq' / 'sandbox').exists()


sys.exit(tests.run())
