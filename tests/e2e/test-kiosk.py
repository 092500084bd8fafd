#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kiosk as customers, children and staff touch it: test-kiosk.py BUILD. A touch is a click; what the screen shows is what is read."""
import os
import re
import subprocess
import sys
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'app'))
import rig  # noqa: E402
from driver import App, run, run_tests  # noqa: E402

HALL = None
NUMBER, SHOWN = '15400000099', '154 0000 0099'
LONG = 60
EN = {'welcome': 'What would you like to do?', 'door': 'Top-up', 'next': 'Next', 'yes': 'Yes, go on', 'amount': '¥50.00',
      'code': 'Pay at a counter with this code', 'step': 'Step 4 of 4', 'done': 'Done', 'thanks': 'Thank you', 'owner': 'Registered to 王*'}
ZH = {'welcome': '请选择要办理的业务', 'door': '充值', 'next': '下一步', 'yes': '正确，继续', 'amount': '¥50.00',
      'code': '请凭此码到柜台付款', 'step': '第 4 步，共 4 步', 'done': '完成', 'thanks': '谢谢', 'owner': '机主：王*'}


def program(*options):
    return [str(HALL.build / 'app' / 'guitai'), '--state', str(HALL.state), *options]


def kiosk(_name=None):
    return program('--mode=kiosk', '--idle-seconds', '20')


def touch(app, name):
    app.click(app.find('push button', name, LONG))


def dial(app, digits):
    for digit in digits:
        touch(app, digit)


def to_code(app, words):
    touch(app, words['door'])
    dial(app, NUMBER)
    app.find('text', re.compile(SHOWN), LONG)
    touch(app, words['next'])
    app.find('label', words['owner'], LONG)
    touch(app, words['yes'])
    touch(app, words['amount'])
    app.find('label', words['code'], LONG)
    app.find('label', words['step'])


def read_code(app):
    """As a telephone would: from the picture of the screen. The code is drawn by a worker: until it is there."""
    path = os.path.join(os.environ['HOME'], 'kiosk.png')

    def look():
        app.shot(path)
        return run('zbarimg', '-q', '--raw', path)
    return app.wait(look, 'a code that can be read', LONG)


def test_top_up(app):
    """Under a minute, in English; the code says number and amount; thanks, and all of it is gone."""
    app.find('label', EN['welcome'], LONG)
    began = time.monotonic()
    to_code(app, EN)
    print('# from the first touch to the code: %.1f s by machine' % (time.monotonic() - began), flush=True)
    code = read_code(app)
    assert re.fullmatch(r'GT1-CZ-%s-CNY50\.00-\d\d' % NUMBER, code), code
    app.find('label', code)  # and in print, for who has no telephone
    touch(app, EN['done'])
    app.find('label', EN['thanks'])
    app.find('label', EN['welcome'], LONG)  # by itself
    assert '0099' not in app.tree(), app.tree()


def test_in_chinese(app):
    """The language is chosen on the first page, and again on any other."""
    touch(app, '中文')
    app.find('label', ZH['welcome'])
    to_code(app, ZH)
    code = read_code(app)
    assert NUMBER in code, code
    touch(app, 'English')
    app.find('label', EN['step'])
    assert read_code(app) == code
    touch(app, 'Start over')
    app.find('label', EN['welcome'])
    assert '0099' not in app.tree()


def test_counter_takes_it(app):
    """What the kiosk's code says becomes an order at a counter by one scan, and is paid there in cash."""
    to_code(app, EN)
    code = read_code(app)
    app.close()
    with App(program(), environment={'GUITAI_LOCALEDIR': os.environ['GUITAI_LOCALEDIR']}, seconds=LONG) as counter:
        counter.wait_focus(None, 'Staff number', LONG)
        counter.type('1042')
        counter.key('Return')
        counter.wait_focus(None, re.compile('^PIN'))
        counter.type(rig.PINS['1042'])
        counter.key('Return')
        counter.wait_focus(None, 'Command box', LONG)
        counter.scan(code)
        counter.find('label', 'Number and amount', LONG)
        entry = counter.find('text', 'Mobile number', LONG)
        counter.wait_text(entry, NUMBER)
        counter.wait(lambda: any('50' in one.text for one in counter.root.find_all('text', 'Amount')), 'the amount', LONG)
        touch(counter, 'Go on')
        counter.wait_focus(None, 'Cash received', LONG)
        counter.key('Return')
        counter.find('label', re.compile('^Receipt H017'), LONG)
        counter.key('alt+F4')  # here the window manager's close works: so the kiosk's test below is one
        assert counter.process.wait(LONG) == 0
    rows = HALL.rows('SELECT operation, msisdn, today_minor FROM customer_order')
    assert rows == [('top_up', NUMBER, 5000)], rows


