#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The terminal by command line, as a clerk and as a machine see it: what works, and what bad input gets (words, exit code, nothing
half-done). Real programs throughout.   test-guitaictl.py BUILD [CASE…]"""
import fcntl
import http.server
import json
import os
import pathlib
import resource
import socket
import sqlite3
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import zlib

import jsonschema

import rig
from rig import Hall

BUILD = sys.argv[1]
tests = rig.Tests()

SHIPPED = json.loads((rig.ROOT / 'app' / 'templates' / 'form.json').read_text('utf-8'))['version']
DONE, REFUSED, USAGE, HQ, DEVICE, STORAGE, LOCKED, NOT_ENROLLED, WAITED = range(9)


def as_version(text, version):
    return text.replace('"version": %d' % SHIPPED, '"version": %d' % version)


def expect(got, exit_code, domain, code):
    """Exit code and error are the ones; words are there for a clerk."""
    have, result = got
    error = result.get('error', {})
    assert (have, error.get('domain'), error.get('code')) == (exit_code, domain, code), (have, result)
    assert error['words'] and error['words'].endswith('.') and error['words'].count('. ') >= 1, error
    return result


def refused(hall, change, exit_code, domain, code, **options):
    """A visit that is refused and leaves nothing behind."""
    before = hall.snapshot()
    result = expect(hall.visit(change, **options), exit_code, domain, code)
    assert hall.snapshot() == before, (before, hall.snapshot())
    return result


def only_top_up(amount='50.00', target='15400000099'):
    def change(script):
        script['orders'] = [{'operation': 'top_up', 'target': target, 'amount': amount}]
    return change


# ---- what works ----

@tests.add
def a_visit_reaches_headquarters():
    with Hall(BUILD) as hall:
        code, result = hall.ctl('order', 'run', hall.script(), '--out', hall.folder / 'papers')
        assert code == DONE and result['change'] == '30.00' and result['onLine'], result
        assert '人民币壹佰柒拾元整' in result['receiptText']
        papers = {pathlib.Path(path).name.split('.')[-1] for path in result['papers']}
        assert papers == {'txt', 'escpos', 'pdf', 'png'}, papers
        assert all(os.stat(path).st_mode & 0o077 == 0 for path in result['papers'])
        hall.ok('sync', '--wait')
        orders = hall.ok('order', 'list')['orders']
        assert [order['state'] for order in orders] == ['completed', 'completed'], orders
        assert hall.hq_orders() == sorted(order['id'] for order in orders)
        shown = hall.ok('order', 'show', orders[1]['id'])
        assert shown['customer'].endswith('*') and len(shown['document']) == 3, shown
        assert hall.value("SELECT count(*) FROM print_job WHERE state = 'printed'") == 2
        assert hall.ok('verify', '--full')['good']
        assert (hall.state / 'terminal.db').stat().st_mode & 0o077 == 0
        # nothing of the person in clear, anywhere in the terminal's folder
        for path in hall.state.rglob('*'):
            if path.is_file():
                data = path.read_bytes()
                assert '测试'.encode() not in data and b'990000' not in data, path


@tests.add
def a_trial_is_paid_only_after_a_second_yes():
    with Hall(BUILD) as hall:
        normal = []
        for second in ({}, {'afterTrial': True}):
            def change(script, second=second):
                del script['orders'][1:]
                script['orders'][0]['services'] = [{'id': 'service-video', 'consent': True, **second}]
            code, result = hall.visit(change)
            assert code == DONE, result
            newest = hall.ok('order', 'list')['orders'][0]
            normal.append(float(newest['normal']))
        assert normal[1] - normal[0] == 15.0, normal


@tests.add
def every_verb_fits_its_schema():
    with Hall(BUILD) as hall:
        hall.ok('order', 'run', hall.script(), '--out', hall.folder / 'papers')
        hall.ok('sync', '--wait')
        for words in (['operations'], ['staff'], ['devices'], ['status'], ['catalogue', 'show'], ['till', 'status'], ['report', 'day'],
                      ['report', 'shift'], ['sync', 'list'], ['print', 'pending'], ['verify'], ['order', 'list', '--unfinished']):
            hall.ok(*words)
            code, text = hall.ctl(*words, json_output=False)
            assert code == DONE and text.strip(), words
        receipt = hall.value('SELECT max (receipt_number) FROM customer_order')
        result = hall.ok('print', 'reprint', receipt, '--staff', '1043', '--to', 'file:%s' % (hall.folder / 'papers'), pin=rig.PINS['1043'])
        assert result['copy'] == 1 and any('-copy1' in path for path in result['files']), result
        pdf, csv = hall.folder / 'day.pdf', hall.folder / 'day.csv'
        report = hall.ok('report', 'day', '--pdf', pdf, '--csv', csv)
        assert pdf.read_bytes().startswith(b'%PDF-') and all(path.stat().st_mode & 0o077 == 0 for path in (pdf, csv))
        rows = csv.read_text('utf-8').splitlines()
        assert rows[0] == 'kind,terminal,clerk,name,count,amount,time,reference' and sum(row.startswith('business,') for row in rows) == 2, rows
        assert 'open,,,reprints,1,,,' in rows and not any('670.00' in row for row in rows), rows
        assert 'drawer' not in report and '670' not in report['text'] and report['reprints'] == 1
        blind = hall.ok('report', 'shift')
        assert 'drawer' not in blind and '670' not in blind['text']
        closed = hall.ok('till', 'close', '--staff', '1042', '--count', '640.00')
        assert closed['shift']['difference'] == '-30.00' and closed['report']['drawer'] == '670.00', closed
        expect(hall.ctl('till', 'close', '--staff', '1042', '--count', '640.00'), REFUSED, 'core', 'no-shift')


@tests.add
def cash_goes_its_way():
    """Safe, drawer, sealed bag, bank; a second person says yes; the count that is too far off."""
    with Hall(BUILD, cards=()) as hall:
        boss = hall.folder / 'boss'
        boss.write_text(rig.PINS['9001'])
        boss.chmod(0o600)
        own = ('--staff', '1042')
        approved = ('--approver', '9001', '--approver-pin-file', boss)
        assert hall.ok('till', 'cash-in', '--amount', '100.00', *own)['bags'] == []
        dropped = hall.ok('till', 'drop', '--amount', '250.00', '--bag', 'B-17', *own)
        assert dropped['bags'] == [{'bag': 'B-17', 'amount': '250.00'}], dropped
        expect(hall.ctl('till', 'drop', '--amount', '1.00', '--bag', 'B-17', *own), REFUSED, 'core', 'bag-known')
        expect(hall.ctl('till', 'cash-out', '--amount', '20.00', '--reason', 'water', *own), REFUSED, 'core', 'approval')
        expect(hall.ctl('till', 'cash-out', '--amount', '20.00', '--reason', 'water', *own, '--approver', '1042', '--approver-pin-file', boss),
               REFUSED, 'core', 'approval-self')
        hall.ok('till', 'cash-out', '--amount', '20.00', '--reason', 'water', *own, *approved)
        expect(hall.ctl('till', 'deposit', '--amount', '249.00', '--bag', 'B-17', '--slip', 'S1', *own, *approved), REFUSED, 'core', 'money-range')
        deposited = hall.ok('till', 'deposit', '--amount', '250.00', '--bag', 'B-17', '--slip', 'S1', *own, *approved)
        assert deposited['bags'] == [] and hall.ok('till', 'bags')['bags'] == []
        assert hall.value("SELECT minor FROM balance WHERE account = 'bank'") == 25000
        assert hall.value("SELECT count (*) FROM journal WHERE kind = 'override'") == 2
        code, text = hall.ctl('till', 'bags', json_output=False, env={'LANGUAGE': 'zh_CN'})
        assert code == DONE and '没有在途封包' in text, text
        hall.hq('set', 'till', '{"recount_over_minor": 500, "max_difference_minor": 2000}')
        hall.ok('sync', '--wait')
        expect(hall.ctl('till', 'close', '--count', '1.00', *own), REFUSED, 'core', 'recount')
        assert hall.ok('till', 'status')['shift']['state'] == 'counting'
        expect(hall.ctl('till', 'cash-in', '--amount', '1.00', *own), REFUSED, 'core', 'counting')
        hall.ok('till', 'resume', *own)
        expect(hall.ctl('till', 'close', '--count', '1.00', *own), REFUSED, 'core', 'approval')
        closed = hall.ok('till', 'close', '--count', '1.00', *own, *approved)
        assert closed['shift']['difference'].startswith('-'), closed
        hall.ok('verify')


@tests.add
def an_order_is_taken_back():
    """Asked of headquarters, cancelled there, paid out once, and headquarters has the refund."""
    with Hall(BUILD) as hall:
        boss = hall.folder / 'boss'
        boss.write_text(rig.PINS['9001'])
        boss.chmod(0o600)
        approved = ('--staff', '1042', '--approver', '9001', '--approver-pin-file', boss)
        hall.hq('set', 'delay_ms', '600000')
        hall.ok('order', 'run', hall.script(), '--out', hall.folder / 'papers')
        hall.ok('sync')
        order, other = [row[0] for row in hall.rows('SELECT id FROM customer_order ORDER BY n')]
        expect(hall.ctl('order', 'refund', order, *approved), REFUSED, 'core', 'nothing-due')
        expect(hall.ctl('order', 'cancel', order, '--reason', 'wrong plan', '--staff', '1042'), REFUSED, 'core', 'approval')
        hall.ok('order', 'cancel', order, '--reason', 'wrong plan', *approved)
        expect(hall.ctl('order', 'cancel', order, '--reason', 'again', *approved), REFUSED, 'core', 'not-cancellable')
        for _unused in range(50):
            hall.ctl('sync')
            if hall.value("SELECT state FROM customer_order WHERE id = '%s'" % order) == 'cancelled':
                break
        due = hall.value("SELECT refund_due_minor FROM customer_order WHERE id = '%s'" % order)
        assert due > 0, hall.rows('SELECT state, hq_reason FROM customer_order')
        drawer = hall.value("SELECT minor FROM balance WHERE account LIKE 'drawer:%'")
        paid = hall.ok('order', 'refund', order, *approved)
        assert paid['paidOut'] == '%d.%02d' % divmod(due, 100), paid
        assert hall.value("SELECT minor FROM balance WHERE account LIKE 'drawer:%'") == drawer - due
        expect(hall.ctl('order', 'refund', order, *approved), REFUSED, 'core', 'nothing-due')
        assert hall.value("SELECT state FROM customer_order WHERE id = '%s'" % other) != 'cancelled'
        hall.ok('verify')


@tests.add
def the_owner_does_what_is_handed_over():
    with Hall(BUILD) as hall:
        owner = hall.serve()
        code, result = hall.visit()
        assert code == DONE and len(result['orders']) == 2
        hall.ok('sync', '--wait')
        expect(hall.visit(pin='000111'), REFUSED, 'core', 'pin-wrong')
        code, text = hall.ctl('serve', json_output=False)
        assert code == LOCKED and 'process %d' % owner.pid in text, text
        assert hall.ok('status')['outbox']['acknowledged'] == 4  # with the opening of the till
        hall.stop(owner)
        assert not (hall.state / 'socket').exists()
        hall.ok('devices', 'set', '--reader', 'sdt:/dev/ttyUSB0')


@tests.add
def chinese_is_spoken():
    with Hall(BUILD, cards=(), till=False) as hall:
        code, text = hall.ctl('till', 'close', '--staff', '1042', '--count', '1.00', json_output=False, env={'LANGUAGE': 'zh_CN'})
        assert code == REFUSED and '钱箱尚未开班' in text, text


# ---- bad input: who, what, which card ----

@tests.add
def wrong_pin_locks_out_longer_each_time():
    with Hall(BUILD, cards=()) as hall:
        for _try in range(3):
            expect(hall.visit(only_top_up(), pin='000111'), REFUSED, 'core', 'pin-wrong')
        before = hall.snapshot()
        # locked out: the right PIN does not help, nor does a restart; a colleague may work
        expect(hall.visit(only_top_up()), REFUSED, 'core', 'locked-out')
        assert hall.snapshot() == before
        assert hall.value("SELECT failures FROM sign_in_failure WHERE number = '1042'") == 3
        assert hall.value("SELECT count(*) FROM journal WHERE kind = 'sign_in_failed'") == 3
        code, _result = hall.visit(lambda script: (only_top_up()(script), script.update(staff='1043')), pin=rig.PINS['1043'])
        assert code == DONE
        # when the wait is over one try is allowed, and the next wait is longer
        for seconds, wanted in ((40, 'pin-wrong'), (70, 'locked-out'), (110, 'pin-wrong'), (300, 'locked-out'), (500, 'pin-wrong')):
            expect(hall.visit(only_top_up(), pin='000111', env={'GUITAI_TEST_CLOCK_OFFSET': str(seconds)}), REFUSED, 'core', wanted)


@tests.add
def staff_and_rights():
    with Hall(BUILD, cards=()) as hall:
        refused(hall, lambda script: (only_top_up()(script), script.update(staff='7777')), REFUSED, 'core', 'staff-unknown')
        refused(hall, lambda script: (only_top_up()(script), script.update(staff='8001')), REFUSED, 'core', 'right-missing',
                pin=rig.PINS['8001'])
        expect(hall.visit(only_top_up(), pin=None), USAGE, 'app', 'pin-missing')


@tests.add
def cards_that_are_no_good():
    foreign = rig.EXAMPLES / 'cards' / 'unknown-type.json'
    with Hall(BUILD, cards=('prc-expired',)) as hall:
        refused(hall, None, REFUSED, 'core', 'id-expired')
        for cards, faults, wanted in ((('prc-minor',), (), (REFUSED, 'core', 'id-minor')),
                                      ((str(foreign),), (), (REFUSED, 'core', 'id-foreign-layout'))):
            hall.start_reader(cards, faults)
            refused(hall, None, *wanted)
        wrong = json.loads((rig.EXAMPLES / 'cards' / 'citizen.json').read_text('utf-8'))
        wrong['id'] = wrong['id'][:-1] + ('0' if wrong['id'][-1] != '0' else '1')
        with tempfile.NamedTemporaryFile('w', suffix='.json', encoding='utf-8') as file:
            json.dump(wrong, file, ensure_ascii=False)
            file.flush()
            hall.start_reader((file.name,))
            refused(hall, None, REFUSED, 'core', 'id-check-digit')


@tests.add
def readers_that_fail():
    with Hall(BUILD) as hall:
        for fault, wanted in (('pulled', 'card-pulled'), ('read_failed', 'read-failed'), ('refused', 'card-refused'), ('two_cards', 'two-cards'),
                              ('sam_unauthorised', 'sam-unauthorised')):
            hall.start_reader(('prc',), (fault,))
            refused(hall, None, DEVICE, 'devices', wanted)
        hall.stop(hall.reader)
        hall.reader = None
        refused(hall, None, DEVICE, 'devices', 'unplugged')
        refused(hall, lambda script: script.pop('reader'), USAGE, 'app', 'reader')


@tests.add
def an_emulated_reader_is_refused_in_production():
    with Hall(BUILD, klass='production') as hall:
        refused(hall, None, REFUSED, 'core', 'class')
        assert hall.value("SELECT count(*) FROM journal WHERE kind = 'emulated_reader_refused'") == 1
        # nor does a file make another class of it: HQ has signed the class
        path = hall.state / 'enrolment.json'
        path.write_text(path.read_text('utf-8').replace('"production"', '"demo"'), 'utf-8')
        expect(hall.ctl('status'), STORAGE, 'app', 'enrolment')


# ---- bad input: stock, money, script ----

@tests.add
def numbers_and_sims():
    with Hall(BUILD) as hall:
        code, result = hall.visit()
        assert code == DONE
        number = result['orders'][0]['msisdn']
        sim = hall.value("SELECT value FROM resource WHERE kind = 'iccid' AND state = 'used'")

        def take(**members):
            return lambda script: script['orders'][0].update(members)
        refused(hall, take(number=number), REFUSED, 'core', 'number-taken')
        refused(hall, take(sim=sim), REFUSED, 'core', 'sim-taken')
        refused(hall, take(number='15499999999'), REFUSED, 'core', 'not-leased')
        refused(hall, take(number='12345'), REFUSED, 'core', 'number-syntax')
        refused(hall, only_top_up(target='13491234567'), REFUSED, 'core', 'number-not-for-people')


@tests.add
def money():
    with Hall(BUILD, cards=()) as hall:
        def cash(amount):
            return lambda script: (only_top_up()(script), script.update(cash=amount))
        refused(hall, cash('49.99'), REFUSED, 'core', 'cash-short')
        refused(hall, cash('50.001'), REFUSED, 'core', 'money-decimals')
        refused(hall, cash('99999999999999999999'), REFUSED, 'core', 'money-range')
        refused(hall, cash('-50.00'), REFUSED, 'core', 'money-range')
        refused(hall, cash('５０'), REFUSED, 'core', 'money-syntax')
        refused(hall, only_top_up('0.50'), REFUSED, 'core', 'open-amount')
        refused(hall, only_top_up('100000000000.01'), REFUSED, 'core', 'money-range')
        expect(hall.ctl('till', 'close', '--staff', '1042', '--count', '1.234'), REFUSED, 'core', 'money-decimals')


@tests.add
def what_a_visit_lacks():
    with Hall(BUILD) as hall:
        def change(**members):
            return lambda script: script['orders'][0].update(members)

        def without(name):
            return lambda script: script['orders'][0].pop(name)
        refused(hall, without('plan'), REFUSED, 'core', 'offering-requires')  # a discount that has nothing to apply to
        refused(hall, lambda script: script['orders'].__setitem__(0, {'operation': 'new_line', 'number': 'auto', 'sim': 'auto'}), REFUSED, 'core',
                'plan-required')
        refused(hall, without('number'), REFUSED, 'core', 'number-required')
        refused(hall, without('sim'), REFUSED, 'core', 'sim-required')
        refused(hall, change(services=[{'id': 'service-data'}]), REFUSED, 'core', 'consent-missing')
        refused(hall, change(services=[{'id': 'service-video', 'afterTrial': True}]), REFUSED, 'core', 'consent-missing')
        refused(hall, change(services=[{'id': 'service-data', 'consent': True, 'afterTrial': True}]), REFUSED, 'core', 'consent-missing')  # no trial
        refused(hall, change(plan='plan-1'), REFUSED, 'core', 'offering-unknown')
        refused(hall, change(offerings=[{'id': 'plan-99'}]), REFUSED, 'core', 'offering-excluded')
        refused(hall, lambda script: script.pop('sign'), REFUSED, 'core', 'signature-required')
        refused(hall, change(operation='fly'), REFUSED, 'core', 'operation-unknown')


@tests.add
def a_script_names_no_person():
    schema = json.loads((rig.SCHEMAS / 'visit-script.json').read_text('utf-8'))
    with Hall(BUILD, cards=()) as hall:
        jsonschema.validate(json.loads(hall.script().read_text('utf-8')), schema)
        for change in (lambda script: script.update(name='王样例'), lambda script: script['orders'][0].update(id_number='990000199205050045'),
                       lambda script: script['orders'][0]['offerings'][0].update({'Customer-Name': 'x'}),
                       lambda script: script['orders'][1].update(target='990000199205050045'), lambda script: script.update(住址='x'),
                       lambda script: script.update(extra=[[{'birth': '1992'}]])):
            # also with a wrong PIN: nothing of such a script is looked at
            refused(hall, change, USAGE, 'core', 'identity-in-script', pin='000111')
        assert hall.value("SELECT count(*) FROM journal WHERE kind = 'sign_in_failed'") == 0
        for change in (lambda script: script.update(colour='red'), lambda script: script['orders'][0].update(gift=1),
                       lambda script: script['orders'][0]['services'][0].update(price='0'), lambda script: script.update(orders=[]),
                       lambda script: script.update(cash=200), lambda script: script.pop('staff'), lambda script: script.update(sign='yes'),
                       lambda script: script['orders'][0].update(number=''), lambda script: script.update(pin='258046')):
            result = refused(hall, change, USAGE, 'app', 'script')
            assert result['error']['detail'].startswith('script'), result
            try:
                jsonschema.validate(json.loads((hall.folder / 'visit.json').read_text('utf-8')), schema)
                raise AssertionError('the schema lets it pass: %s' % (hall.folder / 'visit.json').read_text('utf-8'))
            except jsonschema.ValidationError:
                pass


@tests.add
def scripts_that_are_no_json():
    with Hall(BUILD, cards=()) as hall:
        for text, code in ((b'{"staff": "1042"', 'syntax'), (b'{"staff":"1","staff":"2"}', 'duplicate-key'), (b'[' * 100 + b']' * 100, 'depth'),
                           (b'{"staff":"\xff"}', 'utf8'), (b' ' * 300000, 'size')):
            path = hall.folder / 'bad.json'
            path.write_bytes(text)
            expect(hall.ctl('order', 'run', path), USAGE, 'wire', code)
        expect(hall.ctl('order', 'run', hall.folder / 'nowhere.json'), STORAGE, 'app', 'file')
        for words in (['order', 'fly'], ['order'], ['till', 'open'], ['till', 'open', '--count'], ['status', '--nonsense'], ['status', 'more'],
                      ['sync', '--seconds', 'soon']):
            code, text = hall.ctl(*words, json_output=False)
            assert code == USAGE and 'guitaictl --help' in text, (words, text)


# ---- bad input: the line ----

@tests.add
def a_malformed_catalogue_is_kept_out_whole():
    with Hall(BUILD, cards=()) as hall:
        good = hall.ok('catalogue', 'show')
        # behind the back of the loader, which would refuse it, too
        hall.stop_hq()
        database = sqlite3.connect(next((hall.folder / 'hq').glob('*.db')))
        with database:
            database.execute("UPDATE offering SET body = CAST (replace (CAST (body AS TEXT), '59.00', '59.005') AS BLOB)")
            database.execute("UPDATE setting SET value = 'another' WHERE name = 'catalogue_etag'")
        database.close()
        hall.start_hq()
        code, result = hall.ctl('catalogue', 'pull')
        assert code == REFUSED and result['error']['domain'] == 'core' and result['error']['code'] == 'catalogue', (code, result)
        assert hall.ok('catalogue', 'show') == good
        assert hall.value("SELECT count(*) FROM journal WHERE kind LIKE 'catalogue%'") == 1
        assert hall.visit(only_top_up())[0] == DONE


@tests.add
def headquarters_is_down():
    with Hall(BUILD) as hall:
        hall.stop_hq()
        code, result = hall.visit()
        assert code == DONE and not result['onLine'] and '断网' in result['receiptText'], result
        expect(hall.ctl('sync', '--wait', '--seconds', '2'), HQ, 'offline', 'no-line')
        expect(hall.ctl('catalogue', 'pull'), HQ, 'offline', 'no-line')
        refused(hall, lambda script: script.update(orders=[{'operation': 'balance', 'target': '15400000099'}]), REFUSED, 'core',
                'not-offered-offline')
        assert [row['state'] for row in hall.ok('sync', 'list')['messages']].count('waiting') >= 2
        hall.start_hq()
        hall.ok('sync', '--wait')
        assert len(hall.hq_orders()) == 2


class Nonsense(http.server.BaseHTTPRequestHandler):
    def answer(self):
        self.rfile.read(int(self.headers.get('Content-Length', 0)))
        body = b'<html><body>It works!</body></html>'
        self.send_response(200)
        self.send_header('Content-Type', 'text/html')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = answer

    def log_message(self, *_unused):
        pass


@tests.add
def headquarters_answers_nonsense():
    with Hall(BUILD, cards=()) as hall:
        hall.stop_hq()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(hall.folder / 'hq' / 'server.crt', hall.folder / 'hq' / 'server.key')
        server = http.server.ThreadingHTTPServer(('127.0.0.1', int(hall.url.rsplit(':', 1)[1])), Nonsense)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            code, result = hall.visit(only_top_up())
            assert code == DONE and not result['onLine'], result
            expect(hall.ctl('catalogue', 'pull'), HQ, 'offline', 'not-hq')
            code, result = hall.ctl('sync', '--seconds', '2')
            assert code == HQ and result['outbox']['acknowledged'] == 0 and result['outbox']['quarantined'] == 0, result
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
        hall.start_hq()
        hall.ok('sync', '--wait')
        assert len(hall.hq_orders()) == 1


@tests.add
def enrolment():
    with Hall(BUILD, cards=(), till=False) as hall:
        expect(hall.ctl('enrol', '--url', hall.url, '--code', 'x'), REFUSED, 'app', 'enrolled')
        before = hall.state
        hall.state = hall.folder / 'other'
        expect(hall.ctl('status'), STORAGE, 'app', 'folder')
        hall.ok('init')
        expect(hall.ctl('status'), NOT_ENROLLED, 'app', 'not-enrolled')
        expect(hall.ctl('enrol', '--url', hall.url, '--code', 'ABCDE-0000000000000000'), REFUSED, 'offline', 'code')
        used = hall.code('demo')
        expect(hall.ctl('enrol', '--url', hall.url, '--code', 'ABCDE' + used[5:]), HQ, 'offline', 'refused')
        hall.state = before
        hall.ok('status')


# ---- bad input: the machine ----

def limit_files():
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))


@tests.add
def the_disk_is_full():
    with Hall(BUILD) as hall:
        full = hall.folder / 'full'
        full.mkdir()
        mounted = os.geteuid() == 0 and subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=4m,mode=0700', 'tmpfs', str(full)],
                                                       check=False, capture_output=True).returncode == 0
        if not mounted:
            # no right to mount: every file of the program ends at 1 KiB
            before = hall.snapshot()
            code, result = hall.visit(preexec_fn=limit_files)
            assert code == STORAGE, (code, result)
            assert hall.snapshot() == before
            return
        try:
            old = hall.state
            subprocess.run(['cp', '-a', str(old) + '/.', str(full)], check=True)
            os.chmod(full, 0o700)
            hall.state = full
            filler = full / 'filler'
            subprocess.run(['dd', 'if=/dev/zero', 'of=%s' % filler, 'bs=4k'], check=False, capture_output=True)
            before = hall.snapshot()
            expect(hall.visit(), STORAGE, 'offline', 'disk-full')
            assert hall.snapshot() == before
            filler.unlink()
            assert hall.visit()[0] == DONE
            assert hall.ok('verify', '--full')['good']
        finally:
            hall.state = old
            subprocess.run(['umount', str(full)], check=True)


@tests.add
def the_database_is_newer():
    with Hall(BUILD, cards=()) as hall:
        database = sqlite3.connect(hall.state / 'terminal.db')
        database.execute('PRAGMA user_version = 99')
        database.close()
        before = (hall.state / 'terminal.db').read_bytes()
        expect(hall.visit(only_top_up()), STORAGE, 'offline', 'newer-database')
        expect(hall.ctl('status'), STORAGE, 'offline', 'newer-database')
        assert (hall.state / 'terminal.db').read_bytes() == before


@tests.add
def a_second_owner():
    with Hall(BUILD, cards=()) as hall:
        with open(hall.state / 'lock', 'r+', encoding='ascii') as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            lock.truncate()
            lock.write('4711\n')
            lock.flush()
            result = expect(hall.visit(only_top_up()), LOCKED, 'app', 'locked')
            assert 'process 4711' in result['error']['detail'], result
            hall.ok('status')
        assert hall.visit(only_top_up())[0] == DONE


@tests.add
def the_clock_is_set_back():
    with Hall(BUILD, cards=()) as hall:
        assert hall.visit(only_top_up())[0] == DONE
        yesterday = {'GUITAI_TEST_CLOCK_OFFSET': '-86400'}
        refused(hall, only_top_up(), REFUSED, 'app', 'clock', env=yesterday)
        refused(hall, only_top_up(), REFUSED, 'app', 'clock', env=yesterday)
        assert hall.value("SELECT count(*) FROM journal WHERE kind = 'clock_jump'") >= 2
        assert hall.visit(only_top_up())[0] == DONE
        assert hall.ok('verify', '--full')['good']
    with Hall(BUILD, klass='production', cards=()) as hall:
        assert hall.visit(only_top_up())[0] == DONE
        assert hall.visit(only_top_up(), env=yesterday)[0] == DONE  # not in production


@tests.add
def a_folder_that_others_may_read():
    with Hall(BUILD, cards=(), till=False) as hall:
        os.chmod(hall.state, 0o755)
        expect(hall.ctl('status'), STORAGE, 'app', 'folder-open')


@tests.add
def templates_of_papers():
    """A template is taken whole and newer, or refused with all reasons; the one in force stays. The next form is made by it."""
    with Hall(BUILD) as hall:
        folder = hall.folder / 'templates'
        folder.mkdir()

        def load(change, name='form', **options):
            text = (rig.ROOT / 'app' / 'templates' / (name + '.json')).read_text('utf-8')
            (folder / 'it.json').write_text(change(text), 'utf-8')
            return hall.ctl('template', 'load', folder / 'it.json', **options)

        def versions():
            return {one['id']: one['version'] for one in hall.ok('template', 'show')['templates']}

        assert versions() == {'form': SHIPPED, 'notice': 1}
        code, result = load(lambda text: as_version(text.replace('{order.state}', '{colour}').replace('"large bold"', '"lorge"'), SHIPPED + 1))
        assert code == USAGE and len(result['error']['detail'].splitlines()) == 4, result
        expect(load(lambda text: text.replace('客户签名', '客户签字')), USAGE, 'wire', 'value')  # not newer
        expect(load(lambda text: text + ' ' * 10 * 1024 * 1024), USAGE, 'wire', 'size')
        expect(hall.ctl('template', 'load', folder / 'none.json'), STORAGE, 'app', 'file')
        assert versions() == {'form': SHIPPED, 'notice': 1}
        code, result = load(lambda text: as_version(text.replace('客户签名', '客户签字'), SHIPPED + 1))
        assert code == 0, result
        assert versions() == {'form': SHIPPED + 1, 'notice': 1}
        code, result = hall.visit(None)
        assert code == 0, result
        hall.ok('print', 'run', '--to', 'file:%s' % (hall.folder / 'papers'))
        form = next((hall.folder / 'papers').glob('form-*.txt')).read_text('utf-8')
        digest = next(one['hash'] for one in hall.ok('template', 'show')['templates'] if one['id'] == 'form')
        assert '客户签字' in form and '受理单版式 %d（校验 %s）' % (SHIPPED + 1, digest[:8]) in form, form
        receipt = result['receipt']
        files = hall.ok('print', 'notice', receipt, '--staff', '1042', '--to', 'file:%s' % (hall.folder / 'notices'))['files']
        notice = pathlib.Path(next(name for name in files if name.endswith('.txt'))).read_text('utf-8')
        assert '大字告知单' in notice and '合起来每月' in notice and receipt in notice, notice
        assert hall.value("SELECT count(*) FROM print_job WHERE copy > 0") == 0
        expect(hall.ctl('print', 'notice', 'H017-T2-A-20260101-0001', '--staff', '1042'), REFUSED, 'core', 'receipt-unknown')
        # a damaged one is not in force
        (hall.state / 'form-template.json').write_text('{', 'utf-8')
        assert versions() == {'form': SHIPPED, 'notice': 1}


def make_png(width, height):
    """Grey, eight bits: a black bar on white."""
    rows = (b'\0' + b'\0' * (width // 2) + b'\xff' * (width - width // 2)) * height

    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))

    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 0, 0, 0, 0))
            + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))


@tests.add
def papers_of_headquarters():
    """Templates and the mark come from headquarters as the catalogue does: checked there and here, whole, by version; what is
    refused anywhere leaves the old ones in force."""
    with Hall(BUILD) as hall:
        folder = hall.folder / 'papers-of-hq'
        folder.mkdir()
        shipped = (rig.ROOT / 'app' / 'templates' / 'form.json').read_text('utf-8')

        def at_hq(content):
            path = folder / 'it'
            path.write_bytes(content if isinstance(content, bytes) else content.encode('utf-8'))
            return hall.hq_try('paper', 'load', path)

        def pull():
            return hall.ok('catalogue', 'pull')['papersChanged']

        def form_version():
            return {one['id']: one['version'] for one in hall.ok('template', 'show')['templates']}['form']

        assert not pull()
        code, words = at_hq(as_version(shipped.replace('客户签名', '{colour}'), SHIPPED + 1))
        assert code != 0 and 'colour' in words, words
        code, words = at_hq(make_png(64, 16) + b'\0' * 10 * 1024 * 1024)
        assert code != 0 and 'bytes, at most 262144' in words, words
        code, words = at_hq(make_png(5000, 16))
        assert code != 0 and '5000 x 16 pixels' in words, words
        assert not pull() and form_version() == SHIPPED
        code, words = at_hq(as_version(shipped.replace('客户签名', '客户亲笔签名'), SHIPPED + 3))
        assert (code, words) == (0, 'form %d\n' % (SHIPPED + 3)), words
        code, words = at_hq(make_png(200, 60))
        assert (code, words) == (0, 'logo 1\n'), words
        assert hall.hq_try('paper')[1] == 'form %d\nlogo 1\n' % (SHIPPED + 3)
        assert pull() and form_version() == SHIPPED + 3 and not pull()
        code, result = hall.visit(None)
        assert code == 0, result
        hall.ok('print', 'run', '--to', 'file:%s' % (hall.folder / 'papers'))
        assert '客户亲笔签名' in next((hall.folder / 'papers').glob('form-*.txt')).read_text('utf-8')
        receipt = next((hall.folder / 'papers').glob('receipt-*.png')).read_bytes()
        # what a terminal cannot show is kept out whole, and the journal says so
        code, words = at_hq(make_png(64, 16)[:48])
        assert code != 0 and 'cut off' in words, words
        garbled = bytearray(make_png(64, 16))
        garbled[garbled.index(b'IDAT') + 8] ^= 0xff  # whole, but not to be unpacked
        code, words = at_hq(bytes(garbled))
        assert (code, words) == (0, 'logo 2\n'), words
        code, words = at_hq(as_version(shipped.replace('客户签名', '签'), SHIPPED + 4))
        assert code == 0, words
        expect(hall.ctl('catalogue', 'pull'), USAGE, 'printing', 'logo')
        assert form_version() == SHIPPED + 3
        assert hall.value("SELECT count(*) FROM journal WHERE kind = 'papers_refused'") == 1
        # at headquarters a mark that was right is the mark again
        code, words = at_hq(make_png(200, 60))
        assert (code, words) == (0, 'logo 3\n'), words
        assert pull() and form_version() == SHIPPED + 4
        code, words = at_hq(as_version(shipped, SHIPPED + 1))
        assert code != 0 and 'version: %d, and %d is in force' % (SHIPPED + 1, SHIPPED + 4) in words, words
        assert receipt.startswith(b'\x89PNG')


class SilentPrinter(threading.Thread):
    """Takes a receipt and says that it is well, and never that it is printed. Counts the receipts that came to their cut."""
    def __init__(self):
        super().__init__(daemon=True)
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.address = 'tcp:127.0.0.1:%d' % self.listener.getsockname()[1]
        self.cut = threading.Event()
        self.n_cuts = 0
        self.start()

    def run(self):
        while True:
            try:
                line = self.listener.accept()[0]
            except OSError:
                return
            got = b''
            try:
                while more := line.recv(4096):
                    got += more
                    line.sendall(b'\x12' * more.count(b'\x10\x04'))
                    if b'\x1dV\x01' in got:
                        self.n_cuts += 1
                        got = b''
                        self.cut.set()
            except OSError:
                pass
            line.close()


@tests.add
def killed_while_a_paper_is_at_the_printer():
    """Nobody knows whether it is on paper: it is never printed again by itself, a marked copy is; what had not been sent still is."""
    with Hall(BUILD, cards=()) as hall:
        dead = lambda script: (only_top_up()(script), script.update(printer='tcp:127.0.0.1:9'))
        receipts = [hall.visit(dead)[1]['receipt'] for _n in range(2)]
        printer = SilentPrinter()
        process = subprocess.Popen(hall.argv('print', 'run', '--to', printer.address), env=hall.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        assert printer.cut.wait(rig.DEADLINE_S)
        process.kill()
        process.wait(rig.DEADLINE_S)
        papers = hall.folder / 'after'
        hall.ok('print', 'run', '--to', 'file:%s' % papers)
        jobs = hall.rows("SELECT receipt_number, copy, state FROM print_job ORDER BY n")
        assert jobs == [(receipts[0], 0, 'unknown'), (receipts[1], 0, 'printed')], jobs
        assert {path.stem for path in papers.glob('*.txt')} == {'receipt-' + receipts[1]}
        hall.ok('print', 'reprint', receipts[0], '--staff', '1043', '--to', 'file:%s' % papers, pin=rig.PINS['1043'])
        copy = (papers / ('receipt-%s-copy1.txt' % receipts[0])).read_text('utf-8')
        assert '补打' in copy, copy
        assert printer.n_cuts == 1
        printer.listener.close()


@tests.add
def printers_that_fail():
    with Hall(BUILD, cards=()) as hall:
        def to(printer):
            return lambda script: (only_top_up()(script), script.update(printer=printer))
        code, result = hall.visit(to('tcp:127.0.0.1:9'))
        # the sale stands, its paper does not
        assert code == DEVICE and result['error']['code'] == 'not-printed' and result['receipt'], result
        assert hall.value("SELECT state FROM customer_order") in ('paid', 'sent', 'acknowledged', 'inProgress', 'completed')
        waiting = hall.ok('print', 'pending')['papers'][0]
        assert (waiting['state'], waiting['reason'], waiting['copy']) == ('queued', 'not_reached', 0), waiting
        result = hall.ok('print', 'reprint', result['receipt'], '--staff', '1043', '--to', 'file:%s' % (hall.folder / 'papers'),
                         pin=rig.PINS['1043'])
        assert len(result['files']) == 4 and result['copy'] == 0, result  # nothing had been sent: that was the paper itself
        assert hall.value("SELECT count(*) FROM print_job WHERE copy > 0") == 0
        hall.ok('devices', 'set', '--receipt', 'tcp:127.0.0.1:9; file:%s' % (hall.folder / 'second'))
        shown = hall.ok('devices')['receipt']
        assert shown == 'tcp:127.0.0.1:9;file:%s' % (hall.folder / 'second'), shown
        code, result = hall.visit(to(shown))
        assert code == 0 and list((hall.folder / 'second').glob('*.pdf')), result
        assert hall.value("SELECT state || ' ' || reason FROM print_job ORDER BY n DESC LIMIT 1") == 'printed other_printer'
        code, result = hall.visit(to('carrier pigeon'))
        assert code == USAGE and result['error']['code'] == 'printer' and result['receipt'], result
        expect(hall.ctl('print', 'reprint', 'H017-T2-A-20260101-0001', '--staff', '1043', pin=rig.PINS['1043']), REFUSED, 'core',
               'receipt-unknown')


sys.exit(tests.run())
