#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests the lint: a clean tree full of near misses passes whole; then one violation a case is planted in it, and the
rule that the case names finds exactly that one, at its line. Every rule has at least one case."""
import contextlib
import importlib.util
import io
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
SCRIPT = os.path.join(HERE, 'check-source.py')
sys.path.insert(0, HERE)
import source_tree  # noqa: E402

spec = importlib.util.spec_from_file_location('check_source', SCRIPT)
lint = importlib.util.module_from_spec(spec)
spec.loader.exec_module(lint)

SPDX = '/* SPDX-License-Identifier: GPL-3.0-or-later */\n'
HEADER = SPDX + '#pragma once\n'
LATER = 'TO' + 'DO'
SLASH = '/'

CLEAN = {
    'README.md': '# A house\n\nSee https://www.sqlite.org/wal.html and the folders `io/work` and `core/`.\n',
    'HACKING.md': 'core/ wire/ io/ devices/ printing/ offline/ hq/ ui/ app/ tests/\n',
    'core/tai-noun.h': HEADER + '#include <glib.h>\n\nint tai_noun_count (void);\n',
    # comments, strings, members and words that only look like what is forbidden
    'core/tai-noun.c': SPDX + '''#include "tai-noun.h"

#include <string.h>

/* a double of the g_timeout_add of a goto: SELECT name FROM noun, 0.5 <sqlite3.h>
#include <sqlite3.h>
 * g_thread_new (it) */
// time (NULL), g_get_real_time ()
static const char *words[] = {"goto 1.5 double g_get_real_time ()", "Select a plan from the list",
                              "\\" time ("};
enum { NOUN_MASK = 0x1e5 };

struct clock {
  int (*time) (void);
  int randomness;
};

int
tai_noun_count (void)
{
  struct clock clock = {0};
  return clock.time != NULL ? clock.time () + clock.randomness : (int)strlen (words[0]);
}
''',
    'core/tai-deep.c': SPDX + '''#include "tai-noun.h"

static int
inner (int a, int b)
{
  for (int i = 0; i < a; i++) {
    while (b > i) {
      if (a > b) {
        switch (a) {
        case 1:
          b = inner (the_first_argument_of_the_call_is_long,
                     the_second_argument_is_longer_than_the_line_holds);
          break;
        default:
          break;
        }
      }
    }
  }
  return a;
}

int
tai_noun_count (void)
{
  return inner (1, 2);
}
''',
    'wire/tai-json.c': SPDX + '#include "tai-noun.h"\n\n#include <json-c/json.h>\n\n'
                              'static int kind = json_type_double;\n',
    'wire/tai-wire-private.h': HEADER,
    'wire/tai-wire.c': SPDX + '#include "tai-wire-private.h"\n\n#include <sodium.h>\n',
    'io/tai-stream.h': HEADER + '#include <fcntl.h>\n#include "tai-noun.h"\n',
    'devices/tai-reader.c': SPDX + '#include "tai-stream.h"\n\n'
                                   'static const char *text = "SELECT failed, UPDATE the card";\n',
    'devices/guitai-emulate.c': SPDX + '#include <glib.h>\n\nint\nmain (void)\n{\n'
                                       '  g_usleep (1);\n  return g_timeout_add (1, NULL, NULL);\n}\n',
    'printing/tai-pdf.c': SPDX + '#include <cairo-pdf.h>\n\nstatic double width = 0.5;\n',
    'offline/store/tai-store.h': HEADER + '#include "tai-noun.h"\n#include <sqlite3.h>\n',
    'offline/store/tai-store-private.h': HEADER,
    'offline/store/tai-store.c': SPDX + '#include "tai-store-private.h"\n\n'
                                        'static const char *sql = "CREATE TABLE t (a INTEGER, real_name TEXT) STRICT";\n',
    'offline/sync/tai-sync.h': HEADER + '#include <curl/curl.h>\n#include "tai-store.h"\n',
    'hq/tai-hq.c': SPDX + '#include "tai-sync.h"\n\n#include <microhttpd.h>\n\nint hq_apply (void);\n\n'
                          'int\nhq_apply (void)\n{\n  return 0;\n}\n',
    'hq/tai-hq-store-sqlite.c': SPDX + '#include <sqlite3.h>\n\n'
                                       'static const char *sql = "SELECT id FROM hall WHERE at < ?";\n',
    'ui/tai-page.c': SPDX + '#include "tai-noun.h"\n\n#include <gtk/gtk.h>\n\nint\nmain (void)\n{\n'
                            '  return g_idle_add (NULL, NULL);\n}\n',
    'app/tai-real-clock.c': SPDX + '#include "tai-store.h"\n#include "tai-stream.h"\n\nint\ntai_real_clock_now (void)\n{\n'
                                   '  return g_timeout_add (g_get_real_time (), NULL, g_thread_new);\n}\n',
    'app/demo/run': '#!/bin/sh\necho ok # g_usleep\n',
    'tests/core/test-noun.c': SPDX + '#include "tai-noun.h"\n\n#include <sqlite3.h>\n\n'
                                     'static const char *sql = "SELECT 1 FROM t";\n\nint\nmain (void)\n{\n'
                                     '  g_usleep (1);\n  return 0;\n}\n',
    'tests/tool.py': '# SPDX-License-Identifier: GPL-3.0-or-later\nprint(1)\n',
    'tests/data/blanks.txt': 'kept as it came  \n',
    'tests/data/picture.bin': 'a\0b  \n',
    **{room + '/README.md': 'A room.\n' for room in source_tree.ROOMS + ('tests',)},
    '.clang-format': 'BasedOnStyle: LLVM\nSpaceBeforeParens: Always\nAlwaysBreakAfterReturnType: AllDefinitions\n'
                     'BreakBeforeBraces: Custom\nBraceWrapping: {AfterFunction: true}\nSortIncludes: false\n'
                     'ColumnLimit: 110\nReflowComments: false\n',
}


def body(*statements):
    return 'static void\nf (void)\n{\n' + ''.join('  %s\n' % statement for statement in statements) + '}\n'


def long_function(name, lines):
    return 'static void\n%s (void)\n{\n' % name + '  f ();\n' * (lines - 3) + '}\n'


def nested(levels):
    text = 'static void\nf (int a)\n{\n'
    for level in range(1, levels):
        text += '  ' * level + 'if (a)\n'
    return text + '  ' * levels + 'f (a);\n}\n'


# (rule's name begins with, {file: text}, file, line)
CASES = [
    ('a room includes', {'core/tai-a.c': SPDX + '\n#include "tai-stream.h"\n'}, 'core/tai-a.c', 3),
    ('a room includes', {'core/tai-a.c': SPDX + '#include <tai-stream.h>\n'}, 'core/tai-a.c', 2),
    ('a room includes', {'ui/tai-a.c': SPDX + '#include "store/tai-store.h"\n'}, 'ui/tai-a.c', 2),
    ('a room includes', {'printing/tai-a.c': SPDX + '#include "tai-b.h"\n', 'devices/tai-b.h': HEADER}, 'printing/tai-a.c', 2),
    ('a room includes', {'hq/tai-a.c': SPDX + '#include "tai-store.h"\n'}, 'hq/tai-a.c', 2),
    ('a room includes', {'offline/sync/tai-a.c': SPDX + '#include "tai-b.h"\n', 'hq/tai-b.h': HEADER}, 'offline/sync/tai-a.c', 2),
    ('plain C headers', {'app/tai-a.c': SPDX + '#include <string.h>\nint n = g_strlen (strlen_of);\n'}, 'app/tai-a.c', 2),
    ('private headers', {'app/tai-a.c': SPDX + '#include "tai-wire-private.h"\n'}, 'app/tai-a.c', 2),
    ('private headers', {'offline/sync/tai-a.c': SPDX + '#include "tai-store-private.h"\n'}, 'offline/sync/tai-a.c', 2),
    ('private headers', {'tests/wire/a.c': SPDX + '#include "tai-wire-private.h"\n'}, 'tests/wire/a.c', 2),
    ('includes name', {'app/tai-a.c': SPDX + '#include "../core/tai-noun.h"\n'}, 'app/tai-a.c', 2),
    ('core includes', {'core/tai-a.c': SPDX + '#  include <stdio.h>\n'}, 'core/tai-a.c', 2),
    ('core includes', {'core/tai-a.c': SPDX + '#include <time.h>\n'}, 'core/tai-a.c', 2),
    ('core includes', {'core/tai-a.c': SPDX + '#include <glib/gstdio.h>\n'}, 'core/tai-a.c', 2),
    ('each library', {'hq/tai-a.c': SPDX + '#include <json-c/json.h>\n'}, 'hq/tai-a.c', 2),
    ('each library', {'wire/tai-json.h': HEADER + '#include <json-c/json.h>\n'}, 'wire/tai-json.h', 3),
    ('each library', {'app/tai-a.c': SPDX + '#include <json-glib/json-glib.h>\n'}, 'app/tai-a.c', 2),
    ('each library', {'hq/tai-a.c': SPDX + '#include <sqlite3.h>\n'}, 'hq/tai-a.c', 2),
    ('each library', {'hq/tai-a.c': SPDX + '#include <curl/curl.h>\n'}, 'hq/tai-a.c', 2),
    ('each library', {'app/tai-a.c': SPDX + '#include <microhttpd.h>\n'}, 'app/tai-a.c', 2),
    ('each library', {'offline/store/tai-a.c': SPDX + '#include <gnutls/x509.h>\n'}, 'offline/store/tai-a.c', 2),
    ('each library', {'offline/store/tai-a.c': SPDX + '#include <sodium.h>\n'}, 'offline/store/tai-a.c', 2),
    ('each library', {'ui/tai-a.c': SPDX + '#include <pango/pangocairo.h>\n'}, 'ui/tai-a.c', 2),
    ('each library', {'devices/tai-a.c': SPDX + '#include <cups/cups.h>\n'}, 'devices/tai-a.c', 2),
    ('each library', {'printing/tai-a.c': SPDX + '#include <gtk/gtk.h>\n'}, 'printing/tai-a.c', 2),
    ('each library', {'offline/sync/tai-a.c': SPDX + '#include <glib/gi18n-lib.h>\n'}, 'offline/sync/tai-a.c', 2),
    ('each library', {'io/tai-a.c': SPDX + '#include <pthread.h>\n'}, 'io/tai-a.c', 2),
    ('core calls', {'core/tai-a.c': SPDX + body('g_file_get_contents (a, b, c, d);')}, 'core/tai-a.c', 5),
    ('core calls', {'core/tai-a.c': SPDX + body('printf ("a");')}, 'core/tai-a.c', 5),
    ('SQL text', {'app/tai-a.c': SPDX + '\nconst char *a = "SELECT a "\n  "FROM b";\n'}, 'app/tai-a.c', 3),
    ('SQL text', {'wire/tai-a.c': SPDX + 'const char *a = "INSERT OR IGNORE INTO a VALUES (?)";\n'}, 'wire/tai-a.c', 2),
    ('SQL text', {'hq/tai-a.c': SPDX + 'const char *a = "UPDATE " TABLE " SET b = 1";\n'}, 'hq/tai-a.c', 2),
    ('SQL text', {'core/tai-a.c': SPDX + 'const char *a = "DELETE FROM b";\n'}, 'core/tai-a.c', 2),
    ('SQL text', {'offline/sync/tai-a.c': SPDX + 'const char *a = "CREATE TABLE b (c)";\n'}, 'offline/sync/tai-a.c', 2),
    ('SQL text', {'app/tai-a.c': SPDX + 'const char *a = "PRAGMA user_version";\n'}, 'app/tai-a.c', 2),
    ('SQL text', {'app/tai-a.c': SPDX + 'const char *a = "select a, b from c where d = ?";\n'}, 'app/tai-a.c', 2),
    ('SQL text', {'app/tai-a.c': SPDX + 'const char *a = "BEGIN IMMEDIATE";\n'}, 'app/tai-a.c', 2),
    ('clocks, ', {'ui/tai-a.c': SPDX + body('g_timeout_add_seconds (1, a, b);')}, 'ui/tai-a.c', 5),
    ('clocks, ', {'printing/tai-a.c': SPDX + body('g_idle_add (a, b);')}, 'printing/tai-a.c', 5),
    ('clocks, ', {'offline/sync/tai-a.c': SPDX + body('g_thread_new ("a", a, b);')}, 'offline/sync/tai-a.c', 5),
    ('clocks, ', {'devices/tai-a.c': SPDX + body('pthread_create (a, b, c, d);')}, 'devices/tai-a.c', 5),
    ('clocks, ', {'hq/tai-a.c': SPDX + body('g_get_monotonic_time ();')}, 'hq/tai-a.c', 5),
    ('clocks, ', {'core/tai-a.c': SPDX + body('g_date_time_new_now_utc ();')}, 'core/tai-a.c', 5),
    ('clocks, ', {'wire/tai-a.c': SPDX + body('a = time (NULL);')}, 'wire/tai-a.c', 5),
    ('clocks, ', {'io/tai-a.c': SPDX + body('clock_gettime (a, b);')}, 'io/tai-a.c', 5),
    ('clocks, ', {'io/tai-a.c': SPDX + body('gettimeofday (a, b);')}, 'io/tai-a.c', 5),
    ('clocks, ', {'io/tai-a.c': SPDX + body('sleep (1);')}, 'io/tai-a.c', 5),
    ('clocks, ', {'devices/tai-a.c': SPDX + body('g_usleep (1);')}, 'devices/tai-a.c', 5),
    ('clocks, ', {'core/tai-a.c': SPDX + body('a = rand () % 6;')}, 'core/tai-a.c', 5),
    ('clocks, ', {'hq/tai-a.c': SPDX + body('g_random_int_range (1, 6);')}, 'hq/tai-a.c', 5),
    ('clocks, ', {'wire/tai-a.c': SPDX + body('randombytes_buf (a, 24);')}, 'wire/tai-a.c', 5),
    ('SQL asks', {'offline/store/tai-a.c': SPDX + 'const char *a = "SELECT datetime(\'now\')";\n'}, 'offline/store/tai-a.c', 2),
    ('SQL asks', {'hq/tai-store.c': SPDX + 'const char *a = "a TEXT DEFAULT CURRENT_TIMESTAMP";\n'}, 'hq/tai-store.c', 2),
    ('no floating', {'hq/tai-a.c': SPDX + '\nstatic double a;\n'}, 'hq/tai-a.c', 3),
    ('no floating', {'core/tai-a.h': HEADER + 'typedef gfloat a;\n'}, 'core/tai-a.h', 3),
    ('no floating', {'wire/tai-a.c': SPDX + body('json_object_get_double (a);')}, 'wire/tai-a.c', 5),
    ('no floating', {'offline/sync/tai-a.c': SPDX + body('a = 2 * b * 1.5;')}, 'offline/sync/tai-a.c', 5),
    ('no floating', {'offline/sync/tai-a.c': SPDX + body('a = b * 1e6;')}, 'offline/sync/tai-a.c', 5),
    ('no REAL', {'offline/store/tai-a.c': SPDX + 'const char *a = "CREATE TABLE a (amount REAL)";\n'}, 'offline/store/tai-a.c', 2),
    ('functions of', {'app/tai-a.c': SPDX + long_function('a', 101)}, 'app/tai-a.c', 3),
    ('functions of', {'tests/core/test-a.c': SPDX + long_function('a', 101)}, 'tests/core/test-a.c', 3),
    ('functions of', {'tests/a.py': '# %s\n' % lint.LICENSE_LINE + 'def f():\n' + '    f()\n' * 100}, 'tests/a.py', 2),
    ('files of', {'app/tai-a.c': SPDX + '\n' * 1000}, 'app/tai-a.c', 1001),
    ('statements nest', {'app/tai-a.c': SPDX + nested(6)}, 'app/tai-a.c', 10),
    ('the first line', {'app/tai-a.c': '\n' + SPDX}, 'app/tai-a.c', 1),
    ('the first line', {'tests/a.sh': '#!/bin/sh\necho\n'}, 'tests/a.sh', 2),
    ('headers say', {'app/tai-a.h': SPDX + '#ifndef A\n#define A\n#endif\n'}, 'app/tai-a.h', 1),
    ('no goto', {'app/tai-a.c': SPDX + body('goto out;')}, 'app/tai-a.c', 5),
    ('no goto', {'ui/tai-a.c': SPDX + body('g_object_set_data_full (a, b, c, d);')}, 'ui/tai-a.c', 5),
    ('no goto', {'ui/tai-a.c': SPDX + '#if 0\n#endif\n'}, 'ui/tai-a.c', 2),
    ('no work', {'app/tai-a.c': SPDX + '/* %s: more */\n' % LATER}, 'app/tai-a.c', 2),
    ('no work', {'app/demo/walk': '#!/bin/sh\n# %s\n' % ('FIX' + 'ME')}, 'app/demo/walk', 2),
    ('no trailing', {'README.md': 'A house\n\nof rooms \n'}, 'README.md', 3),
    ('no trailing', {'app/tai-a.c': SPDX + '\r\n'}, 'app/tai-a.c', 2),
    ('names:', {'hq/tai-a.c': SPDX + '\nint\napply (void)\n{\n  return 0;\n}\n'}, 'hq/tai-a.c', 4),
    ('names:', {'core/tai-a.c': SPDX + '\nint\nhq_apply (void)\n{\n  return 0;\n}\n'}, 'core/tai-a.c', 4),
    ('names:', {'core/money.c': SPDX}, 'core/money.c', 1),
    ('C is as', {'core/tai-a.c': SPDX + 'int a;\nint  b;\n'}, 'core/tai-a.c', 3),
    ('each room', {'po/LINGUAS': 'zh_CN\n', 'HACKING.md': CLEAN['HACKING.md'] + 'po/\n'}, 'po/README.md', 1),
    ('each room', {'po/README.md': 'Words.\n'}, 'HACKING.md', 1),
    ('no path', {'README.md': 'cd %swork/tree\n' % SLASH}, 'README.md', 1),
    ('no path', {'app/tai-a.c': SPDX + 'const char *a = "%sroot";\n' % SLASH}, 'app/tai-a.c', 2),
    ('no path', {'meson.build': "# from %shome/me\n" % SLASH}, 'meson.build', 1),
    ('no path', {'README.md': '\nhttps://' + 'pypi' + '.org/simple\n'}, 'README.md', 2),
    ('no path', {'Makefile': 'a:\n\tcurl http://' + 'mirror' + '.example.com/debian\n'}, 'Makefile', 2),
    ('shell scripts', {'app/demo/walk': '#!/bin/sh\nif true; then\n'}, 'app/demo/walk', 3),
    ('shell scripts', {'tests/a.py': '# %s\n' % lint.LICENSE_LINE + 'def f(:\n'}, 'tests/a.py', 2),
    ('tests are long', {'app/tai-a.c': SPDX + 'int a;\n' * 3100,
                        'tests/core/test-a.c': 'int a;\n' * 100, 'tests/offline/test-b.c': 'int a;\n' * 100}, 'tests/', 1),
    ('tests are long', {'core/tai-a.c': SPDX + 'int a;\n' * 3100, 'tests/hq/test-a.c': 'int a;\n' * 2000,
                        'tests/offline/test-b.c': 'int a;\n' * 100}, 'tests/core', 1),
]


@contextlib.contextmanager
def planted(files):
    root = tempfile.mkdtemp(prefix='guitai-lint-')
    try:
        for path, text in files.items():
            full = os.path.join(root, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, 'w', encoding='utf-8', newline='') as stream:
                stream.write(text)
        yield root
    finally:
        shutil.rmtree(root)


def run_rules(root, name):
    """{(path, line): description} of what the rules whose names begin with @name find."""
    tree = source_tree.Tree(root)
    with contextlib.redirect_stdout(io.StringIO()):
        findings = [finding for rule in lint.RULES if rule.name.startswith(name) for finding in rule.run(tree)]
    return [(finding.path, finding.line) for finding in findings]


def run_script(root, *arguments):
    run = subprocess.run([sys.executable, SCRIPT, '--root', root, *arguments], stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, text=True)
    return run.returncode, run.stdout


def check_case(name, files, path, line):
    with planted({**CLEAN, **files}) as root:
        found = run_rules(root, name)
    return None if found == [(path, line)] else 'want %s:%d, found %s' % (path, line, found)


def check_clean():
    with planted(CLEAN) as root:
        found = run_rules(root, '')
    return None if not found else 'found %s' % found


def check_every_rule_has_a_case():
    bare = [rule.name for rule in lint.RULES if not any(rule.name.startswith(case[0]) for case in CASES)]
    return 'no case for: ' + ', '.join(bare) if bare else None


def check_case_names_one_rule():
    vague = [case[0] for case in CASES if sum(rule.name.startswith(case[0]) for rule in lint.RULES) != 1]
    return 'not one rule: ' + ', '.join(vague) if vague else None


def check_missing_room_only_warns_without_map():
    files = {path: text for path, text in CLEAN.items() if path not in ('HACKING.md', 'ui/README.md')}
    with planted(files) as root:
        code, output = run_script(root, 'docs')
    good = code == 0 and '# warning' in output and 'ui/README.md:1' in output
    return None if good else output


def check_thin_tests_only_warns_without_map():
    files = {path: text for path, text in CLEAN.items() if path != 'HACKING.md'}
    files.update({'core/tai-a.c': SPDX + 'int a;\n' * 3100, 'tests/hq/test-a.c': 'int a;\n' * 1000})
    with planted(files) as root:
        code, output = run_script(root, 'ratio')
    good = code == 0 and all('# warning (no HACKING.md yet): tests/%s:1' % room in output for room in ('', 'core'))
    return None if good else output


def check_class_init_and_limits_are_inclusive():
    text = SPDX + long_function('a', 100) + long_function('tai_a_class_init', 130) + nested(5)
    with planted({**CLEAN, 'app/tai-a.c': text}) as root:
        found = run_rules(root, 'functions of') + run_rules(root, 'statements nest')
    return None if not found else str(found)


def check_only_tracked_files_count():
    bad = SPDX + body('goto out;')
    with planted({**CLEAN, 'app/tai-a.c': bad, 'build/tai-b.c': bad}) as root:
        subprocess.run(['git', 'init', '-q', root], check=True)
        subprocess.run(['git', '-C', root, 'add', 'app', 'core'], check=True)
        code, output = run_script(root, 'words')
    good = code == 1 and 'app/tai-a.c:5: goto' in output and 'build/' not in output
    return None if good else output


def check_report_is_tap():
    with planted({**CLEAN, 'app/tai-a.c': SPDX + body('goto out;')}) as root:
        code, output = run_script(root, 'words', 'sql')
    lines = output.splitlines()
    points = [line for line in lines if line.startswith(('ok ', 'not ok '))]
    good = (code == 1 and lines[0] == '1..%d' % len(points)
            and sum(point.startswith('not ok') for point in points) == 1
            and '# app/tai-a.c:5: goto (owners clean up) -> g_autoptr and early returns' in lines)
    return None if good else output


def check_unknown_group_is_an_error():
    code, output = run_script(HERE, 'nonsense')
    return None if code == 2 and 'nonsense' in output else output


def main():
    tests = [(check.__name__.replace('_', ' '), check) for check in (
        check_clean, check_every_rule_has_a_case, check_case_names_one_rule, check_missing_room_only_warns_without_map,
        check_thin_tests_only_warns_without_map, check_class_init_and_limits_are_inclusive, check_only_tracked_files_count, check_report_is_tap,
        check_unknown_group_is_an_error)]
    tests += [('%s %s:%d' % (case[0], case[2], case[3]), lambda case=case: check_case(*case)) for case in CASES]
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
