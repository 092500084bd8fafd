#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Is every sentence of the sources, as they stand now, translated into every language of po/LINGUAS?

    check-translations.py [--root FOLDER]

Extracts anew with po/update into a folder of its own, so that a sentence is found even if nobody ran po/update.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile

ENVIRONMENT = {**os.environ, 'LC_ALL': 'C.UTF-8'}
ADVICE = 'po/update, then fill it in po/%s.po'


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=ENVIRONMENT)


def read_text(*parts):
    with open(os.path.join(*parts), encoding='utf-8') as stream:
        return stream.read()


def check_list(root, fresh):
    if read_text(root, 'po', 'POTFILES.in') != read_text(fresh, 'POTFILES.in'):
        yield 'po/POTFILES.in:1: not the files that speak to people (a word not listed is never translated) -> po/update'


def entries(text):
    """[(place in the sources, sentence)] of PO text without its header."""
    for block in text.split('\n\n'):
        place = re.search(r'^#: (\S+)', block, re.M)
        sentence = re.search(r'^msgid ((?:".*"\n?)+)', block, re.M)
        words = ''.join(re.findall(r'"(.*)"', sentence[1])) if sentence else ''
        if words:
            yield (place[1] if place else '?'), words


def check_complete(fresh, language):
    merged = os.path.join(fresh, language + '.po')
    for option, what in (('--untranslated', 'not in'), ('--only-fuzzy', 'only guessed in')):
        for place, words in entries(run('msgattrib', option, merged).stdout):
            yield '%s: "%s" %s %s (the halls read no English) -> %s' % (place, words, what, language, ADVICE % language)


def check_valid(root, language):
    """Headers, and the same %-letters in both languages: a %s for a %d would crash the desk."""
    path = 'po/%s.po' % language
    checked = run('msgfmt', '--check', '--statistics', '--output-file=' + os.devnull, os.path.join(root, path))
    if checked.returncode:
        for line in checked.stdout.splitlines():
            place = re.search(r'\.po:(\d+): (.*)', line)
            if place:
                yield '%s:%s: %s (msgfmt --check) -> repair the translation' % (path, place[1], place[2])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--root', default=os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..'))
    root = os.path.abspath(parser.parse_args().root)
    languages = re.sub(r'#.*', '', read_text(root, 'po', 'LINGUAS')).split()
    with tempfile.TemporaryDirectory(prefix='guitai-po-') as fresh:
        updated = run(os.path.join(root, 'po', 'update'), '--into', fresh)
        if updated.returncode:
            print('Bail out! po/update: ' + updated.stdout.strip())
            return 1
        points = [('POTFILES.in is up to date', list(check_list(root, fresh)))]
        for language in languages:
            points.append((language + ' is valid', list(check_valid(root, language))))
            points.append((language + ' is complete', list(check_complete(fresh, language))))
            merged = run('msgfmt', '--statistics', '--output-file=' + os.devnull, os.path.join(fresh, language + '.po'))
            print('# %s: %s' % (language, merged.stdout.strip().splitlines()[-1]))
    print('1..%d' % len(points))
    for number, (name, problems) in enumerate(points, 1):
        for problem in problems:
            print('# ' + problem)
        print('%s %d - %s' % ('not ok' if problems else 'ok', number, name))
    return 1 if any(problems for _name, problems in points) else 0


if __name__ == '__main__':
    sys.exit(main())
