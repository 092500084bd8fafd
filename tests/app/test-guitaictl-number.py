#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the counter sees of an existing number, and what comes to a serving terminal by itself, with the real programs.
test-guitaictl-number.py BUILD [CASE…]"""
import json
import sqlite3
import subprocess
import sys

import rig
from rig import EXAMPLES, PINS, Hall, wait_for

BUILD = sys.argv[1]
tests = rig.Tests()
DONE, REFUSED, USAGE, HQ = 0, 1, 2, 3
FAST = {'GUITAI_TEST_REFRESH': '1'}


def top_up(target, amount):
    return lambda script: script.update(orders=[{'operation': 'top_up', 'target': target, 'amount': amount}], cash='200.00')


def pay_bill(target, amount):
    return lambda script: script.update(cash='200.00', orders=[
        {'operation': 'bill_payment', 'target': target, 'offerings': [{'id': 'bill-payment', 'amount': amount}]}])


def look(hall, number, staff='1042', **options):
    return hall.ctl('line', 'show', number, '--staff', staff, pin=PINS[staff], **options)


@tests.add
def a_number_before_and_after_the_money():
    with Hall(BUILD, cards=()) as hall:
        code, before = look(hall, '15400000123')
        assert code == DONE and before == {
            'number': '15400000123', 'status': 'active', 'owner': '李*', 'plan': {'id': 'plan-59', 'name': '畅享59', 'nameEn': 'Easy 59'},
            'currency': 'CNY', 'balance': '0.00', 'arrears': '33.33', 'arrearsSince': '2026-10-31T16:00:00.000Z', 'payments': []}, before
        for business in (pay_bill('15400000123', '33.33'), top_up('15400000123', '50.00')):
            assert hall.visit(business)[0] == DONE
        hall.ok('sync', '--wait')
        code, after = look(hall, '15400000123', staff='1043')
        assert (code, after['balance'], after['arrears']) == (DONE, '50.00', '0.00') and 'arrearsSince' not in after, after
        assert [(one['amount'], one['operation'], one['clerk'], one['terminal']) for one in after['payments']] == \
            [('50.00', 'top_up', '1042', 'H017T2'), ('33.33', 'bill_payment', '1042', 'H017T2')], after
        assert {one['receipt'] for one in after['payments']} == \
            {row[0] for row in hall.rows('SELECT receipt_number FROM customer_order')}, after
        looks = hall.hq('looks', '15400000123').splitlines()
        assert len(looks) == 2 and '1043' in looks[0] and '1042' in looks[1], looks


@tests.add
def as_a_clerk_reads_it():
    with Hall(BUILD, cards=()) as hall:
        hall.visit(top_up('15400000123', '50.00'))
        hall.ok('sync', '--wait')
        chinese = {'LANGUAGE': 'zh_CN'}
        code, words = look(hall, '15400000123', json_output=False)
        for part in ('15400000123, in service', 'Owner: 李*', 'Plan: 畅享59', 'Balance: 50.00 CNY', 'Arrears: 33.33 CNY since 2026-', '50.00', 'Top-up',
                     'clerk 1042 at H017T2'):
            assert code == DONE and part in words, (part, words)
        code, words = look(hall, '15400000203', json_output=False, env=chinese)
        for part in ('停机', '欠费：78.00 CNY', '最近一小时'):
            assert code == DONE and part in words, (part, words)
        code, words = look(hall, '15400000207', json_output=False, env=chinese)
        assert code == DONE and '机主：未知' in words, words


@tests.add
def numbers_that_are_nobodys():
    with Hall(BUILD, cards=()) as hall:
        code, result = look(hall, '15400099999')
        assert code == REFUSED and result['error']['code'] == 'line-unknown', result
        code, result = look(hall, '1540009999')
        assert code == REFUSED and result['error']['code'] == 'number-syntax', result
        code, result = hall.ctl('line', 'show', '15400000123')
        assert code == USAGE, result  # nobody looks without a name
        code, result = hall.ctl('line', 'show', '15400000123', '--staff', '1042', pin='999999')
        assert code == REFUSED and result['error']['code'] == 'pin-wrong', result
        assert '15400000123' not in hall.hq('looks', '15400000123') and not hall.hq('looks', '15400000123'), 'HQ was asked'


@tests.add
def without_headquarters_the_money_may_still_be_taken():
    with Hall(BUILD, cards=()) as hall:
        hall.stop_hq()
        code, result = look(hall, '15400000123')
        assert code == HQ and (result['error']['domain'], result['error']['code']) == ('app', 'line-unseen'), result
        assert 'may then still be taken' in result['error']['words'] and 'paid, not credited yet' in result['error']['words'], result
        _code, words = look(hall, '15400000123', json_output=False, env={'LANGUAGE': 'zh_CN'})
        assert '已收款·待到账' in words and '联系不上总部' in words, words
        code, result = hall.visit(top_up('15400000123', '50.00'))
        assert code == DONE and not result['onLine'] and '待到账' in result['receiptText'], result
        hall.start_hq()
        hall.ok('sync', '--wait')
        code, after = look(hall, '15400000123')
        assert code == DONE and after['balance'] == '50.00' and len(after['payments']) == 1, after


@tests.add
def handed_over_to_the_owner():
    with Hall(BUILD, cards=()) as hall:
        hall.serve()
        code, result = look(hall, '15400000123')
        assert code == DONE and result['owner'] == '李*', result
        hall.stop_hq()
        code, result = look(hall, '15400000123')
        assert code == HQ and result['error']['code'] == 'line-unseen', result


@tests.add
def what_is_an_owners_is_done_for_the_owner_only():
    """The card that is read decides at headquarters: its numbers, not its neighbour's; paid and open ones."""
    with Hall(BUILD) as hall:  # 测试甲 stands there
        def ends(operation, target):
            before = hall.value('SELECT count(*) FROM customer_order')
            code, result = hall.visit(lambda script: (script.pop('cash', None), script.update(
                sign=True, orders=[{'operation': operation, 'target': target}])))
            assert code == DONE, result
            hall.ok('sync', '--wait')
            assert hall.value('SELECT count(*) FROM customer_order') == before + 1
            order = result['orders'][0]['id']
            wait_for(lambda: hall.ok('order', 'show', order)['state'] in ('completed', 'rejected'), 'the answer')
            shown = hall.ok('order', 'show', order)
            return shown['state'], shown.get('hqReason')

        hall.ok('sync', '--wait')
        assert ends('detail_bill', '15400000221') == ('completed', None)
        assert ends('detail_bill', '15400000223') == ('rejected', 'not_owner')
        assert ends('detail_bill', '15400000205') == ('rejected', 'owner_unknown')
        assert ends('port_out_code', '15400000222') == ('rejected', 'arrears')
        assert ends('close', '15400000221') == ('completed', None)
        assert ends('close', '15400000221') == ('rejected', 'line_closed')
        assert ends('balance', '15400000199') == ('rejected', 'line_unknown')
        assert ends('balance', '15400000205') == ('completed', None)
        assert look(hall, '15400000221')[1]['status'] == 'closed'
        other = next(one['id'] for one in hall.ok('order', 'list')['orders'] if one['msisdn'] == '15400000223')
        assert '号码不在所读证件的客户名下' in hall.ctl('order', 'show', other, json_output=False, env={'LANGUAGE': 'zh_CN'})[1]


