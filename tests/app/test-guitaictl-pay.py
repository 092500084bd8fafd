#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Paying by QR and in parts from the command line, with headquarters' sandbox customers: real programs throughout.
test-guitaictl-pay.py BUILD [CASE…]"""
import pathlib
import subprocess
import sys
import time

import rig
from rig import Hall

BUILD = sys.argv[1]
tests = rig.Tests()

DONE, REFUSED, USAGE = 0, 1, 2
CODE = '130000000000000001'


def top_up(amount, *payments):
    def change(script):
        del script['cash']
        script['orders'] = [{'operation': 'top_up', 'target': '15400000099', 'amount': amount}]
        script['payments'] = list(payments)
    return change


def rig_wait(is_done, seconds=60):
    deadline = time.monotonic() + seconds
    while not is_done():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def balance(hall, account):
    return hall.value("SELECT coalesce (sum (minor), 0) FROM balance WHERE account = '%s'" % account)


def code_is_nowhere(hall):
    for path in [*hall.state.rglob('*'), *(hall.folder / 'hq').rglob('*')]:
        if path.is_file():
            assert CODE.encode() not in path.read_bytes(), path


def tills(hall):
    """What the sandbox holds: lines of minor, since, closed, refunded, …"""
    lines = [path.read_text('utf-8').split() for path in (hall.folder / 'hq' / 'sandbox').glob('*')]
    return sorted(int(line[0]) for line in lines if line[3] == '0' and line[6] == '0')


@tests.add
def a_code_is_charged():
    with Hall(BUILD, cards=()) as hall:
        hall.hq('set', 'sandbox', '0')
        code, result = hall.visit(top_up('50.00', {'tender': 'qr', 'code': CODE}), json_output=True)
        assert code == DONE, result
        assert [(p['tender'], p['provider'], p['amount'], p['state']) for p in result['payments']] == [('qr', 'wechat', '50.00', 'succeeded')]
        assert '微信' in result['receiptText'], result['receiptText']
        assert balance(hall, 'qr_clearing:wechat') == 5000 and balance(hall, 'drawer:T2') == 50000
        hall.ok('sync', '--wait')
        assert [order['state'] for order in hall.ok('order', 'list')['orders']] == ['completed']
        for words, found in ((('--paid', '50.00'), 1), (('--paid', '-50'), 1), (('--paid', '50.01'), 0), (('--tender', 'qr'), 1),
                             (('--tender', 'cash'), 0), (('--reference', 'X1'), 0)):
            assert len(hall.ok('order', 'list', *words)['orders']) == found, words
        code, result = hall.ctl('order', 'list', '--tender', 'gold')
        assert (code, result['error']['code']) == (2, 'usage'), (code, result)
        assert tills(hall) == [5000]
        code_is_nowhere(hall)
        assert hall.ok('verify', '--full')['good']


@tests.add
def parts_in_any_mix():
    with Hall(BUILD, cards=()) as hall:
        hall.hq('set', 'sandbox', '0')
        code, result = hall.visit(top_up('120.00', {'tender': 'coupon', 'number': 'YHQ-2026-0001', 'amount': '10.00'}, {'tender': 'cash', 'amount': '30.00'},
                                         {'tender': 'qr', 'provider': 'alipay', 'amount': '60.00'}, {'tender': 'other', 'provider': 'cheque', 'number': '7'}))
        assert code == DONE, result
        assert [p['state'] for p in result['payments']] == ['succeeded'] * 4, result
        assert balance(hall, 'qr_clearing:alipay') == 6000 and balance(hall, 'coupon_clearing') == 1000
        assert balance(hall, 'other_clearing:cheque') == 2000 and balance(hall, 'drawer:T2') == 53000 and balance(hall, 'part_paid') == 0
        hall.ok('sync', '--wait')
        assert [order['state'] for order in hall.ok('order', 'list')['orders']] == ['completed']
        assert tills(hall) == [6000]


@tests.add
def what_is_refused_goes_back():
    with Hall(BUILD, cards=()) as hall:
        hall.hq('set', 'sandbox', '0')
        code, result = hall.visit(top_up('50.04', {'tender': 'cash', 'amount': '20.00'}, {'tender': 'qr', 'code': CODE, 'amount': '10.00'},
                                         {'tender': 'qr', 'code': CODE, 'amount': '20.04'}))
        assert (code, result['error']['code']) == (REFUSED, 'payment-refused'), result
        assert 'NOTENOUGH' in result['error']['detail'] and CODE not in result['error']['detail']
        assert balance(hall, 'drawer:T2') == 50000 and balance(hall, 'qr_clearing:wechat') == 0 and balance(hall, 'part_paid') == 0
        assert hall.value("SELECT group_concat (state, ' ') FROM customer_order") == 'cancelled'
        assert tills(hall) == [2004]  # the refused bill; what was paid went back
        code_is_nowhere(hall)


@tests.add
def a_lost_answer_is_asked_for():
    with Hall(BUILD, cards=()) as hall:
        hall.hq('set', 'sandbox', '0')
        code, result = hall.visit(top_up('50.05', {'tender': 'qr', 'code': CODE}))
        assert code == DONE, result
        events = hall.value("SELECT group_concat (state, ' ') FROM (SELECT state FROM payment_event ORDER BY k)")
        assert events == 'created submitted unknown succeeded', events
        code, result = hall.visit(top_up('50.06', {'tender': 'qr', 'code': CODE}))
        assert (code, result['error']['code']) == (REFUSED, 'payment-refused'), result
        assert tills(hall) == [5005] and balance(hall, 'qr_clearing:wechat') == 5005
        assert balance(hall, 'in_doubt') == 0


@tests.add
def without_a_gateway_nothing_is_taken():
    with Hall(BUILD, cards=()) as hall:
        code, result = hall.visit(top_up('50.00', {'tender': 'qr', 'code': CODE}))
        assert (code, result['error']['code']) == (REFUSED, 'payment-refused') and 'no_gateway' in result['error']['detail'], result
        hall.stop_hq()
        code, result = hall.visit(top_up('50.00', {'tender': 'qr', 'code': CODE}))
        assert (code, result['error']['code']) == (REFUSED, 'payment-refused'), result
        code, result = hall.visit(top_up('50.00', {'tender': 'qr', 'code': '160000000000000000'}))
        assert (code, result['error']['code']) == (REFUSED, 'pay-code'), result
        assert balance(hall, 'part_paid') == 0 and not pathlib.Path(hall.folder / 'hq' / 'sandbox').exists()


def start_terminal(hall, *options):
    """(process, fifo of its commands); the hall's card payments go there."""
    process, _path = hall.start(hall.build / 'devices' / 'guitai-emulate', 'card-terminal', '--link', hall.folder / 'terminal', '--journal',
                                hall.folder / 'terminal.journal', '--control', hall.folder / 'terminal.control', *options)
    hall.ok('devices', 'set', '--card', 'codepay:%s' % (hall.folder / 'terminal'))
    return process


