#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window beside the smallest libadwaita program, in the same run and in turns.

    bench-window.py GUITAI HELLO FILL GUITAI_HQ GUITAICTL EMULATE     under tests/ui/with-display

A terminal with BENCH_ORDERS (100,000) orders and BENCH_OFFERINGS (10,000) offerings: time from exec to the first frame, resident
memory, processor time while nothing happens, the longest pause of the main loop and the longest frame over a whole sale, how
long it takes from a key to what it finds, painted, and what a new list of all offerings costs the window. A frame's length is told in processor time of the window's thread beside the clock's:
on a machine where others work only the first is the window's own.
"""
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'e2e'))
from driver import App, Deadline  # noqa: E402

GUITAI, HELLO, FILL, HQ, CTL, EMULATE = sys.argv[1:7]
EXAMPLES = os.path.join(HERE, '..', '..', 'docs', 'examples')
ORDERS = int(os.environ.get('BENCH_ORDERS', '100000'))
OFFERINGS = int(os.environ.get('BENCH_OFFERINGS', '10000'))
ROUNDS = int(os.environ.get('BENCH_ROUNDS', '5'))
IDLE_S = 8
PORTION = 50000
TICKS = os.sysconf('SC_CLK_TCK')


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def wait_for_line(path, pattern, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with open(path) as file:
            found = re.search(pattern, file.read(), re.M)
        if found:
            return found
        time.sleep(0.05)
    raise SystemExit('%s: no %s' % (path, pattern))


def make_catalogue(path, price=39):
    """@price of the made ones: another makes another list of all of them."""
    with open(os.path.join(EXAMPLES, 'catalogue.json'), encoding='utf-8') as file:
        offerings = json.load(file)
    plan = next(one for one in offerings if one['id'] == 'plan-39')
    for number in range(OFFERINGS - len(offerings)):
        one = json.loads(json.dumps(plan))
        one['id'] = 'plan-x%d' % number
        one['name'] = '畅享套餐%d' % number
        one['x-guitai'].pop('excludes', None)
        one['productOfferingPrice'][0]['id'] = one['id'] + '-fee'
        one['productOfferingPrice'][0]['price']['value'] = price
        offerings.append(one)
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(offerings, file, ensure_ascii=False)


class Hall:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix='guitai-bench-')
        self.state = os.path.join(self.folder, 'state')
        self.started = []
        try:
            self.make()
        except BaseException:
            self.stop()
            raise

    def start(self, name, *command):
        path = os.path.join(self.folder, name + '.log')
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=open(path, 'w'), stderr=subprocess.STDOUT)
        self.started.append(process)
        return path

    def make(self):
        hq, catalogue = os.path.join(self.folder, 'hq'), os.path.join(self.folder, 'catalogue.json')
        make_catalogue(catalogue)
        run(HQ, 'init', hq)
        run(HQ, 'catalogue', 'load', catalogue, '--dir', hq)
        run(HQ, 'staff', 'load', os.path.join(EXAMPLES, 'staff.json'), '--dir', hq)
        run(HQ, 'stock', 'load', os.path.join(EXAMPLES, 'stock.json'), '--dir', hq)
        url = wait_for_line(self.start('hq', HQ, 'serve', hq), r'^ready (.*)$')[1]
        code = subprocess.run([HQ, 'code', '--dir', hq, '--terminal', 'H017T2', '--hall', 'H017', '--desk', '3', '--till', 'T2',
                               '--class', 'demo'], check=True, capture_output=True, text=True).stdout.strip()
        run(CTL, '--state', self.state, 'init')
        run(CTL, '--state', self.state, 'enrol', '--url', url, '--code', code)
        run(CTL, '--state', self.state, 'catalogue', 'pull')
        link = os.path.join(self.folder, 'reader')
        wait_for_line(self.start('reader', EMULATE, 'id-reader', '--link', link, '--auto'), '^ready')
        run(CTL, '--state', self.state, 'devices', 'set', '--reader', 'sdt:' + link)
        # the outbox has a limit: what is old is at headquarters
        for first in range(0, ORDERS, PORTION):
            run(FILL, self.state, str(min(PORTION, ORDERS - first)), '1042', '258046')
            run(CTL, '--state', self.state, 'sync', '--seconds', '300')

    def stop(self):
        for process in self.started:
            process.terminate()
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def read_memory_kb(pid):
    with open('/proc/%d/status' % pid) as file:
        return int(re.search(r'^VmRSS:\s+(\d+)', file.read(), re.M)[1])


def read_ticks(pid):
    with open('/proc/%d/stat' % pid) as file:
        fields = file.read().rsplit(')', 1)[1].split()
    return int(fields[11]) + int(fields[12])


def read_log(path):
    """All figures, and how long the keys took that went into the command box."""
    figures, keys = {}, []
    with open(path) as file:
        for line in file:
            one = json.loads(line)
            figures.update(one)
            if one.get('field') == 'TaiCommandEntry':
                keys.append(one['key'] / 1e3)
    return figures, sorted(keys)


def measure_start(command, environment, log):
    """Seconds from exec to the first frame, and the memory two seconds later."""
    if os.path.exists(log):
        os.remove(log)
    begin = time.monotonic()
    process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not (os.path.exists(log) and os.path.getsize(log)):
            if time.monotonic() - begin > 60 or process.poll() is not None:
                raise SystemExit('%s: no frame' % command[0])
            time.sleep(0.005)
        first = read_log(log)[0]['firstFrame'] / 1e6 - begin
        time.sleep(2)
        return first, read_memory_kb(process.pid)
    finally:
        process.terminate()
        process.wait()


def compare_starts(hall):
    log = os.path.join(hall.folder, 'frames')
    ours, hellos = [], []
    for _ in range(ROUNDS):
        hellos.append(measure_start([HELLO, log], {}, log))
        ours.append(measure_start([GUITAI, '--state', hall.state], {'GUITAI_TEST_FRAMES': log}, log))
    for number, name, gate in ((0, 'first frame, s', 1.5), (1, 'resident memory, KiB', 1.4)):
        mine, theirs = [statistics.median(one[number] for one in many) for many in (ours, hellos)]
        print('# %-22s guitai %.3f  hello %.3f  ratio %.2f (gate %.1f)' % (name, mine, theirs, mine / theirs, gate))


def go_home(app):
    app.type('1042')
    app.key('Return')
    app.type('258046')
    app.key('Return')
    app.wait(lambda: next(app.root.find_all(name=re.compile('Command box|命令框')), None), 'home', seconds=30)


def sell(app):
    app.type('kh')
    app.key('Return')
    app.wait(lambda: next(app.root.find_all(name=re.compile('^(Step 2|第 2 步)')), None), 'plans', seconds=30)
    for key in ('space', 'Down', 'Return'):
        app.key(key)
        time.sleep(0.5)
    app.key('Return')
    time.sleep(0.7)
    app.scan('89860000020260000038')
    app.wait(lambda: next(app.root.find_all(name=re.compile('^(Step 4|第 4 步)')), None), 'extras', seconds=30)
    for key in ('space', 'Return', 'Return', 'Return'):
        app.key(key)
        time.sleep(0.8)
    app.wait(lambda: next(app.root.find_all(name=re.compile('^(Step 7|第 7 步)')), None), 'receipt', seconds=30)
    app.key('Return')
    time.sleep(0.5)


def measure_work(hall):
    log = os.path.join(hall.folder, 'frames')
    with App([GUITAI, '--state', hall.state], environment={'GUITAI_TEST_FRAMES': log}) as app:
        go_home(app)
        for text in ('kh', 'tjbh', '套餐59', 'changxiang', '1390000'):
            app.type(text)
            app.key('ctrl+a', 'BackSpace')
        sell(app)
    figures, keys = read_log(log)
    print('# a whole sale: longest pause of the main loop %.1f ms (gate 50), %d frames; longest frame %.1f ms of this thread, %.1f ms by the '
          'clock (gate 16), mean %.1f ms' % (figures['pauseMaxUs'] / 1e3, figures['frames'], figures['cpuMaxUs'] / 1e3,
                                             figures['workMaxUs'] / 1e3, figures['cpuMeanUs'] / 1e3))
    # the very first letter is held, as long as it is not known whether an input method takes the letters
    print('# a key in the command box: letter and hits are painted after %.1f ms (median), %.1f (9 of 10), %.1f (longest); %d keys (gate: '
          'a frame, 16.7)' % (statistics.median(keys), keys[len(keys) * 9 // 10], keys[-1], len(keys)))


def measure_swap(hall):
    """A new list comes while the window is open and nobody is served."""
    log = os.path.join(hall.folder, 'swap-frames')
    with App([GUITAI, '--state', hall.state], environment={'GUITAI_TEST_FRAMES': log}) as app:
        go_home(app)
        make_catalogue(os.path.join(hall.folder, 'catalogue.json'), 40)
        run(HQ, 'catalogue', 'load', os.path.join(hall.folder, 'catalogue.json'), '--dir', os.path.join(hall.folder, 'hq'))
        pulled = run(CTL, '--state', hall.state, '--json', 'catalogue', 'pull')
        assert json.loads(pulled)['catalogueChanged'], pulled
        app.type('x77')
        time.sleep(2)
    figures, _keys = read_log(log)
    print('# a new list of %d offerings under the window: longest pause of the main loop %.1f ms (gate 50), longest frame %.1f ms of this thread' % (
        OFFERINGS, figures['pauseMaxUs'] / 1e3, figures['cpuMaxUs'] / 1e3))


def measure_idle(hall):
    with App([GUITAI, '--state', hall.state]) as app:
        go_home(app)
        time.sleep(2)
        before = read_ticks(app.process.pid)
        time.sleep(IDLE_S)
        percent = 100.0 * (read_ticks(app.process.pid) - before) / TICKS / IDLE_S
    print('# idle at home: %.1f %% of a core (gate 2)' % percent)


def main():
    hall = Hall()
    try:
        compare_starts(hall)
        measure_idle(hall)
        measure_work(hall)
        measure_swap(hall)
    except Deadline as error:
        raise SystemExit(str(error))
    finally:
        hall.stop()


if __name__ == '__main__':
    main()