# ---- what comes by itself ----

def change(path, *statements):
    """By a hand that is not the owner's, while nobody has the file open."""
    database = sqlite3.connect(path)
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()


def load(hall, what, content):
    path = hall.folder / 'load.json'
    path.write_text(json.dumps(content, ensure_ascii=False), 'utf-8')
    hall.hq(what, 'load', path)


def new_catalogue(hall, name, sim_card=20.00):
    offerings = json.loads((EXAMPLES / 'catalogue.json').read_text('utf-8'))
    offerings[0]['name'] = name
    for offering in offerings:
        if offering['id'] == 'sim-card':
            offering['productOfferingPrice'][0]['price']['value'] = sim_card
    load(hall, 'catalogue', offerings)


def first_name(hall):
    return hall.ok('catalogue', 'show')['offerings'][0]['name']


def disable(hall, number):
    load(hall, 'staff', [{'number': number, 'name': '李明', 'role': 'senior_clerk', 'pin': PINS[number], 'disabled': True}])


def is_disabled(hall, number):
    return {person['number']: person['disabled'] for person in hall.ok('staff')['staff']}[number]


@tests.add
def news_arrive_without_a_command():
    with Hall(BUILD, cards=()) as hall:
        hall.env.update(FAST)
        hall.serve()
        new_catalogue(hall, '畅享39（新）')
        disable(hall, '1043')
        wait_for(lambda: first_name(hall) == '畅享39（新）', 'the new catalogue')
        wait_for(lambda: is_disabled(hall, '1043'), 'the staff list')
        # in force at the desk, too, not only in the file
        code, result = look(hall, '15400000123', staff='1043')
        assert code == REFUSED and result['error']['code'] == 'staff-unknown', result
        assert hall.visit(top_up('15400000123', '50.00'))[0] == DONE
        # and again: it is no matter of the first time
        new_catalogue(hall, '畅享39（再新）')
        wait_for(lambda: first_name(hall) == '畅享39（再新）', 'the next catalogue')