def terminal_did(hall):
    path = hall.folder / 'terminal.journal'
    return [line.split()[0] for line in path.read_text('utf-8').splitlines()] if path.exists() else []


def command_terminal(hall, line):
    (hall.folder / 'terminal.control').write_text(line + '\n', 'utf-8')


@tests.add
def a_card_is_charged_at_the_bank_terminal():
    with Hall(BUILD, cards=()) as hall:
        start_terminal(hall, '--pay-after', '1500', '--fault', 'unmasked', '--fault', 'double', '--fault', 'split')
        code, result = hall.visit(top_up('50.00', {'tender': 'cash', 'amount': '20.00'}, {'tender': 'card'}), json_output=True)
        assert code == DONE, result
        assert [(p['tender'], p['amount'], p['state']) for p in result['payments']] == [('cash', '20.00', 'succeeded'), ('card', '30.00', 'succeeded')]
        assert balance(hall, 'card_clearing') == 3000 and balance(hall, 'drawer:T2') == 52000 and balance(hall, 'part_paid') == 0
        assert terminal_did(hall) == ['asked', 'paid']
        assert hall.value("SELECT count(*) FROM payment_event WHERE detail LIKE '%****3919'") == 1
        for path in [*hall.state.rglob('*'), *(hall.folder / 'hq').rglob('*')]:
            assert not path.is_file() or b'6228480000000' not in path.read_bytes(), path  # the emulated customer's card
        hall.ok('sync', '--wait')
        assert [order['state'] for order in hall.ok('order', 'list')['orders']] == ['completed']
        assert hall.ok('verify', '--full')['good']


