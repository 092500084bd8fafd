#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The reports of a terminal beside headquarters' of the same: the figures are equal, whose they are is told, who may not see them does not, and
without a line that is said.   test-guitaictl-report.py BUILD [CASE…]"""
import csv
import json
import sys

import rig
from rig import EXAMPLES, Hall

BUILD = sys.argv[1]
tests = rig.Tests()
DONE, REFUSED, USAGE = 0, 1, 2
BOSS = ('--from', 'hq', '--staff', '9001')
FIGURES = ('businessDay', 'byBusiness', 'byTender', 'byEvent', 'byHour', 'orders', 'payments', 'reprints', 'undone')


def expect(result, code, domain, reason):
    found, said = result
    assert found == code and said['error']['domain'] == domain and said['error']['code'] == reason, (found, said)


def boss(hall, *words, **options):
    return hall.ctl(*words, *BOSS, pin=rig.PINS['9001'], **options)


def good(answer):
    code, result = answer
    assert code == DONE, (code, result)
    return result


def figures(report, *names):
    return {name: report.get(name) for name in names or FIGURES}


def sold(hall):
    """Two orders on one receipt, one of them as a second visit, a copy; all of it has arrived."""
    hall.ok('order', 'run', hall.script(), '--out', hall.folder / 'papers')
    receipt = hall.value('SELECT max (receipt_number) FROM customer_order')
    hall.ok('print', 'reprint', receipt, '--staff', '1043', '--to', 'file:%s' % (hall.folder / 'papers'), pin=rig.PINS['1043'])
    hall.ok('sync', '--wait')


@tests.add
def headquarters_says_the_same():
    with Hall(BUILD) as hall:
        sold(hall)
        own = hall.ok('report', 'day')
        there = good(boss(hall, 'report', 'day'))
        assert own['source'] == 'terminal' and there['source'] == 'headquarters', (own['source'], there['source'])
        assert figures(own) == figures(there), (figures(own), figures(there))
        assert own['orders'] == 2 and own['reprints'] == 1
        assert there['terminals'] == [{'hall': 'H017', 'terminal': 'H017T2', 'lastContact': there['terminals'][0]['lastContact'], 'missing': 0, 'kiosk': False}], there['terminals']
        assert there['findings'] == 0 and 'unsent' not in there and there['asOf'] > own['asOf'], there
        assert there['drawer'] == '670.00', there  # who asks may see the hall's: its count is not blind
        code, text = boss(hall, 'report', 'day', json_output=False)
        assert code == DONE and ('总部' in text or 'Headquarters' in text), text
        # of a month, of a clerk, of the shift: open, and closed
        month = [good(answer) for answer in (hall.ctl('report', 'month'), boss(hall, 'report', 'month'))]
        assert figures(month[0], 'businessDay', 'byBusiness', 'byTender', 'byEvent', 'orders', 'payments') == \
            figures(month[1], 'businessDay', 'byBusiness', 'byTender', 'byEvent', 'orders', 'payments'), month
        assert [(day['businessDay'], day['sales']) for day in month[0]['days']] == [(day['businessDay'], day['sales']) for day in month[1]['days']], month
        clerk = [good(answer) for answer in (hall.ctl('report', 'clerk', '1043'), boss(hall, 'report', 'clerk', '1043'))]
        assert figures(clerk[0]) == figures(clerk[1]) and clerk[0]['reprints'] == 1 and clerk[0]['orders'] == 0, clerk
        hall.ok('till', 'close', '--staff', '1042', '--count', '640.00')
        hall.ok('sync', '--wait')
        shift = [good(answer) for answer in (hall.ctl('report', 'shift'), boss(hall, 'report', 'shift'))]
        assert figures(shift[0], *FIGURES, 'shift', 'drawer', 'shifts', 'journalSeq', 'journalHead') == \
            figures(shift[1], *FIGURES, 'shift', 'drawer', 'shifts', 'journalSeq', 'journalHead'), shift
        assert shift[1]['shifts'][0]['difference'] == '-30.00' and '640.00' in shift[1]['text'], shift[1]


@tests.add
def the_files_are_of_headquarters_too():
    with Hall(BUILD) as hall:
        sold(hall)
        pdf, table, own = hall.folder / 'day.pdf', hall.folder / 'day.csv', hall.folder / 'own.csv'
        good(boss(hall, 'report', 'day', '--pdf', pdf, '--csv', table))
        hall.ok('report', 'day', '--csv', own)
        assert pdf.read_bytes().startswith(b'%PDF-') and all(path.stat().st_mode & 0o077 == 0 for path in (pdf, table))
        rows, own_rows = (list(csv.DictReader(path.open(encoding='utf-8'))) for path in (table, own))
        source = [row for row in rows if row['kind'] == 'source']
        assert [row['name'] for row in source] == ['headquarters'] and source[0]['time'], source

        def lines(rows, *kinds):
            return [(row['kind'], row['clerk'], row['name'], row['count'], row['amount']) for row in rows if row['kind'] in kinds]
        assert lines(rows, 'business', 'tender', 'event', 'clerk') == lines(own_rows, 'business', 'tender', 'event', 'clerk') != [], (rows, own_rows)


@tests.add
def whoever_owns_the_folder_is_asked():
    """While another program has the line, it asks."""
    with Hall(BUILD) as hall:
        sold(hall)
        hall.serve()
        there = good(boss(hall, 'report', 'day'))
        assert there['source'] == 'headquarters' and there['orders'] == 2, there


@tests.add
def who_may_not_see_it_does_not():
    with Hall(BUILD) as hall:
        expect(hall.ctl('report', 'day', '--from', 'hq', '--staff', '1042'), REFUSED, 'core', 'right-missing')
        expect(boss(hall, 'report', 'day', '--hall', 'region'), REFUSED, 'core', 'right-missing')
        expect(boss(hall, 'report', 'day', '--hall', 'H099'), REFUSED, 'core', 'right-missing')
        expect(hall.ctl('report', 'day', *BOSS, pin='111111'), REFUSED, 'core', 'pin-wrong')


@tests.add
def ones_own_hall_by_its_name():
    with Hall(BUILD) as hall:
        staff = json.loads((EXAMPLES / 'staff.json').read_text('utf-8'))
        for person in staff:
            if person['number'] == '9001':
                person['rights'] = ['sell', 'till', 'report_own', 'report_hall', 'report_region', 'approve']
        (hall.folder / 'staff.json').write_text(json.dumps(staff, ensure_ascii=False), 'utf-8')
        hall.hq('staff', 'load', hall.folder / 'staff.json')
        sold(hall)
        expect(boss(hall, 'report', 'day', '--hall', 'region'), REFUSED, 'core', 'right-missing')  # the terminal is of no region
        own = good(boss(hall, 'report', 'day', '--hall', 'H017'))
        assert own['orders'] == 2, own


@tests.add
def what_nobody_can_answer_is_said():
    with Hall(BUILD) as hall:
        expect(hall.ctl('report', 'day', '--from', 'mars'), USAGE, 'app', 'usage')
        expect(hall.ctl('report', 'day', '--from', 'hq'), USAGE, 'app', 'usage')  # who asks?
        expect(boss(hall, 'report', 'day', '--detail'), USAGE, 'app', 'usage')
        expect(hall.ctl('report', 'day', '--hall', 'H018'), USAGE, 'app', 'usage')
        expect(boss(hall, 'report', 'day', '--date', '2026-13-01'), USAGE, 'app', 'usage')
        hall.stop_hq()
        code, said = boss(hall, 'report', 'day')
        assert code not in (DONE, USAGE) and said['error']['code'] == 'line-unseen', (code, said)
        assert hall.ok('report', 'day')['source'] == 'terminal'  # the own one goes on


@tests.add
def a_shift_that_headquarters_has_not_heard_of():
    with Hall(BUILD, till=False) as hall:
        expect(boss(hall, 'report', 'shift'), REFUSED, 'core', 'no-shift')
        hall.stop_hq()
        hall.ok('till', 'open', '--staff', '1042', '--count', '500.00')
        code, said = boss(hall, 'report', 'shift')
        assert said['error']['code'] == 'line-unseen', (code, said)


sys.exit(tests.run())
