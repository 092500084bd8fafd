#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cash that one terminal took and another gives back, by command line: two terminals of a hall, real TLS. test-guitaictl-debt.py BUILD [CASE…]"""
import sys

import rig
from rig import PINS, Hall

BUILD = sys.argv[1]
tests = rig.Tests()
DONE = 0
CLERK, SUPERVISOR = '1042', '9001'


def approved(hall):
    path = hall.folder / 'pin'
    path.write_text(PINS[SUPERVISOR], 'utf-8')
    return ('--staff', CLERK, '--approver', SUPERVISOR, '--approver-pin-file', path)


def owe(hall):
    """A top-up of 50.00 in cash that is asked back: its order's id, and nothing more to send."""
    hall.hq('set', 'delay_ms', '600000')
    top_up = {'operation': 'top_up', 'target': '15400000099', 'amount': '50.00'}
    code, result = hall.visit(lambda script: script.update(orders=[top_up], cash='50.00'))
    assert code == DONE, result
    hall.ok('sync')
    order = hall.ok('order', 'list', '--limit', '1')['orders'][0]['id']
    hall.ok('order', 'cancel', order, '--reason', 'wrong number', *approved(hall))
    rig.wait_for(lambda: hall.ok('sync') and hall.ok('order', 'list', '--limit', '1')['orders'][0]['state'] == 'cancelled', 'the cancellation')
    return order


def slip_of(order):
    return 'GTPM' + order.replace('-', '').upper()


def drawer(hall, till):
    return hall.value("SELECT minor FROM balance WHERE account = ?", 'drawer:' + till)


def error_of(answer):
    return answer[1]['error']['code']


@tests.add
def fetched_and_paid_once():
    with Hall(BUILD, cards=()) as hall:
        other = hall.beside('T3')
        order = owe(hall)
        assert other.ok('order', 'debt', order, '--staff', CLERK)['state'] == 'elsewhere'
        assert error_of(hall.ctl('order', 'debt', order, '--do', 'fetch', '--staff', CLERK)) == 'state'  # it is owed there
        serving = hall.serve()
        answer = other.ok('order', 'debt', slip_of(order), '--do', 'fetch', '--staff', CLERK)
        assert (answer['state'], answer['amount'], answer['terminal']) == ('held', '50.00', 'H017T2'), answer
        hall.stop(serving)
        assert error_of(hall.ctl('order', 'refund', order, *approved(hall))) == 'nothing-due'
        assert hall.ok('order', 'debt', order, '--staff', CLERK)['state'] == 'released'
        assert error_of(other.ctl('order', 'debt', order, '--do', 'pay', '--staff', CLERK)) == 'approval'
        assert other.ok('order', 'debt', order, '--do', 'pay', *approved(hall))['paidOut'] == '50.00'
        assert error_of(other.ctl('order', 'debt', order, '--do', 'pay', *approved(hall))) == 'nothing-due'
        assert (drawer(hall, 'T2'), drawer(other, 'T3')) == (55000, 45000)
        for one in (hall, other):
            one.ok('sync', '--wait')
            assert one.ctl('verify', '--full', pin=None)[1]['good']
        assert 'refund' not in hall.hq('findings'), hall.hq('findings')
        text = other.ctl('order', 'debt', order, '--staff', CLERK, json_output=False)[1]
        assert 'given back here' in text, text


@tests.add
def what_is_not_there():
    with Hall(BUILD, cards=()) as hall:
        order = owe(hall)
        other = hall.beside('T3')
        for act, error in (('pay', 'nothing-due'), ('leave', 'state'), ('keep', 'usage')):
            assert error_of(other.ctl('order', 'debt', order, '--do', act, '--staff', CLERK)) == error, act
        assert error_of(other.ctl('order', 'debt', 'GTPD' + '0' * 32, '--staff', CLERK)) == 'usage'  # a payment in doubt is no debt
        assert hall.ok('order', 'refund', order, *approved(hall))['paidOut'] == '50.00'  # nothing of it went away


sys.exit(tests.run())
