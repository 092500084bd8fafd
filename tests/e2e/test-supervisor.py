#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The supervisor at nine in the evening with 30 yuan missing: test-supervisor.py BUILD."""
import base64
import hmac
import json
import os
import pathlib
import re
import struct
import subprocess
import sys
import time

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / 'app')]
from driver import App  # noqa: E402
from rig import EXAMPLES, PINS, Hall, Tests, wait_for  # noqa: E402

BUILD = sys.argv[1]
tests = Tests()
STAFF = EXAMPLES / 'staff.json'


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


def items(app):
    """What the lists on the page say, line by line."""
    found = []
    for node in app.root.walk():
        try:
            if node.role in ('list item', 'table row') and node.is_shown:
                found.append(node.name or '')
        except Exception:  # a row went away meanwhile
            continue
    return found


def types_and_finds(app, words, receipts, others):
    """Typed into the search: those and none of the others."""
    app.key('ctrl+a')
    app.type(words)

    def is_found():
        shown = '\n'.join(items(app))
        return all(one in shown for one in receipts) and not any(one in shown for one in others)
    app.wait(is_found, '%r finding %r and none of %r' % (words, receipts, others))


@tests.add
def orders_are_found_by_how_they_were_paid_and_the_journal_by_amounts():
    """In the window, by keys alone: a tender's word, the number of a slip, an amount; both words at once; what nothing is like."""
    with Hall(BUILD) as hall:
        paid = [[{'tender': 'cash', 'amount': '30.00'}], [{'tender': 'other', 'provider': 'cheque', 'number': '70815', 'amount': '60.00'}],
                [{'tender': 'cash', 'amount': '45.00'}]]
        for payments in paid:
            def change(script, payments=payments):
                script['orders'] = [{'operation': 'top_up', 'target': '15400000099', 'amount': payments[0]['amount']}]
                script['payments'] = payments
                script.pop('cash', None)
            code, result = hall.visit(change)
            assert code == 0, result
        thirty, cheque, other = [hall.value('SELECT receipt_number FROM customer_order WHERE today_minor = ?', minor) for minor in (3000, 6000, 4500)]
        with supervisor(hall, 'counter') as app:
            sign_in(app, '9001', 'Counter')
            app.key('F2')
            app.find('label', 'Orders')
            app.find('list item', re.compile(re.escape(thirty)))
            types_and_finds(app, 'cash', [thirty, other], [cheque])
            types_and_finds(app, '#70815', [cheque], [thirty, other])
            types_and_finds(app, '30.00', [thirty], [cheque, other])
            types_and_finds(app, 'cash 45.00', [other], [thirty, cheque])
            types_and_finds(app, 'card', [], [thirty, cheque, other])
            if 'TAI_SHOTS' in os.environ:
                app.shot(os.path.join(os.environ['TAI_SHOTS'], 'orders-none.png'))
            app.key('Escape')
            app.find('label', 'Counter')
            app.type('journal')
            app.key('Return')
            app.find('label', 'Journal')
            app.wait(lambda: any('60.00' in one for one in items(app)), 'the journal')
            types_and_finds(app, '60.00', ['60.00'], ['30.00', '45.00'])
            types_and_finds(app, '30.00', ['30.00'], ['60.00', '45.00'])
            types_and_finds(app, '1042 45.00', ['45.00'], ['60.00', '30.00'])
            types_and_finds(app, '31.00', [], ['60.00', '30.00', '45.00'])


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


SECRET = b'12345678901234567890'