@tests.add
def a_card_is_declined_and_a_terminal_is_missing():
    with Hall(BUILD, cards=()) as hall:
        process = start_terminal(hall, '--pay-after', '0', '--fault', 'declined')
        code, result = hall.visit(top_up('50.00', {'tender': 'card'}))
        assert (code, result['error']['code']) == (REFUSED, 'payment-refused') and '051' in result['error']['detail'], result
        hall.stop(process)
        code, result = hall.visit(top_up('50.00', {'tender': 'card'}))
        assert (code, result['error']['code']) == (REFUSED, 'payment-refused') and 'unplugged' in result['error']['detail'], result
        assert hall.ctl('devices', 'set', '--card', 'sdt:/dev/null')[1]['error']['code'] == 'card-terminal'
        hall.ok('devices', 'set', '--card', '')
        code, result = hall.visit(top_up('50.00', {'tender': 'card'}))
        assert (code, result['error']['code']) == (REFUSED, 'tender-number'), result  # without a terminal: by slip
        code, result = hall.visit(top_up('50.00', {'tender': 'card', 'number': '000123'}))
        assert code == DONE and balance(hall, 'card_clearing') == 5000, result
        assert terminal_did(hall) == ['asked', 'failed']


@tests.add
def the_terminal_goes_dark_with_the_card_taken():
    with Hall(BUILD, cards=()) as hall:
        start_terminal(hall, '--pay-after', '200', '--fault', 'power_off@1')
        argv = hall.argv('order', 'run', hall.script(top_up('50.00', {'tender': 'card'})), '--json')
        clerk = rig.subprocess.Popen(argv, env={**hall.env, 'GUITAI_PIN': rig.PINS['1042']}, stdout=rig.subprocess.DEVNULL)
        rig_wait(lambda: terminal_did(hall) == ['asked', 'paid'])
        rig_wait(lambda: hall.value("SELECT count(*) FROM payment_event WHERE state = 'unknown'") == 1)
        clerk.kill()  # and the power goes here, too
        clerk.wait()
        command_terminal(hall, 'plug')
        rig_wait((hall.folder / 'terminal').exists)
        server = hall.serve()
        rig_wait(lambda: hall.value("SELECT count(*) FROM payment_event WHERE state = 'succeeded'") == 1)
        hall.stop(server)
        # nobody has that visit any more: its money is a part that came, kept for who finishes or gives it back
        assert balance(hall, 'part_paid') == -5000 and balance(hall, 'card_clearing') == 5000 and balance(hall, 'in_doubt') == 0
        assert terminal_did(hall) == ['asked', 'paid'] and hall.ok('verify', '--full')['good']


