# SPDX-License-Identifier: GPL-3.0-or-later
"""A hall with the real window: HQ over TLS, terminal, emulated reader and printers, and a clerk who has a keyboard only.

    with WindowHall(build) as hall:
        run_tests([(name, function, {}) ...], hall.window)

Where things are looked up afterwards: `hall.rows` the terminal's database, `hall.hq_has` headquarters, `hall.papers` what was printed.
"""
import json
import os
import re
import signal
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'app'))
import rig  # noqa: E402
from driver import App, Deadline, run  # noqa: E402

signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # a test that is stopped clears up behind itself
PIN_NAME = re.compile('^PIN')
KEYS = {}          # journey → keys that it took
LONG = 60          # a deadline, not a length: the machine may be busy


class WindowHall(rig.Hall):
    """@till: opened by the command line beforehand. @auto: cards come by themselves, one a visit."""

    def __init__(self, build, klass='demo', cards=('prc',), till=True, auto=True):
        self.auto, self.printer, self.printer_port = auto, None, None
        super().__init__(build, klass=klass, cards=cards, till=till)
        self.paper_folder = self.folder / 'papers'
        self.ok('devices', 'set', '--reader', 'sdt:%s' % (self.folder / 'reader'), '--receipt', 'file:%s' % self.paper_folder, '--form',
                'file:%s' % self.paper_folder)

    # ---- devices ----

    def start_reader(self, cards, faults=()):
        if self.reader:
            self.stop(self.reader)
        options = [word for card in cards for word in ('--card', card)] + [word for fault in faults for word in ('--fault', fault)]
        if self.auto:
            options.append('--auto')
        self.reader, _path = self.start(self.build / 'devices' / 'guitai-emulate', 'id-reader', '--link', self.folder / 'reader',
                                        '--control', self.folder / 'reader.control', *options)

    def start_printer(self):
        """One that can fail; always at the same port."""
        self.printer, place = self.start(self.build / 'devices' / 'guitai-emulate', 'printer', '--port', self.printer_port or 0, '--out',
                                         self.folder / 'printed.bin', '--control', self.folder / 'printer.control', '--drawer',
                                         self.folder / 'drawer.log')
        self.printer_port = place.rsplit(':', 1)[1]
        return self.printer_port

    def start_terminal(self):
        """A bank terminal at the desk."""
        self.terminal, _path = self.start(self.build / 'devices' / 'guitai-emulate', 'card-terminal', '--link', self.folder / 'terminal', '--journal',
                                          self.folder / 'terminal.journal', '--control', self.folder / 'terminal.control')
        self.ok('devices', 'set', '--card', 'codepay:%s' % (self.folder / 'terminal'))
        return self.terminal

    def terminal_did(self):
        """The words of its journal: asked, paid, refunded …"""
        return [line.split()[0] for line in (self.folder / 'terminal.journal').read_text('utf-8').splitlines()]

    def drawer_did(self):
        """'pulse', 'pulse-now', 'shut' …, of the drawer on the printer."""
        log = self.folder / 'drawer.log'
        return log.read_text('utf-8').splitlines() if log.exists() else []

    def tell(self, device, *commands):
        """'reader', 'printer' or 'terminal'; one open for all, so that they come in order."""
        with open(self.folder / (device + '.control'), 'w', encoding='utf-8') as fifo:
            fifo.write(''.join(command + '\n' for command in commands))

    # ---- the window ----

    @property
    def argv_window(self):
        return [str(self.build / 'app' / 'guitai'), '--state', str(self.state)]

    def window(self, _name=None):
        return self.argv_window

    def start_window(self, **environment):
        return App(self.argv_window, environment={'GUITAI_LOCALEDIR': str(self.build / 'po'), **environment}, seconds=LONG)

    # ---- what came of it ----

    def hq_has(self):
        """{"orders": …, "payments": …, "completed": …} at headquarters."""
        return {**json.loads(self.hq('status')), 'completed': len(self.hq('orders', '--state', 'completed').splitlines())}

    def papers(self, kind='receipt'):
        """Name → text, oldest first."""
        found = sorted(self.paper_folder.glob(kind + '-*.txt'), key=lambda path: (path.stat().st_mtime_ns, path.name))
        return {path.stem: path.read_text('utf-8') for path in found}

    def wait_paper(self, receipt, kind='receipt', copy=0):
        """Its text, once the printer has said that it is out: a paper that still waits is not copied."""
        name = '%s-%s%s' % (kind, receipt, '-copy%d' % copy if copy else '')
        wait_for(lambda: self.value("SELECT count(*) FROM print_job WHERE receipt_number = ? AND printer = ? AND copy = ? AND state = 'printed'",
                                    receipt, kind, copy) == 1, name + ' printed')
        wait_for(lambda: name in self.papers(kind), 'the paper ' + name)
        return self.papers(kind)[name]

    def last_order(self):
        """(operation, state, msisdn, today_minor, receipt_number, rule) of the newest one."""
        return self.rows('SELECT operation, state, msisdn, today_minor, receipt_number, rule FROM customer_order ORDER BY n DESC LIMIT 1')[0]

    def wait_uploaded(self):
        """Everything is acknowledged, and headquarters finished all orders that were paid."""
        wait_for(lambda: self.value("SELECT count(*) FROM outbox WHERE state NOT IN ('acknowledged', 'superseded')") == 0, 'an empty outbox')
        wait_for(lambda: self.value("SELECT count(*) FROM customer_order WHERE state NOT IN ('completed', 'cancelled')") == 0,
                 'all orders completed: %s' % (self.rows('SELECT operation, state, hq_reason FROM customer_order'),))

    def check_books(self):
        """Terminal and headquarters have the same, once."""
        self.wait_uploaded()
        ours = {'completed': self.value("SELECT count(*) FROM customer_order WHERE state = 'completed'"),
                'payments': self.value("SELECT count(*) FROM payment WHERE last_state = 'succeeded'")}
        theirs = self.hq_has()
        assert ours == {name: theirs[name] for name in ours}, (ours, theirs, self.hq('orders'))
        assert self.rows('SELECT * FROM posting_imbalance') == []
        code, result = self.ctl('verify', '--full', pin=None)
        assert code == 0 and result['good'], result

    def free(self, kind, value):
        return self.rows('SELECT state FROM resource WHERE kind = ? AND value = ?', kind, value)[0][0]

    def free_sims(self, count=1):
        return [row[0] for row in self.rows("SELECT value FROM resource WHERE kind = 'iccid' AND state = 'leased' ORDER BY value LIMIT ?", count)]

    def free_numbers(self, count=1):
        return [row[0] for row in self.rows("SELECT value FROM resource WHERE kind = 'msisdn' AND state = 'leased' AND grade IS NULL "
                                            'ORDER BY value LIMIT ?', count)]


