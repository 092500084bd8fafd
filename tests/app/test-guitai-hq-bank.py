#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A hall's bag goes to the bank, the bank's statement comes to headquarters; a day of the hall ends. The real programs, with the server
running and without.   test-guitai-hq-bank.py BUILD [CASE…]"""
import json
import sys

import rig
from rig import Hall

BUILD = sys.argv[1]
tests = rig.Tests()
HEADS = 'type,day,hall,number,reference,amount\n'


def boss_file(hall):
    path = hall.folder / 'boss'
    path.write_text(rig.PINS['9001'])
    path.chmod(0o600)
    return ('--approver', '9001', '--approver-pin-file', path)


def day_of(hall):
    return hall.value('SELECT business_day FROM shift')


def statement(hall, lines, encoding='utf-8'):
    path = hall.folder / 'statement.csv'
    path.write_bytes((HEADS + lines).encode(encoding))
    return path


def findings(hall):
    return [(one['kind'], one['subject'], one['detail']) for one in json.loads(hall.hq('findings', '--json')) if one['kind'] == 'bank']


@tests.add
def a_bag_arrives_at_the_bank():
    with Hall(BUILD, cards=()) as hall:
        own, approved = ('--staff', '1042'), boss_file(hall)
        for bag, slip in (('B-1', 'S-1'), ('B-2', 'S-2')):
            hall.ok('till', 'drop', '--amount', '100.00', '--bag', bag, *own)
            hall.ok('till', 'deposit', '--amount', '100.00', '--bag', bag, '--slip', slip, *own, *approved)
        hall.ok('sync', '--wait')
        day = day_of(hall)
        first = statement(hall, 'deposit,%s,H017,S-1,ICBC-1,100.00\ndeposit,%s,H017,S-9,ICBC-9,7.00\n' % (day, day))
        assert hall.hq('bank', 'import', first) == '2 lines, 0 of them known; 2 do not match\n'
        assert findings(hall) == [('bank', 'deposit S-2', 'bank_missing 100.00'), ('bank', 'deposit S-9', 'hall_missing 7.00')], findings(hall)
        assert hall.hq('bank', 'import', first) == '2 lines, 2 of them known; 2 do not match\n'
        hall.stop_hq()  # the folder itself is as good as the server
        second = statement(hall, '现金缴款,%s,H017,S-2,ICBC-2,100.00\n' % day, 'gb18030')
        assert hall.hq('bank', 'import', second) == '1 lines, 0 of them known; 1 do not match\n'
        lines = json.loads(hall.hq('bank', '--from', day, '--json'))
        assert [(line['number'], line['reference'], line['amount']['value']) for line in lines] == [('S-1', 'ICBC-1', 100.00), ('S-2', 'ICBC-2', 100.00), ('S-9', 'ICBC-9', 7.00)], lines
        assert hall.hq('bank', '--from', day).count('\n') == 3
        report = json.loads(hall.hq('report', '--from', day, '--json'))
        assert report['findings'] == 1, report['findings']


@tests.add
def a_bad_file_changes_nothing():
    with Hall(BUILD, cards=()) as hall:
        day = day_of(hall)
        for lines, why in (('deposit,%s,H017,S-1,R-1,1.234\n' % day, 'line 2: amount 1.234'), ('deposit,%s,H999,S-1,R-1,1.00\n' % day, 'hall H999'),
                           ('deposit,%s,H017,S-1,R-1,-1.00\n' % day, 'not above 0'), ('', 'no lines')):
            code, said = hall.hq_try('bank', 'import', statement(hall, lines))
            assert code == 1 and why in said, (code, said)
        code, said = hall.hq_try('bank', 'import', hall.folder / 'none.csv')
        assert code == 1 and 'none.csv' in said, (code, said)
        code, said = hall.hq_try('bank')
        assert code == 1 and 'usage: bank import FILE' in said, (code, said)
        code, said = hall.hq_try('bank', '--from', 'today')
        assert code == 1, (code, said)
        assert hall.hq('bank', '--from', day) == '' and findings(hall) == []


@tests.add
def the_days_that_are_over():
    with Hall(BUILD, cards=()) as hall:
        day = day_of(hall)
        hall.ok('sync', '--wait')
        assert hall.hq('closes', '--from', day).split() == [day, 'H017', 'H017T2', 'not', 'closed']
        hall.ok('till', 'close', '--staff', '1042', '--count', '500.00')
        hall.ok('hall', 'close', '--staff', '9001', pin=rig.PINS['9001'])
        hall.ok('sync', '--wait')
        closes = json.loads(hall.hq('closes', '--from', day, '--hall', 'H017', '--json'))
        assert [(one['terminal'], one['closed'], one['number'], one['drawers']['value'], one['shifts']) for one in closes] == [('H017T2', True, 1, 500.00, 1)], closes
        text = hall.hq('closes', '--from', day[:7])
        assert 'no. 1' in text and 'drawers 500.00' in text and 'not closed' not in text, text
        assert json.loads(hall.hq('closes', '--from', '2020-01-01', '--json')) == []
        code, said = hall.hq_try('closes')
        assert code == 1 and 'usage: closes --from' in said, (code, said)


sys.exit(tests.run())