@tests.add
def who_leaves_before_it_is_settled_has_a_slip():
    with Hall(BUILD, cards=()) as hall:
        papers = hall.folder / 'slips'

        def slip(kind, order, *options):
            return hall.ctl('print', 'promise', kind, order, '--staff', '1042', '--to', 'file:%s' % papers, *options)

        def assert_slip(kind, order, letter, ident, *options):
            code, result = slip(kind, order, *options)
            assert code == DONE and (result['kind'], result['order']) == (kind, order), result
            assert result['code'] == 'GTP' + letter + ident.replace('-', '').upper(), result
            texts = [pathlib.Path(name).read_text('utf-8') for name in result['files'] if name.endswith('.txt')]
            assert sum(result['code'] in text and '50.00' in text for text in texts) == 1, texts  # what waited comes out with it

        # nothing to promise yet, and what is asked for must be there
        assert hall.visit(top_up('50.00', {'tender': 'cash', 'amount': '50.00'}))[0] == DONE
        paid = newest(hall)
        for kind in ('payment', 'money'):
            code, result = slip(kind, paid['id'])
            assert (code, result['error']['code']) == (REFUSED, 'state'), result
        assert_slip('paper', paid['id'], 'P', paid['id'])
        assert_slip('paper', paid['id'], 'P', paid['id'], '--printer', 'form')
        assert hall.rows("SELECT printer FROM print_job ORDER BY n DESC LIMIT 2") == [('form',), ('receipt',)]
        for words, wrong in ((('receipt', paid['id']), (USAGE, 'usage')), (('paper', paid['id'], '--printer', 'wall'), (USAGE, 'usage')),
                             (('paper', 'none'), (REFUSED, 'unknown-record'))):
            code, result = slip(*words)
            assert (code, result['error']['code']) == wrong, result

        # money that is owed
        order, approver = undone_sale(hall, {'tender': 'cash', 'amount': '50.00'})
        assert_slip('money', order, 'M', order)
        assert hall.ok('order', 'refund', order, *approver)['paidOut'] == '50.00'
        assert slip('money', order)[1]['error']['code'] == 'state'

        # a payment in doubt
        start_terminal(hall, '--pay-after', '200', '--fault', 'power_off@1')
        clerk = rig.subprocess.Popen(hall.argv('order', 'run', hall.script(top_up('50.00', {'tender': 'card'})), '--json'),
                                     env={**hall.env, 'GUITAI_PIN': rig.PINS['1042']}, stdout=rig.subprocess.DEVNULL)
        rig_wait(lambda: hall.value("SELECT count(*) FROM payment_event WHERE state = 'unknown'") == 1)
        clerk.kill()
        clerk.wait()
        order, visit = hall.rows("SELECT id, visit_id FROM customer_order ORDER BY n DESC LIMIT 1")[0]
        assert_slip('payment', order, 'D', visit)
        assert hall.value("SELECT count(*) FROM journal WHERE kind = 'promise_printed'") == 4
        assert hall.ok('verify', '--full')['good']


def undone_sale(hall, *payments):
    """Id of an order of 50.00 that headquarters has taken back, and who may give the money back."""
    (hall.folder / 'pin').write_text(rig.PINS['9001'])
    approver = ('--staff', '1042', '--approver', '9001', '--approver-pin-file', hall.folder / 'pin')
    assert hall.visit(top_up('50.00', *payments))[0] == DONE
    hall.ok('sync', '--wait')
    order = newest(hall)
    hall.ok('order', 'undo', order['id'], '--reason', 'wrong amount', *approver)
    sync_until(hall, lambda: newest(hall)['state'] == 'undone')
    return order['id'], approver


@tests.add
def a_card_gets_its_money_back_at_the_bank_terminal():
    with Hall(BUILD, cards=()) as hall:
        start_terminal(hall, '--pay-after', '0')
        order, approver = undone_sale(hall, {'tender': 'cash', 'amount': '20.00'}, {'tender': 'card'})
        assert balance(hall, 'card_clearing') == 3000 and balance(hall, 'refund_due') == -5000
        assert hall.ok('order', 'refund', order, *approver)['paidOut'] == '50.00'
        assert terminal_did(hall) == ['asked', 'paid', 'refunded']
        assert balance(hall, 'card_clearing') == 0 and balance(hall, 'refund_due') == 0 and balance(hall, 'drawer:T2') == 50000
        assert hall.ctl('order', 'refund', order, *approver)[1]['error']['code'] == 'nothing-due'
        hall.ok('sync', '--wait')
        assert sorted(message['state'] for message in hall.ok('sync', 'list')['messages']) == []
        assert hall.ok('order', 'halves')['halves'] == [] and hall.ok('verify', '--full')['good']


@tests.add
def each_part_of_a_refund_goes_its_own_way():
    parts = ({'tender': 'cash', 'amount': '10.00'}, {'tender': 'other', 'provider': 'cheque', 'number': '7788', 'amount': '15.00'}, {'tender': 'card'})
    for slip_at_once in (True, False):
        with Hall(BUILD, cards=()) as hall:
            start_terminal(hall, '--pay-after', '0')
            order, approver = undone_sale(hall, *parts)
            if not slip_at_once:
                assert hall.ctl('order', 'refund', order, *approver)[1]['error']['code'] == 'refund-tender'  # and the card has its own
                assert terminal_did(hall) == ['asked', 'paid', 'refunded'] and balance(hall, 'refund_due') == -2500
            paid = hall.ok('order', 'refund', order, '--slip', 'R-77', *approver)['paidOut']
            assert paid == ('50.00' if slip_at_once else '25.00'), paid
            assert terminal_did(hall) == ['asked', 'paid', 'refunded'] and balance(hall, 'refund_due') == 0
            assert hall.rows("SELECT tender, amount_minor FROM payment WHERE number = 'R-77'") == [('other', -1500)]
            assert hall.ok('verify', '--full')['good']