@tests.add
def stock_comes_by_itself():
    with Hall(BUILD, cards=()) as hall:
        hall.env.update(FAST)
        free = "SELECT count(*) FROM resource WHERE kind = 'msisdn' AND state = 'leased'"
        first = hall.value(free)
        assert first >= 10
        change(hall.state / 'terminal.db', "UPDATE resource SET state = 'used' WHERE kind = 'msisdn'")
        hall.serve()
        wait_for(lambda: hall.value(free) >= 10, 'numbers')


@tests.add
def news_arrive_when_headquarters_comes_back():
    with Hall(BUILD, cards=()) as hall:
        hall.serve()  # every ten minutes: what comes, comes because the line is back
        wait_for(lambda: hall.ctl('sync')[0] == DONE, 'the first contact')
        hall.stop_hq()
        assert hall.visit(top_up('15400000123', '50.00'))[0] == DONE
        new_catalogue(hall, '畅享39（新）')
        disable(hall, '1043')
        hall.start_hq()
        wait_for(lambda: first_name(hall) == '畅享39（新）' and is_disabled(hall, '1043'), 'news')
        assert hall.ok('status')['outbox']['waiting'] == 0


@tests.add
def never_under_a_visit():
    with Hall(BUILD, cards=()) as hall:
        hall.env.update(FAST)
        control = hall.folder / 'control'
        hall.start(hall.build / 'devices' / 'guitai-emulate', 'id-reader', '--link', hall.folder / 'reader', '--control', control)
        control.write_text('remove\n', 'utf-8')
        hall.serve()
        script = hall.script()
        argv = hall.argv('order', 'run', script, '--json')
        with subprocess.Popen(argv, env={**hall.env, 'GUITAI_PIN': PINS['1042']}, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as visit:
            wait_for(lambda: hall.value("SELECT count(*) FROM journal WHERE kind = 'sign_in'") > 1, 'the visit')  # the till's and this one's
            new_catalogue(hall, '畅享39（新）', sim_card=25.00)
            wait_for(lambda: first_name(hall) == '畅享39（新）', 'the new catalogue')  # it is in the file
            control.write_text('card prc\n', 'utf-8')
            result = json.loads(visit.communicate(timeout=rig.DEADLINE_S)[0])
        assert result['total'] == '170.00', result  # by the prices that the visit began with
        control.write_text('remove\n', 'utf-8')
        control.write_text('card prc\n', 'utf-8')
        code, result = hall.visit()
        assert code == DONE and result['total'] == '175.00', result  # the next one by the new


@tests.add
def a_bad_catalogue_keeps_nothing_else_away():
    with Hall(BUILD, cards=()) as hall:
        hall.env.update(FAST)
        good = first_name(hall)
        hall.stop_hq()
        change(next((hall.folder / 'hq').glob('*.db')), "UPDATE offering SET body = CAST('{\"id\":\"plan-39\"}' AS BLOB) WHERE id = 'plan-39'",
               "UPDATE setting SET value = 'other' WHERE name = 'catalogue_etag'")
        disable(hall, '1043')
        hall.start_hq()
        hall.serve()
        wait_for(lambda: is_disabled(hall, '1043'), 'the staff list')
        assert first_name(hall) == good
        assert hall.value("SELECT count(*) FROM journal WHERE kind = 'catalogue_refused'") >= 1


sys.exit(tests.run())
