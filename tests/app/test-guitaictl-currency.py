#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A hall whose money has no decimals, and one whose money has three: sale with change, split, refund, counts and reports come out to the
last unit, and an amount with a decimal too many is refused.   test-guitaictl-currency.py BUILD [CASE…]"""
import json
import pathlib
import re
import sys
import tempfile

import rig
from rig import PINS, Hall

BUILD = sys.argv[1]
tests = rig.Tests()
DONE, CLERK, SUPERVISOR = 0, '1042', '9001'
EXAMPLES = rig.EXAMPLES


def changed(value, currency):
    """The examples' amounts in that money: each {"unit", "value"} with as many decimals as it has."""
    if isinstance(value, float):
        return int(value) if value >= 1 else round(value + 0.49)
    if isinstance(value, list):
        return [changed(one, currency) for one in value]
    if not isinstance(value, dict):
        return value
    if value.get('unit') == 'CNY':
        value = {**value, 'unit': currency}
    return {name: changed(one, currency) for name, one in value.items()}


class ForeignHall(Hall):
    def __init__(self, build, currency):
        self.currency = currency
        self.examples = tempfile.TemporaryDirectory()
        for path in EXAMPLES.glob('*.json'):
            text = path.read_text('utf-8')
            pathlib.Path(self.examples.name, path.name).write_text(json.dumps(changed(json.loads(text), currency), ensure_ascii=False), 'utf-8')
        rig.EXAMPLES = pathlib.Path(self.examples.name)
        super().__init__(build, cards=(), till=False)

    def __exit__(self, *unused):
        super().__exit__(*unused)
        rig.EXAMPLES = EXAMPLES
        self.examples.cleanup()

    def assert_everywhere(self, sold, amount):
        """On the receipt, without capitals, which are yuan's; in the messages to headquarters; in the books, as whole minor units."""
        whole = re.compile(r'(?<![\d.,])%s(?![\d.])' % re.escape(amount))
        assert whole.search(sold['receiptText']) and '大写' not in sold['receiptText'] and '人民币' not in sold['receiptText'], sold['receiptText']
        bodies = [body for (body,) in self.rows("SELECT CAST (body AS TEXT) FROM message WHERE path LIKE '%productOrder' OR path LIKE '%payment'")]
        assert bodies and all('"unit":"%s","value":%s}' % (self.currency, amount) in body and '"CNY"' not in body for body in bodies), bodies
        assert self.value('SELECT amount_minor FROM payment ORDER BY n LIMIT 1') == int(amount.replace('.', ''))

    def code(self, klass):
        return self.hq('code', '--terminal', 'H017T2', '--hall', 'H017', '--till', 'T2', '--class', klass, '--currency', self.currency,
                       '--language', 'zh_CN').strip()


def top_up(amount, cash=None, payments=None):
    def change(script):
        script['orders'] = [{'operation': 'top_up', 'target': '15400000099', 'amount': amount}]
        del script['cash']
        if cash:
            script['cash'] = cash
        if payments:
            script['payments'] = payments
    return change


def a_day(currency, unit, too_fine):
    """@unit: how amounts look, as a function of whole ones; @too_fine: one with a decimal too many."""
    with ForeignHall(BUILD, currency) as hall:
        (hall.folder / 'pin').write_text(PINS[SUPERVISOR])
        approver = ('--staff', CLERK, '--approver', SUPERVISOR, '--approver-pin-file', hall.folder / 'pin')
        code, refused = hall.ctl('till', 'open', '--staff', CLERK, '--count', too_fine)
        assert code != DONE and refused['error']['code'] == 'money-decimals' and 'two' not in refused['error']['words'], refused
        hall.ok('till', 'open', '--staff', CLERK, '--count', unit(500))
        before = hall.snapshot()
        for change in (top_up(too_fine, unit(100)), top_up(unit(50), too_fine)):
            assert hall.visit(change)[0] != DONE and hall.snapshot() == before
        code, sold = hall.visit(top_up(unit(128), unit(200)))
        assert code == DONE and sold['currency'] == currency and sold['change'] == unit(72), sold
        hall.assert_everywhere(sold, unit(128))
        code, split = hall.visit(top_up(unit(50), payments=[{'tender': 'other', 'provider': 'cheque', 'number': '7788', 'amount': unit(20)}, {'tender': 'cash'}]))
        assert code == DONE and [one['amount'] for one in split['payments']] == [unit(20), unit(30)], split
        hall.ok('sync', '--wait')
        assert {order['state'] for order in hall.ok('order', 'list')['orders'] if order['state'] != 'cancelled'} == {'completed'}
        order = next(one for one in hall.ok('order', 'list')['orders'] if one['receipt'].endswith('0001'))
        hall.ok('order', 'undo', order['id'], '--reason', 'wrong amount', *approver)
        rig.wait_for(lambda: hall.ok('sync') and hall.ok('order', 'show', order['id'])['state'] == 'undone', 'the undo')
        assert hall.ok('order', 'refund', order['id'], *approver)['paidOut'] == unit(128)
        hall.ok('till', 'close', '--count', unit(529), '--staff', CLERK)  # one short
        slip = hall.ok('till', 'z')
        shift = slip['shifts'][0]
        assert (shift['expected'], shift['counted'], shift['difference']) == (unit(530), unit(529), unit(-1)), shift
        hall.ok('sync', '--wait')
        day = hall.value('SELECT business_day FROM shift')
        theirs = json.loads(hall.hq('report', '--from', day, '--json'))
        assert theirs['now']['sales'] == {'unit': currency, 'value': json.loads(slip['sales'])}, theirs['now']
        assert json.loads(hall.hq('findings', '--json')) == [] and hall.ok('verify', '--full')['good']
        table = hall.folder / 'day.csv'
        hall.ok('report', 'day', '--csv', table)
        assert re.search(r'(?<![\d.])%s(?![\d.])' % re.escape(unit(529)), table.read_text('utf-8')), table.read_text('utf-8')
        text = hall.ctl('till', 'z', json_output=False, pin=None)[1]
        assert re.search(r'(?<![\d.])%s(?![\d.])' % re.escape(unit(529)), text.replace(',', '')), text


@tests.add
def without_decimals():
    a_day('JPY', str, '50.5')


@tests.add
def with_three_decimals():
    a_day('KWD', lambda whole: '%.3f' % whole, '50.0005')


sys.exit(tests.run())
