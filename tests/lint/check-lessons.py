#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Is each test that docs/lessons.md names still there, and called?

    check-lessons.py [--root FOLDER]
"""
import argparse
import os
import re
import sys

PLACE = os.path.join('docs', 'lessons.md')
ROW = re.compile(r'\| (\S+/\S+#\d+) \| (.+?) \| (\S+) (\w+) \|$')


def rows(text):
    """[(line, row or None)] of the table, without its head."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.startswith('|')]
    return [(number, ROW.match(line)) for number, line in lines[2:]]


def has_test(root, path, name):
    try:
        with open(os.path.join(root, path), encoding='utf-8') as stream:
            text = stream.read()
    except OSError:
        return False
    if path.endswith('.py'):
        return re.search(r'^def %s\(' % name, text, re.M) is not None
    return re.search(r'^%s \(' % name, text, re.M) is not None and re.search(r'\b%s\b(?! \()' % name, text) is not None


def check(root):
    with open(os.path.join(root, PLACE), encoding='utf-8') as stream:
        table = rows(stream.read())
    if not table:
        yield '%s:1: no lessons' % PLACE
    seen = {}
    for number, row in table:
        if row is None:
            yield '%s:%d: not "| owner/name#1 | lesson | file test |"' % (PLACE, number)
            continue
        if row[1] in seen:
            yield '%s:%d: %s stands in line %d, too' % (PLACE, number, row[1], seen[row[1]])
        seen[row[1]] = number
        if not has_test(root, row[3], row[4]):
            yield '%s:%d: %s has no test %s that is called -> name the one that holds us to it' % (PLACE, number, row[3], row[4])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--root', default=os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..'))
    problems = list(check(os.path.abspath(parser.parse_args().root)))
    for problem in problems:
        print('# ' + problem)
    print('%sok 1 - each lesson has its test\n1..1' % ('not ' if problems else ''))
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main())