@tests.add
def a_refund_that_the_bank_refuses_is_owed_and_goes_by_slip():
    with Hall(BUILD, cards=()) as hall:
        start_terminal(hall, '--pay-after', '0', '--fault', 'refund_refused')
        order, approver = undone_sale(hall, {'tender': 'card'})
        code, result = hall.ctl('order', 'refund', order, *approver)
        assert (code, result['error']['code']) == (REFUSED, 'refund-refused') and '942' in result['error']['detail'], result
        assert balance(hall, 'card_clearing') == 5000 and balance(hall, 'refund_due') == -5000
        assert hall.ok('order', 'refund', order, '--slip', 'R-77', *approver)['paidOut'] == '50.00'
        assert balance(hall, 'card_clearing') == 0 and terminal_did(hall) == ['asked', 'paid'] and hall.ok('verify', '--full')['good']


@tests.add
def the_power_goes_between_the_refund_and_its_answer():
    with Hall(BUILD, cards=()) as hall:
        start_terminal(hall, '--pay-after', '0', '--fault', 'refund_lost')
        order, approver = undone_sale(hall, {'tender': 'card'})
        argv = hall.argv('order', 'refund', order, *approver, '--json')
        clerk = rig.subprocess.Popen(argv, env={**hall.env, 'GUITAI_PIN': rig.PINS['1042']}, stdout=rig.subprocess.DEVNULL)
        rig_wait(lambda: 'refunded' in terminal_did(hall))
        clerk.kill()
        clerk.wait()
        assert hall.value('SELECT count(*) FROM payment WHERE original_id IS NOT NULL') == 1  # it was written before it was asked
        assert balance(hall, 'refund_due') == -5000
        server = hall.serve()
        rig_wait(lambda: balance(hall, 'refund_due') == 0)
        hall.stop(server)
        assert balance(hall, 'card_clearing') == 0 and terminal_did(hall) == ['asked', 'paid', 'refunded']
        assert hall.ctl('order', 'refund', order, *approver)[1]['error']['code'] == 'nothing-due'
        assert hall.ok('verify', '--full')['good']


def sandbox_refunds(hall):
    """Amounts of all refunds that the provider took."""
    return [int(line.split()[1]) for path in (hall.folder / 'hq' / 'sandbox').glob('*') for line in path.read_text('utf-8').splitlines()[1:]]


def kept(hall):
    """What the sandbox holds of all that it took, less its refunds."""
    return sum(int(path.read_text('utf-8').split()[0]) for path in (hall.folder / 'hq' / 'sandbox').glob('*')) - sum(sandbox_refunds(hall))


def refunds_at_hq(hall):
    copy = hall.folder / ('hq-%d.db' % time.monotonic_ns())
    hall.hq('backup', copy)
    with rig.sqlite3.connect('file:%s?mode=ro' % copy, uri=True) as db:
        return db.execute('SELECT state, amount, reason FROM pay WHERE original IS NOT NULL ORDER BY since_us').fetchall()


@tests.add
def a_qr_gets_its_money_back_through_headquarters():
    with Hall(BUILD, cards=()) as hall:
        hall.hq('set', 'sandbox', '0')
        order, approver = undone_sale(hall, {'tender': 'qr', 'code': CODE, 'amount': '30.00'}, {'tender': 'cash'})
        assert balance(hall, 'qr_clearing:wechat') == 3000 and balance(hall, 'refund_due') == -5000 and kept(hall) == 3000
        assert hall.ok('order', 'refund', order, *approver)['paidOut'] == '50.00'
        assert kept(hall) == 0 and refunds_at_hq(hall) == [('succeeded', 3000, 'SUCCESS')]
        assert balance(hall, 'qr_clearing:wechat') == 0 and balance(hall, 'refund_due') == 0 and balance(hall, 'drawer:T2') == 50000
        assert hall.ctl('order', 'refund', order, *approver)[1]['error']['code'] == 'nothing-due'
        hall.ok('sync', '--wait')
        assert hall.ok('sync', 'list')['messages'] == [] and hall.hq('findings').strip() == '', hall.hq('findings')
        assert hall.ok('order', 'halves')['halves'] == [] and hall.ok('verify', '--full')['good']


