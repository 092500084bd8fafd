#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many wrong things at once: scripts with one mistake each at a place that chance picks, nonsense at the owner's socket, callers that
get in each other's way, a disk that fills at any step, a damaged file. Never a crash, never half a visit.

test-guitaictl-mistakes.py BUILD [CASE…]; SEED=N in the environment repeats a run."""
import contextlib
import json
import os
import pathlib
import random
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

import rig
from rig import EXAMPLES, Hall

BUILD = sys.argv[1]
SEED = int(os.environ.get('SEED', time.time_ns() % 1000000))
tests = rig.Tests()
DONE, REFUSED, USAGE, HQ, DEVICE, STORAGE, LOCKED = range(7)
# What a sale writes. Not here: visit, resource (a hold comes and goes), journal and sign-in (they tell of the attempt).
FACTS = ('customer_order', 'order_item', 'order_state_event', 'payment', 'payment_event', 'allocation', 'posting_set', 'posting', 'balance',
         'total', 'message', 'print_job', 'shift', 'receipt_series')
# A PIN that is wrong would lock the clerk out: these are about the script.
NASTY = (None, True, 0, -1, 10**30, 1.5, '', ' ', '\t', '\x00', '\u202e200.00', '１００', '0x10', '1e3', '-0', '+5', '.5', '5.', '1,000', 'NaN',
         '9' * 400, '99999999999999999999.99', "'; DROP TABLE payment; --", '%s%n', '../../etc/passwd', '\U0001f600' * 50, [], {}, [[]],
         {'id': 'plan-59'}, 'auto', 'plan-59', '15400000099', 'new_line')


def facts(hall):
    return {table: hall.rows('SELECT * FROM %s' % table) for table in FACTS} | {'outbox': hall.rows('SELECT n, destination FROM outbox')}


def places(node, path=()):
    yield path
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inside:
        yield from places(value, path + (key,))


def with_mistake(chance):
    """The example with one mistake."""
    script = json.loads((EXAMPLES / 'visit.json').read_text('utf-8'))
    path = chance.choice([path for path in places(script) if path])
    parent = script
    for key in path[:-1]:
        parent = parent[key]
    kind = chance.randrange(4)
    if kind == 0:
        parent.pop(path[-1])
    elif kind == 1 and isinstance(parent, dict):
        parent[chance.choice(('colour', 'Plan', 'plan ', 'ｐlan', 'name', '__proto__', ''))] = parent.pop(path[-1])
    elif kind == 2 and isinstance(parent, list):
        parent += [parent[path[-1]]] * chance.choice((1, 20, 100))
    else:
        parent[path[-1]] = chance.choice(NASTY)
    return script


@tests.add
def scripts_with_one_mistake():
    chance = random.Random(SEED)
    with Hall(BUILD) as hall:
        hall.stop_hq()  # else its news change orders, too
        owner = hall.serve()
        codes, before = {}, facts(hall)
        for number in range(100):
            script = with_mistake(chance)
            code, result = hall.visit(lambda old, script=script: (old.clear(), old.update(script), old.setdefault(
                'reader', 'sdt:%s' % (hall.folder / 'reader'))))
            codes[code] = codes.get(code, 0) + 1
            assert owner.poll() is None, (number, script)
            if code == DONE:  # some mistakes make another good script
                assert result['orders'], script
                before = facts(hall)
                continue
            assert code in (REFUSED, USAGE, DEVICE), (number, script, code, result)
            assert result['error']['words'].count('. ') >= 1, result
            if 'receipt' in result:  # the sale stands, its paper does not: an address of a printer that is none
                before = facts(hall)
                continue
            assert facts(hall) == before, (number, script, result)
        assert hall.value("SELECT count(*) FROM resource WHERE state = 'held'") == 0
        assert hall.ok('verify', '--full')['good']
        print('# exit codes: %s' % codes)


@tests.add
def calls_with_one_mistake():
    chance = random.Random(SEED + 1)
    verbs = (['order', 'run', 'X'], ['order', 'list', '--limit', '3'], ['order', 'show', 'X'], ['till', 'open', '--staff', '1042', '--count', '1.00'],
             ['report', 'day', '--date', '2026-11-22'], ['sync', '--seconds', '0'], ['sync', 'release', 'X', '--staff', '1043'],
             ['print', 'reprint', 'X', '--staff', '1042'], ['devices', 'set', '--reader', 'X'], ['verify', '--full'], ['catalogue', 'show'])
    words = ('', '--', '-', '--json=1', '--help=x', '--state', '--count=', '--staff', '\udcff', '%n', 'a' * 5000, '--limit=-1', '--limit=9' + '9' * 30,
             '..', '/dev/full', '2026-02-30', '--date=２０２６-11-22', '１', '--pin-file=/', '--pin-file=/dev/null', '--paper=999mm')
    with Hall(BUILD, cards=()) as hall:
        before = facts(hall)
        for _number in range(60):
            verb = list(chance.choice(verbs))
            for _mistake in range(chance.randint(1, 2)):
                place = chance.randint(0, len(verb))
                verb[place:place + chance.randint(0, 1)] = [chance.choice(words)]
            run = subprocess.run(hall.argv(*verb), env={**hall.env, 'GUITAI_PIN': rig.PINS['1042']}, stdin=subprocess.DEVNULL,
                                 capture_output=True, check=False, timeout=60)
            assert 0 <= run.returncode <= 8, (verb, run)  # no signal, no fault of the program
            assert run.returncode == 0 or run.stderr or b'"error"' in run.stdout, (verb, run)
            assert b'CRITICAL' not in run.stderr and b'WARNING' not in run.stderr, (verb, run.stderr)
        after = facts(hall)
        assert after == before, [table for table in after if after[table] != before[table]]


@tests.add
def nonsense_at_the_owners_socket():
    with Hall(BUILD) as hall:
        owner = hall.serve()
        before = facts(hall)
        version = hall.ok('status')['version']
        script = json.loads((EXAMPLES / 'visit.json').read_text('utf-8'))

        def request(**members):
            return json.dumps({'version': version, 'verb': 'order run', 'arguments': {}, **members}, ensure_ascii=False).encode()

        def visit(**members):
            return request(arguments={'script': {**script, **members}, 'staff': '1042', 'pin': rig.PINS['1042']})
        # the owner looks at everything again: who asks need not be guitaictl
        for text in (b'', b'hello', b'{', b'[]', b'null', b'{}', b'\xff\xfe', b'\x00', b'[' * 50000, request(verb='order list'), request(verb='serve'),
                     request(verb='fly'), request(verb=7), request(version='0'), request(arguments=[]), request(),
                     request(arguments={'script': script}), request(arguments={'script': script, 'staff': '1042'}),
                     request(arguments={'script': script, 'staff': '1042', 'pin': '000111'}),
                     request(arguments={'script': script, 'staff': 1042, 'pin': 258046}),
                     request(arguments={'script': [], 'staff': '1042', 'pin': rig.PINS['1042']}),
                     visit(name='王样例'), visit(colour='red'), visit(cash=200), visit(cash='-1'),
                     request(verb='till open', arguments={'staff': '1042', 'pin': rig.PINS['1042']}),
                     request(verb='till close', arguments={'staff': '1042', 'pin': rig.PINS['1042'], 'count': {}})):
            with contextlib.suppress(BrokenPipeError, ConnectionResetError), socket.socket(socket.AF_UNIX) as line:
                line.settimeout(20)
                line.connect(os.path.relpath(hall.state / 'socket'))
                line.sendall(text + b'\n')
                answer = b''
                while not answer.endswith(b'\n'):
                    part = line.recv(65536)
                    if not part:
                        break
                    answer += part
                assert not answer or 'error' in json.loads(answer), (text, answer)
            assert owner.poll() is None, text
            assert facts(hall) == before, text
        # those who connect and say nothing, half a request, or too much keep nobody waiting
        idle = []
        for text in (b'', b'{"version":', b'x' * 100000):
            line = socket.socket(socket.AF_UNIX)
            line.connect(os.path.relpath(hall.state / 'socket'))
            line.sendall(text)
            idle.append(line)
        assert hall.visit()[0] == DONE
        for line in idle:
            line.close()
        # one who asks and goes away before the answer
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(os.path.relpath(hall.state / 'socket'))
            line.sendall(request(verb='sync', arguments={'seconds': 1}) + b'\n')
        assert hall.visit()[0] == DONE and owner.poll() is None
        assert hall.ok('verify', '--full')['good']


@tests.add
def callers_in_each_others_way():
    top_up = {'orders': [{'operation': 'top_up', 'target': '15400000099', 'amount': '50.00'}], 'cash': '50.00', 'staff': '1042'}
    with Hall(BUILD, cards=()) as hall:
        path = pathlib.Path(hall.folder / 'top-up.json')
        path.write_text(json.dumps(top_up), 'utf-8')
        argv, env = hall.argv('order', 'run', path, '--json'), {**hall.env, 'GUITAI_PIN': rig.PINS['1042']}
        done = 0
        for owner in (None, hall.serve):
            serving = owner and owner()
            callers = [subprocess.Popen(argv, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) for _number in range(6)]
            for caller in callers:
                result = json.loads(caller.communicate(timeout=60)[0])
                if caller.returncode == DONE:
                    done += 1
                    continue
                # without somebody who serves, one has it and the others are told who
                assert serving is None and caller.returncode == LOCKED and result['error']['code'] == 'locked', result
                assert 'process ' in result['error']['detail'], result
            assert hall.value('SELECT count(*) FROM payment') == done
            assert serving is None or done > 6, done
        assert hall.value("SELECT minor FROM balance WHERE account = 'drawer:T2'") == 50000 + 5000 * done
        receipts = [row[0] for row in hall.rows('SELECT receipt_number FROM customer_order')]
        assert len(set(receipts)) == len(receipts) == done
        hall.ok('sync', '--wait')
        assert len(json.loads(hall.hq('orders', '--json'))) == done
        assert hall.ok('verify', '--full')['good']


@tests.add
def a_disk_that_fills_at_any_step():
    with tempfile.TemporaryDirectory(prefix='guitai disk ') as folder:
        mounted = os.geteuid() == 0 and subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=6m,mode=0700', 'tmpfs', folder], check=False,
                                                       capture_output=True).returncode == 0
        if not mounted:
            return 'no right to mount a file system of its own'
        try:
            with Hall(BUILD) as hall:
                fill_the_disk(hall, pathlib.Path(folder))
        finally:
            subprocess.run(['umount', folder], check=True)
    return None


def fill_the_disk(hall, folder):
    state = folder / 'state'
    subprocess.run(['cp', '-a', str(hall.state), str(state)], check=True)
    hall.state, codes = state, {}
    hall.stop_hq()  # the fuller box: nothing leaves it
    for free in range(0, 240, 12):
        room = os.statvfs(folder)
        (folder / 'filler').write_bytes(b'x' * max(0, room.f_bavail * room.f_frsize - free * 1024))
        before = facts(hall)
        code, result = hall.visit()
        codes[free] = code
        if 'visit' in result:  # it stands, whatever became of its paper
            assert code in (DONE, STORAGE, DEVICE), (free, result)
        else:
            assert code == STORAGE, (free, code, result)
            now = facts(hall)
            changed = [table for table in now if now[table] != before[table]]
            # an order that was placed and could not be paid may lie there until the next start; nothing of money
            assert set(changed) <= {'customer_order', 'order_item', 'order_state_event'}, (free, changed, result)
            assert now['posting'] == before['posting'] and now['payment'] == before['payment'], free
        (folder / 'filler').unlink()
        hall.ok('devices', 'set', '--reader', 'sdt:%s' % (hall.folder / 'reader'))  # an owner starts, and puts right
        assert hall.value("SELECT count(*) FROM customer_order WHERE state IN ('draft', 'placed')") == 0, free
        assert hall.value("SELECT count(*) FROM resource WHERE state = 'held'") == 0, free
        assert hall.ok('verify', '--full')['good'], free
    assert STORAGE in codes.values() and DONE in codes.values(), codes
    hall.start_hq()
    hall.ok('sync', '--wait')
    n_paid = hall.value("SELECT count(*) FROM customer_order WHERE state <> 'cancelled'")
    assert len(hall.hq('orders').splitlines()) == n_paid == 2 * hall.value('SELECT count(*) FROM payment'), n_paid
    print('# free KiB → exit code: %s' % codes)


def close_up(hall):
    """The whole database in its one file; what it holds."""
    database = sqlite3.connect(hall.state / 'terminal.db')
    database.execute('PRAGMA wal_checkpoint (TRUNCATE)')
    database.close()
    return (hall.state / 'terminal.db').read_bytes()


@tests.add
def a_damaged_file():
    with Hall(BUILD, cards=()) as hall:
        path, good = hall.state / 'terminal.db', close_up(hall)
        for name, damaged in (('text', b'not a database' * 100), ('half', good[:len(good) // 2]), ('no head', b'\xff' * 4096 + good[4096:]),
                              ('no tables', good[:100] + b'\xff' * 1900 + good[2000:]), ('another program', good[:68] + b'\0\0\0\1' + good[72:])):
            for other in hall.state.glob('terminal.db-*'):
                other.unlink()
            path.write_bytes(damaged)
            for words in (['verify', '--full'], ['order', 'list'], ['till', 'close', '--staff', '1042', '--count', '500.00']):
                code, result = hall.ctl(*words)
                assert code == STORAGE and result['error']['words'], (name, words, code, result)
            assert path.read_bytes() == damaged, name  # nothing mends it by guessing
        path.write_bytes(good)
        assert hall.ok('verify', '--full')['good']
        hall.ok('till', 'close', '--staff', '1042', '--count', '500.00')


print('# SEED=%d' % SEED)
sys.exit(tests.run())
