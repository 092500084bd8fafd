#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-pseudo.py BUILD: a whole visit in a language that nobody speaks, so that a word which was never given to the translators stands
out: [Ŝîĝñ îñ ~~]. What is no word of ours (names of the catalogue, keys, codes, numbers) is left alone. The same visit as make demo's.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.join(HERE, '..', '..')
sys.path[:0] = [HERE, os.path.join(TOP, 'app', 'demo')]
from driver import run_tests  # noqa: E402
from hall import WindowHall  # noqa: E402
import visit  # noqa: E402

LETTERS = str.maketrans('aceginosuyzACEGINOSUYZ', 'áçéğíñóšúýžÁÇÉĞÍÑÓŠÚÝŽ')
KEEP = re.compile(r'%[-+ #0]*\d*(?:\.\d+)?(?:l{0,2}[diu]|[sxc%])|&[a-z]+;|<[^>]+>|\\.')
# keys, units and the like that no language changes; GTK's own words and names of its classes
FOREIGN = re.compile(r'\b(?:(?:Gtk|Adw|Tai)[A-Z]\w*|Minimize|Maximize|Close|F\d+|Esc|Enter|Space|Tab|Ctrl|Alt|Shift|Del(?:ete)?|SIM|PIN|QR|HQ|Guitai)\b|\b[A-Z]\d+[-A-Z\d]*\b')
WORD = re.compile(r'[A-Za-z]{2,}')
ROLES = ('label', 'push button', 'toggle button', 'check box', 'list item', 'entry', 'text')
HALL = None


def pseudo(text):
    if text.endswith('\\n'):
        return pseudo(text[:-2]) + '\\n'
    parts, end = [], 0
    for match in KEEP.finditer(text):
        parts += [text[end:match.start()].translate(LETTERS), match[0]]
        end = match.end()
    parts.append(text[end:].translate(LETTERS))
    return '[%s %s]' % (''.join(parts), '~' * max(1, len(text) // 4))


def make_locale(folder):
    """en_XA of all messages, by msgfilter's way: each string through pseudo()."""
    target = os.path.join(folder, 'en_XA', 'LC_MESSAGES')
    os.makedirs(target)
    subprocess.run([os.path.join(TOP, 'po', 'update'), '--into', folder], check=True)
    text = subprocess.run(['msgen', '--no-wrap', os.path.join(folder, 'guitai.pot')], check=True, capture_output=True, text=True).stdout
    text = re.sub(r'(?m)^(msgstr(?:\[\d\])?) "(.+)"$', lambda match: '%s "%s"' % (match[1], pseudo(match[2])), text)
    text = text.replace('msgid ""\nmsgstr ""\n', 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n', 1)
    text = re.sub(r'(?m)^#, fuzzy\n', '', text)
    subprocess.run(['msgfmt', '-o', os.path.join(target, 'guitai.mo'), '-'], input=text, text=True, check=True)


def list_foreign():
    """What is data: longest first, so that no half of a name is left."""
    words = ['中山路营业厅']
    for name in ('catalogue', 'staff'):
        with open(os.path.join(TOP, 'docs', 'examples', name + '.json'), encoding='utf-8') as file:
            for row in json.load(file):
                words += [row.get('name', ''), row.get('x-guitai', {}).get('names', {}).get('en', '')]
                words += [row.get('x-guitai', {}).get('keyTerms', ''), row.get('x-guitai', {}).get('terms', {}).get('en', '')]
    return sorted(filter(None, words), key=len, reverse=True)


def strip(text, foreign):
    before = None
    while before != text:  # innermost first: a translated sentence may hold translated words
        before, text = text, re.sub(r'\[[^\[\]]*\]', ' ', text)
    for words in foreign:
        text = text.replace(words, ' ')
    # a business's own code stands at the end of its line
    return FOREIGN.sub(' ', re.sub(r'(?:^|, )[a-z]{2,8}$', ' ', text))


class Reader(visit.Visit):
    """Reads each page instead of keeping its picture."""

    def __init__(self, app):
        super().__init__(app, None)
        self.foreign, self.found = list_foreign(), {}
        self.n_read = 0

    def wait_for_step(self, number):
        words = re.compile(r'%d.*7' % number)
        self.app.wait(lambda: next(self.app.root.find_all(name=words), None), 'step %d' % number, seconds=30)
        self.settle()

    def picture(self, name):
        self.settle()
        for node in self.app.root.walk():
            text = node.name if node.role in ROLES and node.is_shown else ''
            self.n_read += bool(text)
            rest = WORD.findall(strip(text, self.foreign))
            if rest:
                self.found.setdefault(name, []).append(text)


def test_no_word_is_left(app):
    reader = Reader(app)
    with open(os.path.join(TOP, 'docs', 'examples', 'stock.json'), encoding='utf-8') as file:
        visit.run(reader, [row['value'] for row in json.load(file) if row['kind'] == 'iccid'][2])
    assert reader.n_read > 200, 'only %d texts were read' % reader.n_read
    assert not reader.found, 'never given to the translators: %s' % reader.found


def main():
    global HALL
    with tempfile.TemporaryDirectory() as folder, WindowHall(sys.argv[1], till=False) as HALL:
        make_locale(folder)
        environment = {'LANGUAGE': 'en_XA', 'GUITAI_LOCALEDIR': folder}
        return run_tests([('test_no_word_is_left', test_no_word_is_left, environment)], HALL.window)


if __name__ == '__main__':
    sys.exit(main())
