#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""No line, no printer, no room: the visit ends all the same, the papers say what holds, and everything arrives once: test-window-offline.py BUILD [TEST…]."""
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import run_tests  # noqa: E402
from hall import LONG, Clerk, WindowHall, add_tests, wait_for  # noqa: E402

HALL = None
KEPT = re.compile('Nothing|unchanged|kept|stands|stays|stored')
ROOM = '24m'


class Nonsense:
    """What listens at headquarters' port and is none."""

    def __init__(self, port):
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(('127.0.0.1', port))
        self.socket.listen(20)
        self.asked = 0
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection, _address = self.socket.accept()
            except OSError:
                return
            with connection:
                self.asked += 1
                connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello')

    def close(self):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


def age_prices(days):
    """As if headquarters had said nothing for so long; no window has the folder yet."""
    database = sqlite3.connect(str(HALL.state / 'terminal.db'))
    with database:
        database.execute('UPDATE catalogue SET loaded_us = loaded_us - ?', (days * 24 * 3600 * 10 ** 6,))
    database.close()


def prepare(name):
    if HALL.server not in HALL.processes:
        HALL.start_hq()
    if 'printer' in name:
        if HALL.printer in HALL.processes:
            HALL.stop(HALL.printer)
        HALL.ok('devices', 'set', '--receipt', 'tcp:127.0.0.1:%s' % HALL.start_printer())
    if name == 'test_old_prices':
        age_prices(5)
    if name in ('test_from_the_start', 'test_old_prices'):
        HALL.stop_hq()
    return HALL.window()


def test_from_the_start(app):
    """Headquarters was never there: a top-up, then it comes."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.home()
    app.find(None, re.compile('^Off line'))
    clerk.asks_for('cz')
    clerk.names_number('15400000216')
    clerk.reads(re.compile('off line'))
    clerk.names_amount('40')
    clerk.takes()
    receipt = clerk.receipt()
    clerk.reads(re.compile('Paid, not credited yet'))
    paper = HALL.wait_paper(receipt)
    assert re.search('已收款·待到账|paid, not credited yet', paper, re.I), paper
    assert HALL.last_order()[1] != 'completed'
    clerk.next_customer()
    HALL.start_hq()
    HALL.check_books()
    app.find(None, re.compile('^On line$'), LONG)


def test_old_prices(app):
    """Five days without headquarters' word on the prices: the first page says how old they are, sells all the same, and when the line is
    back they are of now."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.home()
    app.find(None, re.compile('The prices are 5 days old'), LONG)
    clerk.tops_up('15400000216', '14')
    clerk.next_customer()
    HALL.start_hq()
    app.find(None, re.compile('^On line$'), LONG)
    HALL.ok('catalogue', 'pull')
    app.find(None, re.compile('Prices as headquarters confirmed them on'), LONG)
    HALL.check_books()


def test_in_the_middle(app):
    """Killed while a line is opened, after the card was read."""
    clerk = Clerk(app, HALL)
    number, sim = HALL.free_numbers()[0], HALL.free_sims()[0]
    clerk.signs_in()
    clerk.until_sim(number)
    HALL.stop(HALL.server, 9)
    app.scan(sim)
    clerk.on(re.compile('taken, '))
    clerk.takes_extra('Prepayment 50')
    clerk.enter()
    clerk.on(re.compile('agree', re.I))
    clerk.enter()
    clerk.takes()
    receipt = clerk.receipt()
    clerk.reads(re.compile('Accepted, not in force'))
    paper = HALL.wait_paper(receipt)
    assert re.search('已受理·待生效|accepted, not in force', paper, re.I), paper
    clerk.next_customer()
    HALL.start_hq()
    HALL.check_books()
    assert HALL.last_order()[:3] == ('new_line', 'completed', number)


