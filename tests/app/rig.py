# SPDX-License-Identifier: GPL-3.0-or-later
"""A hall for tests: the real guitai-hq, the real guitaictl and the emulated reader, in a folder of its own with a blank in its name."""
import copy
import ctypes
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EXAMPLES = ROOT / 'docs' / 'examples'
SCHEMAS = ROOT / 'docs' / 'schemas'
PINS = {person['number']: person['pin'] for person in json.loads((EXAMPLES / 'staff.json').read_text('utf-8'))}
DEADLINE_S = 30

# verb → its schema; the longest prefix counts
SCHEMA_OF = {
    'init': 'init', 'enrol': 'enrol', 'catalogue pull': 'catalogue-pull', 'catalogue show': 'catalogue-show', 'operations': 'operations',
    'order run': 'order-run', 'order list': 'order-list', 'order show': 'order-show', 'order cancel': 'order-undo', 'order refund': 'order-undo', 'order undo': 'order-undo', 'order correct': 'order-undo', 'order halves': 'order-halves', 'order debt': 'order-debt', 'till': 'till', 'till cash-in': 'till-cash', 'till cash-out': 'till-cash', 'till drop': 'till-cash',
    'till deposit': 'till-cash', 'till bags': 'till-cash', 'till x': 'report', 'till z': 'report', 'till hand-over': 'report', 'till supplements': 'till-supplements', 'till print': 'till-print',
    'till difference': 'till-difference', 'hall close': 'hall', 'report': 'report', 'sync': 'sync',
    'sync list': 'sync-list', 'sync release': 'sync-list', 'status': 'status', 'verify': 'verify', 'print pending': 'print-pending',
    'print run': 'print-run', 'print reprint': 'print-run', 'print notice': 'print-run', 'print invoice': 'print-run', 'print promise': 'print-promise', 'staff': 'staff', 'devices': 'devices', 'template': 'template', 'line show': 'line-show',
}


def schema_of(words):
    for n in (2, 1):
        name = SCHEMA_OF.get(' '.join(words[:n]))
        if name:
            return json.loads((SCHEMAS / (name + '.json')).read_text('utf-8'))
    raise KeyError(words)


def wait_for(condition, what):
    end = time.monotonic() + DEADLINE_S
    while not condition():
        if time.monotonic() > end:
            raise AssertionError('waited in vain for ' + what)
        time.sleep(0.02)


