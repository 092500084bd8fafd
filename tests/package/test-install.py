#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The packages on an empty machine: installed by apt, a sale with what was installed, upgrade, removal, purge.

    test-install.py BUILD        BUILD/package keeps packages, base machine and archives for the next run; the log of the
                                 machine is BUILD/package/test/machine.log
"""
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

sys.dont_write_bytecode = True
import tap  # noqa: E402
from machine import Machine, go_inside, output, what_is_missing  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
OUT = pathlib.Path(sys.argv[1]).resolve() / 'package'
NAMES = ('guitai', 'guitai-hq', 'guitai-emulators')
HQ, STATE = '/var/lib/guitai-hq', '/var/lib/guitai'
DOC = '/usr/share/doc'
PIN = '258046'
# nothing but these, and below /usr/share only what is named here
FOLDERS = re.compile(r'\./(?:usr/(?:bin/guitai[a-z-]*|lib/(?:sysusers|tmpfiles)\.d/guitai[a-z-]*\.conf|share/(?:doc/guitai|man/man[18]/guitai|'
                     r'locale/zh_CN/LC_MESSAGES/guitai\.mo|applications/org\.guitai|metainfo/org\.guitai|icons/hicolor/|lintian/overrides/)[^ ]*)|'
                     r'lib/systemd/system/guitai[a-z-]*\.service|etc/default/guitai-hq)\Z')
machine = None


def deb(name):
    found = list(OUT.glob(name + '_*.deb'))
    assert len(found) == 1, found
    return found[0]


# ---- the packages as files ----

def packages_are_built_from_the_commit():
    subprocess.run([str(ROOT / 'packaging' / 'make-package'), str(OUT)], stdout=subprocess.DEVNULL, check=True)
    for name in NAMES:
        deb(name)


def lintian_has_nothing_to_say():
    changes = list(OUT.glob('*.changes'))
    result = subprocess.run(['lintian', '--allow-root', '-EviI', '--pedantic', '--fail-on', 'error,warning', str(changes[0])],
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    tags = [line for line in result.stdout.splitlines() if re.match(r'[EWIPX]: ', line)]
    for line in tags:
        print('# ' + line)
    assert result.returncode == 0 and not any(line[0] in 'EW' for line in tags)


def nothing_is_in_them_that_does_not_belong_there():
    for name in NAMES:
        for line in output('dpkg', '-c', str(deb(name))).splitlines():
            mode, owner, _size, _day, _time, path = line.split(None, 5)
            path = path.split(' -> ')[0]
            assert owner == 'root/root', line
            if mode[0] == 'd':
                assert mode == 'drwxr-xr-x', line
                continue
            assert mode in ('-rw-r--r--', '-rwxr-xr-x', 'lrwxrwxrwx') and (mode != '-rwxr-xr-x' or '/bin/' in path), line
            assert FOLDERS.match(path), line


def programs_are_hardened_and_name_no_folder_of_the_builder():
    folder = OUT / 'test' / 'unpacked'
    for name in NAMES:
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run(['dpkg-deb', '-x', str(deb(name)), str(folder)], check=True)
        for path in (path for path in folder.rglob('*') if path.is_file()):
            data = path.read_bytes()
            assert str(OUT).encode() not in data and str(ROOT).encode() not in data, path
            if data[:4] != b'\x7fELF':
                continue
            said = output('readelf', '-dlhW', str(path))
            assert not re.search(r'RPATH|RUNPATH', said), path
            assert 'DYN (Position-Independent Executable' in said and 'GNU_RELRO' in said and 'NOW' in said, path
            assert re.search(r'GNU_STACK.* RW ', said), path
    shutil.rmtree(folder)


# ---- the machine ----

def an_empty_machine_is_made():
    machine.make()
    machine.apt('update')


def apt_installs_them_with_all_they_need():
    os.makedirs(machine.path('/packages'), exist_ok=True)
    for name in NAMES:
        shutil.copy(deb(name), machine.path('/packages'))
    machine.apt('install', *['./packages/' + deb(name).name for name in NAMES])
    for program in ('guitaictl', 'guitai-hq', 'guitai-emulate'):
        said = machine.run('ldd', '/usr/bin/' + program)
        assert 'not found' not in said, said
    assert 'NotoSansCJK' in machine.run('find', '/usr/share/fonts', '-name', 'NotoSansCJK*')


def accounts_and_folders_are_private():
    for user, folder in (('guitai', STATE), ('guitai-hq', HQ)):
        assert machine.run('stat', '-c', '%U %G %a', folder).split() == [user, user, '700']
        assert re.search(r':%s:/usr/sbin/nologin$' % folder, machine.run('getent', 'passwd', user))
    assert {'dialout', 'lp'} <= set(machine.run('id', '-nG', 'guitai').split())


def the_services_are_whole_off_and_confined():
    for unit in ('guitai.service', 'guitai-hq.service'):
        machine.run('systemd-analyze', 'verify', '--man=no', '/lib/systemd/system/' + unit)
        assert not machine.said.strip(), machine.said
        assert machine.run('systemctl', 'is-enabled', unit, code=1).strip() == 'disabled'
        # 0 is a cell, 100 is root; what is let in: the network, and for the terminal serial lines and printers
        said = machine.run('systemd-analyze', 'security', '--offline=yes', '--threshold=25', unit)
        print('# ' + re.search(r'Overall exposure level.*', said)[0])


# ---- a sale ----

def hq(*words, **options):
    return machine.run('guitai-hq', *words, user='guitai-hq', GUITAI_HQ_DIR=HQ, **options)


def ctl(*words, **options):
    return machine.run('guitaictl', *words, user='guitai', GUITAI_PIN=PIN, **options)


def ctl_json(*words):
    return json.loads(ctl('--json', *words))


def headquarters_is_made_and_serves():
    hq('init', HQ, '--host', 'hq.hall.example')
    for what in ('catalogue', 'staff', 'stock', 'lines'):
        hq(what, 'load', '%s/guitai-hq/examples/%s.json' % (DOC, what))
    options = re.search(r'^GUITAI_HQ_OPTIONS="(.*)"$', machine.path('/etc/default/guitai-hq').read_text('utf-8'), re.M)[1].split()
    assert options == ['--listen', '127.0.0.1', '--port', '8443'], options
    options[-1] = '0'  # somebody may have that port on this machine
    machine.hq, url = machine.start('guitai-hq', 'serve', HQ, *options, user='guitai-hq')
    machine.url = url.replace('127.0.0.1', 'hq.hall.example')


def a_terminal_enrols_by_the_name_of_headquarters():
    ctl('init')
    code = hq('code', '--terminal', 'H017T2', '--hall', 'H017', '--desk', '3', '--class', 'demo').strip()
    ctl('enrol', '--url', machine.url, '--code', code)
    ctl('catalogue', 'pull')
    assert machine.path(STATE + '/terminal.db').exists(), 'the package says where the folder is, nobody has to'


def a_visit_is_sold_and_arrives():
    _reader, _path = machine.start('guitai-emulate', 'id-reader', '--link', '/tmp/reader', '--auto', user='guitai')
    ctl('devices', 'set', '--reader', 'sdt:/tmp/reader')
    ctl('till', 'open', '--count', '500.00', '--staff', '1042')
    papers = '/tmp/papers'
    sold = ctl_json('order', 'run', DOC + '/guitai/examples/visit.json', '--out', papers)
    assert len(sold['orders']) == 2, sold
    assert machine.run('find', papers, '-name', '*.pdf').strip() and machine.run('find', papers, '-name', '*.txt').strip()
    ctl('sync', '--wait', '--seconds', '60')
    assert {order['state'] for order in ctl_json('order', 'list')['orders']} == {'completed'}
    orders = json.loads(hq('orders', '--json'))
    orders = orders['orders'] if isinstance(orders, dict) else orders
    assert sorted(order['state'] for order in orders) == ['completed', 'completed'], orders
    ctl('verify', '--full')


def it_speaks_chinese():
    assert re.search('[\u4e00-\u9fff]', ctl('status', LANGUAGE='zh_CN'))


def the_window_opens():
    """On a screen in memory of the outer machine, which programs of the inner one reach by its abstract socket."""
    read, write = os.pipe()
    screen = subprocess.Popen(['Xvfb', '-displayfd', str(write), '-screen', '0', '1280x800x24', '-nolisten', 'tcp', '-listen', 'local', '-noreset'],
                              pass_fds=[write], stdout=machine.log, stderr=machine.log)
    machine.started.append(screen)
    os.close(write)
    display = ':' + os.fdopen(read).readline().strip()
    said = OUT / 'test' / 'window.log'
    with open(said, 'w', encoding='utf-8') as stream:
        window = subprocess.Popen(machine.command(['guitai'], 'guitai', {'DISPLAY': display, 'LANGUAGE': 'zh_CN', 'HOME': '/tmp', 'GDK_BACKEND': 'x11'}),
                                  stdin=subprocess.DEVNULL, stdout=stream, stderr=stream)
    machine.started.append(window)
    end = time.monotonic() + 60
    tree = ''
    while not re.search(r'"[^"]*(?:Guitai|柜台|guitai)[^"]*"', tree):
        assert window.poll() is None and time.monotonic() < end, said.read_text('utf-8') + tree
        time.sleep(0.1)
        tree = subprocess.run(['xwininfo', '-root', '-tree', '-display', display], stdout=subprocess.PIPE, stderr=machine.log, text=True,
                              env={**os.environ, 'LC_ALL': 'C.UTF-8'}).stdout
    time.sleep(1)
    subprocess.run(['import', '-display', display, '-window', 'root', str(OUT / 'test' / 'window.png')], timeout=30)
    machine.stop(window)
    screen.terminate()
    screen.wait()
    machine.started.remove(screen)
    complaints = [line for line in said.read_text('utf-8').splitlines() if line and 'session bus' not in line]  # no desktop, no bus
    assert not complaints, complaints


def the_folder_is_nobody_elses():
    machine.run('useradd', '--create-home', 'clerk')
    machine.run('guitaictl', '--state', STATE, 'status', user='clerk', code=5)
    machine.run('guitaictl', 'status', code=5)  # root has a folder of its own, and none is there
    home = machine.run('getent', 'passwd', 'root').split(':')[5]
    assert not machine.path(home + '/.local').exists()
    assert machine.run('find', STATE, HQ, '-perm', '/077', '-not', '-type', 'l', '-not', '-name', '*.crt').strip() == ''


# ---- what comes after ----

def fingerprint():
    """Who the terminal is, and what it sold."""
    key = hashlib.sha256(machine.path(STATE + '/device.key').read_bytes()).hexdigest()
    return key, ctl('--json', 'order', 'list'), ctl('--json', 'till', 'status')


def make_newer():
    """The same packages with a higher version."""
    folder = OUT / 'test' / 'newer'
    made = []
    for name in NAMES:
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run(['dpkg-deb', '-R', str(deb(name)), str(folder)], check=True)
        control = folder / 'DEBIAN' / 'control'
        text = re.sub(r'^(Version: .*)$', r'\1+newer1', control.read_text('utf-8'), flags=re.M)
        control.write_text(text, 'utf-8')
        made.append('/packages/%s_newer.deb' % name)
        subprocess.run(['dpkg-deb', '-Zgzip', '-z1', '-b', str(folder), str(machine.path(made[-1]))], stdout=subprocess.DEVNULL, check=True)
    shutil.rmtree(folder)
    return ['.' + path for path in made]


def reinstalling_and_upgrading_keep_the_terminal():
    before = fingerprint()
    machine.path('/etc/default/guitai-hq').write_text('GUITAI_HQ_OPTIONS="--listen 127.0.0.1 --port 8444"\n', 'utf-8')
    machine.apt('install', '--reinstall', *['./packages/' + deb(name).name for name in NAMES])
    assert fingerprint() == before
    machine.apt('install', *make_newer())
    assert machine.run('dpkg-query', '-W', '-f', '${Version}', 'guitai').endswith('+newer1')
    assert fingerprint() == before
    assert '8444' in machine.path('/etc/default/guitai-hq').read_text('utf-8'), "the administrator's settings"
    assert machine.run('stat', '-c', '%U %a', STATE).split() == ['guitai', '700']
    ctl('verify', '--full')


def another_account_can_have_the_folder():
    """docs/install.md, "Whose terminal it is"."""
    machine.path('/etc/tmpfiles.d/guitai.conf').write_text('Z %s - clerk clerk\nd %s 0700 clerk clerk\n' % (STATE, STATE), 'utf-8')
    machine.run('systemd-tmpfiles', '--create', 'guitai.conf')
    machine.run('guitaictl', 'verify', user='clerk')
    machine.apt('install', '--reinstall', './packages/guitai_newer.deb')
    machine.run('guitaictl', 'verify', user='clerk')
    machine.path('/etc/tmpfiles.d/guitai.conf').unlink()


def leftovers():
    """What of the machine is named after us, but for the list of accounts and apt's own."""
    found = machine.run('find', '/', '-xdev', '(', '-path', '/packages', '-o', '-path', '/tmp', '-o', '-path', '/proc', '-o', '-path',
                        '/var/cache/apt', ')', '-prune', '-o', '-name', '*guitai*', '-print')
    return sorted(found.split())