@tests.add
def a_qr_refund_that_is_refused_is_owed_and_asked_for_anew():
    with Hall(BUILD, cards=()) as hall:
        hall.hq('set', 'sandbox', '0')
        order, approver = undone_sale(hall, {'tender': 'qr', 'code': CODE})
        hall.hq('set', 'sandbox', '4')
        code, result = hall.ctl('order', 'refund', order, *approver)
        assert (code, result['error']['code']) == (REFUSED, 'refund-refused') and 'NOT_ENOUGH' in result['error']['detail'], result
        assert balance(hall, 'qr_clearing:wechat') == 5000 and balance(hall, 'refund_due') == -5000 and kept(hall) == 5000
        hall.hq('set', 'sandbox', '0')
        assert hall.ok('order', 'refund', order, *approver)['paidOut'] == '50.00'
        assert [state for state, _, _ in refunds_at_hq(hall)] == ['failed', 'succeeded'] and kept(hall) == 0
        assert balance(hall, 'qr_clearing:wechat') == 0 and hall.ok('verify', '--full')['good']


@tests.add
def a_qr_refund_whose_request_or_answer_is_lost_goes_once():
    for fault in ('5', '6'):
        with Hall(BUILD, cards=()) as hall:
            hall.hq('set', 'sandbox', '0')
            order, approver = undone_sale(hall, {'tender': 'qr', 'code': CODE})
            hall.hq('set', 'sandbox', fault)
            assert hall.ok('order', 'refund', order, *approver)['paidOut'] == '50.00'
            assert kept(hall) == 0 and len(refunds_at_hq(hall)) == 1
            assert balance(hall, 'qr_clearing:wechat') == 0 and hall.ok('verify', '--full')['good']


@tests.add
def without_headquarters_a_qr_goes_back_by_slip():
    with Hall(BUILD, cards=()) as hall:
        hall.hq('set', 'sandbox', '0')
        order, approver = undone_sale(hall, {'tender': 'qr', 'code': CODE})
        hall.stop_hq()
        code, result = hall.ctl('order', 'refund', order, *approver)
        assert (code, result['error']['code']) == (REFUSED, 'refund-refused'), result  # at once: nobody was asked
        assert balance(hall, 'refund_due') == -5000
        assert hall.ok('order', 'refund', order, '--slip', 'R-77', *approver)['paidOut'] == '50.00'
        hall.start_hq()
        hall.ok('sync', '--wait')
        assert balance(hall, 'qr_clearing:wechat') == 0, hall.rows('SELECT * FROM balance')
        assert refunds_at_hq(hall) == [] and hall.hq('findings').strip() == '', hall.hq('findings')


@tests.add
def the_power_goes_while_a_qr_refund_is_under_way():
    with Hall(BUILD, cards=()) as hall:
        hall.hq('set', 'sandbox', '0')
        order, approver = undone_sale(hall, {'tender': 'qr', 'code': CODE})
        hall.hq('set', 'sandbox', '1')
        argv = hall.argv('order', 'refund', order, *approver, '--json')
        clerk = rig.subprocess.Popen(argv, env={**hall.env, 'GUITAI_PIN': rig.PINS['1042']}, stdout=rig.subprocess.DEVNULL)
        rig_wait(lambda: sandbox_refunds(hall) == [5000])
        clerk.kill()
        clerk.wait()
        assert balance(hall, 'refund_due') == -5000
        assert hall.ctl('order', 'refund', order, '--slip', 'R-1', *approver)[1]['error']['code'] == 'payment-open'
        server = hall.serve()
        rig_wait(lambda: balance(hall, 'refund_due') == 0)
        hall.stop(server)
        assert kept(hall) == 0 and len(refunds_at_hq(hall)) == 1 and balance(hall, 'qr_clearing:wechat') == 0
        hall.ok('sync', '--wait')
        assert hall.hq('findings').strip() == '' and hall.ok('verify', '--full')['good']


