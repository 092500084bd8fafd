# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives a GTK program as a person would: AT-SPI to find and read, real keys and clicks (xdotool) to act.

    with App([program]) as app:
        app.fill('text', 'Amount received', '200')
        app.click('push button', 'Take payment')
        app.wait_for('label', 'Change 72.00')

Runs under tests/ui/with-display. A wait has a deadline, never a length; when it is over the exception shows the whole tree. `app.keys`
counts what the person pressed. What is peculiar to GTK 4.8's AT-SPI is dealt with here, each with its reason.
"""
import os
import re
import subprocess
import time
import warnings

import gi

warnings.simplefilter('ignore')
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

import scanner  # noqa: E402

Atspi.init()
Atspi.set_timeout(3000, 10000)

CHILDREN_MAX = 60      # a list shows about 205 rows whatever it holds
HAND_MS = 90           # between two keys of a person: as far above the gap limit of a scan as a scanner is below it
TOPLEVELS = ('frame', 'dialog', 'window', 'alert')


class Deadline(AssertionError):
    """What was waited for did not come."""


def run(*command, text=None, seconds=20, first=None):
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=seconds, preexec_fn=first)
    return done.stdout.strip()


def go_first():
    """A scanner's pace does not hang on how busy the terminal is; who may not have that goes on as he is."""
    try:
        os.setpriority(os.PRIO_PROCESS, 0, -15)
    except PermissionError:
        pass


def type_keys(text, gap_ms):
    """ASCII only. `xdotool type` waits half of what it is told; `xdotool key` all of it."""
    run('xdotool', 'type', '--delay', str(2 * gap_ms), text, seconds=20 + len(text) * gap_ms // 1000, first=go_first)


def plain_name(name):
    """GTK 4.8 names a button with a mnemonic twice: "_Pay Pay", "Pay(_P) Pay(P)". """
    for middle in range(len(name)):
        if name[middle] == ' ' and name[:middle].replace('_', '', 1) == name[middle + 1:].replace('_', '', 1):
            return name[middle + 1:]
    return name


class Node:
    """One accessible. Nodes die under us: whoever walks takes a vanished one for absent."""

    def __init__(self, accessible):
        self.accessible = accessible

    def __eq__(self, other):
        return isinstance(other, Node) and self.accessible == other.accessible

    __hash__ = None

    def __repr__(self):
        return '%s %r' % (self.role, self.name)

    @property
    def role(self):
        return self.accessible.get_role_name()

    @property
    def full_name(self):
        return self.accessible.get_name() or ''

    @property
    def name(self):
        return plain_name(self.full_name)

    @property
    def description(self):
        return self.accessible.get_description() or ''

    @property
    def states(self):
        return {state.value_nick for state in self.accessible.get_state_set().get_states()}

    def has(self, state):
        return state in self.states

    @property
    def extents(self):
        """x, y, width, height within the window, without its shadow."""
        try:
            box = self.accessible.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
            return box.x, box.y, box.width, box.height
        except Exception:
            return 0, 0, 0, 0

    @property
    def is_shown(self):
        """By its size: GTK 4.8 never sets the state "showing" on a widget."""
        return self.extents[2] > 0 and self.extents[3] > 0

    @property
    def parent(self):
        parent = self.accessible.get_parent()
        return Node(parent) if parent else None

    def children(self, most=CHILDREN_MAX):
        """Windows are counted anew for each: GTK 4.8 falls over a number that is one too high while an input method keeps hidden
        windows of its own (fcitx5 does), and a dialog may close while the window before it is walked through."""
        index, count, is_application = 0, None, self.role == 'application'
        while True:
            if is_application or count is None:
                if is_application:
                    self.accessible.clear_cache()
                count = min(self.accessible.get_child_count(), most)
            if index >= count:
                return
            child = self.accessible.get_child_at_index(index)
            index += 1
            if child:
                yield Node(child)

    def walk(self):
        yield self
        for child in self.children():
            yield from child.walk()

    def interfaces(self):
        return self.accessible.get_interfaces()

    @property
    def text(self):
        """What stands in an entry or label; of anything else its name."""
        if 'Text' not in self.interfaces():
            return self.name
        text = self.accessible.get_text_iface()
        return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))

    @property
    def value(self):
        return self.accessible.get_value_iface().get_current_value()

    def actions(self):
        actions = self.accessible.get_action_iface()
        return [Atspi.Action.get_action_name(actions, index) for index in range(actions.get_n_actions())]

    def act(self, name):
        """Not what a person does: for preparing only."""
        return self.accessible.get_action_iface().do_action(self.actions().index(name))

    def matches(self, role, name):
        try:
            if role is not None and self.role != role:
                return False
            if name is None:
                return True
            return bool(name.search(self.name)) if hasattr(name, 'search') else self.name == name
        except Exception:
            return False

    def find_all(self, role=None, name=None, shown=True):
        """@name: exact text or a compiled pattern. What is not shown is left out: pages of a stack, the second set of buttons that
        a message dialog keeps for narrow windows."""
        for node in self.walk():
            if node.matches(role, name) and (not shown or node.is_shown):
                yield node

    def tree(self, depth=0):
        try:
            states = ' '.join(sorted(self.states - {'visible', 'sensitive', 'enabled'}))
            yield '%s%s %r %s %s' % ('  ' * depth, self.role, self.full_name, self.extents, states)
            children = list(self.children(20))
        except Exception:
            return
        for child in children:
            yield from child.tree(depth + 1)


