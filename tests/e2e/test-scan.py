#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A scanner at a desk whose clerk writes Chinese: test-scan.py PROBE (tests/ui/scan-probe)."""
import os
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import run, run_tests, type_keys  # noqa: E402

PROBE = sys.argv[1]
EAN, ICCID, LETTERS = '6901234567892', '89860000000000000019', 'SN8901ABCx'


def probe_environment(name):
    environment = {} if 'pinyin' in name else {'GTK_IM_MODULE': 'gtk-im-context-simple'}
    if name == 'test_wide_gap':
        environment['SCAN_PROBE_GAP_MS'] = '400'
    return environment


def lines(app):
    return [line for line in app.output().split('\n')[:-1] if not line.startswith(('KEY ', 'SEARCHED '))]


def searches(app):
    return [line[9:] for line in app.output().split('\n')[:-1] if line.startswith('SEARCHED ')]


def stays(app, expected):
    """What must not happen would happen within half a second."""
    time.sleep(0.5)
    assert lines(app) == expected, '%r, not %r' % (lines(app), expected)


def entry(app, name):
    return app.find('text', name)


def test_typing(app):
    app.fill('text', 'Name', 'Hello 12 x')
    app.key('BackSpace', 'Left', 'Left')
    app.type('ab')
    app.wait_text(entry(app, 'Name'), 'Hello 1ab2 ')
    app.key('Return')
    app.wait_output('ENTERED Hello 1ab2 ')


def test_quick_hand(app):
    """Faster than the gap limit, with keys that may not overtake what is held."""
    app.click('text', 'Name')
    for keys in (['a', 'b', 'BackSpace', 'c', 'Left', 'd', 'Home', 'e', 'End', 'f'], ['shift+g', 'ctrl+a', 'ctrl+c', 'End', 'h']):
        run('xdotool', 'key', '--delay', '25', *keys)
    app.wait_text(entry(app, 'Name'), 'eadcfGh')
    run('xdotool', 'key', '--delay', '25', '1', '2', 'Tab', '3', '4', 'Return')
    app.wait_output('ENTERED 34')
    app.wait_text(entry(app, 'Amount'), '34')
    app.wait_text(entry(app, 'Name'), 'eadcfGh12')


def test_scan_in_entry(app):
    app.fill('text', 'Amount', '50')
    app.scan(EAN)
    app.wait_output('SCANNED ' + EAN)
    app.scan(LETTERS)
    app.wait_output('SCANNED ' + LETTERS)
    app.scan(ICCID, 'Tab')
    app.wait_output('SCANNED ' + ICCID)
    app.scan(EAN, None)
    app.wait(lambda: lines(app).count('SCANNED ' + EAN) == 2, 'a scan without an end')
    stays(app, ['SCANNED ' + EAN, 'SCANNED ' + LETTERS, 'SCANNED ' + ICCID, 'SCANNED ' + EAN])
    assert entry(app, 'Amount').text == '50'
    assert app.wait_focus('text', 'Amount')


def test_scan_on_button(app):
    app.click('text', 'Amount')
    app.key('Tab')
    app.wait_focus('push button', 'Pay')
    app.scan(EAN)
    app.wait_output('SCANNED ' + EAN)
    app.scan('A B C D E F')
    app.wait_output('SCANNED A B C D E F')
    app.scan('69012')  # too short for a scan; its Enter presses nothing all the same
    time.sleep(0.4)
    assert not any(line.startswith('PRESSED') for line in lines(app)), lines(app)
    app.key('space')
    app.wait_output('PRESSED Pay')
    app.key('Return')
    app.wait(lambda: lines(app).count('PRESSED Pay') == 2, 'the button pressed by Enter')


def test_keys_without_entry(app):
    """On a button nothing writes: what is typed still reaches the window's own keys."""
    app.click('text', 'Amount')
    app.key('Tab')
    app.wait_focus('push button', 'Pay')
    app.key('7', 'F9', 'x')
    app.wait_output('KEY 7\nKEY F9\nKEY x\n')


def test_scan_in_dialog(app):
    app.click('push button', 'Ask')
    app.find('push button', 'Yes')
    app.wait(lambda: app.focused().name == 'Yes', 'the focus in the dialog')
    app.scan(EAN)
    app.wait_output('SCANNED ' + EAN)
    stays(app, ['PRESSED Ask', 'SCANNED ' + EAN])
    app.key('Return')
    app.wait_output('ANSWERED')


def test_command(app):
    """Each letter is searched for once: when the key itself comes, it finds its letter there."""
    app.click('text', 'Command')
    app.type('taocan')
    app.wait_text(entry(app, 'Command'), 'taocan')
    app.key('BackSpace', 'Home')
    app.type('x')
    app.wait_text(entry(app, 'Command'), 'xtaoca')
    app.key('Return')
    app.wait_output('ENTERED xtaoca')
    assert searches(app) == ['t', 'ta', 'tao', 'taoc', 'taoca', 'taocan', 'taoca', 'xtaoca'], searches(app)


def test_command_scan(app):
    """A scan while half a word stands there: word, cursor, selection and what was found are as before."""
    app.click('text', 'Command')
    app.type('taocan')
    app.key('Left', 'Left')
    for code in (EAN, LETTERS, '69012'):
        app.scan(code)
    app.wait_output('SCANNED ' + LETTERS)
    app.find('label', 'Found taoc69012an.')  # too short for a scan: it is given back as typed, at the cursor
    app.key(*['BackSpace'] * 5)
    app.scan(ICCID, 'Tab')
    app.wait_output('SCANNED ' + ICCID)
    app.find('label', 'Found taocan.')
    assert app.wait_focus('text', 'Command').text == 'taocan'
    app.type('x')
    app.wait_text(entry(app, 'Command'), 'taocxan')
    app.key('ctrl+a')
    app.scan(LETTERS, None)
    app.wait(lambda: lines(app).count('SCANNED ' + LETTERS) == 2, 'a scan over a selection')
    app.find('label', 'Found taocxan.')
    app.type('z')
    app.wait_text(entry(app, 'Command'), 'z')
    app.key('ctrl+z')
    stays(app, ['SCANNED ' + EAN, 'SCANNED ' + LETTERS, 'SCANNED ' + ICCID, 'SCANNED ' + LETTERS])
    assert entry(app, 'Command').text == 'z' and searches(app)[-1] == 'z', searches(app)


