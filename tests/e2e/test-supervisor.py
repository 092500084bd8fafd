#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The supervisor at nine in the evening with 30 yuan missing: test-supervisor.py BUILD."""
import os
import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / 'app')]
from driver import App  # noqa: E402
from rig import PINS, Hall, Tests  # noqa: E402

BUILD = sys.argv[1]
tests = Tests()


def top_up(amount, cash):
    def change(script):
        script['orders'] = [{'operation': 'top_up', 'target': '15400000099', 'amount': amount}]
        script['cash'] = cash
    return change


def supervisor(hall, mode='supervisor'):
    return App([str(hall.build / 'app' / 'guitai'), '--mode=' + mode, '--state=%s' % hall.state], environment=hall.env)


def sign_in(app, number, to='Daily report'):
    app.find('text', re.compile('^PIN, '))
    app.type(number)
    app.key('Return')
    app.type(PINS[number])
    app.key('Return')
    app.find('label', to)


def texts(app):
    found = []
    for node in app.root.walk():
        try:
            if node.role == 'label' and node.is_shown:
                found.append(node.text)
        except Exception:
            continue
    return '\n'.join(found)


def saved(app, keys, ending):
    app.key(keys)
    words = app.find('label', re.compile(r'^Saved: .*\.%s$' % ending)).text
    return pathlib.Path(words[len('Saved: '):])


@tests.add
def thirty_yuan_are_found_by_keyboard():
    with Hall(BUILD) as hall:
        for amount, cash in (('50.00', '50.00'), ('30.00', '100.00'), ('100.00', '100.00')):
            code, result = hall.visit(top_up(amount, cash))
            assert code == 0, result
        hall.ok('sync', '--wait')
        hall.ok('till', 'close', '--staff', '1042', '--count', '650.00')  # 680.00 should be there
        receipt = hall.value('SELECT receipt_number FROM customer_order WHERE today_minor = 3000')
        with supervisor(hall) as app:
            sign_in(app, '9001')
            app.find('label', '¥30.00 short')
            app.wait(lambda: app.focused().role == 'list item' and 'short' in app.focused().name, 'the focus on the shift')
            shown = texts(app)
            for figure in ('¥180.00', '3', '¥680.00', '0'):
                assert figure in shown.split('\n'), (figure, shown)
            csv = saved(app, 'ctrl+e', 'csv')
            pdf = saved(app, 'ctrl+s', 'pdf')
            assert csv.parent == hall.state / 'report' and not csv.parent.stat().st_mode & 0o077
            assert not csv.stat().st_mode & 0o077 and not pdf.stat().st_mode & 0o077
            paper = subprocess.run(['pdftotext', '-layout', str(pdf), '-'], capture_output=True, text=True, check=True).stdout
            rows = [row.split(',') for row in csv.read_text('utf-8').splitlines()[1:]]
            assert ['shift', 'T2', '1042', 'difference', '1', '-30.00'] in [row[:6] for row in rows], rows
            for kind, _terminal, _clerk, name, _count, amount, _time, _reference in rows:
                if kind in ('business', 'tender', 'clerk', 'shift') and amount and float(amount):
                    assert amount in paper, (name, amount, paper)
                    assert amount.lstrip('-') in shown, (name, amount, shown)
            before = app.keys
            app.key('Return')  # the shift that does not agree
            app.find('label', re.compile(r'expected ¥680\.00, counted ¥650\.00: ¥30\.00 short$'))
            app.wait(lambda: receipt in app.focused().name, 'the focus on the sale of 30')
            assert app.keys - before == 1
            if 'TAI_SHOTS' in os.environ:
                app.shot(os.path.join(os.environ['TAI_SHOTS'], 'movements.png'))
            app.key('Return')
            app.find('label', 'Receipt')
            app.key('Escape')
            app.wait(lambda: receipt in app.focused().name, 'the sale again')
            app.key('Escape')
            app.find('label', 'Daily report')
            app.key('alt+Left')
            app.find('label', 'No till was open on this day')
            if 'TAI_SHOTS' in os.environ:
                app.key('alt+Right')
                app.find('label', '¥30.00 short')
                app.shot(os.path.join(os.environ['TAI_SHOTS'], 'report.png'))


@tests.add
def what_is_unsent_shows_with_its_age():
    with Hall(BUILD) as hall:
        hall.stop_hq()
        code, result = hall.visit(top_up('50.00', '50.00'))
        assert code == 0, result
        with supervisor(hall) as app:
            sign_in(app, '9001')
            app.find(None, re.compile('Waiting to upload.*the oldest waits for '))
            assert hall.value("SELECT count(*) FROM outbox WHERE state <> 'acknowledged'") > 0


@tests.add
def a_clerk_sees_his_own_and_not_the_drawer():
    with Hall(BUILD) as hall:
        hall.visit(top_up('47.00', '50.00'))
        with supervisor(hall) as app:
            sign_in(app, '1042')
            app.find('label', re.compile('^Your own figures'))
            shown = texts(app)
            assert '47.00' not in shown, shown
            app.key('Return')  # his open shift
            app.find('label', re.compile('open|count|till', re.I))
            assert '547.00' not in texts(app)


@tests.add
def a_counter_reaches_the_report_by_its_command_box():
    with Hall(BUILD) as hall:
        hall.visit(top_up('47.00', '50.00'))
        with supervisor(hall, 'counter') as app:
            sign_in(app, '9001', 'Counter')
            app.type('yyrb')
            app.key('Return')
            app.find('label', 'Daily report')
            app.find('label', '¥547.00')
            app.key('ctrl+d')
            app.find('label', 'Cash of the shift')
            app.key('Escape')
            app.find('label', 'Daily report')
            app.key('Escape')
            app.find('label', 'Counter')


@tests.add
def an_unknown_mode_is_told():
    done = subprocess.run([str(pathlib.Path(BUILD) / 'app' / 'guitai'), '--mode=boss'], capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 2 and 'supervisor' in done.stderr, done


sys.exit(tests.run())
