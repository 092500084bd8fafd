#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What surrounds the programs says what is so: lists of packages, versions, man pages, desktop file, icon.

    test-texts.py BUILD
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import tap  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(sys.argv[1])
MAN = ROOT / 'docs' / 'man'
DEBIAN = ROOT / 'packaging' / 'debian'
DESKTOP = BUILD / 'packaging' / 'desktop'
# where a debhelper add-on or a level stands for the package that has it
SAME = {'debhelper-compat': 'debhelper', 'dh-sequence-installsysusers': 'debhelper'}
# the archive's own rules: build-essential and what it needs are never named in control
IMPLIED = {'build-essential', 'dpkg-dev'}


def run(*command, env=None):
    return subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          env={**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': '', **(env or {})})


def check(*command):
    result = run(*command)
    assert result.returncode == 0 and not result.stdout.strip(), '%s: %s' % (command[0], result.stdout)


def read_list():
    """{package: the words behind its '#'}; "tests/ui" and "tests/e2e" need a display, which no package build has."""
    found = {}
    for line in (ROOT / 'packaging' / 'dependencies').read_text('utf-8').splitlines():
        name, _, note = line.partition('#')
        if name.strip():
            found[name.strip()] = note.strip()
    return found


def read_build_depends():
    """{package: True if only tests want it}"""
    text = (DEBIAN / 'control').read_text('utf-8')
    field = re.search(r'^Build-Depends:((?:.*\n)(?:[ \t].*\n)*)', text, re.M)[1]
    found = {}
    for entry in field.split(','):
        name = entry.split()[0]
        found[SAME.get(name, name)] = '<!nocheck>' in entry
    return found


def what_the_package_is_built_with_is_in_the_one_list():
    listed, control = read_list(), read_build_depends()
    assert all(note for note in listed.values()), 'packaging/dependencies: each line says who wants it'
    product = {name for name, note in listed.items() if not re.match(r'(tests|lint|benchmarks|package)\b', note)} - IMPLIED
    tests = {name for name, note in listed.items() if note.startswith('tests:')}
    assert {name for name, only_tests in control.items() if only_tests} == tests, (control, tests)
    assert {name for name, only_tests in control.items() if not only_tests} == product | {'debhelper'}, (control, product)


def the_versions_are_one():
    version = re.search(r"version: '([^']+)'", (ROOT / 'meson.build').read_text('utf-8'))[1]
    assert re.match(r'guitai \(%s\)' % re.escape(version), (DEBIAN / 'changelog').read_text('utf-8'))
    assert 'release version="%s"' % version in (ROOT / 'packaging/desktop/org.guitai.Guitai.metainfo.xml.in').read_text('utf-8')


def man_pages_are_well_formed():
    for page in sorted(MAN.glob('*.[18]')):
        # the style level asks for pages of a whole system (Xr), and for no name behind Os
        result = run('mandoc', '-Tlint', '-Wwarning', page)
        assert result.returncode == 0, result.stdout
        shown = run('man', '--warnings', '-E', 'UTF-8', '-l', '-Tutf8', '-Z', page)
        assert shown.returncode == 0 and 'warning' not in shown.stdout, shown.stdout[:2000]


def text_of(page):
    plain = run('mandoc', '-Tutf8', '-O', 'width=1000', MAN / page).stdout
    return re.sub(r'.\x08', '', plain).replace('\N{NO-BREAK SPACE}', ' ')


def missing(words, page):
    text = text_of(page)
    return [word for word in words if not re.search(r'(?<![\w-])%s(?![\w-])' % re.escape(word), text)]


def options_of(text):
    return sorted(set(re.findall(r'(?<![\w-])--[a-z][a-z-]*', text)))


def the_man_page_of_guitaictl_has_each_verb_and_option():
    said = run(BUILD / 'app' / 'guitaictl', '--help').stdout
    verbs = [verb.strip() for verb in re.findall(r'^  ([a-z]+(?: [a-z]+)?)(?: |$)', said, re.M)]
    assert len(verbs) > 20, said
    left = missing(verbs + options_of(said), "guitaictl.1")
    assert left == [], left
    invented = set(options_of(text_of('guitaictl.1'))) - set(options_of(said)) - {'--help'}
    assert not invented, invented


def the_man_page_of_headquarters_has_each_command_and_option():
    said = run(BUILD / 'hq' / 'guitai-hq').stdout
    # two blanks before a line of commands, three between them
    words = [part for line in said.splitlines() if re.match(r'  [a-z]', line) for part in line.strip().split('   ')]
    commands = ['init', 'serve', 'restore'] + [re.match(r'[a-z]+(?: load)?', part)[0] for part in words]
    assert len(set(commands)) >= 16, said
    assert missing(commands + options_of(said), 'guitai-hq.8') == []
    assert set(options_of(text_of('guitai-hq.8'))) <= set(options_of(said)) | {'--now'}  # systemctl's


def the_man_page_of_the_emulators_has_each_option():
    said = ''.join(run(BUILD / 'devices' / 'guitai-emulate', device, '--help').stdout for device in ('id-reader', 'printer', 'card-terminal'))
    assert missing(['id-reader', 'printer', 'card-terminal'] + options_of(said.replace('--help', '')), 'guitai-emulate.1') == []
    assert set(options_of(text_of('guitai-emulate.1'))) <= set(options_of(said)) | {'--reader'}  # guitaictl's


def the_man_page_of_the_window_has_each_option():
    said = run(BUILD / 'app' / 'guitai', '--help')
    assert said.returncode == 0, said.stdout
    toolkit = re.compile(r'--(?:help|gapplication|display)')
    own = {name for name in options_of(said.stdout) if not toolkit.match(name)}
    assert set(options_of(text_of('guitai.1'))) == own, own


def a_desktop_can_show_it():
    check('desktop-file-validate', DESKTOP / 'org.guitai.Guitai.desktop')
    result = run('appstreamcli', 'validate', '--no-net', '--pedantic', DESKTOP / 'org.guitai.Guitai.metainfo.xml')
    assert result.returncode == 0, result.stdout
    for name in ('org.guitai.Guitai.desktop', 'org.guitai.Guitai.metainfo.xml'):
        assert '柜台' in (DESKTOP / name).read_text('utf-8'), name


def the_icon_is_seen_in_every_size():
    icons = ROOT / 'packaging' / 'desktop' / 'icons' / 'hicolor'
    with tempfile.TemporaryDirectory() as folder:
        for picture in (icons / 'scalable/apps/org.guitai.Guitai.svg', icons / 'symbolic/apps/org.guitai.Guitai-symbolic.svg'):
            for size in (16, 32, 64, 256):
                out = pathlib.Path(folder) / ('%d.png' % size)
                result = run('rsvg-convert', '-w', size, '-h', size, picture, '-o', out)
                assert result.returncode == 0, result.stdout
                assert out.read_bytes()[16:24] == bytes((0, 0, size >> 8, size & 255)) * 2, 'size of the picture'


if __name__ == '__main__':
    tap.run([
        what_the_package_is_built_with_is_in_the_one_list, the_versions_are_one, man_pages_are_well_formed,
        the_man_page_of_guitaictl_has_each_verb_and_option, the_man_page_of_headquarters_has_each_command_and_option,
        the_man_page_of_the_emulators_has_each_option, the_man_page_of_the_window_has_each_option, a_desktop_can_show_it,
        the_icon_is_seen_in_every_size,
    ])
