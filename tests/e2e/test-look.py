#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""As a person at the real counter: a record that headquarters refused is sent again; a key is bound to another verb and stays so over a
restart: test-look.py BUILD."""
import os
import re
import sqlite3
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), 'app')]
from driver import App  # noqa: E402
from rig import Hall, PINS  # noqa: E402

BUILD = sys.argv[1]


def open_counter(hall):
    return App([os.path.join(BUILD, 'app', 'guitai'), '--state', str(hall.state)],
               environment={'GUITAI_LOCALEDIR': hall.env['GUITAI_LOCALEDIR']})


def sign_in(app, number):
    app.wait_focus('text')
    app.type(number)
    app.key('Return')
    app.wait_focus('text', re.compile('^PIN, '))
    app.type(PINS[number])
    app.key('Return')
    app.wait_for('text', 'Command box')
    app.wait_focus('text', 'Command box')


def test_send_again():
    """What was refused by mistake goes out when a supervisor says so."""
    with Hall(BUILD) as hall:
        hall.stop_hq()
        assert hall.visit()[0] == 0
        database = sqlite3.connect(str(hall.state / 'terminal.db'))
        database.execute("UPDATE outbox SET state = 'quarantined', last_error = 'invalid: place', attempts = 1 WHERE n = "
                         "(SELECT min (n) FROM message WHERE order_n IS NOT NULL)")
        database.commit()
        database.close()
        hall.start_hq()
        with open_counter(hall) as app:
            sign_in(app, '9001')
            app.wait_for('list item', re.compile('^Rejected record'))
            app.key('Down', 'Return')
            app.wait_for('label', 'Upload status')
            app.wait_for('list item', re.compile('Headquarters finds the record faulty'))
            app.key('alt+s')
            app.wait_for('label', 'Everything is uploaded.', seconds=30)
            assert hall.value("SELECT count(*) FROM outbox WHERE state <> 'acknowledged'") == 0
            print('# %d keys' % app.keys)


def test_other_key():
    """F12 takes the money from now on, here and after the next start."""
    with Hall(BUILD) as hall:
        with open_counter(hall) as app:
            sign_in(app, '1042')
            app.wait_for('push button', 'F9 Take money')
            app.type('keys')
            app.key('Return')
            app.wait_focus('list item', re.compile('^Help'))
            app.key(*['Down'] * 8, 'Return', 'F8')
            app.wait_for('label', re.compile('means “Open drawer” already'))
            app.key('Return', 'F12')
            app.wait_for('push button', 'F12 Take money')
            app.wait(lambda: (hall.state / 'keys.ini').exists(), 'the keys in the state folder')
        with open_counter(hall) as app:
            app.wait_for('push button', 'F12 Take money')


def main():
    tests = [test_send_again, test_other_key]
    failed = 0
    print('1..%d' % len(tests), flush=True)
    for number, test in enumerate(tests, 1):
        word = 'ok'
        try:
            test()
        except Exception as error:
            word = 'not ok'
            failed += 1
            print('# %s: %s' % (type(error).__name__, str(error).replace('\n', '\n# ')), flush=True)
        print('%s %d - %s' % (word, number, test.__name__[5:]), flush=True)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