def removal_keeps_books_and_settings():
    machine.stop(machine.hq)
    machine.apt('remove', *NAMES)
    assert machine.path('/etc/default/guitai-hq').exists()
    assert machine.path(STATE + '/terminal.db').exists() and machine.path(HQ + '/hq.db').exists()
    assert not machine.path('/usr/bin/guitaictl').exists()


def purging_leaves_only_books_and_accounts():
    machine.apt('purge', *NAMES)
    assert leftovers() == [STATE, HQ], leftovers()
    assert machine.path(STATE + '/terminal.db').exists() and machine.path(HQ + '/hq.db').exists()


def purging_what_was_never_used_leaves_nothing():
    for folder in (STATE, HQ):
        shutil.rmtree(machine.path(folder))
    machine.apt('install', *['./packages/' + deb(name).name for name in NAMES])
    assert machine.path(STATE).is_dir() and machine.path(HQ).is_dir()
    machine.apt('purge', *NAMES)
    assert leftovers() == [], leftovers()


def main():
    global machine
    reason = what_is_missing()
    if reason:
        tap.skip_all(reason)
    go_inside()
    (OUT / 'test').mkdir(parents=True, exist_ok=True)
    machine = Machine(OUT / 'test')
    try:
        tap.run([
            packages_are_built_from_the_commit, lintian_has_nothing_to_say, nothing_is_in_them_that_does_not_belong_there,
            programs_are_hardened_and_name_no_folder_of_the_builder, an_empty_machine_is_made, apt_installs_them_with_all_they_need,
            accounts_and_folders_are_private, the_services_are_whole_off_and_confined, headquarters_is_made_and_serves,
            a_terminal_enrols_by_the_name_of_headquarters, a_visit_is_sold_and_arrives, it_speaks_chinese, the_window_opens, the_folder_is_nobody_elses,
            reinstalling_and_upgrading_keep_the_terminal, another_account_can_have_the_folder, removal_keeps_books_and_settings,
            purging_leaves_only_books_and_accounts, purging_what_was_never_used_leaves_nothing,
        ], stop=True)
    finally:
        machine.remove()


if __name__ == '__main__':
    main()
