#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests check-lessons.py on a small tree with the real script."""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
HEAD = '# Lessons\n\n| issue | lesson | test |\n|---|---|---|\n'
ROW = '| a/b#1 | paid stays paid | tests/core/test-a.c test_paid |\n'
C_TEST = 'static void\ntest_paid (void)\n{\n}\n'
FILES = {'tests/core/test-a.c': C_TEST + 'g_test_add_func ("/a", test_paid);\n', 'tests/e2e/test-a.py': 'def test_paid(app):\n    pass\n'}

# what is wrong, the table's rows, changed files, what must be said (None: all is well)
CASES = [
    ('good', ROW, {}, None),
    ('in Python', ROW.replace('core/test-a.c', 'e2e/test-a.py'), {}, None),
    ('no rows', '', {}, 'no lessons'),
    ('no file', ROW.replace('test-a', 'test-b'), {}, 'docs/lessons.md:5: tests/core/test-b.c has no test test_paid'),
    ('no test', ROW.replace('test_paid', 'test_pai'), {}, 'has no test test_pai '),
    ('no test in Python', ROW.replace('core/test-a.c', 'e2e/test-a.py').replace('test_paid', 'test_pai'), {}, 'has no test test_pai '),
    ('never called', ROW, {'tests/core/test-a.c': C_TEST}, 'has no test test_paid that is called'),
    ('twice', ROW + ROW, {}, 'docs/lessons.md:6: a/b#1 stands in line 5, too'),
    ('no test named', '| a/b#1 | paid stays paid | |\n', {}, 'docs/lessons.md:5: not "|'),
]


def run_case(table, changed):
    with tempfile.TemporaryDirectory(prefix='guitai-lessons-') as root:
        for path, text in {**FILES, **changed, 'docs/lessons.md': HEAD + table}.items():
            os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
            with open(os.path.join(root, path), 'w', encoding='utf-8') as stream:
                stream.write(text)
        return subprocess.run([sys.executable, os.path.join(HERE, 'check-lessons.py'), '--root', root], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False)


def main():
    failed = 0
    print('1..%d' % len(CASES))
    for number, (name, table, changed, said) in enumerate(CASES, 1):
        run = run_case(table, changed)
        good = (run.returncode == 0 and '\nok 1' in '\n' + run.stdout) if said is None else (run.returncode == 1 and said in run.stdout)
        if not good:
            failed += 1
            print('# ' + run.stdout.replace('\n', '\n# '))
        print('%sok %d - %s' % ('' if good else 'not ', number, name))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
