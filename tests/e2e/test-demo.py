#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What README.md promises of `make supervisor`, `make kiosk` and `make run`: test-demo.py BUILD. Each in a folder of its own, with the
programs of BUILD."""
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

BUILD = os.path.abspath(sys.argv[1])
TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SECONDS = 90


def processes_of(folder):
    """Command lines that name the folder."""
    found = []
    for pid in filter(str.isdigit, os.listdir('/proc')):
        try:
            with open('/proc/%s/cmdline' % pid, 'rb') as file:
                words = file.read().replace(b'\0', b' ').decode('utf-8', 'replace')
        except OSError:
            continue
        if folder + '/' in words and int(pid) != os.getpid():
            found.append(words)
    return found


class Demo:
    """app/demo/run, until its window is there; a signal ends it and all that it started."""

    def __init__(self, *options):
        self.folder = tempfile.mkdtemp(prefix='demo-', dir=os.environ['HOME'])
        for name in ('app', 'hq', 'devices', 'po'):
            os.symlink(os.path.join(BUILD, name), os.path.join(self.folder, name))
        self.log = open(os.path.join(self.folder, 'log'), 'w+')
        self.process = subprocess.Popen([os.path.join(TOP, 'app', 'demo', 'run'), self.folder, *options], stdout=self.log,
                                        stderr=subprocess.STDOUT)

    def said(self):
        with open(self.log.name) as file:
            return file.read()

    def wait(self, condition, what):
        deadline = time.monotonic() + SECONDS
        while not condition():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, 'no %s: %s' % (what, self.said())
            time.sleep(0.1)

    def wait_window(self, words):
        self.wait(lambda: words in self.said(), words)
        self.wait(lambda: any(re.search(r'/app/guitai --state ', one) for one in processes_of(self.folder)), 'window')

    def is_served(self):
        """The window has the folder, and takes what other programs ask of it."""
        with socket.socket(socket.AF_UNIX) as door:
            return door.connect_ex(os.path.join(self.folder, 'demo', 'state', 'socket')) == 0

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.process.terminate()
        self.process.wait(20)
        self.log.close()

    def check_ended(self):
        deadline = time.monotonic() + 10
        while processes_of(self.folder):
            assert time.monotonic() < deadline, processes_of(self.folder)
            time.sleep(0.1)


def ctl(demo, *words):
    done = subprocess.run([os.path.join(BUILD, 'app', 'guitaictl'), '--state', os.path.join(demo.folder, 'demo', 'state'), *words],
                          env={**os.environ, 'GUITAI_PIN': '258046'}, capture_output=True, text=True, timeout=SECONDS)
    assert done.returncode == 0, done.stderr


def test_supervisor():
    """There is a day to look at, and 30 yuan are missing in its last shift."""
    with Demo('--mode=supervisor') as demo:
        demo.wait_window("The supervisor's desk. Sign in: 9001")
        database = sqlite3.connect(os.path.join(demo.folder, 'demo-supervisor', 'state', 'terminal.db'))
        rows = database.execute('SELECT clerk, counted_minor - expected_minor FROM shift ORDER BY n').fetchall()
        assert rows == [('1042', 0), ('1043', -3000)], rows
        assert database.execute("SELECT count(*) FROM outbox WHERE state <> 'acknowledged'").fetchone() == (0,)
        database.close()
    demo.check_ended()


def test_counter():
    """The words are the counter's; a customer's payment code is worth something."""
    with Demo() as demo:
        demo.wait_window('kh opens a line')
        demo.wait(demo.is_served, 'door')
        ctl(demo, 'till', 'open', '--staff', '1042', '--count', '500.00')
        visit = os.path.join(demo.folder, 'visit.json')
        with open(visit, 'w') as file:
            json.dump({'staff': '1042', 'orders': [{'operation': 'top_up', 'target': '15400000099', 'amount': '50.00'}],
                       'payments': [{'tender': 'qr', 'code': '130000000000000001'}]}, file)
        ctl(demo, 'order', 'run', visit)
        database = sqlite3.connect(os.path.join(demo.folder, 'demo', 'state', 'terminal.db'))
        rows = database.execute('SELECT tender, amount_minor, (SELECT state FROM payment_event WHERE payment_n = n ORDER BY k DESC LIMIT 1) '
                                'FROM payment').fetchall()
        database.close()
        assert rows == [('qr', 5000, 'succeeded')], rows
        assert '  SIM  8986' in demo.said()
    demo.check_ended()


def test_kiosk():
    """Nobody is told to sign in where nobody can."""
    with Demo('--mode=kiosk') as demo:
        demo.wait_window('The kiosk, full screen')
        assert 'Sign in' not in demo.said(), demo.said()
    demo.check_ended()


def main():
    tests = [test_supervisor, test_counter, test_kiosk]
    failed = 0
    print('1..%d' % len(tests), flush=True)
    for number, test in enumerate(tests, 1):
        try:
            test()
            print('ok %d - %s' % (number, test.__name__), flush=True)
        except Exception as error:
            failed += 1
            print('# %s: %s' % (type(error).__name__, str(error).replace('\n', '\n# ')))
            print('not ok %d - %s' % (number, test.__name__), flush=True)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