class FocusWatch:
    """Whom the focus was given to last, of all programs, by what they tell. A hint: whoever uses it asks the node whether it is true."""

    def __init__(self):
        self.accessible = None
        self.listener = Atspi.EventListener.new(self._heard)
        self.listener.register('object:state-changed:focused')

    def _heard(self, event):
        if event.detail1 and event.source:
            self.accessible = event.source

    def last(self):
        while GLib.MainContext.default().iteration(False):
            pass
        return Node(self.accessible) if self.accessible else None


FOCUS = FocusWatch()


class App:
    """A running program. @arguments: its command; @environment: added to ours; @name: as AT-SPI knows it."""

    def __init__(self, arguments, name=None, environment=None, seconds=30):
        self.name = name or os.path.basename(arguments[0])
        self.keys = 0
        self.root = None
        self.believed, self.walked_at = None, 0
        self.log = open(os.path.join(os.environ['HOME'], '%s-%d.log' % (self.name, time.monotonic_ns())), 'w+')
        self.process = subprocess.Popen(arguments, stdout=self.log, stderr=subprocess.STDOUT,
                                        env={**os.environ, **(environment or {})})
        try:
            self.root = self.wait(self._find_root, 'the application ' + self.name, seconds)
            self.wait(lambda: list(self.root.children()), 'a window', seconds)
            self.wait(self._windows, 'a window on the screen', seconds)
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _find_root(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child and child.get_process_id() == self.process.pid:
                return Node(child)
        return None

    # ---- waiting

    def wait(self, condition, what, seconds=10):
        """Until @condition gives something, which is given on."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                result = condition()
                if result:
                    return result
            except Deadline:
                raise
            except Exception:
                pass  # a node that vanished while it was asked
            if self.process.poll() is not None:
                raise Deadline('the program ended with %s while waiting for %s\n%s' %
                               (self.process.returncode, what, self.output()[-2000:]))
            if time.monotonic() > deadline:
                raise Deadline('%d s without %s\n%s\n%s' % (seconds, what, self.tree(), self.output()[-1000:]))
            time.sleep(0.03)

    def tree(self):
        return '\n'.join(self.root.tree()) if self.root else ''

    def output(self):
        with open(self.log.name) as log:
            return log.read()

    def find(self, role=None, name=None, seconds=10, inside=None):
        return self.wait(lambda: next((inside or self.root).find_all(role, name), None), '%s %r' % (role, name), seconds)

    wait_for = find

    def wait_gone(self, role=None, name=None, seconds=10):
        self.wait(lambda: next(self.root.find_all(role, name), None) is None, 'no %s %r' % (role, name), seconds)

    def wait_text(self, node, text, seconds=10):
        self.wait(lambda: node.text == text, '%r in %r' % (text, node), seconds)

    def wait_output(self, text, seconds=10):
        self.wait(lambda: text in self.output(), '%r in what the program prints' % text, seconds)

    def focused(self):
        """The innermost one that has the focus. A walk over the whole tree takes up to a second: what a program told of the focus is
        believed if the node says the same, and looked over once a second: a window that is not on top any more tells nothing."""
        now = time.monotonic()
        try:
            last = FOCUS.last()
            if last is None or last.accessible != self.believed:
                self.believed, self.walked_at = last and last.accessible, now
            if now - self.walked_at < 1 and last and last.role not in TOPLEVELS and last.has('focused') and \
                    last.accessible.get_process_id() == self.process.pid:
                return last
        except Exception:
            pass
        self.walked_at = time.monotonic()
        found = None
        for node in self.root.walk():
            try:
                found = node if node.has('focused') and node.role not in TOPLEVELS else found
            except Exception:
                continue
        if found is not None:
            FOCUS.accessible = found.accessible
        return found

    def wait_focus(self, role=None, name=None, seconds=10):
        def is_there():
            node = self.focused()
            while node is not None and not node.matches(role, name):
                node = node.parent
            return node
        return self.wait(is_there, 'the focus on %s %r' % (role, name), seconds)

    # ---- places: AT-SPI knows them within the window only, X knows the window

    def _windows(self):
        found = []
        for window in run('xdotool', 'search', '--onlyvisible', '--pid', str(self.process.pid)).split():
            lines = run('xdotool', 'getwindowgeometry', '--shell', window).split('\n')
            geometry = dict(line.split('=') for line in lines if '=' in line)
            if int(geometry.get('WIDTH', 0)) > 1:
                found.append((run('xdotool', 'getwindowname', window),) +
                             tuple(int(geometry[key]) for key in ('X', 'Y', 'WIDTH', 'HEIGHT')))
        return found

    def place_of(self, node):
        """The middle of a node on the screen. Raw coordinates would hit the shadow, or the neighbour."""
        x, y, width, height = node.extents
        top, is_popover = node, False
        while top is not None and top.role not in TOPLEVELS:
            if re.match(r'GtkPopover(Menu)?$', top.full_name) or top.role == 'menu':
                is_popover = True
                break
            top = top.parent
        top_x, top_y, top_width, top_height = top.extents

        def distance(window):
            name, _x, _y, window_width, window_height = window
            other = 0 if is_popover or name == top.full_name else 10000
            return abs(window_width - top_width) + abs(window_height - top_height) + other

        _name, window_x, window_y, window_width, window_height = min(self._windows(), key=distance)
        if is_popover:
            x, y = x - top_x, y - top_y
        return (window_x + (window_width - top_width) // 2 + x + width // 2,
                window_y + (window_height - top_height) // 2 + y + height // 2)

    # ---- hands

    def click(self, role_or_node, name=None, count=1, button=1):
        node = role_or_node if isinstance(role_or_node, Node) else self.find(role_or_node, name)
        x, y = self.place_of(node)
        run('xdotool', 'mousemove', str(x), str(y), 'sleep', '0.03',
            'click', '--repeat', str(count), '--delay', '60', str(button))
        return node

    def key(self, *keys):
        """Names as xdotool's: "F9", "ctrl+a", "Return". As a person presses them, one after the other."""
        self.keys += len(keys)
        run('xdotool', 'key', '--delay', str(HAND_MS), *keys)

    def type(self, text, delay_ms=HAND_MS):
        """A person's typing, too slow to be a scan. Chinese goes through the clipboard: xdotool loses it."""
        self.keys += len(text)
        if text.isascii():
            type_keys(text, delay_ms)
            return
        # xclip stays behind to own the clipboard: it must not hold our pipe
        run('sh', '-c', 'xclip -selection clipboard -i >/dev/null 2>&1', text=text)
        run('xdotool', 'key', 'ctrl+v')

    def scan(self, code, terminator='Return'):
        """What a wedge scanner sends; @terminator None: it is set to send none."""
        scanner.send(code + {'Return': '\n', 'Tab': '\t', None: ''}[terminator])
        time.sleep(HAND_MS / 1000)  # no hand is as quick as the second Enter of a scanner that sends two

    def fill(self, role_or_node, name, text):
        """Clicks into an entry and replaces what stands there."""
        node = self.click(role_or_node, name)
        self.wait(lambda: any(one.has('focused') for one in node.walk()), 'the focus in %r' % node)
        self.key('ctrl+a')
        self.type(text)
        self.wait_text(node, text)
        return node

    # ---- pictures and the end

    def shot(self, path):
        """The whole screen: popovers and dialogs are windows of their own."""
        run('import', '-window', 'root', path)

    def close(self):
        """Ends the program; its exit status, as subprocess has it."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()
        return self.process.returncode


def run_tests(tests, arguments):
    """Each of (name, function, environment) with a program of its own, as TAP. The exit status. @arguments: its command, or a function of
    the test's name that makes ready and gives it."""
    print('1..%d' % len(tests), flush=True)
    failed = 0
    for number, (name, test, environment) in enumerate(tests, 1):
        keys, output = 0, ''
        try:
            with App(arguments(name) if callable(arguments) else arguments, environment=environment) as app:
                try:
                    test(app)
                finally:
                    keys, output = app.keys, app.output()
        except Exception as error:
            failed += 1
            told = '%s: %s\n%s' % (type(error).__name__, error, output[-2000:])
            print('# %s\nnot ok %d - %s' % ('\n# '.join(told.split('\n')), number, name), flush=True)
        else:
            print('ok %d - %s (%d keys)' % (number, name, keys), flush=True)
    return 1 if failed else 0