def wait_for(condition, what, seconds=LONG):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise Deadline('waited in vain for ' + what)
        time.sleep(0.05)


# ---- a clerk ------------------------------------------------------------------------------------------------------------------------

class Clerk:
    """What a person at the counter does, with keys and the scanner alone."""

    def __init__(self, app, hall):
        self.app, self.hall, self.began = app, hall, 0

    # where he is

    def at(self, title, seconds=LONG):
        """On the screen of that title."""
        return self.reads(re.compile('^%s$' % re.escape(title)), seconds)

    def on(self, name, role=None, seconds=LONG):
        """The focus is where it should be."""
        return self.app.wait_focus(role, name, seconds)

    def page(self):
        """The part of the window that has the focus: a page of the stack, or a dialog. What AT-SPI tells of the other pages is stale."""
        node, page = self.app.focused(), None
        while node is not None and node.role not in ('dialog', 'alert', 'frame'):
            if node.full_name == 'GtkStackPage':
                page = node  # the outermost: a screen may have pages of its own
            node = node.parent
        return page or node

    def reads(self, words, seconds=LONG):
        """Something on the page says that: a text, or a pattern."""
        pattern = words if hasattr(words, 'search') else re.compile(re.escape(words))

        def is_there():
            page = self.page()
            return next(page.find_all('label', pattern), None) if page else None
        return self.app.wait(is_there, 'label %r on the page' % pattern.pattern, seconds).name

    def notice(self, words, seconds=LONG):
        """It stands in the notice of the screen, where the eye is."""
        pattern = words if hasattr(words, 'search') else re.compile(re.escape(words))

        def is_there():
            page = self.page()
            for alert in page.find_all('alert') if page else ():
                for node in alert.find_all('label', pattern):
                    return node.name
            return None
        return self.app.wait(is_there, 'a notice with %r' % pattern.pattern, seconds)

    def is_due(self, words, seconds=LONG):
        """So the money column says, which stands beside every page of a visit: the sum that is due, or the word for it."""
        self.app.wait(lambda: any(next(panel.find_all('label', words), None) for panel in self.app.root.find_all('panel', 'Money')),
                      '%s in the money column' % words, seconds)

    def home(self, seconds=LONG):
        return self.on('Command box', seconds=seconds)

    def count(self):
        """From here on keys are counted."""
        self.began = self.app.keys

    def keys_of(self, journey):
        KEYS[journey] = self.app.keys - self.began
        print('# %s: %d keys' % (journey, KEYS[journey]), flush=True)
        return KEYS[journey]

    # what he does

    def types(self, text):
        self.app.type(text)

    def enter(self):
        self.app.key('Return')

    def presses(self, *keys):
        self.app.key(*keys)

    def steps_to(self, is_there, what, key='Tab', most=24):
        """By @key from one control to the next until @is_there says yes of the one with the focus. A key waits for the last one's step."""
        for _unused in range(most):
            before = self.on(None)
            if is_there(before):
                return before
            self.presses(key)
            self.app.wait(lambda: self.app.focused() not in (None, before), 'the step after %r, to %s' % (before, what), LONG)
        raise Deadline('%s does not get to %s' % (key, what))

    def tabs_to(self, name, key='Tab', role=None):
        pattern = name if name is None or hasattr(name, 'search') else re.compile('^%s$' % re.escape(name))
        return self.steps_to(lambda node: node.matches(role, pattern), name or role, key)

    def signs_in(self, number='1042', pin=None):
        self.on('Staff number')
        self.types(number)
        self.enter()
        self.gives_pin(pin or rig.PINS[number])

    def gives_pin(self, pin):
        self.on(PIN_NAME)
        self.types(pin)
        self.enter()

    def opens_till(self, amount='500'):
        self.on('Float counted')
        self.types(amount)
        self.enter()
        self.home()

    def asks_for(self, words):
        """In the command box; the first line is taken."""
        self.home()
        self.types(words)
        self.enter()

    def names_number(self, number):
        self.on('Mobile number')
        self.types(number)

    def names_amount(self, amount):
        self.on('Amount')
        self.types(amount)
        self.enter()

    def takes(self, received=None):
        """The money; None: it is exact."""
        self.on('Cash received')
        if received:
            self.types(received)
        self.enter()
        self.at('Receipt')

    def takes_rest(self):
        """What is left when a part was paid otherwise: said once, as the Enter may have been one too many."""
        self.on('Cash received')
        self.enter()
        self.notice('Enter again takes it in cash')
        self.enter()
        self.at('Receipt')

    def receipt(self):
        """The number that the screen shows."""
        return self.reads(re.compile(r'^Receipt H017')).split(' ')[1]

    def next_customer(self):
        self.on('Next customer')
        self.enter()
        self.home()

    def tops_up(self, number, amount, received=None):
        self.asks_for('cz')
        self.names_number(number)
        self.names_amount(amount)
        self.takes(received)
        return self.receipt()

    def chooses_plan(self):
        self.on('Search plans')
        self.reads('Easy 39')
        self.enter()

    def chooses_number(self, digits):
        self.on('Digits that the customer likes')
        self.types(digits)
        self.app.wait(lambda: any(True for _ in self.app.root.find_all(None, re.compile('^154'))), 'numbers', LONG)
        self.enter()

    def until_sim(self, digits='15401234567'):
        """A new line up to the SIM card."""
        self.asks_for('kh')
        self.chooses_plan()
        self.chooses_number(digits)
        self.on(re.compile('^SIM card'))

    def takes_extra(self, name):
        """Down to that line of the list, then Space."""
        self.tabs_to(re.compile('taken, ' + re.escape(name)), 'Down')
        self.presses('space')
        self.app.wait(lambda: next(self.app.root.find_all(None, re.compile('^taken, ' + re.escape(name))), None), name + ' taken', LONG)


def add_tests(module):
    """All test_* of a file, as run_tests wants them."""
    names = [name for name in vars(module) if name.startswith('test_')]
    chosen = [name for name in names if not sys.argv[2:] or name in sys.argv[2:]]
    return [(name, vars(module)[name], {}) for name in chosen]


__all__ = ['App', 'Clerk', 'Deadline', 'KEYS', 'LONG', 'PIN_NAME', 'WindowHall', 'add_tests', 'rig', 'run', 'subprocess', 'wait_for']
