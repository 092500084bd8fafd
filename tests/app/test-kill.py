#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 in the middle of a visit, again and again: after a restart the visit is there whole, or it was never paid; headquarters has
each once (I1, I2).   test-kill.py BUILD [ROUNDS]"""
import random
import signal
import subprocess
import sys
import time
import traceback

import rig
from rig import Hall

ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 30
SEED = 20261122


def check_whole(hall):
    """What a sale writes is there together, or not at all."""
    for (visit,) in hall.rows('SELECT DISTINCT visit_id FROM customer_order'):
        states = [state for (state,) in hall.rows('SELECT state FROM customer_order WHERE visit_id = ?', visit)]
        n_paid = hall.value('SELECT count(*) FROM payment WHERE visit_id = ?', visit)
        n_messages = hall.value('SELECT count(*) FROM outbox JOIN message USING (n) WHERE sale_id = ?', visit)
        n_papers = hall.value("SELECT count(*) FROM print_job WHERE visit_id = ?", visit)
        if all(state in ('placed', 'cancelled') for state in states):
            assert (n_paid, n_messages, n_papers) == (0, 0, 0), (visit, states, n_paid, n_messages, n_papers)
        else:
            assert not set(states) & {'placed', 'cancelled', 'draft'}, states
            assert (len(states), n_paid, n_messages, n_papers) == (2, 1, 3, 2), (visit, states, n_paid, n_messages, n_papers)
    return hall.value('SELECT count(*) FROM payment')


def kill_one(hall, delay):
    process = subprocess.Popen(hall.argv('order', 'run', hall.script(), '--json'), env={**hall.env, 'GUITAI_PIN': rig.PINS['1042']},
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(delay)  # the point of the blow, not a wait
    process.send_signal(signal.SIGKILL)
    process.wait(rig.DEADLINE_S)


def duration(hall):
    begin = time.monotonic()
    code, result = hall.visit()
    assert code == 0, result
    return time.monotonic() - begin


def run():
    chance = random.Random(SEED)
    with Hall(sys.argv[1]) as hall:
        whole = duration(hall)
        paid = 1
        n_whole = n_nothing = 0
        for _round in range(ROUNDS):
            # a blow leaves the card reader in the middle of a card: the next visit waits for a new one
            kill_one(hall, chance.uniform(0, whole * 3))
            now = check_whole(hall)
            n_whole, n_nothing = (n_whole + 1, n_nothing) if now > paid else (n_whole, n_nothing + 1)
            paid = now
        # the next owner puts right what was left, and sends what is there
        hall.ok('sync', '--wait')
        paid = check_whole(hall)
        assert hall.value("SELECT count(*) FROM customer_order WHERE state = 'placed'") == 0
        assert hall.value("SELECT count(*) FROM resource WHERE state = 'held'") == 0
        # one person may have five lines: of the later ones HQ's answer is no, but it has them
        here = sorted(order for (order,) in hall.rows("SELECT id FROM customer_order WHERE state IN ('completed', 'rejected')"))
        there = hall.hq_orders()
        assert here == there and len(here) == 2 * paid, (len(here), len(there), paid)
        assert hall.value('SELECT count (DISTINCT receipt_number) FROM customer_order WHERE receipt_number IS NOT NULL') == paid
        assert hall.ok('verify', '--full')['good']
        assert hall.visit()[0] == 0
        assert n_whole and n_nothing, 'all blows fell on one side: %d, %d' % (n_whole, n_nothing)
    print('# %d blows within %.0f ms: %d visits whole, %d never there' % (ROUNDS, whole * 3000, n_whole, n_nothing))


print('1..1')
try:
    run()
    print('ok 1 - a visit under kill -9 is whole or was never there')
except AssertionError:
    for line in traceback.format_exc().splitlines():
        print('# ' + line)
    print('not ok 1 - a visit under kill -9 is whole or was never there')
    sys.exit(1)