def test_command_quick_hand(app):
    app.click('text', 'Command')
    app.type('q')
    for keys in (['a', 'b', 'BackSpace', 'c', 'Left', 'd', 'Home', 'e', 'End', 'f'], ['shift+g', 'ctrl+a', 'ctrl+c', 'End', 'h']):
        run('xdotool', 'key', '--delay', '25', *keys)
    app.wait_text(entry(app, 'Command'), 'eqadcfGh')
    run('xdotool', 'key', '--delay', '12', 'x', 'y', 'BackSpace', 'z')
    app.wait_text(entry(app, 'Command'), 'eqadcfGhxz')
    app.key('Return')
    app.wait_output('ENTERED eqadcfGhxz')


def test_held_down(app):
    app.click('text', 'Name')
    run('xdotool', 'keydown', '8', 'sleep', '1.2', 'keyup', '8')
    app.wait(lambda: len(entry(app, 'Name').text) > 5, 'a key that repeats')
    text = entry(app, 'Name').text
    assert set(text) == {'8'}, text
    app.key('Return')
    app.wait_output('ENTERED ' + text)
    assert not any(line.startswith('SCANNED') for line in lines(app)), lines(app)


def start_pinyin(app):
    app.click('text', 'Name')
    app.wait_focus('text', 'Name')
    app.wait(lambda: run('fcitx5-remote', '-o') == '' and run('fcitx5-remote') == '2', 'pinyin switched on')


def test_pinyin(app):
    start_pinyin(app)
    app.type('yingyeting')
    app.key('space')
    app.wait_text(entry(app, 'Name'), '营业厅')
    assert run('fcitx5-remote') == '2'


def test_pinyin_command(app):
    """The command box shows nothing that the input method takes; what it has learnt changes with the input method."""
    app.click('text', 'Command')
    app.wait_focus('text', 'Command')
    app.type('kh')
    app.wait_text(entry(app, 'Command'), 'kh')
    app.wait(lambda: run('fcitx5-remote', '-o') == '' and run('fcitx5-remote') == '2', 'pinyin switched on')
    app.type('yingye')
    app.scan(LETTERS)
    app.wait_output('SCANNED ' + LETTERS)
    app.type('ting')
    app.key('space')
    app.wait_text(entry(app, 'Command'), 'kh营业厅')
    app.type('59')
    app.wait_text(entry(app, 'Command'), 'kh营业厅59')
    run('fcitx5-remote', '-c')
    app.wait(lambda: run('fcitx5-remote') == '1', 'pinyin switched off')
    app.type('cz')
    app.wait_text(entry(app, 'Command'), 'kh营业厅59cz')
    app.scan(EAN)
    app.wait_output('SCANNED ' + EAN)
    stays(app, ['SCANNED ' + LETTERS, 'SCANNED ' + EAN])
    assert entry(app, 'Command').text == 'kh营业厅59cz', entry(app, 'Command').text


def test_pinyin_scan_between(app):
    """In the middle of a composition: the scan is heard, the composition goes on."""
    start_pinyin(app)
    app.type('yingye')
    app.scan(LETTERS)
    app.wait_output('SCANNED ' + LETTERS)
    app.scan(EAN)
    app.wait_output('SCANNED ' + EAN)
    app.type('ting')
    app.key('space')
    app.wait_text(entry(app, 'Name'), '营业厅')
    assert run('fcitx5-remote') == '2', 'the capitals of the scan switched pinyin off'
    app.key('BackSpace')
    app.wait_text(entry(app, 'Name'), '营业')
    app.key('Return')
    app.wait_output('ENTERED 营业')
    assert len(lines(app)) == 3, lines(app)


def test_pinyin_scan_then_button(app):
    start_pinyin(app)
    app.key('Tab', 'Tab')
    app.wait_focus('push button', 'Pay')
    app.scan(LETTERS)
    app.wait_output('SCANNED ' + LETTERS)
    stays(app, ['SCANNED ' + LETTERS])


def test_wide_gap(app):
    """A slow scanner needs a wider limit: a setting."""
    app.click('text', 'Amount')
    type_keys(EAN + '\n', 80)
    app.wait_output('SCANNED ' + EAN)
    assert entry(app, 'Amount').text == ''


def test_patience(app):
    """How long a typed character waits, with all that a person's way through the machine costs."""
    app.click('text', 'Name')
    node = entry(app, 'Name')
    waits = []
    for count in range(1, 11):
        began = time.monotonic()
        subprocess.run(['xdotool', 'key', 'a'], check=True)
        while len(node.text) < count:
            time.sleep(0.002)
            assert time.monotonic() - began < 5
        waits.append((time.monotonic() - began) * 1000)
        time.sleep(0.1)
    print('# a typed character is there after %d to %d ms' % (min(waits), max(waits)))
    assert sorted(waits)[5] < 300, waits  # about 70 on a quiet machine


if __name__ == '__main__':
    names = [name for name in globals() if name.startswith('test_')]
    sys.exit(run_tests([(name, globals()[name], probe_environment(name)) for name in names], [PROBE]))
