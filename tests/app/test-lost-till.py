#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Money of tills that are lost, restored or copied, at one headquarters over TLS: what went back twice is found there, what a dead till left is
asked for there, and what went right is found by nobody. Real programs throughout.   test-lost-till.py BUILD [CASE…]"""
import json
import shutil
import signal
import subprocess
import sys

import rig
from rig import Hall, PINS

BUILD = sys.argv[1]
tests = rig.Tests()
DONE, REFUSED = 0, 1
CODE = '130000000000000001'
CLERK, SUPERVISOR = '1042', '9001'


def top_up(amounts, *payments):
    """One visit: an order for each amount."""
    def change(script):
        del script['cash']
        script['orders'] = [{'operation': 'top_up', 'target': '15400000099', 'amount': amount} for amount in ([amounts] if isinstance(amounts, str) else amounts)]
        script['payments'] = list(payments)
    return change


class Tills(Hall):
    """One hall; the till that is spoken to is the one whose folder is taken."""

    def __init__(self):
        super().__init__(BUILD, cards=())
        self.hq('set', 'sandbox', '0')
        (self.folder / 'pin').write_text(PINS[SUPERVISOR])
        self.approver = ('--staff', CLERK, '--approver', SUPERVISOR, '--approver-pin-file', self.folder / 'pin')

    def take(self, name):
        """Its state folder, from now on."""
        self.state = self.folder / name

    def copy(self, name):
        """What somebody has who copies the machine's disk, or puts it back from a copy."""
        shutil.copytree(self.state, self.folder / name, ignore=lambda _folder, names: [one for one in names if one == 'lock'])

    def sells(self, *amounts):
        """Top-ups of one visit, all paid by one code; ids of the orders."""
        before = {order['id'] for order in self.orders()}
        code, result = self.visit(top_up(amounts, {'tender': 'qr', 'code': CODE}))
        assert code == DONE, result
        self.ok('sync', '--wait')
        amount = {order['id']: order['today'] for order in self.orders() if order['id'] not in before}
        return sorted(amount, key=lambda one: amounts.index(amount[one]))

    def orders(self):
        return self.ok('order', 'list')['orders']

    def undoes(self, *orders):
        for order in orders:
            self.ok('order', 'undo', order, '--reason', 'wrong amount', *self.approver)
        rig.wait_for(lambda: self.ok('sync') and {order['state'] for order in self.orders() if order['id'] in orders} == {'undone'}, 'the undo')

    def gives_back(self, order, *way):
        return self.ok('order', 'refund', order, *way, *self.approver)['paidOut']

    def found(self, *words):
        """[(kind, detail)] of what headquarters finds."""
        return [(one['kind'], one['detail']) for one in json.loads(self.hq('findings', '--json', *words))]


@tests.add
def a_whole_refund_is_found_by_nobody():
    with Tills() as hall:
        orders = hall.sells('100.00', '70.00')
        hall.undoes(*orders)
        assert [hall.gives_back(order) for order in orders] == ['100.00', '70.00']
        hall.ok('sync', '--wait')
        assert hall.found() == [], hall.found()


@tests.add
def a_refund_that_is_told_twice_is_found_by_nobody():
    """Headquarters has it, and the answer that says so is lost with the till's program: the same bytes come again."""
    with Tills() as hall:
        order, = hall.sells('100.00')
        hall.undoes(order)
        assert hall.gives_back(order) == '100.00'
        hall.copy('again')  # all that is still to be sent lies in both
        hall.ok('sync', '--wait')
        hall.take('again')
        hall.ok('sync', '--wait')
        assert hall.ok('sync', 'list')['messages'] == [] and json.loads(hall.hq('status'))['alarms'] == 0
        assert hall.found() == [], hall.found()


@tests.add
def a_copied_till_gives_back_what_has_gone_back():
    """The till gives all 170 through the gateway. Its copy, off line, serves some customers and gives 100 by slip: found once that is told, to the fen.
    What has a number that has come before is kept apart where it was made."""
    with Tills() as hall:
        orders = hall.sells('100.00', '70.00')
        hall.undoes(*orders)
        hall.copy('copy')
        assert [hall.gives_back(order) for order in orders] == ['100.00', '70.00']
        hall.ok('sync', '--wait')
        assert hall.found() == [], hall.found()
        hall.take('copy')
        hall.stop_hq()
        for n in range(5):
            assert hall.visit(top_up('%d.00' % (10 + n), {'tender': 'cash'}))[0] == DONE
        assert hall.gives_back(orders[0], '--slip', 'R-77') == '100.00'
        assert hall.ctl('order', 'refund', orders[0], '--slip', 'R-78', *hall.approver)[1]['error']['code'] == 'nothing-due'
        hall.start_hq()
        hall.ok('sync')
        assert ('refund', 'refund_over 100.00') in hall.found(), hall.found()
        assert json.loads(hall.hq('status'))['alarms'] > 0
        kept = hall.ok('sync', 'list')['messages']
        assert kept and all(message['state'] == 'quarantined' and message['reason'].startswith('sequence') for message in kept), kept


def kept(hall):
    """What the provider has of each bill: minor units."""
    return [int(path.read_text('utf-8').split()[0]) for path in (hall.folder / 'hq' / 'sandbox').glob('*')]


def breaks_for_good(hall, steer):
    """A customer of 50.00 shows the code; once the provider has heard of it, the till is destroyed."""
    hall.hq('set', 'sandbox', steer)
    hall.hq('set', 'ask_after_s', '1')
    argv = hall.argv('order', 'run', hall.script(top_up('50.00', {'tender': 'qr', 'code': CODE})), '--json')
    clerk = subprocess.Popen(argv, env={**hall.env, 'GUITAI_PIN': PINS[CLERK]}, stdout=subprocess.DEVNULL)
    rig.wait_for(lambda: kept(hall) == [5000], 'the provider to hear of it')
    clerk.kill()
    clerk.wait()
    shutil.rmtree(hall.state)


@tests.add
def a_till_breaks_for_good_and_its_customer_has_paid():
    """Headquarters asks by itself, and says that money came for which nobody has ended an order. It goes on saying so."""
    with Tills() as hall:
        breaks_for_good(hall, '1')
        rig.wait_for(lambda: hall.found() == [('gateway', 'payment_missing')], 'the finding')
        hall.stop(hall.server, signal.SIGKILL)
        hall.start_hq()
        assert hall.found() == [('gateway', 'payment_missing')] and kept(hall) == [5000]


@tests.add
def a_till_breaks_for_good_and_nobody_knows_whether_its_customer_pays():
    """Asked in vain, ever more seldom, over a restart as well; then it is found."""
    with Tills() as hall:
        breaks_for_good(hall, '3')
        hall.stop(hall.server, signal.SIGKILL)
        hall.start_hq()
        assert hall.found() == []
        rig.wait_for(lambda: hall.found() == [('gateway', 'payment_open')], 'the finding')


sys.exit(tests.run())
