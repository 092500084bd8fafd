# SPDX-License-Identifier: GPL-3.0-or-later
"""The tree as the lint sees it: which files there are, their text, and C without its comments and strings."""
import bisect
import functools
import json
import os
import re
import statistics
import subprocess
from fnmatch import fnmatchcase

ROOMS = ('core', 'wire', 'io', 'devices', 'printing', 'offline', 'hq', 'ui', 'app')

C_TOKEN = re.compile(r'''//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*\'''', re.S)
# Two literals are one text when only blanks or a macro's name stand between them: "UPDATE " TABLE " SET".
BETWEEN_LITERALS = re.compile(r'\s*(?:[A-Z_][A-Z0-9_]*|PRI[a-zA-Z0-9]+|G_G\w+)?\s*\Z')
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.M)


def blank(text):
    return re.sub(r'[^\n]', ' ', text)


def matches(path, patterns):
    return any(fnmatchcase(path, pattern) for pattern in patterns)


class File:
    """One file. `line_of` turns an offset of any of its texts into a line: they all have the same length."""

    def __init__(self, root, path):
        self.path = path
        self.name = os.path.basename(path)
        self.room = path.split('/')[0] if '/' in path else ''
        with open(os.path.join(root, path), 'rb') as stream:
            data = stream.read()
        self.is_binary = b'\0' in data[:8192]
        self.text = '' if self.is_binary else data.decode('utf-8', 'replace')
        self.is_c = path.endswith(('.c', '.h'))

    @functools.cached_property
    def lines(self):
        return self.text.split('\n')

    @functools.cached_property
    def starts(self):
        return [0] + [match.end() for match in re.finditer('\n', self.text)]

    def line_of(self, offset):
        return bisect.bisect_right(self.starts, offset)

    @functools.cached_property
    def without_comments(self):
        return C_TOKEN.sub(lambda m: blank(m[0]) if m[0][0] == '/' else m[0], self.text)

    @functools.cached_property
    def code(self):
        """C with comments and the insides of literals blanked."""
        return C_TOKEN.sub(lambda m: blank(m[0]) if m[0][0] == '/' else m[0][0] + blank(m[0][1:-1]) + m[0][-1],
                           self.text)

    @functools.cached_property
    def literals(self):
        """[(offset, text)] of the string literals, neighbours joined as the compiler joins them."""
        found, end = [], None
        for match in C_TOKEN.finditer(self.without_comments):
            if match[0][0] != '"':
                continue
            between = self.without_comments[end:match.start()] if end is not None else None
            if between is not None and BETWEEN_LITERALS.match(between):
                found[-1][1].append(('x' if between.strip() else '') + match[0][1:-1])
            else:
                found.append((match.start(), [match[0][1:-1]]))
            end = match.end()
        return [(offset, ''.join(parts)) for offset, parts in found]

    @functools.cached_property
    def includes(self):
        """[(line, is_quoted, name)]"""
        return [(self.line_of(m.start(1)), m[1] == '"', m[2]) for m in INCLUDE.finditer(self.without_comments)]

    @functools.cached_property
    def interpreter(self):
        """'python', 'sh', 'bash' or None: by the ending or by the first line."""
        if self.path.endswith('.py'):
            return 'python'
        first = self.lines[0] if self.text.startswith('#!') else ''
        word = re.search(r'\b(python|bash|sh)[\d.]*\b', first)
        return word[1] if word else ('sh' if self.path.endswith('.sh') else None)

    def count_code_lines(self):
        text = self.code if self.is_c else re.sub(r'^\s*#.*$', '', self.text, flags=re.M)
        return sum(1 for line in text.split('\n') if line.strip())


class Function:
    def __init__(self, path, name, line, end, is_static):
        self.path, self.name, self.line, self.end, self.is_static = path, name, line, end, is_static
        self.length = end - line + 1


class Tree:
    def __init__(self, root):
        self.root = os.path.abspath(root)
        self.files = [File(self.root, path) for path in self._paths()]
        self.c_files = [file for file in self.files if file.is_c]
        self.by_path = {file.path: file for file in self.files}

    def _paths(self):
        if os.path.exists(os.path.join(self.root, '.git')):
            command = ['git', '-c', 'safe.directory=*', '-C', self.root, 'ls-files', '-z']
            paths = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode().split('\0')
        else:  # a released tarball
            paths = []
            for folder, folders, names in os.walk(self.root):
                folders[:] = [name for name in folders if not name.startswith(('build', '__pycache__'))]
                paths += [os.path.relpath(os.path.join(folder, name), self.root) for name in names]
        full = lambda path: os.path.join(self.root, path)
        return sorted(path for path in paths
                      if path and os.path.isfile(full(path)) and not os.path.islink(full(path)))

    @functools.cached_property
    def headers(self):
        """Base name → the tree's headers of that name."""
        found = {}
        for file in self.c_files:
            if file.path.endswith('.h'):
                found.setdefault(file.name, []).append(file.path)
        return found

    def resolve(self, file, name):
        """The tree's header that `#include name` in @file means, or None for a header of the system."""
        beside = os.path.normpath(os.path.join(os.path.dirname(file.path), name))
        if beside in self.by_path:
            return beside
        candidates = [path for path in self.headers.get(os.path.basename(name), [])
                      if path == name or path.endswith('/' + name.lstrip('./'))]
        return candidates[0] if candidates else None

    @functools.cached_property
    def functions(self):
        """All C functions: ctags' list, and what it missed of the blocks that open and close in column 0."""
        found = self._ctags() if self.c_files else []
        seen = {}
        for function in found:
            seen.setdefault(function.path, []).append(function)
        for file in self.c_files:
            for match in re.finditer(r'^([A-Za-z_]\w*) \([^;{}]*\)\n\{$.*?^\}$', file.code, re.M | re.S):
                line, end = file.line_of(match.start()), file.line_of(match.end() - 1)
                if not any(other.line <= end and other.end >= line for other in seen.get(file.path, [])):
                    before = file.lines[line - 2] if line > 1 else ''
                    found.append(Function(file.path, match[1], line, end, 'static' in before))
        return found

    def _ctags(self):
        command = ['ctags', '--quiet', '--options=NONE', '--map-C=+.h', '--languages=C', '--kinds-C=f', '--fields=+ne',
                   '--fields-C=+{properties}', '--extras=+F', '--output-format=json', '-f', '-', '-L', '-']
        paths = '\n'.join(file.path for file in self.c_files)
        run = subprocess.run(command, input=paths, stdout=subprocess.PIPE, text=True, check=True, cwd=self.root)
        tags = [json.loads(line) for line in run.stdout.splitlines()]
        return [Function(tag['path'], tag['name'], tag['line'], tag.get('end', tag['line']),
                         'static' in tag.get('properties', ''))
                for tag in tags if tag.get('_type') == 'tag']

    def summary_of_functions(self):
        if not self.functions:
            return 'functions: none'
        longest = max(self.functions, key=lambda function: function.length)
        return 'functions: %d, median %d lines, longest %d (%s:%d %s)' % (
            len(self.functions), statistics.median(function.length for function in self.functions),
            longest.length, longest.path, longest.line, longest.name)
