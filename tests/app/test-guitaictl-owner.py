#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The owner of a terminal's data killed while others hand visits over to it, with and without headquarters: each visit is whole or was
never there, HQ has each order once, the drawer is what the visits say. (test-kill.py: a program that owns the data itself.)

test-guitaictl-owner.py BUILD [CASE…]; SEED=N in the environment repeats a run (our moments, not the machine's)."""
import json
import os
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

import rig
from rig import Hall

BUILD = sys.argv[1]
SEED = int(os.environ.get('SEED', time.time_ns() % 1000000))
tests = rig.Tests()
TOTAL = 17000  # minor units that docs/examples/visit.json costs
WHOLE = {'paid', 'sent', 'acknowledged', 'inProgress', 'completed'}


def people(folder, count):
    """Cards of so many synthetic people: headquarters gives nobody more than five lines."""
    card = json.loads((rig.EXAMPLES / 'cards' / 'citizen.json').read_text('utf-8'))
    paths = []
    for number in range(count):
        body = '99000019900101%03d' % number
        rest = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(body)) % 11
        card.update(id=body + '10X98765432'[rest], birth='19900101', sex='12'[(number + 1) % 2])
        paths.append(pathlib.Path(folder) / ('person-%d.json' % number))
        paths[-1].write_text(json.dumps(card, ensure_ascii=False), 'utf-8')
    return paths


def check_visits(hall, recovered):
    """Judges every visit that the file knows; gives the ids of the orders that stand."""
    standing = set()
    for visit, state in hall.rows('SELECT id, state FROM visit'):
        orders = hall.rows('SELECT id, n, state, receipt_number, terminal_seq FROM customer_order WHERE visit_id = ?', visit)
        paid = hall.rows('SELECT id, amount_minor, last_state FROM payment WHERE visit_id = ?', visit)
        what = (visit, state, orders, paid)
        if not paid:
            # nothing of it counts: no order stands, no money, and after the next start no stock is held for it
            assert all(order[2] not in WHOLE for order in orders), what
            assert not hall.rows('SELECT 1 FROM posting_set JOIN customer_order ON order_n = customer_order.n WHERE visit_id = ?', visit), what
            assert not recovered or all(order[2] == 'cancelled' for order in orders), what
            assert not recovered or not orders or state == 'abandoned', what
            continue
        assert state == 'closed' and len(orders) == 2 and len({order[3] for order in orders}) == 1, what
        assert all(order[2] in WHOLE and order[4] > 0 for order in orders), what
        assert [(row[1], row[2]) for row in paid] == [(TOTAL, 'succeeded')], what
        assert hall.value('SELECT sum (allocation.amount_minor) FROM allocation JOIN payment ON payment.n = payment_n WHERE payment.id = ?', paid[0][0]) == TOTAL, what
        assert hall.value('SELECT count(*) FROM print_job WHERE visit_id = ?', visit) == 2, what  # receipt and form
        keys = [order[0] for order in orders] + [paid[0][0]]
        assert hall.value("SELECT count(*) FROM message WHERE key IN (?, ?, ?)", *keys) == 3, what
        assert hall.value("SELECT count(*) FROM resource WHERE state = 'used' AND holder IN (?, ?)", *keys[:2]) == 2, what
        standing |= {order[0] for order in orders}
    n_visits = len(standing) // 2
    assert hall.value("SELECT minor FROM balance WHERE account = 'drawer:T2'") == 50000 + TOTAL * n_visits
    assert hall.value("SELECT sum (amount_minor) FROM posting WHERE account = 'drawer:T2'") == 50000 + TOTAL * n_visits
    assert not hall.rows('SELECT * FROM posting_imbalance')
    assert hall.value("SELECT count(*) FROM resource WHERE state = 'used'") == 2 * n_visits
    if recovered:
        assert hall.value("SELECT count(*) FROM resource WHERE state = 'held'") == 0
        assert hall.value("SELECT count(*) FROM print_job WHERE state = 'sending'") == 0
    receipts = [row[0] for row in hall.rows('SELECT DISTINCT receipt_number FROM customer_order WHERE receipt_number IS NOT NULL')]
    assert len(receipts) >= n_visits
    return standing


