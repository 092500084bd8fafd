#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader hears of PIN and amount, and what it must never hear: test-entries.py PROBE (tests/ui/scan-probe)."""
import os
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import run, run_tests  # noqa: E402

PROBE = sys.argv[1]
PIN = re.compile('^PIN, ')


def everything(app):
    """All that AT-SPI tells of the program."""
    told = []
    for node in app.root.walk():
        attributes = node.accessible.get_attributes() or {}
        told += [node.full_name, node.description, node.text] + list(attributes.values())
        if 'Value' in node.interfaces():
            told.append(str(node.value))
    return '\n'.join(told)


def test_pin_is_not_heard(app):
    node = app.click('text', PIN)
    app.wait_focus('text', PIN)
    assert node.name == 'PIN, 0 digits entered', node.name
    app.type('739182')
    app.wait(lambda: node.name == 'PIN, 6 digits entered', 'the number of digits')
    told = everything(app)
    assert '739' not in told and '7' not in told, told
    assert not {'Text', 'EditableText', 'Value'} & set(node.interfaces()), node.interfaces()
    app.key('ctrl+a', 'ctrl+c')
    assert run('sh', '-c', 'timeout 2 xclip -selection clipboard -o 2>/dev/null || true') == ''
    app.key('Return')
    app.wait_output('PIN 739182')
    assert node.name == 'PIN, 0 digits entered', node.name
    app.type('42')
    app.key('Escape', '1', 'BackSpace', 'KP_9', 'KP_Enter')
    app.wait_output('PIN 9\n')


def test_pin_in_pinyin(app):
    """The input method stays out, on and off."""
    app.click('text', 'Name')
    app.wait_focus('text', 'Name')
    app.wait(lambda: run('fcitx5-remote', '-o') == '' and run('fcitx5-remote') == '2', 'pinyin switched on')
    node = app.click('text', PIN)
    app.type('a73b91')
    app.wait(lambda: node.name == 'PIN, 4 digits entered', 'the number of digits')
    app.key('Return')
    app.wait_output('PIN 7391')
    app.scan('6901234567892')  # a scan is no PIN either
    app.wait_output('SCANNED 6901234567892')
    assert node.name == 'PIN, 0 digits entered', node.name


def test_pin_chinese(app):
    app.find('text', re.compile('^PIN，已输入 0 位$'))


def test_amount(app):
    node = app.click('text', 'Received')
    app.type('12345.67')
    app.wait_text(node, '12,345.67')
    app.type('8')
    app.wait(lambda: node.description == 'At most 2 decimals', 'the reason on the field')
    app.find('label', 'At most 2 decimals')
    app.key('BackSpace')
    app.wait(lambda: node.description == '', 'no reason any more')
    app.scan('130000000000000001')
    app.wait_output('SCANNED 130000000000000001')
    assert node.text == '12,345.6', node.text
    app.key('Return')
    app.wait_output('AMOUNT 1234560')


def test_amount_in_pinyin(app):
    """With pinyin on, full stop and digits of a Chinese keyboard."""
    node = app.click('text', 'Received')
    app.wait_focus('text', 'Received')
    app.wait(lambda: run('fcitx5-remote', '-o') == '' and run('fcitx5-remote') == '2', 'pinyin switched on')
    app.type('128.')
    app.wait(lambda: node.text in ('128.', '128'), 'the amount')
    app.type('5')
    app.wait_text(node, '128.5')
    app.type('yuan')
    app.key('space')
    app.wait(lambda: node.description == 'Only digits and one decimal point', 'a refusal of Chinese')
    assert node.text == '128.5', node.text


def probe_environment(name):
    environment = {} if 'pinyin' in name else {'GTK_IM_MODULE': 'gtk-im-context-simple'}
    if 'chinese' in name:
        environment['LANGUAGE'] = 'zh_CN'
    return environment


if __name__ == '__main__':
    names = [name for name in globals() if name.startswith('test_')]
    sys.exit(run_tests([(name, globals()[name], probe_environment(name)) for name in names], [PROBE]))