@tests.add
def a_refund_that_nobody_answers_for_is_decided_and_what_comes_late_is_found():
    with Hall(BUILD, cards=()) as hall:
        start_terminal(hall, '--pay-after', '0', '--fault', 'refund_lost')
        order, approver = undone_sale(hall, {'tender': 'card'})
        argv = hall.argv('order', 'refund', order, *approver, '--json')
        clerk = rig.subprocess.Popen(argv, env={**hall.env, 'GUITAI_PIN': rig.PINS['1042']}, stdout=rig.subprocess.DEVNULL)
        rig_wait(lambda: 'refunded' in terminal_did(hall))
        clerk.kill()
        clerk.wait()
        command_terminal(hall, 'unplug')
        rig_wait(lambda: not (hall.folder / 'terminal').exists())
        assert hall.ctl('order', 'refund', order, '--slip', 'R-77', *approver)[1]['error']['code'] == 'payment-open'
        assert hall.ctl('order', 'refund', order, '--decide', 'perhaps', *approver)[1]['error']['code'] == 'usage'
        assert hall.ctl('order', 'refund', order, '--decide', 'not-gone', '--staff', '1042')[1]['error']['code'] == 'approval'
        assert 'paidOut' not in hall.ok('order', 'refund', order, '--decide', 'not-gone', *approver)
        assert [half['kind'] for half in hall.ok('order', 'halves')['halves']] == ['billing_reversed', 'refund_open']
        assert hall.ok('order', 'refund', order, '--slip', 'R-77', *approver)['paidOut'] == '50.00'
        command_terminal(hall, 'plug')
        rig_wait((hall.folder / 'terminal').exists)
        server = hall.serve()
        rig_wait(lambda: hall.value("SELECT count(*) FROM journal WHERE kind = 'refund_twice'") == 1)
        hall.stop(server)
        halves = hall.ok('order', 'halves')['halves']
        assert [(half['kind'], half['order'], half['amount']) for half in halves] == [('refund_twice', order, '50.00')], halves
        hall.ok('order', 'refund', order, '--decide', 'not-gone', *approver)
        assert hall.ok('order', 'halves')['halves'] == [] and hall.ok('verify', '--full')['good']


@tests.add
def coupons_are_used_once():
    coupon = {'tender': 'coupon', 'number': 'YHQ-2026-0002'}
    with Hall(BUILD, cards=()) as hall:
        code, result = hall.visit(top_up('50.00', coupon, {'tender': 'cash'}))
        assert code == DONE and [p['amount'] for p in result['payments']] == ['20.00', '30.00'], result
        assert hall.visit(top_up('50.00', coupon))[1]['error']['code'] == 'coupon-used'
        assert hall.visit(top_up('10.00', {'tender': 'coupon', 'number': 'YHQ-2026-0900'}))[1]['error']['code'] == 'payment-refused'  # another hall's
        assert hall.visit(top_up('10.00', {'tender': 'coupon'}))[1]['error']['code'] == 'tender-number'
        hall.stop_hq()
        code, result = hall.visit(top_up('10.00', {'tender': 'coupon', 'number': 'YHQ-2026-0001'}))  # leased: good without a line
        assert code == DONE, result
        assert hall.visit(top_up('10.00', {'tender': 'coupon', 'number': 'YHQ-2026-0900'}))[1]['error']['code'] == 'coupon-unknown'
        hall.start_hq()
        hall.ok('sync', '--wait')
        assert [order['state'] for order in hall.ok('order', 'list')['orders'] if order['state'] != 'cancelled'] == ['completed'] * 2
        assert balance(hall, 'coupon_clearing') == 3000 and hall.ok('verify', '--full')['good']


def sync_until(hall, is_done):
    deadline = time.monotonic() + 20
    while not is_done():
        assert time.monotonic() < deadline, hall.rows('SELECT * FROM setting')
        hall.ok('sync')


def newest(hall):
    return hall.ok('order', 'list', '--limit', '1')['orders'][0]