def die_with_parent():
    """PR_SET_PDEATHSIG: no server outlives a test that was killed."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class Hall:
    """HQ with catalogue, staff and stock; a terminal that is enrolled, has its stock, and an open till; a reader with cards."""

    def __init__(self, build, klass='demo', cards=('prc',), till=True, stock=None):
        self.build = pathlib.Path(build).resolve()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='guitai hall '))
        self.state = self.folder / 'state'
        self.processes = []
        self.env = {**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': '', 'GUITAI_LOCALEDIR': str(self.build / 'po')}
        self.env.pop('GUITAI_PIN', None)
        self.env['LSAN_OPTIONS'] = "suppressions='%s':print_suppressions=0" % (pathlib.Path(__file__).resolve().parent / 'leaks.supp').as_posix()
        self.hq('init', self.folder / 'hq', folder=False)
        self.hq('catalogue', 'load', EXAMPLES / 'catalogue.json')
        self.hq('staff', 'load', EXAMPLES / 'staff.json')
        self.hq('stock', 'load', stock or EXAMPLES / 'stock.json')
        self.hq('lines', 'load', EXAMPLES / 'lines.json')
        self.hq('documents', 'load', EXAMPLES / 'documents.json')
        self.url = None
        self.start_hq()
        self.ok('init')
        self.ok('enrol', '--url', self.url, '--code', self.code(klass))
        self.ok('catalogue', 'pull')
        self.reader = None
        if cards:
            self.start_reader(cards)
        if till:
            self.ok('till', 'open', '--staff', '1042', '--count', '500.00')

    def __enter__(self):
        return self

    def __exit__(self, *_unused):
        for process in reversed(self.processes):
            self.stop(process)
        shutil.rmtree(self.folder, ignore_errors=True)

    # ---- programs ----

    def start(self, *argv, ready=b'ready ', **options):
        log = open(self.folder / 'log', 'ab')
        process = subprocess.Popen([str(word) for word in argv], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log,
                                   env=self.env, preexec_fn=die_with_parent, **options)
        log.close()
        self.processes.append(process)
        line = process.stdout.readline()
        if not line.startswith(ready):
            raise AssertionError('%s did not start: %r %s' % (argv[0], line, (self.folder / 'log').read_text('utf-8')))
        return process, line.decode().strip()[len(ready):]

    def stop(self, process, how=signal.SIGTERM):
        if process.poll() is None:
            process.send_signal(how)
            process.wait(DEADLINE_S)
        process.stdout.close()
        self.processes.remove(process)

    def hq(self, *words, folder=True):
        words = [self.build / 'hq' / 'guitai-hq', *words, *(('--dir', self.folder / 'hq') if folder else ())]
        run = subprocess.run([str(word) for word in words], env=self.env, capture_output=True, text=True, check=False)
        if run.returncode:
            raise AssertionError('guitai-hq: ' + run.stderr)
        return run.stdout

    def hq_try(self, *words):
        """What it ended with, and what it said."""
        run = subprocess.run([str(word) for word in (self.build / 'hq' / 'guitai-hq', *words, '--dir', self.folder / 'hq')], env=self.env,
                             capture_output=True, text=True, check=False)
        return run.returncode, run.stdout + run.stderr

    def code(self, klass, till='T2'):
        return self.hq('code', '--terminal', 'H017' + till, '--hall', 'H017', '--desk', till[1:], '--till', till, '--class', klass).strip()

    def beside(self, till, klass='demo'):
        """Another terminal of the hall, with its own memory and an open till; what is started belongs to the hall."""
        other = copy.copy(self)
        other.state = self.folder / ('state ' + till)
        other.ok('init')
        other.ok('enrol', '--url', self.url, '--code', self.code(klass, till))
        other.ok('catalogue', 'pull')
        other.ok('till', 'open', '--staff', '1042', '--count', '500.00')
        return other

    def start_hq(self):
        port = ('--port', self.url.rsplit(':', 1)[1]) if self.url else ()
        self.server, self.url = self.start(self.build / 'hq' / 'guitai-hq', 'serve', self.folder / 'hq', *port)

    def stop_hq(self):
        self.stop(self.server)

    def start_reader(self, cards, faults=()):
        if self.reader:
            self.stop(self.reader)
        options = [word for card in cards for word in ('--card', card)] + [word for fault in faults for word in ('--fault', fault)]
        self.reader, _path = self.start(self.build / 'devices' / 'guitai-emulate', 'id-reader', '--auto', '--link', self.folder / 'reader',
                                        *options)

    def serve(self):
        return self.start(self.build / 'app' / 'guitaictl', '--state', self.state, 'serve')[0]

    # ---- guitaictl ----

    def argv(self, *words):
        return [str(word) for word in (self.build / 'app' / 'guitaictl', '--state', self.state, *words)]

    def ctl(self, *words, pin=PINS['1042'], env=None, json_output=True, **options):
        """(exit code, result); the result fits its schema."""
        env = {**self.env, **({'GUITAI_PIN': pin} if pin else {}), **(env or {})}
        argv = self.argv(*words, *(('--json',) if json_output else ()))
        run = subprocess.run(argv, env=env, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, timeout=120, **options)
        if not json_output:
            return run.returncode, run.stdout + run.stderr
        try:
            result = json.loads(run.stdout)
        except ValueError as error:
            raise AssertionError('%s: exit %d: %r %r' % (words, run.returncode, run.stdout, run.stderr)) from error
        if 'Sanitizer' in run.stderr:
            raise AssertionError('%s: %s' % (words, run.stderr))
        jsonschema.validate(result, schema_of([str(word) for word in words]))
        return run.returncode, result

    def ok(self, *words, **options):
        code, result = self.ctl(*words, **options)
        if code:
            raise AssertionError('%s: exit %d: %s' % (words, code, result))
        return result

    def script(self, change=None, **members):
        """The example's visit, changed, as a file."""
        script = json.loads((EXAMPLES / 'visit.json').read_text('utf-8'))
        script['reader'] = 'sdt:%s' % (self.folder / 'reader')
        script.update(members)
        if change:
            change(script)
        path = self.folder / 'visit.json'
        path.write_text(json.dumps(script, ensure_ascii=False), 'utf-8')
        return path

    def visit(self, change=None, **options):
        return self.ctl('order', 'run', self.script(change), **options)

    # ---- what is there ----

    def rows(self, sql, *values):
        """As another program sees the terminal's database: read-only."""
        database = sqlite3.connect('file:%s?mode=ro' % str(self.state / 'terminal.db').replace('%', '%25').replace('?', '%3f'), uri=True)
        try:
            return database.execute(sql, values).fetchall()
        finally:
            database.close()

    def value(self, sql, *values):
        return self.rows(sql, *values)[0][0]

    def snapshot(self):
        """All that a sale writes; a refused one must leave it as it was."""
        counts = {table: self.value('SELECT count(*) FROM ' + table) for table in
                  ('payment', 'posting', 'outbox', 'print_job')}
        counts['open orders'] = self.value("SELECT count(*) FROM customer_order WHERE state NOT IN ('cancelled', 'completed', 'acknowledged')")
        counts['held'] = self.value("SELECT count(*) FROM resource WHERE state = 'held'")
        counts['used'] = self.value("SELECT count(*) FROM resource WHERE state = 'used'")
        return counts

    def hq_orders(self):
        """Ids of the orders that headquarters has, each as often as it has it."""
        return sorted(re.search(r'[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', line)[0] for line in self.hq('orders').splitlines())


class Tests:
    """TAP. A case that cannot run here returns what is missing."""

    def __init__(self):
        self.cases = []

    def add(self, function):
        self.cases.append(function)
        return function

    def run(self):
        chosen = [case for case in self.cases if not sys.argv[2:] or case.__name__ in sys.argv[2:]]
        failed = 0
        print('1..%d' % len(chosen), flush=True)
        for number, case in enumerate(chosen, 1):
            try:
                missing = case()
                print('ok %d - %s%s' % (number, case.__name__, ' # SKIP ' + missing if missing else ''), flush=True)
            except Exception as error:  # pylint: disable=broad-except
                failed += 1
                import traceback
                for line in traceback.format_exc().splitlines():
                    print('# ' + line)
                print('not ok %d - %s: %s' % (number, case.__name__, str(error).splitlines()[:1]), flush=True)
        return 1 if failed else 0