def code_now():
    digest = hmac.new(SECRET, struct.pack('>Q', int(time.time()) // 30), 'sha1').digest()
    at = digest[-1] & 15
    return '%06d' % ((struct.unpack('>I', digest[at:at + 4])[0] & 0x7fffffff) % 1000000)


def give_code_device(hall, number):
    """Headquarters says that this person has one; the terminal hears of it."""
    person = next(one for one in json.loads(STAFF.read_text('utf-8')) if one['number'] == number)
    person['code'] = 'totp-sha1:' + base64.b32encode(SECRET).decode()
    path = hall.folder / 'device.json'
    path.write_text(json.dumps([person]), 'utf-8')
    hall.hq('staff', 'load', path)
    hall.ok('catalogue', 'pull')


def badge(number):
    return 'GTB%s%02d' % (number, 98 - int(number) * 100 % 97)


@tests.add
def a_badge_a_pin_and_the_code_of_a_device():
    with Hall(BUILD) as hall:
        give_code_device(hall, '9001')
        with supervisor(hall) as app:
            app.find('text', re.compile('^PIN, '))
            app.scan('6901234567892')
            app.find('label', re.compile('^This is no staff badge'))
            app.scan(badge('9001'))
            app.wait_focus('text', re.compile('^PIN, '))
            assert app.find('text', 'Staff number').text == '9001'
            app.type(PINS['9001'])
            app.key('Return')
            app.find('label', re.compile('^The PIN is right'))
            app.wait_focus('text', re.compile('^Code of the code device, '))
            app.type('000000' if code_now() != '000000' else '111111')
            app.key('Return')
            app.find('label', re.compile("^The code is not the one of this person's code device"))
            app.wait_focus('text', re.compile('^Code of the code device, 0'))
            app.type(code_now())
            app.key('Return')
            app.find('label', 'Daily report')
        # the same by the command line, and each code once
        hall.ok('till', 'close', '--staff', '1042', '--count', '500.00')
        opens = ('till', 'open', '--staff', '9001', '--count', '500.00')
        assert hall.ctl(*opens, pin=PINS['9001'])[1]['error']['code'] == 'code-needed'
        last = hall.value('SELECT step FROM used_code')
        wait_for(lambda: time.time() // 30 > last, 'the next code')
        hall.ok(*opens, pin='%s %s' % (PINS['9001'], code_now()))
        assert hall.value('SELECT step FROM used_code') > last


@tests.add
def an_auditor_sees_nobodys_number():
    with Hall(BUILD) as hall:
        code, result = hall.visit(top_up('50.00', '50.00'))
        assert code == 0, result
        receipt = hall.value('SELECT receipt_number FROM customer_order')
        number = re.compile(r'(?<!\d)1[3-9]\d ?\d{4} ?\d{4}(?!\d)')
        seen = []

        def look(title, *keys):
            app.key(*keys)
            app.find('label', title)
            seen.append(texts(app))
            assert not number.search(seen[-1]), (title, number.search(seen[-1]).group())

        with supervisor(hall) as app:
            sign_in(app, '8001')
            look('Daily report')
            look('Journal', 'ctrl+j')
            look('Daily report', 'Escape')
            look('Orders', 'F2')
            app.find('label', re.compile(re.escape(receipt)))
            look('Orders')
            app.key('Tab', 'Return')
            look(re.compile(r'^Top-up 154'))
            assert 'Wrong number' not in seen[-1] and 'Orders of this number' not in seen[-1], seen[-1]
            app.key('Escape', 'Escape')
            app.scan(receipt)
            look('Receipt')
            shown = [node.name for node in app.root.walk() if node.is_shown]
            assert not [one for one in shown if number.search(one or '')], shown
        assert any('154****0099' in one or '154 **** 0099' in one for one in seen), seen
        assert hall.value("SELECT count(*) FROM journal WHERE kind = 'audit_read'") >= 4


class Region(Hall):
    """Two terminals of one hall and one of another, in one region; 9001 may see all of it."""

    def code(self, klass, terminal='H017T2', hall='H017', till='T2'):
        return self.hq('code', '--terminal', terminal, '--hall', hall, '--desk', '3', '--till', till, '--class', klass, '--region', '4403',
                       '--hall-name', 'Hall ' + hall[1:]).strip()

    def add(self, terminal, hall, till, amount):
        """Another terminal, a sale of @amount at it, all uploaded."""
        first, self.state = self.state, self.folder / terminal
        self.ok('init')
        self.ok('enrol', '--url', self.url, '--code', self.code('demo', terminal, hall, till))
        self.ok('catalogue', 'pull')
        self.ok('till', 'open', '--staff', '1043', '--count', '100.00', pin=PINS['1043'])
        code, result = self.visit(lambda script: script.update(staff='1043') or top_up(amount, amount)(script), pin=PINS['1043'])
        assert code == 0, result
        self.ok('sync', '--wait')
        self.state = first

    def give_right(self):
        person = next(one for one in json.loads(STAFF.read_text('utf-8')) if one['number'] == '9001')
        person['rights'] = ['report_own', 'report_hall', 'report_region', 'reprint']
        path = self.folder / 'person.json'
        path.write_text(json.dumps([person]), 'utf-8')
        self.hq('staff', 'load', path)
        self.ok('catalogue', 'pull')


@tests.add
def the_hall_and_the_region_come_from_headquarters():
    with Region(BUILD) as hall:
        hall.give_right()
        code, result = hall.visit(top_up('50.00', '50.00'))
        assert code == 0, result
        hall.ok('sync', '--wait')
        hall.add('H017T3', 'H017', 'T3', '70.00')
        hall.add('H018T1', 'H018', 'T2', '90.00')  # its till is called as ours is
        with supervisor(hall) as app:
            sign_in(app, '9001')
            app.find('label', re.compile("^Headquarters' figures: Hall 017, 2 terminals, as of "))
            shown = texts(app).split('\n')
            assert '¥120.00' in shown and 'Terminal H017T3' in shown and 'Terminal H018T1' not in shown, shown
            csv, pdf = saved(app, 'ctrl+e', 'csv'), saved(app, 'ctrl+s', 'pdf')
            assert csv.name.startswith('hall-') and pdf.name.startswith('hall-'), (csv, pdf)
            rows = [row.split(',')[:6] for row in csv.read_text('utf-8').splitlines()[1:]]
            assert ['terminal', 'H017T3', '', '', '1', '70.00'] in rows and ['terminal', 'H017T2', '', '', '1', '50.00'] in rows, rows
            paper = subprocess.run(['pdftotext', '-layout', str(pdf), '-'], capture_output=True, text=True, check=True).stdout
            for words in (r"总部（Hall 017，2 个终端）|Headquarters' figures \(Hall 017, 2 terminals\)", r'H017T3\s+1\s+70\.00', r'120\.00'):
                assert re.search(words, paper), (words, paper)
            app.key('alt+3')
            app.find('label', re.compile("^Headquarters' figures: 4403, 3 terminals, as of "))
            app.find('label', '¥210.00')
            shown = texts(app).split('\n')
            assert 'Till H018 T2 · clerk 1043' in shown and 'Till H017 T2 · clerk 1042' in shown, shown
            region = saved(app, 'ctrl+e', 'csv').read_text('utf-8').splitlines()
            assert [row for row in region if row.startswith('shift,H018 T2,1043,float')], region
            app.key('ctrl+4')
            app.find('label', 'H018')
            app.key('Escape')
            app.key('alt+1')
            app.find('label', re.compile("^This terminal's figures: till T2, as of "))
            assert '¥50.00' in texts(app).split('\n')
            hall.stop_hq()
            app.key('alt+2')
            app.find('label', re.compile("^This terminal's figures: till T2.*\nHeadquarters' figures did not come\\.", re.S))
            app.find(None, re.compile('^Off line'))
            assert '¥50.00' in texts(app).split('\n')
            hall.start_hq()
            app.key('ctrl+r')
            app.find('label', re.compile("^Headquarters' figures: Hall 017, 2 terminals, as of "))
            app.find('label', '¥120.00')


SHOTS = os.environ.get('TAI_SHOTS')


def shot(app, name):
    if SHOTS:
        app.shot(os.path.join(SHOTS, name + '.png'))


@tests.add
def what_does_not_match_is_read_at_the_desk():
    """Ctrl+U on the report: what headquarters holds against each other, in words; off line it says so, and it goes when it is settled."""
    with Hall(BUILD, cards=()) as hall:
        day = hall.value('SELECT business_day FROM shift')
        path = hall.folder / 'statement.csv'
        path.write_text('type,day,hall,number,reference,amount\ndeposit,%s,H017,S-9,ICBC-9,7.00\n' % day)
        hall.ok('sync', '--wait')
        hall.hq('bank', 'import', path)
        for language in ('en', 'zh_CN'):
            hall.env['LANGUAGE'] = language
            with supervisor(hall) as app:
                if language == 'zh_CN':
                    app.wait_focus('text', None)
                    app.type('9001')
                    app.key('Return')
                    app.type(PINS['9001'])
                    app.key('Return')
                    app.find('label', '营业日报')
                    app.key('ctrl+u')
                    app.find('label', re.compile('银行已到账，营业厅未登记'))
                    shot(app, 'findings-zh')
                    continue
                sign_in(app, '9001')
                app.find(None, re.compile('^What does not match'))
                app.key('ctrl+u')
                app.find('label', re.compile('^1 does not match'))
                app.find('label', re.compile('the bank has it, the hall has not told of'))
                shot(app, 'findings-en')
                hall.stop_hq()
                app.key('ctrl+r')
                app.find('label', re.compile('known to headquarters alone, and it cannot be asked now'))
                shot(app, 'findings-off-line')
                hall.start_hq()
                app.key('ctrl+r')
                app.find('label', re.compile('^1 does not match'))
                app.key('Escape')
                app.find('label', 'Daily report')
        hall.env['LANGUAGE'] = ''


@tests.add
def odd_questions_have_an_answer():
    """A region without the right, a day on which nothing was, journal and orders asked for nonsense: words, and nothing breaks."""
    with Hall(BUILD, cards=()) as hall:
        hall.visit(top_up('50.00', '50.00'))
        hall.ok('sync', '--wait')
        with supervisor(hall) as app:
            sign_in(app, '9001')
            app.find('label', re.compile("^Headquarters' figures: "))
            app.key('alt+3')  # the region is not his: there is no such key
            assert '¥50.00' in texts(app).split('\n') and 'Alt+3' not in texts(app)
            for _unused in range(3):
                app.key('alt+Left')
            app.wait(lambda: '¥50.00' not in texts(app).split('\n') and '¥0.00' in texts(app).split('\n'), 'a day without anything')
            shot(app, 'report-empty-day')
            for key in ('ctrl+j', 'F2'):
                app.key(key)
                app.wait_focus('entry', None, 30)
                for odd in ("' OR 1=1 --", '%_%', '-5', '99999999999999999999.99', '2026-02-31', '9' * 200):
                    app.key('ctrl+a')
                    app.type(odd)
                    app.key('Return')
                app.find('label', re.compile('Nothing|No ', re.I))
                shot(app, 'odd-' + key)
                assert app.process.poll() is None
                app.key('ctrl+a', 'BackSpace')
                app.key('Escape')


@tests.add
def an_unknown_mode_is_told():
    done = subprocess.run([str(pathlib.Path(BUILD) / 'app' / 'guitai'), '--mode=boss'], capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 2 and 'supervisor' in done.stderr, done


sys.exit(tests.run())