def test_nonsense(app):
    """Something else answers at its address."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    HALL.stop_hq()
    nonsense = Nonsense(int(HALL.url.rsplit(':', 1)[1].strip('/')))
    try:
        clerk.tops_up('15400000217', '11')
        clerk.reads(re.compile('Paid, not credited yet'))
        clerk.next_customer()
        wait_for(lambda: nonsense.asked > 0, 'the terminal asking there')
    finally:
        nonsense.close()
    HALL.start_hq()
    HALL.check_books()


def one_paper(receipt):
    wait_for(lambda: HALL.value("SELECT count(*) FROM print_job WHERE receipt_number = ? AND state = 'printed'", receipt) == 1, 'a printed paper')
    assert HALL.value('SELECT max(copy) FROM print_job WHERE receipt_number = ?', receipt) == 0


def test_printer(app):
    """Its cover is open: the sale stands, the paper waits and says why; asked for again and again it comes out once."""
    clerk = Clerk(app, HALL)
    HALL.tell('printer', 'fault cover_open')
    clerk.signs_in()
    clerk.tops_up('15400000204', '9')
    receipt = clerk.receipt()
    clerk.reads('The receipt is not printed. The sale is stored')
    clerk.presses('F10')
    clerk.notice('It has not been printed yet')
    clerk.next_customer()
    clerk.presses('F2')
    clerk.on('Number or receipt')
    clerk.types(receipt)
    clerk.enter()
    clerk.on('See the receipt')
    clerk.enter()
    clerk.at('Receipt ' + receipt)
    clerk.reads(re.compile('The cover is open'))
    HALL.tell('printer', 'clear')
    clerk.presses('F10')
    clerk.notice('It has not been printed yet')
    one_paper(receipt)
    HALL.check_books()
    HALL.stop(HALL.printer)


def test_printer_gone(app):
    """Switched off before the sale, on again after it."""
    clerk = Clerk(app, HALL)
    HALL.stop(HALL.printer)
    clerk.signs_in()
    clerk.tops_up('15400000204', '8')
    receipt = clerk.receipt()
    clerk.reads('The receipt is not printed. The sale is stored')
    HALL.start_printer()
    clerk.presses('F10')
    clerk.notice('It has not been printed yet')
    one_paper(receipt)


def test_disk_full(app):
    """Words, nothing half done; with room again the same visit is paid."""
    clerk = Clerk(app, HALL)
    clerk.signs_in()
    clerk.asks_for('cz')
    clerk.names_number('15400000203')
    clerk.names_amount('7')
    clerk.on('Cash received')
    filler = HALL.state / 'filler'
    before = HALL.snapshot()
    with open(filler, 'wb', buffering=0) as file:
        try:
            while file.write(b'\0' * 4096):
                pass
        except OSError:
            pass
    clerk.enter()
    said = clerk.notice('disk')
    assert KEPT.search(said), said
    print('# ' + said)
    filler.unlink()
    after = HALL.snapshot()
    assert {name: after[name] for name in ('payment', 'posting')} == {name: before[name] for name in ('payment', 'posting')}, (before, after)
    clerk.takes()
    clerk.next_customer()
    HALL.check_books()


def on_small_disk(hall):
    """The state folder moves to a file system with little room."""
    kept = hall.folder / 'kept'
    hall.state.rename(kept)
    hall.state.mkdir(0o700)
    if subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=%s,mode=700' % ROOM, 'guitai-test', str(hall.state)], check=False).returncode:
        hall.state.rmdir()
        kept.rename(hall.state)
        return False
    shutil.copytree(kept, hall.state, dirs_exist_ok=True)
    return True


if __name__ == '__main__':
    with WindowHall(sys.argv[1]) as HALL:
        mounted = on_small_disk(HALL)
        tests = add_tests(sys.modules[__name__])
        if not mounted:
            print('# test_disk_full is left out: no file system can be mounted here', flush=True)
            tests = [test for test in tests if test[0] != 'test_disk_full']
        try:
            sys.exit(run_tests(tests, prepare))
        finally:
            if mounted:
                subprocess.run(['umount', '-l', str(HALL.state)], check=False)
