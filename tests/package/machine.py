# SPDX-License-Identifier: GPL-3.0-or-later
"""An empty Debian machine in a folder (debootstrap), of the release that this one is, with the package sources that this one has.

It lives in mount and pid namespaces of its own: whatever way the test ends, mounts and processes end with it.
"""
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys

TOOLS = ('debootstrap', 'dpkg-buildpackage', 'dh', 'lintian', 'unshare', 'chroot', 'tar', 'apt-get', 'readelf', 'Xvfb', 'xwininfo', 'import')
INSIDE = 'GUITAI_TEST_INSIDE'
DEVICES = {'null': (1, 3), 'zero': (1, 5), 'full': (1, 7), 'random': (1, 8), 'urandom': (1, 9), 'tty': (5, 0)}
NAMESPACES = ['unshare', '--mount', '--pid', '--fork', '--kill-child', '--propagation', 'private']
# of the machine's apt settings: how to get at packages, not what to do with them
CARRIED = re.compile(r'^Acquire::(?:https?|ftp|Proxy|Proxy-|Retries|Check-|AllowInsecure|AllowWeak|Max-FutureTime)[^ ]* ".+";$', re.M)


def output(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def what_is_missing():
    """Why there can be no such machine here, or None."""
    if os.geteuid() != 0:
        return 'making a machine (debootstrap, chroot) needs root'
    absent = [tool for tool in TOOLS if not shutil.which(tool, path=os.environ.get('PATH', '') + ':/usr/sbin:/sbin')]
    if absent:
        return 'missing: %s (packaging/install-dependencies)' % ' '.join(absent)
    tried = subprocess.run(NAMESPACES + ['sh', '-c', 'mount -t proc proc /proc && mount -t tmpfs tmpfs /mnt && mknod /mnt/null c 1 3'],
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if tried.returncode:
        return 'no mounts, namespaces or device nodes allowed here: ' + tried.stdout.strip()
    if not find_sources():
        return 'apt of this machine has no Debian sources of its own release (or no lists: apt-get update)'
    return None


def go_inside():
    """Starts this program again in namespaces of its own."""
    if not os.environ.get(INSIDE):
        os.environ[INSIDE] = 'yes'
        os.execvp(NAMESPACES[0], NAMESPACES + [sys.executable] + sys.argv)


def find_sources():
    """[(URI, suite, component, key file or '')] of this release's own archives, first the main one."""
    codename = re.search(r'^VERSION_CODENAME=(\w+)', pathlib.Path('/etc/os-release').read_text('utf-8'), re.M)[1]
    form = '$(CREATED_BY)|$(REPO_URI)|$(RELEASE)|$(COMPONENT)|$(SIGNED_BY)'
    found = []
    for line in output('apt-get', 'indextargets', '--format', form).splitlines():
        kind, uri, suite, component, key = line.split('|')
        if kind == 'Packages' and component == 'main' and suite in (codename, codename + '-updates', codename + '-security'):
            found.append((uri.rstrip('/'), suite, component, key if key.startswith('/') else ''))
    return sorted(set(found), key=lambda source: len(source[1]))


class Machine:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.root = self.folder / 'machine'
        self.base = self.folder / 'base.tar'
        self.cache = self.folder / 'archives'
        self.started = []
        self.env = {key: value for key, value in os.environ.items() if key.lower().endswith('_proxy')}
        self.env.update(PATH='/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL='C.UTF-8', DEBIAN_FRONTEND='noninteractive')
        self.log = open(self.folder / 'machine.log', 'w', encoding='utf-8')

    # ---- making it ----

    def make(self):
        self.cache.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self.root, ignore_errors=True)
        if not self.base.exists():
            self.bootstrap()
        else:
            self.root.mkdir()
            self.host('tar', '-xpf', self.base, '-C', self.root)
        self.carry_settings()
        self.mount()

    def bootstrap(self):
        uri, suite, _component, key = find_sources()[0]
        keyring = ['--keyring=' + key] if key else []
        proxy = re.search(r'^Acquire::http::Proxy "(.+)";', output('apt-config', 'dump'), re.M)
        self.host('debootstrap', '--variant=minbase', '--cache-dir=' + str(self.cache.resolve()), *keyring, suite, self.root, uri,
                  env={**os.environ, **({'http_proxy': proxy[1]} if proxy else {})})
        self.host('tar', '-cpf', str(self.base) + '.new', '-C', self.root, '.')
        os.rename(str(self.base) + '.new', self.base)

    def carry_settings(self):
        """Sources, proxies, keys and certificates, as this machine gets its packages."""
        apt = self.root / 'etc' / 'apt'
        lines = []
        for uri, suite, component, key in find_sources():
            if key:
                self.copy(key)
            lines.append('deb %s%s %s %s\n' % ('[signed-by=%s] ' % key if key else '', uri, suite, component))
        (apt / 'sources.list').write_text(''.join(lines), 'utf-8')
        carried = CARRIED.findall(output('apt-config', 'dump'))
        for name in re.findall(r'"(/[^"]+)"', '\n'.join(carried)):
            self.copy(name)
        carried += ['Acquire::Languages "none";', 'APT::Sandbox::User "root";']
        (apt / 'apt.conf.d' / '90test').write_text('\n'.join(carried) + '\n', 'utf-8')
        for name in ['/etc/resolv.conf', '/etc/ssl/certs/ca-certificates.crt', '/etc/apt/auth.conf'] + \
                [str(path) for path in pathlib.Path('/etc/apt/auth.conf.d').glob('*')]:
            self.copy(name)
        (self.root / 'etc/dpkg/dpkg.cfg.d').mkdir(exist_ok=True)
        (self.root / 'etc/dpkg/dpkg.cfg.d/test').write_text('force-unsafe-io\n', 'utf-8')  # thrown away afterwards
        hosts = '127.0.0.1 localhost\n127.0.0.1 hq.hall.example\n'
        (self.root / 'etc/hosts').write_text(hosts, 'utf-8')

    def copy(self, name):
        if os.path.exists(name):
            target = self.root / name.lstrip('/')
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.is_symlink():
                target.unlink()
            shutil.copyfile(os.path.realpath(name), target)

    def mount(self):
        """Devices of its own: no test reaches this machine's readers and printers."""
        self.host('mount', '-t', 'proc', 'proc', self.root / 'proc')
        self.host('mount', '-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', self.root / 'dev')
        for name, numbers in DEVICES.items():
            os.mknod(self.root / 'dev' / name, stat.S_IFCHR | 0o666, os.makedev(*numbers))
            os.chmod(self.root / 'dev' / name, 0o666)
        (self.root / 'dev/pts').mkdir()
        self.host('mount', '-t', 'devpts', '-o', 'newinstance,ptmxmode=0666,mode=620', 'devpts', self.root / 'dev/pts')
        (self.root / 'dev/ptmx').symlink_to('pts/ptmx')
        (self.root / 'dev/fd').symlink_to('/proc/self/fd')
        self.host('mount', '--bind', self.cache, self.root / 'var/cache/apt/archives')

    def remove(self):
        """The machine goes, what made it quick stays."""
        for process in self.started:
            process.kill()
            process.wait()
        for name in ('var/cache/apt/archives', 'dev/pts', 'dev', 'proc'):
            subprocess.run(['umount', '--lazy', str(self.root / name)], stderr=subprocess.DEVNULL)
        if not any(os.path.ismount(self.root / name) for name in ('var/cache/apt/archives', 'dev', 'proc')):
            shutil.rmtree(self.root, ignore_errors=True)

    # ---- using it ----

    def host(self, *command, env=None):
        self.log.write('# %s\n' % ' '.join(str(word) for word in command))
        self.log.flush()
        subprocess.run([str(word) for word in command], stdout=self.log, stderr=self.log, check=True, env=env)

    def command(self, words, user, env):
        settings = ['%s=%s' % item for item in {**self.env, **env}.items()]
        become = ['setpriv', '--reuid', user, '--regid', user, '--init-groups', '--'] if user else []
        return ['chroot', str(self.root), 'env', '-i'] + settings + become + [str(word) for word in words]

    def run(self, *words, user=None, code=0, **env):
        """Standard output of a program in the machine; its exit code must be @code (None: any)."""
        result = subprocess.run(self.command(words, user, env), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                text=True)
        self.said = result.stderr
        self.log.write('$ %s\n%s%s' % (' '.join(str(word) for word in words), result.stdout, result.stderr))
        self.log.flush()
        assert code is None or result.returncode == code, \
            '%s: %d\n%s%s' % (words, result.returncode, result.stdout[-2000:], result.stderr[-2000:])
        return result.stdout

    def start(self, *words, user=None, **env):
        """A server; gives what stands behind its "ready"."""
        process = subprocess.Popen(self.command(words, user, env), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.log, text=True)
        self.started.append(process)
        line = process.stdout.readline()
        assert line.startswith('ready '), '%s: "%s"' % (words, line)
        return process, line.split(None, 1)[1].strip()

    def stop(self, process):
        process.terminate()  # chroot, env and setpriv are replaced by the program
        assert process.wait(30) == 0, process.returncode
        self.started.remove(process)

    def apt(self, *words):
        self.run('apt-get', '-q', '-y', '--no-install-recommends', *words)

    def path(self, name):
        return self.root / name.lstrip('/')