def check_all_arrived(hall, standing):
    hall.ok('sync', '--wait')
    assert check_visits(hall, True) == standing
    # HQ knows an order that was cancelled at the counter at most as such
    arrived = [order['externalId'] for order in json.loads(hall.hq('orders', '--json')) if order['state'] != 'cancelled']
    assert len(arrived) == len(set(arrived)) and set(arrived) == standing, (sorted(arrived), sorted(standing))
    outbox = hall.ok('status')['outbox']
    assert outbox['waiting'] + outbox['inFlight'] + outbox['asking'] + outbox['quarantined'] == 0, outbox
    assert hall.ok('verify', '--full')['good']
    count = '%d.%02d' % divmod(50000 + TOTAL * (len(standing) // 2), 100)
    closed = hall.ok('till', 'close', '--staff', '1042', '--count', count)
    assert closed['shift']['difference'] == '0.00' and closed['report']['payments'] == len(standing) // 2, closed
    hall.stop_hq()  # it lets nobody else into its file
    database = sqlite3.connect(hall.folder / 'hq' / 'hq.db')
    payments = database.execute('SELECT count(*) FROM payment').fetchone()[0]
    database.close()
    assert payments == len(standing) // 2, payments


def run_killed(argv, env, after_s):
    """The exit status; negative: it was killed."""
    with subprocess.Popen(argv, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            process.wait(after_s)
        except subprocess.TimeoutExpired:
            process.kill()
        return process.wait()


@tests.add
def an_owner_killed_while_it_serves():
    rounds, gone, standing = 15, 0, set()
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder, Hall(BUILD, cards=people(folder, 16)) as hall:
        argv = hall.argv('order', 'run', hall.script(), '--json', '--out', hall.folder / 'papers')
        env = {**hall.env, 'GUITAI_PIN': rig.PINS['1042']}
        for number in range(rounds):
            if number == 5:
                hall.stop_hq()
            if number == 10:
                hall.start_hq()
            owner = hall.serve()
            with subprocess.Popen(argv, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as caller:
                time.sleep(0.05 + 0.9 * (number * 7 % rounds + chance.random()) / rounds)  # the moment of the blow, not a wait
                hall.stop(owner, signal.SIGKILL)
                result = json.loads(caller.communicate(timeout=30)[0])
            now = check_visits(hall, False)
            assert now >= standing, (number, now, standing)  # what stood before stands
            standing = now
            if caller.returncode == 0:
                assert {order['id'] for order in result['orders']} <= standing, result
                continue
            # the caller is told that it may have been done
            assert (caller.returncode, result['error']['code']) == (6, 'owner-gone'), (number, caller.returncode, result)
            gone += 1
        assert gone, 'no blow hit'
        hall.ctl('sync', '--seconds', '1')  # the next owner puts right what the last one left
        check_all_arrived(hall, check_visits(hall, True))
        print('# %d of %d callers lost their owner, %d visits stand' % (gone, rounds, len(standing) // 2))


@tests.add
def a_caller_killed_after_it_asked():
    with tempfile.TemporaryDirectory() as folder, Hall(BUILD, cards=people(folder, 16)) as hall:
        hall.serve()
        argv = hall.argv('order', 'run', hall.script())
        env = {**hall.env, 'GUITAI_PIN': rig.PINS['1042']}
        for moment in (0.02, 0.1, 0.2, 0.3):
            run_killed(argv, env, moment)
        # the owner goes on serving; what it began it ended by itself
        assert hall.visit()[0] == 0
        standing = check_visits(hall, True)
        check_all_arrived(hall, standing)


print('# SEED=%d' % SEED)
sys.exit(tests.run())
