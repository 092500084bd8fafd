#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The house's rules that no compiler sees, as tests (HACKING.md has the why of each).

    check-source.py [--root FOLDER] [--list] [GROUP...]

One TAP point a rule; a finding is a line `file:line: what (why) -> what to do instead`. Rules look at C without its
comments and, but for the rules on text, without what stands in its strings. There is no way to silence a rule from the
checked file: exceptions are in EXCEPTIONS below, each with its reason.
"""
import argparse
import ast
import os
import re
import subprocess
import sys
from collections import namedtuple

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from source_tree import ROOMS, Function, Tree, matches  # noqa: E402

Finding = namedtuple('Finding', 'path line what why instead')
Rule = namedtuple('Rule', 'group name run')
RULES = []

MAP = 'HACKING.md'
STORE = ('offline/store/*', 'offline/tai-store*')
SYNC = ('offline/sync/*', 'offline/tai-sync*')
SQL_HOMES = STORE + ('hq/*store*',)

# rule name → [(file pattern, reason)]
EXCEPTIONS = {
    'clocks, threads and chance': [
        ('devices/guitai-emulate.c', 'a program of its own: it plays the hardware, in real time'),
        ('hq/guitai-hq*.c', 'a program of its own: it wires clock and entropy into hq_apply as app/ does'),
    ],
}


def rule(group, name):
    def register(function):
        RULES.append(Rule(group, name, function))
        return function
    return register


def is_excepted(rule_name, path):
    return any(matches(path, [pattern]) for pattern, _reason in EXCEPTIONS.get(rule_name, []))


def is_laid(tree):
    """Until the map exists (HACKING.md comes with the first release of the house) what is not there yet only warns."""
    return MAP in tree.by_path


def fail_or_warn(tree, findings):
    if is_laid(tree):
        return findings
    for finding in findings:
        print('# warning (no %s yet): %s' % (MAP, describe(finding)))
    return []


def product_files(tree):
    return [file for file in tree.c_files if file.room in ROOMS]


def find_words(file, text, pattern, why, instead):
    for match in re.finditer(pattern, text):
        yield Finding(file.path, file.line_of(match.start()), match[0].strip(), why, instead)


def find_in_literals(file, pattern, why, instead):
    for offset, literal in file.literals:
        match = re.search(pattern, literal)
        if match:
            yield Finding(file.path, file.line_of(offset), '"%s"' % match[0][:60].strip(), why, instead)


# ---- directions ------------------------------------------------------------------------------------------------------

SEES = {
    'core': ('core',),
    'wire': ('core',),
    'io': ('core',),
    'devices': ('io', 'wire', 'core'),
    'printing': ('io', 'core'),
    'offline': ('wire', 'core'),
    'hq': ('wire', 'core', 'offline'),
    'ui': ('core',),
    'app': ROOMS,
}


@rule('directions', 'a room includes only itself and the rooms below it')
def check_directions(tree):
    for file in product_files(tree):
        for line, _quoted, name in file.includes:
            target = tree.resolve(file, name)
            room = target.split('/')[0] if target else file.room
            below = SEES[file.room]
            if room != file.room and room not in below:
                yield Finding(file.path, line, '%s/ includes %s' % (file.room, target),
                              '%s/ sees only: %s' % (file.room, ' '.join(below)),
                              'declare a port in core/ and let app/ join the two')
            elif file.room == 'hq' and target and matches(target, STORE):
                yield Finding(file.path, line, 'hq/ includes %s' % target,
                              "the terminal's store is no business of headquarters", 'use offline/sync only')


@rule('directions', 'private headers stay in their folder')
def check_private_headers(tree):
    for file in tree.c_files:
        for line, _quoted, name in file.includes:
            target = tree.resolve(file, name)
            if target and target.endswith('-private.h') and \
                    not file.path.startswith(os.path.dirname(target) + '/'):
                yield Finding(file.path, line, 'includes %s' % target, 'a private header is not a contract',
                              'go through the public header, or move what you need there')


@rule('directions', 'includes name no folder above')
def check_dotted_includes(tree):
    for file in product_files(tree):
        for line, quoted, name in file.includes:
            if '..' in name.split('/'):
                yield Finding(file.path, line, '#include "%s"' % name, "it goes round meson's include paths",
                              'include "%s" and let meson decide who may see it' % os.path.basename(name))


# ---- headers ---------------------------------------------------------------------------------------------------------

CORE_MAY = ('glib.h', 'glib-object.h', 'gio/gio.h', 'assert.h', 'ctype.h', 'errno.h', 'inttypes.h', 'limits.h',
            'stdalign.h', 'stdarg.h', 'stdbool.h', 'stddef.h', 'stdint.h', 'stdlib.h', 'stdnoreturn.h', 'string.h')

# headers → who may include them
HOMES = [
    (('json-c/*', 'json.h', 'json_*.h', 'linkhash.h'), ('wire/tai-json*.c', 'wire/tai-json*-private.h')),
    (('json-glib/*',), ()),
    (('sqlite3.h', 'libpq-fe.h'), SQL_HOMES + ('offline/log/*',)),
    # the line to a provider of payments has nothing of the one to headquarters: signed headers, no keys of ours
    (('curl/*',), SYNC + ('hq/tai-hq-gateway-http*',)),
    (('microhttpd.h',), ('hq/*',)),
    (('gnutls/*',), ('hq/*', 'app/*') + SYNC),
    (('sodium.h', 'sodium/*'), ('wire/*',)),
    (('cairo*.h', 'cairo/*', 'pango/*', 'qrencode.h', 'cups/*'), ('printing/*',)),
    (('gtk/*', 'gdk/*', 'gsk/*', 'adwaita.h'), ('ui/*', 'app/*')),
    (('glib/gi18n*.h', 'libintl.h'), ('printing/*', 'ui/*', 'app/*')),
    (('pthread.h', 'threads.h'), ('app/*',)),
]


@rule('headers', 'core includes GLib, GIO and plain C only')
def check_core_headers(tree):
    for file in product_files(tree):
        if file.room != 'core':
            continue
        for line, _quoted, name in file.includes:
            if tree.resolve(file, name) is None and name not in CORE_MAY:
                yield Finding(file.path, line, '<%s> in core/' % name,
                              'the core knows no files, clocks, threads or libraries',
                              'declare a port in core/ and implement it in the room that owns the outside')


@rule('headers', 'each library is included in one room')
def check_header_homes(tree):
    for file in product_files(tree):
        for line, _quoted, name in file.includes:
            if tree.resolve(file, name) is not None:
                continue
            for patterns, homes in HOMES:
                if matches(name, patterns) and not matches(file.path, homes):
                    yield Finding(file.path, line, '<%s>' % name,
                                  'its place is %s' % (' '.join(homes) or 'nowhere in this house'),
                                  'call the room that wraps it')


# plain C's headers → what one includes them for
PLAIN = {
    'string.h': r'(?<!\w)(?:str(?:len|n?cmp|n?cat|n?cpy|r?chr|n?str|spn|cspn|pbrk|tok(?:_r)?|coll|xfrm|signal|error(?:_r)?|n?casecmp|sep'
                r'|n?dup|nlen|chrnul|verscmp)|stpn?cpy|r?index|mem(?:p?cpy|ccpy|cmp|set|move|r?chr|mem)|explicit_bzero|basename)(?!\w)',
    'errno.h': r'(?<!\w)(?:errno|E[A-Z0-9]{2,})(?!\w)',
    'signal.h': r'(?<!\w)(?:SIG\w+|sig\w+|kill|raise|pthread_sigmask)(?!\w)',
}


@rule('headers', 'plain C headers are included for something')
def check_plain_headers(tree):
    for file in tree.c_files:
        for line, _quoted, name in file.includes:
            if name in PLAIN and not re.search(PLAIN[name], file.code):
                yield Finding(file.path, line, '<%s>' % name, 'nothing of it is used here', 'take it out')


@rule('headers', 'core calls nothing of the outside')
def check_core_calls(tree):
    pattern = (r'(?<!\w)(?:g_file_(?!error)\w+|g_(?:fopen|open|stat|unlink|remove|rename|mkstemp|mkdir\w*|getenv|setenv)'
               r'|g_(?:socket|tcp|network|resolver|spawn|subprocess|dbus|bus|unix|settings)_\w+'
               r'|g_get_(?:user|home|tmp|host|current)_(?:\w*dir\w*|name)|g_key_file_(?:load_from|save_to)_file'
               r'|(?:fopen|getenv|printf|fprintf|puts|system|popen) ?(?=\()|g_print(?:err)?(?!\w))')
    for file in product_files(tree):
        if file.room == 'core':
            yield from find_words(file, file.code, pattern, 'core/ is the business, without the machine it runs on',
                                  'take it as a value or through a port')


# ---- sql -------------------------------------------------------------------------------------------------------------

SQL = re.compile(r'''
    \bSELECT\s.*\bFROM\b | \bSELECT\s+(?:[\w.]+\s*\(|[?:@0-9]) | ^\s*SELECT\s*$
  | \bINSERT\s+(?:OR\s+\w+\s+)?INTO\b | \bREPLACE\s+INTO\b
  | \bUPDATE\s+(?:OR\s+\w+\s+)?\S+\s+SET\b | ^\s*UPDATE\s+$ | \bDELETE\s+FROM\b
  | \b(?:CREATE|DROP|ALTER)\s+(?:TEMP\w*\s+|UNIQUE\s+|VIRTUAL\s+)?(?:TABLE|INDEX|TRIGGER|VIEW)\b
  | \bPRAGMA\s+\w | \bBEGIN\s+(?:IMMEDIATE|EXCLUSIVE|DEFERRED|TRANSACTION)\b | ^\s*(?:COMMIT|ROLLBACK|BEGIN)\s*;?\s*$
  | ^\s*(?:select\s+(?:\*|[\w.]+(?:\s*,\s*[\w.]+)*)\s+from\s+\w+\s*(?:where|order|limit|group|join|;|$)
         | insert\s+into\s+\w+\s*(?:\(|values|select) | delete\s+from\s+\w+\s*(?:where|;|$)
         | update\s+\w+\s+set\s+\w+\s*= | create\s+(?:table|index|trigger|view)\s | pragma\s+\w+\s*(?:[=(;]|$))
''', re.X | re.S)


@rule('sql', 'SQL text is in the stores only')
def check_sql(tree):
    for file in product_files(tree):
        if not matches(file.path, SQL_HOMES):
            yield from find_in_literals(file, SQL, 'SQL lives in offline/store and hq/*store*',
                                        'add a function to the store')


# ---- clocks ----------------------------------------------------------------------------------------------------------

CLOCKS = 'clocks, threads and chance'
# a call, not a member, of a name that plain English also has
CALL = r'(?<![\w.>])(?:%s) ?(?=\()'
TIMERS = r'(?<!\w)g_timeout_(?:add|source_new)\w*'
IDLES = r'(?<!\w)g_idle_(?:add|source_new)\w*'
THREADS = r'(?<!\w)(?:g_thread_(?:new|try_new|pool_new)\w*|g_task_run_in_thread\w*|pthread_create|thrd_create)\b'
TIMES = (r'(?<!\w)(?:g_get_(?:real|monotonic|current)_time|g_date_time_new_now\w*|g_source_get_(?:current_)?time'
         r'|g_timer_new|gettimeofday|clock_gettime|timespec_get)\b|' + CALL % 'time|clock')
SLEEPS = r'(?<!\w)(?:g_usleep|usleep|nanosleep|clock_nanosleep)\b|' + CALL % 'sleep'
CHANCE = (r'(?<!\w)(?:g_random_\w+|g_rand_\w+|g_uuid_string_random|arc4random\w*|getrandom|getentropy|gnutls_rnd'
          r'|randombytes_(?:buf|random|uniform)\b(?!_)|rand_r|[demnlj]rand48|srand\w*)\b|' + CALL % 'rand|random')

# pattern, who may, what instead
MACHINERY = [
    (TIMERS, ('app/*',), 'tai_clock_after'),
    (IDLES, ('app/*', 'ui/*'), 'tai_executor_submit, or tai_clock_after'),
    (THREADS, ('app/*',), 'tai_executor_submit'),
    (TIMES, ('app/*',), 'tai_clock_now or tai_clock_monotonic'),
    (SLEEPS, ('app/*',), 'tai_clock_after'),
    (CHANCE, ('app/*',), 'tai_entropy_fill'),
]


@rule('clocks', CLOCKS)
def check_clocks(tree):
    why = 'only app/ has the real ones: the simulator runs all else from a seed'
    for file in product_files(tree):
        if is_excepted(CLOCKS, file.path):
            continue
        for pattern, homes, instead in MACHINERY:
            if not matches(file.path, homes):
                yield from find_words(file, file.code, pattern, why, instead)


@rule('clocks', 'SQL asks no clock and no dice')
def check_sql_clocks(tree):
    pattern = (r"\bCURRENT_(?:TIMESTAMP|DATE|TIME)\b|(?i:\b(?:date|time|datetime|julianday|strftime|unixepoch)"
               r"\s*\([^)]*'now')|(?i:\bunixepoch\s*\(\s*\)|\brandomblob\s*\(|\brandom\s*\(\s*\))")
    for file in product_files(tree):
        if matches(file.path, SQL_HOMES):
            yield from find_in_literals(file, pattern, "SQLite's own clock and dice cannot be simulated",
                                        'bind a value from TaiClock or TaiEntropy')


# ---- decimals --------------------------------------------------------------------------------------------------------

EXACT_ROOMS = ('core', 'wire', 'offline', 'hq')


@rule('decimals', 'no floating point in core, wire, offline, hq')
def check_floats(tree):
    why = 'money and counts are integers: a double holds no 0.10'
    types = r'(?<!\w)g?(?:float|double)(?!\w)'
    calls = (r'(?<!\w)(?:json_object_(?:get_double|set_double|new_double)|json_(?:node|object|array|reader)_get_double\w*'
             r'|g_ascii_strtod|g_strtod|strtod|strtof|strtold|atof|sqlite3_(?:column|value|bind|result)_double'
             r'|g_variant_(?:get|new)_double|g_ascii_(?:d|format)tostr|g_ascii_formatd)(?!\w)')
    numbers = r'(?<![\w.])(?:\d+\.(?!\.)\d*(?:[eE][+-]?\d+)?|\.\d+|\d+[eE][+-]?\d+)[fFlL]?(?!\w)'
    for file in product_files(tree):
        if file.room in EXACT_ROOMS:
            yield from find_words(file, file.code, types, why, 'TaiMoney or gint64, decimals as text')
            yield from find_words(file, file.code, calls, why, 'read and write the decimal text')
            yield from find_words(file, file.code, numbers, why, 'integers and a named rounding')


@rule('decimals', 'no REAL column in the stores')
def check_real_columns(tree):
    for file in product_files(tree):
        if matches(file.path, SQL_HOMES):
            yield from find_in_literals(file, r'(?<=\w )(?:REAL|FLOAT|DOUBLE(?: PRECISION)?)\b',
                                        'amounts are INTEGER minor units', 'INTEGER, or TEXT for a decimal of others')


# ---- size ------------------------------------------------------------------------------------------------------------

FUNCTION_LINES, FILE_LINES, LEVELS, INDENT = 100, 1000, 5, 2


def python_functions(file):
    if file.interpreter != 'python':
        return []
    try:
        tree = ast.parse(file.text)
    except SyntaxError:
        return []  # the rule on scripts says so
    return [Function(file.path, node.name, node.lineno, node.end_lineno, False) for node in ast.walk(tree)
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


@rule('size', 'functions of at most %d lines' % FUNCTION_LINES)
def check_function_length(tree):
    functions = tree.functions + [function for file in tree.files for function in python_functions(file)]
    for function in functions:
        if function.length > FUNCTION_LINES and not function.name.endswith('_class_init'):
            yield Finding(function.path, function.line, '%s has %d lines' % (function.name, function.length),
                          'at most %d; think at 60' % FUNCTION_LINES, 'split it by what it does')


@rule('size', 'files of at most %d lines' % FILE_LINES)
def check_file_length(tree):
    for file in tree.files:
        count = file.text.count('\n')
        if (file.is_c or file.interpreter) and count > FILE_LINES:
            yield Finding(file.path, FILE_LINES + 1, '%d lines' % count, 'at most %d; think at 600' % FILE_LINES,
                          'one noun a file: find the second noun')


@rule('size', 'statements nest at most %d levels deep' % LEVELS)
def check_nesting(tree):
    for function in tree.functions:
        file = tree.by_path[function.path]
        lines = file.code.split('\n')
        depth, before = 0, '{'
        for number in range(function.line, function.end + 1):
            line = lines[number - 1]
            text = line.strip()
            if not text or text.startswith('#'):
                continue
            level = (len(line) - len(line.lstrip())) // INDENT
            # clang-format indents what continues a statement too: only the first line of one counts
            is_first = depth == 0 and re.search(r'(?:[;{}:)]|\b(?:else|do))$', before) and text[0] not in '?:&|+-*/,.})<>='
            if is_first and level > LEVELS:
                yield Finding(file.path, number, '%d levels deep in %s' % (level, function.name),
                              'at most %d' % LEVELS, 'return early, or make the inside a function')
                break
            depth, before = depth + text.count('(') - text.count(')'), text


# ---- words -----------------------------------------------------------------------------------------------------------

LICENSE_LINE = 'SPDX-License-Identifier: GPL-3.0-or-later'


@rule('words', 'the first line names the license')
def check_license(tree):
    for file in tree.files:
        if not file.path.endswith(('.c', '.h', '.py', '.sh')):
            continue
        line = 2 if file.text.startswith('#!') else 1
        if LICENSE_LINE not in ''.join(file.lines[line - 1:line]):
            yield Finding(file.path, line, 'no license', 'each file says under what it may be used', LICENSE_LINE)


@rule('words', 'headers say #pragma once')
def check_pragma_once(tree):
    for file in tree.c_files:
        if file.path.endswith('.h') and not re.search(r'^#pragma once$', file.without_comments, re.M):
            yield Finding(file.path, 1, 'no #pragma once', 'the guard of this house', 'add it below the license')


@rule('words', 'no goto, no g_object_set_data, no #if 0')
def check_words_of_c(tree):
    for file in tree.c_files:
        yield from find_words(file, file.code, r'(?<!\w)goto(?!\w)', 'owners clean up', 'g_autoptr and early returns')
        yield from find_words(file, file.code, r'(?<!\w)g_object_set_data\w*', 'an untyped field that nobody finds',
                              'a field of the type')
        yield from find_words(file, file.code, r'(?m)^[ \t]*#[ \t]*if 0\b', 'dead code', 'git remembers it')


def is_source(file):
    return file.is_c or file.interpreter or file.name in ('meson.build', 'meson_options.txt', 'Makefile') or \
        file.path.endswith(('.ui', '.css', '.sql', '.xml'))


@rule('words', 'no work left for later')
def check_promises(tree):
    pattern = r'\b(?:TO' 'DO|FIX' 'ME|X' r'XX)\b'
    for file in tree.files:
        if is_source(file):
            yield from find_words(file, file.text, pattern, 'what is left stands in an issue', 'do it, or write the issue')


@rule('words', 'no trailing blanks')
def check_trailing_blanks(tree):
    for file in tree.files:
        if not file.path.startswith('tests/data/'):
            for match in re.finditer(r'[ \t\r]+$', file.text, re.M):
                yield Finding(file.path, file.line_of(match.start()), 'trailing blanks', 'noise in each diff', 'cut them')


@rule('words', 'names: tai_ for what is exported, tai-* for files')
def check_names(tree):
    for function in tree.functions:
        room = function.path.split('/')[0]
        good = ('tai_', 'hq_') if room == 'hq' else ('tai_',)
        if room in ROOMS and not function.is_static and function.name != 'main' and not function.name.startswith(good):
            yield Finding(function.path, function.line, '%s is exported' % function.name,
                          'exported names begin with %s' % ' or '.join(good), 'make it static, or rename it')
    for file in product_files(tree):
        if not file.name.startswith(('tai-', 'guitai')):
            yield Finding(file.path, 1, 'file name %s' % file.name, 'a file is named as its type: tai-noun',
                          'git mv it (programs: guitai*)')


# ---- format ----------------------------------------------------------------------------------------------------------

FORMAT = 'C is as clang-format leaves it'


@rule('format', FORMAT)
def check_format(tree):
    paths = [file.path for file in tree.c_files]
    workers = []
    for part in (paths[0::2], paths[1::2]):
        if part:
            workers.append(subprocess.Popen(['clang-format', '--style=file', '--dry-run', '-Werror'] + part,
                                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=tree.root))
    seen = set()
    for output in [worker.communicate()[1] for worker in workers]:
        for path, line in re.findall(r'^(\S+?):(\d+):\d+: error: ', output, re.M):
            if path not in seen and not is_excepted(FORMAT, path):
                yield Finding(path, int(line), 'not formatted', '.clang-format decides', 'clang-format -i ' + path)
            seen.add(path)  # one line a file: the command repairs them all
    for pattern, _reason in EXCEPTIONS.get(FORMAT, []):
        if not any(matches(path, [pattern]) for path in seen):
            print('# warning: nothing left of the exception %s: take it out of %s' % (pattern, os.path.basename(__file__)))
    if any(worker.returncode for worker in workers) and not seen:
        yield Finding('.clang-format', 1, 'clang-format failed', output.strip()[:200], 'repair the configuration')


# ---- docs ------------------------------------------------------------------------------------------------------------

def folders(tree):
    return sorted({file.path.split('/')[0] for file in tree.files if '/' in file.path and not file.path.startswith('.')})


@rule('docs', 'each room has a README.md and a place in ' + MAP)
def check_readmes(tree):
    found = []
    for folder in folders(tree):
        if folder + '/README.md' not in tree.by_path:
            found.append(Finding(folder + '/README.md', 1, 'missing', 'a newcomer starts there',
                                 'a few lines: what for, what it may use, how to run its tests'))
        if is_laid(tree) and not re.search(r'(?<![\w/])%s/' % re.escape(folder), tree.by_path[MAP].text):
            found.append(Finding(MAP, 1, 'no word on %s/' % folder, 'it is the map of the house', 'add the room'))
    yield from fail_or_warn(tree, found)


@rule('docs', 'no path of one machine, no package registry')
def check_hosts(tree):
    paths = r'(?<![\w.$})…/-])/(?:work|home|root)(?![\w-])'
    hosts = (r'(?i)\b(?:pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|yarnpkg\.com|crates\.io|proxy\.golang\.org'
             r'|sum\.golang\.org|(?:deb|security|ftp|archive|snapshot)\.debian\.org|archive\.ubuntu\.com|rubygems\.org'
             r'|maven\.(?:org|apache\.org)|docker\.(?:io|com)|ghcr\.io|quay\.io)\b'
             r'|(?<=//)(?:[\w-]+\.)*(?:registry|mirrors?|artifactory|nexus|goproxy|pypi|npm)\.[\w.-]+')
    for file in tree.files:
        yield from find_words(file, file.text, paths, 'nobody else has that folder', 'a path relative to the tree')
        yield from find_words(file, file.text, hosts, 'packages come from the system of who builds',
                              'name the package in packaging/dependencies')


# ---- scripts ---------------------------------------------------------------------------------------------------------

@rule('scripts', 'shell scripts and Python parse')
def check_scripts(tree):
    for file in tree.files:
        if file.interpreter in ('sh', 'bash'):
            run = subprocess.run([file.interpreter, '-n', file.path], stderr=subprocess.PIPE, text=True, cwd=tree.root)
            line = re.search(r': (?:line )?(\d+): ', run.stderr)
            if run.returncode:
                yield Finding(file.path, int(line[1]) if line else 1, run.stderr.strip().split('\n')[0],
                              'it cannot run', '%s -n %s' % (file.interpreter, file.path))
        elif file.interpreter == 'python':
            try:
                compile(file.text, file.path, 'exec')
            except SyntaxError as error:
                yield Finding(file.path, error.lineno or 1, str(error.msg), 'it cannot run', 'python3 ' + file.path)


# ---- ratio -----------------------------------------------------------------------------------------------------------

SMALL_HOUSE = 3000
LEAST = {'': 0.5, 'core': 1.0, 'offline': 1.0}


def count_lines(tree):
    """{room: (code, test)}, and '' for the whole. The lint and the benchmarks are neither."""
    code, test = dict.fromkeys(ROOMS, 0), dict.fromkeys(ROOMS + ('fakes', 'sim', 'e2e', 'data'), 0)
    for file in tree.files:
        parts = file.path.split('/')
        if not (file.is_c or file.interpreter):
            continue
        if file.room in ROOMS:
            code[file.room] += file.count_code_lines()
        elif parts[0] == 'tests' and parts[1] not in ('lint', 'bench'):
            folder = parts[1] if len(parts) > 2 else 'fakes'
            test[folder] = test.get(folder, 0) + file.count_code_lines()
    counts = {room: (code.get(room, 0), test.get(room, 0)) for room in list(code) + [key for key in test if key not in code]}
    counts[''] = (sum(code.values()), sum(test.values()))
    return counts


@rule('ratio', 'tests are long enough')
def check_ratio(tree):
    counts = count_lines(tree)
    for room, (code, test) in counts.items():
        if code or test:
            print('# %-9s %6d lines of code %6d of tests%s' % (room or 'all', code, test,
                                                              '  %.2f' % (test / code) if code else ''))
    if counts[''][0] <= SMALL_HOUSE:
        return
    found = []
    for room, least in LEAST.items():
        code, test = counts[room]
        if test < least * code:
            found.append(Finding('tests/' + room, 1, '%d lines of tests for %d of code' % (test, code),
                                 'at least %.1f' % least, 'test what a user or the next room would notice'))
    # a room's contract comes before its code, and its code before its last test
    yield from fail_or_warn(tree, found)


# ---- the report ------------------------------------------------------------------------------------------------------

def describe(finding):
    return '%s:%d: %s (%s) -> %s' % finding


def groups():
    return list(dict.fromkeys(rule.group for rule in RULES))


def report(tree, names):
    chosen = [rule for rule in RULES if rule.group in names]
    print('1..%d' % len(chosen))
    failed = 0
    for number, rule in enumerate(chosen, 1):
        findings = sorted(rule.run(tree), key=lambda finding: finding[:2])
        for finding in findings:
            print('# ' + describe(finding))
        print('%s %d - %s: %s' % ('not ok' if findings else 'ok', number, rule.group, rule.name))
        failed += bool(findings)
    if 'size' in names:
        print('# ' + tree.summary_of_functions())
    return 1 if failed else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--root', default=os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..'))
    parser.add_argument('--list', action='store_true', help='name the groups')
    parser.add_argument('group', nargs='*', help='default: all')
    options = parser.parse_args()
    unknown = set(options.group) - set(groups())
    if unknown:
        parser.error('no such group: ' + ' '.join(sorted(unknown)))
    if options.list:
        print('\n'.join(groups()))
        return 0
    return report(Tree(options.root), options.group or groups())


if __name__ == '__main__':
    sys.exit(main())
