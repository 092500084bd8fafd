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


@tests.add
def hall_close():
    with Hall(BUILD, cards=()) as hall:
        boss = {'pin': PINS[SUPERVISOR]}
        close = ('hall', 'close', '--staff', SUPERVISOR)
        looked = hall.ok(*close, '--check', **boss)
        assert looked['stops'] == 1 and looked['items'][0]['kind'] == 'till_open' and looked['items'][0]['command'] == 'till close', looked
        code, refused = hall.ctl(*close, **boss)
        assert (code, refused['error']['code']) == (REFUSED, 'day-open') and refused['items'] == looked['items'], refused
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


sys.exit(tests.run())