@tests.add
def credits_are_taken_back_once():
    with Hall(BUILD) as hall:
        (hall.folder / 'pin').write_text(rig.PINS['9001'])
        approver = ('--staff', '1042', '--approver', '9001', '--approver-pin-file', hall.folder / 'pin')
        assert hall.visit(top_up('50.00', {'tender': 'card', 'number': '000123'}))[0] == DONE
        hall.ok('sync', '--wait')
        order = newest(hall)
        assert order['state'] == 'completed'
        hall.ok('order', 'undo', order['id'], '--reason', 'wrong amount', *approver)
        assert hall.ctl('order', 'undo', order['id'], '--reason', 'again', *approver)[1]['error']['code'] == 'not-cancellable'
        sync_until(hall, lambda: newest(hall)['state'] == 'undone')
        halves = hall.ok('order', 'halves')['halves']
        assert [(half['kind'], half['tender'], half['amount']) for half in halves] == [('billing_reversed', 'card', '50.00')]
        assert hall.ctl('order', 'refund', order['id'], *approver)[1]['error']['code'] == 'refund-tender'
        hall.ok('order', 'refund', order['id'], '--slip', 'R-77', *approver)
        assert hall.ctl('order', 'refund', order['id'], '--slip', 'R-77', *approver)[1]['error']['code'] == 'nothing-due'
        assert hall.ok('order', 'halves')['halves'] == [] and balance(hall, 'card_clearing') == 0
        # a top-up of a wrong number moves, once
        hall.ok('devices', 'set', '--reader', 'sdt:%s' % (hall.folder / 'reader'))
        assert hall.visit(top_up('30.00', {'tender': 'cash'}))[0] == DONE
        hall.ok('sync', '--wait')
        order = newest(hall)
        hall.ok('order', 'correct', order['id'], '--to', '15400000123', '--reason', 'typo', *approver)
        sync_until(hall, lambda: hall.rows("SELECT 1 FROM setting WHERE name = 'take_back.' || ? AND value = 'corrected'", order['id']))
        assert hall.ctl('order', 'correct', order['id'], '--to', '15400000123', '--reason', 'typo', *approver)[1]['error']['code'] == 'not-cancellable'
        hall.stop_hq()
        assert hall.ctl('order', 'correct', order['id'], '--to', '15400000123', '--reason', 'typo', *approver)[1]['error']['code'] == 'not-offered-offline'
        assert hall.ok('verify', '--full')['good']


def read_codes(paper):
    """What the codes of a paper say, as a telephone reads them."""
    return subprocess.run(['zbarimg', '-q', '--raw', str(paper)], capture_output=True, check=True, text=True).stdout.split()


@tests.add
def codes_for_invoices():
    """On each receipt where headquarters has a page for it; another one when the paper is gone, and its secret is on paper alone."""
    with Hall(BUILD, cards=()) as hall:
        page, papers = 'https://invoice.operator.example/claim?op=1', hall.folder / 'papers'
        to = ('--staff', '1043', '--to', 'file:%s' % papers)
        code, result = hall.visit(top_up('20.00', {'tender': 'cash', 'amount': '20.00'}), json_output=True)
        assert code == DONE and '开票' not in result['receiptText'], result
        expect = hall.ctl('print', 'invoice', result['receipt'], *to, pin=rig.PINS['1043'])
        assert expect[1]['error']['code'] == 'operation-not-here', expect
        assert hall.hq_try('set', 'invoice_page', 'http://plain.example/')[0] == 1
        hall.hq('set', 'invoice_page', page)
        hall.ok('sync', '--wait')
        code, result = hall.visit(top_up('50.00', {'tender': 'cash', 'amount': '50.00'}), json_output=True)
        assert code == DONE and '开票码' in result['receiptText'] and '50.00' in result['receiptText'], result
        receipt = result['receipt']
        hall.ok('print', 'invoice', receipt, *to, pin=rig.PINS['1043'])
        codes = [code for path in papers.glob('*.png') for code in read_codes(path) if code.startswith('https')]
        assert len(set(codes)) == 2 and all(code.startswith('%s&n=%s&t=' % (page, receipt)) for code in codes), codes
        hall.ok('sync', '--wait')
        names = hall.rows("SELECT json_extract (CAST (body AS TEXT), '$.name') FROM message WHERE path LIKE '%/till' AND CAST (body AS TEXT) LIKE '%invoice_%' ORDER BY n")
        assert names == [('invoice_claim',), ('invoice_exchanged',)], names
        at_hq = [path.read_bytes() for path in (hall.folder / 'hq').rglob('*') if path.is_file()]
        assert not any(code.split('&t=')[1].encode() in content for code in codes for content in at_hq)
        assert hall.ok('verify', '--full')['good']


sys.exit(tests.run())