def test_forgotten(app):
    """Nobody touches it: it asks, counts down in sight, and forgets."""
    app.close()
    with App(program('--mode=kiosk', '--idle-seconds', '1'), seconds=LONG) as quick:
        touch(quick, 'Top-up')
        dial(quick, '15')
        quick.find('label', 'Are you still there?', LONG)
        first = int(re.search(r'\d+', quick.find('label', re.compile('^What you entered is erased in')).name)[0])
        assert first >= 18, first
        touch(quick, 'I need more time')
        quick.find('text', re.compile('15$'))
        quick.find('label', 'Are you still there?', LONG)
        quick.find('label', EN['welcome'], LONG)
        quick.wait_gone('label', 'Are you still there?')
        assert ': 15' not in quick.tree()


KEYS = ['alt+F4', 'Escape', 'ctrl+t', 'ctrl+w', 'ctrl+q', 'ctrl+n', 'ctrl+shift+i', 'ctrl+shift+d', 'ctrl+period',
        'Menu', 'shift+F10', 'ctrl+question'] + ['F%d' % number for number in range(1, 13)]


def test_nothing_gets_out(app):
    """Keys and the window manager: one window, the same page, and what was typed is still there."""
    touch(app, 'Top-up')
    dial(app, '154')
    app.find('text', re.compile('154$'))
    for key in KEYS:
        app.key(key)
    window = run('xdotool', 'search', '--onlyvisible', '--pid', str(app.process.pid)).split()
    assert len(window) == 1, window
    time.sleep(0.5)  # what must not happen would happen now
    assert app.process.poll() is None
    app.find('label', 'Step 1 of 4')
    app.find('text', re.compile('154$'))
    assert len(list(app.root.children())) == 1, app.tree()
    assert run('xdotool', 'search', '--onlyvisible', '--pid', str(app.process.pid)).split() == window
    app.key('Return', '0')  # but a keypad works
    app.find('text', re.compile('154 0$'))


def test_no_inspector_by_environment(app):
    app.close()
    with App(kiosk(), environment={'GTK_DEBUG': 'interactive'}, seconds=LONG) as debugged:
        debugged.find('label', EN['welcome'], LONG)
        time.sleep(0.5)
        assert len(list(debugged.root.children())) == 1, debugged.tree()


def test_staff_leaves(app):
    """Five touches of the hall's name; a wrong PIN is refused; the right one ends the program, and that is in the journal."""
    hall = app.find('push button', re.compile('H017|厅'), LONG)
    app.click(hall, count=5)
    app.find('label', 'Staff only')
    dial(app, '9001')
    touch(app, 'OK')
    dial(app, '000000')
    touch(app, 'OK')
    app.find('alert', None)
    app.find('text', re.compile('^PIN, 0'))
    dial(app, rig.PINS['9001'])
    touch(app, 'OK')
    assert app.process.wait(LONG) == 0
    kinds = [row[0] for row in HALL.rows("SELECT kind FROM journal WHERE kind LIKE 'kiosk%' OR kind = 'sign_in' ORDER BY seq")]
    assert kinds[-2:] == ['sign_in', 'kiosk_ended'], kinds


def test_usage(app):
    app.close()
    for options in (['--mode=bar'], ['--mode=kiosk', '--idle-seconds=-1'], ['--mode=kiosk', '--idle-seconds=9999']):
        done = subprocess.run(program(*options), capture_output=True, text=True, timeout=LONG, check=False)
        assert done.returncode == 2, (options, done)
        assert 'kiosk' in done.stderr or 'idle' in done.stderr, done.stderr


if __name__ == '__main__':
    with rig.Hall(sys.argv[1], cards=()) as HALL:
        os.environ['GUITAI_LOCALEDIR'] = str(HALL.build / 'po')
        chosen = [name for name in list(globals()) if name.startswith('test_') and (not sys.argv[2:] or name in sys.argv[2:])]
        sys.exit(run_tests([(name, globals()[name], {}) for name in chosen], kiosk()))
