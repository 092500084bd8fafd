#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests check-translations.py and po/update on a small tree with the real script and one sentence."""
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
UPDATE = os.path.join(HERE, '..', '..', 'po', 'update')

HEADER = ('msgid ""\nmsgstr ""\n"Project-Id-Version: guitai\\n"\n"Report-Msgid-Bugs-To: \\n"\n"PO-Revision-Date: 2026-11-22 10:00+0800\\n"\n'
          '"Last-Translator: A\\n"\n"Language-Team: B\\n"\n"Language: zh_CN\\n"\n"MIME-Version: 1.0\\n"\n'
          '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
          '"Plural-Forms: nplurals=1; plural=0;\\n"\n')
SOURCE = '\n\nconst char *a = _("%d orders — sent");\n'
SENTENCE = '\n#: app/tai-a.c\n#, c-format\nmsgid "%d orders — sent"\nmsgstr "'
LISTED = '# Written by po/update.\napp/tai-a.c\n'
GOOD = {'app/tai-a.c': SOURCE, 'core/tai-b.c': 'const char *b = _("no words here");\n', 'po/LINGUAS': 'zh_CN # the halls\n',
        'po/POTFILES.in': LISTED, 'po/zh_CN.po': HEADER + SENTENCE + '已发送 %d 单"\n'}

# what is wrong, changed files, the line that must be printed begins with (None: all is well)
CASES = [
    ('complete', {}, None),
    ('nothing to say', {'app/tai-a.c': '', 'po/POTFILES.in': LISTED.split('app')[0], 'po/zh_CN.po': HEADER}, None),
    ('empty', {'po/zh_CN.po': HEADER + SENTENCE + '"\n'}, '# app/tai-a.c:3: "%d orders — sent" not in zh_CN'),
    ('never extracted', {'po/zh_CN.po': HEADER}, '# app/tai-a.c:3: "%d orders — sent" not in zh_CN'),
    ('new sentence', {'app/tai-a.c': SOURCE + 'const char *b = C_("verb", "Print");\n'}, '# app/tai-a.c:4: "Print" not in zh_CN'),
    ('one of two plurals', {'app/tai-a.c': SOURCE + 'a = ngettext ("%d card", "%d cards", n);\n'}, '# app/tai-a.c:4: "%d card" not in'),
    ('guessed', {'po/zh_CN.po': HEADER + SENTENCE.replace('c-format', 'fuzzy, c-format') + '已发送 %d 单"\n'},
     '# app/tai-a.c:3: "%d orders — sent" only guessed in zh_CN'),
    ('other letters', {'po/zh_CN.po': HEADER + SENTENCE + '已发送 %s 单"\n'}, '# po/zh_CN.po:17: '),
    ('unlisted file', {'po/POTFILES.in': ''}, '# po/POTFILES.in:1: '),
    ('unlisted room', {'ui/tai-c.c': 'const char *c = _("%d orders — sent");\n'}, '# po/POTFILES.in:1: '),
]


def build(root, files):
    for path, text in files.items():
        full = os.path.join(root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, 'w', encoding='utf-8') as stream:
            stream.write(text)
    shutil.copy(UPDATE, os.path.join(root, 'po', 'update'))


def check(root):
    run = subprocess.run([sys.executable, os.path.join(HERE, 'check-translations.py'), '--root', root],
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return run.returncode, run.stdout


def check_case(changes, expected):
    with tempfile.TemporaryDirectory(prefix='guitai-po-test-') as root:
        build(root, {**GOOD, **changes})
        code, output = check(root)
    bad = [line for line in output.splitlines() if line.startswith('not ok')]
    if expected is None:
        return None if code == 0 and not bad else output
    found = any(line.startswith(expected) for line in output.splitlines())
    return None if code == 1 and len(bad) == 1 and found else 'want %s\n%s' % (expected, output)


def check_update_settles():
    """po/update adds the new sentence empty, drops the dead one, keeps the rest; a second run changes nothing."""
    with tempfile.TemporaryDirectory(prefix='guitai-po-test-') as root:
        dead = '\n#: app/tai-a.c\nmsgid "Gone"\nmsgstr "没了"\n'
        build(root, {**GOOD, 'app/tai-a.c': SOURCE + 'b = _("New");\n', 'po/zh_CN.po': GOOD['po/zh_CN.po'] + dead})
        texts = []
        for _turn in range(2):
            subprocess.run([os.path.join(root, 'po', 'update')], check=True)
            with open(os.path.join(root, 'po', 'zh_CN.po'), encoding='utf-8') as stream:
                texts.append(stream.read())
    want = GOOD['po/zh_CN.po'] + '\n#: app/tai-a.c\nmsgid "New"\nmsgstr ""\n'
    return None if texts == [want, want] else '\n'.join(map(repr, [want] + texts))


def main():
    tests = [(name, lambda changes=changes, expected=expected: check_case(changes, expected))
             for name, changes, expected in CASES]
    tests.append(('po/update settles', check_update_settles))
    print('1..%d' % len(tests))
    failed = 0
    for number, (name, test) in enumerate(tests, 1):
        problem = test()
        for line in (problem or '').splitlines():
            print('# ' + line)
        print('%s %d - %s' % ('not ok' if problem else 'ok', number, name))
        failed += bool(problem)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
