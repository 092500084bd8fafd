#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo's city: the same seed makes the same bytes, what it says of itself is so, headquarters takes all of it, and a hall sells from it. What is
contradictory in such a list is refused with every reason, here and there, and the old list stays in force.   test-city.py BUILD [CASE…]"""
import json
import pathlib
import subprocess
import sys
import tempfile

import rig
from rig import Hall

BUILD = sys.argv[1]
tests = rig.Tests()
DAY = '2026-11-27'
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
NAMES = ('catalogue', 'stock', 'lines', 'customers', 'documents')


def make(folder, *options):
    subprocess.run(['/usr/bin/python3', str(rig.ROOT / 'app' / 'demo' / 'make-city.py'), str(folder), *options], check=True, stdout=subprocess.DEVNULL)
    return {name: (pathlib.Path(folder) / (name + '.json')).read_bytes() for name in NAMES}


def rows_of(city):
    return {name: json.loads(text) for name, text in city.items()}


@tests.add
def the_seed_makes_the_bytes():
    with tempfile.TemporaryDirectory() as folder:
        first, again, other = (make('%s/%d' % (folder, n), '--day', DAY, '--seed', str(seed)) for n, seed in enumerate((7, 7, 8)))
        assert first == again
        assert first['catalogue'] == other['catalogue'] and first['lines'] != other['lines'] and first['stock'] != other['stock']


@tests.add
def it_is_what_it_says():
    with tempfile.TemporaryDirectory() as folder:
        city = rows_of(make(folder, '--day', DAY))
    numbers = [row for row in city['stock'] if row['kind'] == 'msisdn']
    assert (len(city['catalogue']), len(numbers), len(city['customers'])) == (60, 5000, 2000)
    assert {row.get('grade') for row in numbers} == {None, 'A', 'B', 'C'}
    assert len({row['value'] for row in city['stock']}) == len(city['stock'])
    taken = {line['msisdn'] for line in city['lines']}
    assert len(taken) == len(city['lines']) and not taken & {row['value'] for row in numbers}
    # nobody real
    assert all(number.startswith('154') for number in taken | {row['value'] for row in numbers})
    documents = [customer['document'] for customer in city['customers']]
    assert len(set(documents)) == 2000 and all(text.startswith('990000') for text in documents)
    assert all('10X98765432'[sum(int(d) * w for d, w in zip(text, WEIGHTS)) % 11] == text[17] for text in documents)
    # with histories: each line has its owner, and what is owed is what its bills leave open
    assert {line['ownerDocument'] for line in city['lines']} == set(documents)
    assert {line['status'] for line in city['lines']} == {'active', 'suspended', 'closed'}
    owed = dict.fromkeys(taken, 0)
    for bill in (row for row in city['documents'] if row['@type'] == 'CustomerBill'):
        owed[bill['billingAccount']['id']] += round(bill['remainingAmount']['value'] * 100)
    assert all(owed[line['msisdn']] == round(line.get('arrears', {'value': 0})['value'] * 100) for line in city['lines'])


@tests.add
def it_has_one_of_everything():
    with tempfile.TemporaryDirectory() as folder:
        catalogue = rows_of(make(folder, '--day', DAY))['catalogue']
    rows = [row['x-guitai'] for row in catalogue]
    prices = [price.get('x-guitai', {}) for row in catalogue for price in row['productOfferingPrice']]
    kinds = {row['kind'] for row in rows}
    assert kinds == {'plan', 'access', 'service', 'sim', 'prepayment', 'discount', 'top_up', 'goods', 'number_grade'}, kinds
    for name in ('excludes', 'requires', 'groups', 'regions', 'contractMonths', 'appliesTo', 'minimumSpend'):
        assert any(row.get(name) for row in rows), name
    assert {row['penalty']['formula'] for row in rows if 'penalty' in row} == {'share_of_rest', 'fixed'}
    assert sum(1 for row in catalogue if row.get('isBundle')) >= 2 and any('validFor' in row for row in catalogue)
    for name, values in (('firstPeriod', {'full', 'half', 'prorata_days'}), ('effect', {'now', 'nextPeriod'})):
        assert values <= {price.get(name) for price in prices}, name
    assert all(any(name in price for price in prices) for name in ('trial', 'replaces', 'open'))
    assert {price['discount']['stackOrder'] for price in prices if 'discount' in price} >= {1, 2, 3}
    assert {(price['discount']['kind'], price['discount'].get('base')) for price in prices if 'discount' in price} >= {
        ('percent', 'list'), ('percent', 'afterPrevious'), ('amount', None)}


def spoil(catalogue):
    """The list with four mistakes, and a piece of each reason."""
    rows = {row['id']: row for row in json.loads(catalogue)}
    rows['plan-79']['productOfferingPrice'][0]['price']['value'] = -1
    rows['plan-199']['productOfferingPrice'][0]['price']['unit'] = 'XYZ'
    rows['service-caller']['x-guitai']['requires'] = ['service-missed']
    rows['service-guard']['x-guitai']['requires'] = ['service-nobody-has']
    return json.dumps(list(rows.values()), ensure_ascii=False), ('plan-79', 'plan-199', 'service-caller', 'service-nobody-has')


@tests.add
def headquarters_takes_it_and_keeps_it():
    with Hall(BUILD, cards=(), till=False) as hall:
        city = make(hall.folder / 'city', '--day', DAY)
        for name in ('lines', 'catalogue', 'stock', 'documents'):
            hall.hq(name, 'load', hall.folder / 'city' / (name + '.json'))
        pulled = hall.ok('catalogue', 'pull')
        assert pulled['catalogueChanged'] and pulled['offerings'] == 60, pulled
        shown = hall.ok('catalogue', 'show')
        assert not hall.ok('catalogue', 'pull')['catalogueChanged']
        bad, reasons = spoil(city['catalogue'])
        half = city['catalogue'][:len(city['catalogue']) // 2].decode('utf-8', 'ignore')
        for text, wanted in ((bad, reasons), (half, ()), ('[]' + half, ()), ('', ())):
            path = hall.folder / 'bad.json'
            path.write_text(text, 'utf-8')
            code, words = hall.hq_try('catalogue', 'load', path)
            assert code != 0 and all(piece in words for piece in wanted), (code, words)
            assert not hall.ok('catalogue', 'pull')['catalogueChanged']
            assert hall.ok('catalogue', 'show') == shown


sys.exit(tests.run())
