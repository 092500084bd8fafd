#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""visit.py GUITAI STATE FOLDER STOCK: a new line and a top-up in one visit, by the keys that a clerk would press; a picture of each step."""
import json
import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'tests', 'e2e'))
from driver import App  # noqa: E402

FLOAT, CASH, TARGET = '500', '300', '15400000099'


def look():
    return subprocess.run(['import', '-window', 'root', 'rgb:-'], capture_output=True, timeout=20).stdout


class Visit:
    def __init__(self, app, folder):
        self.app, self.folder, self.number = app, folder, 0

    def settle(self):
        """Until the screen stands still: two looks in a row are the same."""
        before = look()
        for _ in range(40):
            time.sleep(0.15)
            now = look()
            if now == before:
                return
            before = now

    def wait_for_step(self, number):
        """The flow tells in words which step it is at, whatever the language."""
        words = re.compile(r'^(Step %d of|第 %d 步)' % (number, number))
        self.app.wait(lambda: next(self.app.root.find_all(name=words), None), 'step %d' % number, seconds=20)
        self.settle()

    def picture(self, name):
        self.number += 1
        self.settle()
        self.app.shot(os.path.join(self.folder, '%02d-%s.png' % (self.number, name)))

    def answer(self, text, *keys):
        if text:
            self.app.type(text)
        self.app.key(*keys or ('Return',))


def run(visit, sim):
    app = visit.app
    visit.picture('sign-in')
    visit.answer('1042')
    visit.answer('258046')
    visit.picture('open-till')
    visit.answer(FLOAT)
    visit.picture('home')
    app.type('kh')
    visit.picture('command-box')
    visit.answer('')
    visit.wait_for_step(2)
    visit.answer('', 'space', 'Down')
    visit.picture('plans')
    visit.answer('')
    visit.picture('number')
    visit.answer('')
    visit.settle()
    app.scan(sim)
    visit.wait_for_step(4)
    visit.answer('', 'Down', 'Down', 'space')
    visit.answer('', 'Down', 'Down', 'space', 'Down', 'Down', 'space')
    visit.picture('extras')
    visit.answer('')
    visit.picture('agreement')
    visit.answer('', 'F3')
    visit.answer('cz')
    visit.settle()
    app.type(TARGET)
    visit.settle()
    app.type('50')
    visit.picture('top-up')
    visit.answer('')
    visit.picture('agreement-of-both')
    visit.answer('')
    visit.settle()
    app.type(CASH)
    visit.picture('cash')
    visit.answer('')
    visit.picture('receipt')
    visit.answer('')
    visit.picture('home-again')


def main():
    program, state, folder, stock = sys.argv[1:]
    with open(stock, encoding='utf-8') as file:
        sims = [row['value'] for row in json.load(file) if row['kind'] == 'iccid']
    with App([program, '--state', state]) as app:
        run(Visit(app, folder), sims[2])


if __name__ == '__main__':
    main()
