#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A city to try things in: what is sold, numbers, SIM cards, customers with lines and bills, as files for guitai-hq.

  make-city.py FOLDER [--seed 1] [--day 2026-11-27]

The same seed and day make the same bytes. Nobody real: numbers begin with 154, which is not assigned, and documents' numbers
with the region 990000, which does not exist; their check digits are right.
"""
import argparse
import datetime
import json
import os
import random

HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLES = os.path.join(HERE, '..', '..', 'docs', 'examples')
N_NUMBERS, N_SIMS, N_CUSTOMERS, N_BILLS, N_CARDS = 5000, 1000, 2000, 3, 5
REGION = '990000'
CHINA = datetime.timezone(datetime.timedelta(hours=8))


def cny(fen):
    return {'unit': 'CNY', 'value': fen / 100}


def moment(day):
    """Midnight in the hall, as HQ writes it."""
    start = datetime.datetime(day.year, day.month, day.day, tzinfo=CHINA).astimezone(datetime.timezone.utc)
    return start.strftime('%Y-%m-%dT%H:%M:%S.000Z')


def add_months(day, months):
    count = day.year * 12 + day.month - 1 + months
    return datetime.date(count // 12, count % 12 + 1, 1)


# ---- what is sold ----

def offering(kind, ident, name, english, terms=None, prices=(), **more):
    """@terms: in Chinese and in English."""
    extension = {'kind': kind, 'names': {'en': english}}
    if terms is not None:
        extension.update(keyTerms=terms[0], terms={'en': terms[1]})
    top = {key: more.pop(key) for key in ('isSellable', 'lifecycleStatus', 'validFor', 'bundledProductOffering') if key in more}
    extension.update(more)
    row = {'id': ident, 'name': name, 'version': '1', 'lifecycleStatus': 'Active', 'isSellable': True,
           'x-guitai': extension, 'productOfferingPrice': list(prices)}
    row.update(top)
    if 'bundledProductOffering' in row:
        row['isBundle'] = True
    return row


def monthly(ident, fen, first='prorata_days', valid=None, **more):
    extension = {'firstPeriod': first, 'rounding': 'half_up'}
    extension.update(more)
    price = {'id': ident, 'priceType': 'recurring', 'recurringChargePeriodType': 'month', 'recurringChargePeriodLength': 1,
             'price': cny(fen), 'x-guitai': extension}
    if valid:
        price['validFor'] = valid
    return price


def once(ident, fen, kind='oneTime'):
    return {'id': ident, 'priceType': kind, 'price': cny(fen)}


def rule(ident, **discount):
    return {'id': ident, 'priceType': 'recurring', 'price': cny(0), 'x-guitai': {'discount': discount}}


def part(ident, least=1, most=1, first=1, price='included'):
    return {'id': ident, 'bundledProductOfferingOption': {
        'numberRelOfferLowerLimit': least, 'numberRelOfferUpperLimit': most, 'numberRelOfferDefault': first},
        'x-guitai': {'price': price}}


def plans(day):
    change = add_months(day, 3)
    rows = []
    for fen, data in ((1900, 3), (2900, 5), (7900, 40), (12900, 80), (15900, 100), (19900, 150), (29900, 300)):
        yuan = fen // 100
        rows.append(offering('plan', 'plan-%d' % yuan, '畅享%d' % yuan, 'Easy %d' % yuan,
                             ('畅享%d套餐：月费%d.00元，含国内流量%dGB；当月按天计费，次月起按整月计费。' % (yuan, yuan, data),
                              '%d.00 yuan a month with %d GB within the country; the first month by the day.' % (yuan, data)),
                             [monthly('plan-%d-fee' % yuan, fen)]))
    rows += [
        offering('plan', 'plan-69', '智享69', 'Smart 69',
                 ('智享69套餐：月费69.00元，%s起调整为75.00元；调价前办理的，届时同样调整，可免费换套餐。' % change,
                  '69.00 yuan a month, 75.00 from %s on, also for who signs before; changing to another plan is free then.' % change),
                 [monthly('plan-69-fee', 6900),
                  monthly('plan-69-fee-new', 7500, replaces='plan-69-fee', valid={'startDateTime': moment(change)})]),
        offering('plan', 'plan-senior', '银龄29', 'Senior 29', ('银龄29套餐：月费29.00元，次月生效，含来电显示。', '29.00 yuan a month from the next month on, with caller display.'),
                 [monthly('plan-senior-fee', 2900, first='full', effect='nextPeriod')]),
        offering('plan', 'plan-student', '校园19', 'Campus 19', ('校园19套餐：仅限在校学生，月费19.00元。', 'For students only, 19.00 yuan a month.'),
                 [monthly('plan-student-fee', 1900)], groups=['student']),
        offering('plan', 'plan-island', '海岛39', 'Island 39', ('海岛39套餐：仅限海岛营业区办理。', 'In the halls of the island only.'),
                 [monthly('plan-island-fee', 3900)], regions=['island']),
        offering('plan', 'plan-old-49', '旧版49', 'Old 49', ('已停止销售。', 'Not sold any more.'), [monthly('plan-old-49-fee', 4900)],
                 lifecycleStatus='Retired'),
        offering('plan', 'bundle-129', '全家融合129', 'Family bundle 129',
                 ('全家融合129：月费129.00元，含300M宽带、高清电视各1路；副卡每张每月10.00元，最多3张。合约期24个月，提前解约按剩余月费的30%支付违约金。',
                  '129.00 yuan a month with broadband 300M and television; further SIMs 10.00 a month each, at most 3. '
                  'Contract of 24 months; leaving early costs 30 % of the fees that are left.'),
                 [monthly('bundle-129-fee', 12900)], contractMonths=24, penalty={'formula': 'share_of_rest', 'percent': 30},
                 bundledProductOffering=[part('access-300'), part('access-tv'), part('access-second-sim', 0, 3, 0, 'own')]),
        offering('plan', 'bundle-199', '全家融合199', 'Family bundle 199',
                 ('全家融合199：月费199.00元，含1000M宽带、高清电视2路、副卡1张。合约期24个月，提前解约支付违约金300.00元。',
                  '199.00 yuan a month with broadband 1000M, two televisions and a further SIM. '
                  'Contract of 24 months; leaving early costs 300.00 yuan.'),
                 [monthly('bundle-199-fee', 19900)], contractMonths=24,
                 penalty={'formula': 'fixed', 'amount': cny(30000)},
                 bundledProductOffering=[part('access-1000'), part('access-tv', 1, 2, 2), part('access-second-sim', 1, 3, 1)]),
    ]
    return rows


def beside():
    return [
        offering('access', 'access-100', '宽带100M', 'Broadband 100M', ('宽带100M：每月50.00元，装机费100.00元。', 'Broadband 100M: 50.00 yuan a month; installation 100.00.'),
                 [monthly('access-100-fee', 5000), once('access-100-install', 10000)]),
        offering('access', 'access-300', '宽带300M', 'Broadband 300M', ('宽带300M：每月70.00元，装机费100.00元。', 'Broadband 300M: 70.00 yuan a month; installation 100.00.'),
                 [monthly('access-300-fee', 7000), once('access-300-install', 10000)]),
        offering('access', 'access-1000', '宽带1000M', 'Broadband 1000M', ('宽带1000M：每月110.00元，免装机费。', 'Broadband 1000M: 110.00 yuan a month; installation is free.'),
                 [monthly('access-1000-fee', 11000)]),
        offering('access', 'access-tv', '高清电视', 'Television', ('高清电视：每月20.00元，只随融合套餐办理。', 'Television: 20.00 yuan a month, in bundles only.'),
                 [monthly('access-tv-fee', 2000)], isSellable=False),
        offering('access', 'access-second-sim', '副卡', 'Further SIM', ('副卡：每张每月10.00元，共享主卡流量和通话。', 'Further SIM: 10.00 yuan a month each; it shares data and calls of the main line.'),
                 [monthly('access-second-sim-fee', 1000)]),
        offering('access', 'access-mesh', '全屋WiFi', 'Whole-home WiFi', ('全屋WiFi：每月15.00元，设备押金100.00元，退还设备时退还。',
                  'Whole-home WiFi: 15.00 yuan a month; a deposit of 100.00 for the device, given back with it.'),
                 [monthly('access-mesh-fee', 1500), once('access-mesh-deposit', 10000, 'deposit')]),
    ]


def services():
    rows = []
    trials = (('music', '音乐会员', 'Music', 1200, 3), ('cloud', '云盘会员', 'Cloud drive', 1000, 1),
              ('read', '阅读会员', 'Reading', 800, 2), ('game', '游戏加速', 'Game boost', 1800, 1))
    for ident, name, english, fen, months in trials:
        rows.append(offering('service', 'service-' + ident, name, english,
                             ('%s：免费试用%d个账期，期满自动停止；您另行确认后，每月%d.00元，可随时退订。' % (name, months, fen // 100),
                              '%s: free for %d billing month%s, then it ends by itself. If you say yes once more, %d.00 yuan a month. '
                              'You can end it at any time.' % (english, months, 's' if months > 1 else '', fen // 100)),
                             [monthly('service-%s-fee' % ident, fen, trial={'months': months})]))
    beside = {'missed': {'requires': ['service-caller']}, 'data-20': {'excludes': ['service-data']}}
    for ident, name, english, fen, first in (('voicemail', '语音信箱', 'Voice mail', 200, 'full'),
                                             ('missed', '来电提醒', 'Missed calls', 300, 'half'),
                                             ('roaming', '国际漫游', 'Roaming', 0, 'full'),
                                             ('guard', '防骚扰', 'Spam guard', 400, 'half'),
                                             ('data-20', '20GB流量包', 'Data 20 GB', 3000, 'prorata_days')):
        rows.append(offering('service', 'service-' + ident, name, english, ('%s：每月%.2f元，可随时退订。' % (name, fen / 100),
                                                                                 '%s: %.2f yuan a month. You can end it at any time.' % (english, fen / 100)),
                             [monthly('service-%s-fee' % ident, fen, first=first)], **beside.get(ident, {})))
    return rows


def goods():
    rows = [offering('goods', 'goods-' + ident, name, english, None, [once('goods-%s-price' % ident, fen)])
            for ident, name, english, fen in (
                ('phone-a', '星辰A手机', 'Star A phone', 129900), ('phone-b', '星辰B手机', 'Star B phone', 259900),
                ('phone-senior', '长者手机', 'Senior phone', 39900), ('earphones', '蓝牙耳机', 'Earphones', 19900),
                ('cable', '数据线', 'Cable', 1990), ('router', '无线路由器', 'Router', 24900),
                ('tablet', '星辰平板', 'Star tablet', 159900))]
    rows += [offering('prepayment', 'prepay-%d' % yuan, '预存话费%d元' % yuan, 'Prepayment %d' % yuan, None,
                      [once('prepay-%d-amount' % yuan, yuan * 100, 'deposit')]) for yuan in (200, 500, 1000)]
    return rows


def campaigns(day):
    return [
        offering('discount', 'campaign-10', '金秋每月减10元（12个月）', '10 off for twelve months',
                 ('金秋活动：畅享79及以上套餐每月减10.00元，共12个月。', 'Autumn offer: 10.00 yuan off a month for 12 months, from Easy 79 on.'),
                 [rule('campaign-10-rule', kind='amount', amount=10, months=12, stackOrder=2)],
                 validFor={'startDateTime': moment(add_months(day, -1)), 'endDateTime': moment(add_months(day, 3))},
                 appliesTo=['plan-79', 'plan-99', 'plan-129', 'plan-159', 'plan-199', 'bundle-129', 'bundle-199']),
        offering('discount', 'campaign-staff', '老客户九五折', '5 % off for ever', ('老客户优惠：折后再打九五折，长期有效。',
                                                                                'For old customers: another 5 % off, for ever.'),
                 [rule('campaign-staff-rule', kind='percent', percent=5, base='afterPrevious', months=0, stackOrder=3)],
                 appliesTo=['plan-59', 'plan-69', 'plan-79', 'plan-99', 'bundle-129']),
        offering('discount', 'campaign-past', '暑期半价', 'Summer half price', ('已结束。', 'It is over.'),
                 [rule('campaign-past-rule', kind='percent', percent=50, base='list', months=3, stackOrder=1)],
                 appliesTo=['plan-59'],
                 validFor={'startDateTime': moment(add_months(day, -5)), 'endDateTime': moment(add_months(day, -2))}),
    ]


GRADES = (('A', 'A级靓号', 'Grade A', 19900), ('B', 'B级靓号', 'Grade B', 12900), ('C', 'C级靓号', 'Grade C', 5900))


def grades():
    return [offering('number_grade', 'grade-' + grade.lower(), name, english,
                     ('%s：套餐月费不低于%d.00元，在网24个月内不得过户。' % (name, fen // 100),
                      '%s: a plan of at least %d.00 yuan a month; no transfer to another owner within 24 months.' % (english, fen // 100)),
                     grade=grade, minimumSpend=cny(fen), contractMonths=24) for grade, name, english, fen in GRADES]


def make_catalogue(day):
    with open(os.path.join(EXAMPLES, 'catalogue.json'), encoding='utf-8') as file:
        rows = json.load(file)
    known = {row['id'] for row in rows}
    for row in rows: # a plan excludes the other plans by being one; lists of them would go stale
        if row['x-guitai']['kind'] == 'plan':
            row['x-guitai'].pop('excludes', None)
    made = plans(day) + beside() + services() + goods() + campaigns(day) + grades()
    return rows + [row for row in made if row['id'] not in known]


# ---- numbers ----

def run_length(tail, step):
    length = 1
    while length < len(tail) and int(tail[-length]) - int(tail[-length - 1]) == step:
        length += 1
    return length


def follows(digits, pattern):
    tail = digits[-len(pattern):]
    return all((pattern[i] == pattern[j]) == (tail[i] == tail[j])
               for i in range(len(pattern)) for j in range(i + 1, len(pattern)))


def grade_of(number):
    """The city's own price list for the tags of tests/data/pretty_numbers.json."""
    tail = number[-8:]
    same, up, down = run_length(tail, 0), run_length(tail, 1), run_length(tail, -1)
    if same >= 4 or up >= 6 or down >= 6:
        return 'A'
    if same == 3 or up >= 4 or down >= 4 or follows(tail, 'ABCDABCD') or follows(tail, 'ABCABC'):
        return 'B'
    if up == 3 or down == 3 or any(follows(tail, pattern) for pattern in ('AABB', 'ABAB', 'ABBA')):
        return 'C'
    return None


def luhn(digits):
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def make_stock(chance):
    with open(os.path.join(EXAMPLES, 'stock.json'), encoding='utf-8') as file:
        rows = json.load(file)
    values = {row['value'] for row in rows}
    numbers = [row['value'] for row in rows if row['kind'] == 'msisdn']
    rows = [row for row in rows if row['kind'] != 'msisdn']
    while len(numbers) < N_NUMBERS:
        number = '154%08d' % chance.randrange(10 ** 8)
        if number not in values and not number.startswith('15400000'): # those are the examples' customers
            values.add(number)
            numbers.append(number)
    for number in numbers:
        grade = grade_of(number)
        rows.append({'kind': 'msisdn', 'value': number} | ({'grade': grade} if grade else {}))
    for serial in range(N_SIMS):
        body = '898600002027%07d' % serial
        rows.append({'kind': 'iccid', 'value': body + luhn(body)})
    return rows, values


# ---- customers ----

SURNAMES = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任沈'
GIVEN = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国文斌晨欣怡子涵宇轩梓睿浩然'
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def make_document(chance, seen):
    while True:
        born = datetime.date(1945, 1, 1) + datetime.timedelta(days=chance.randrange(365 * 62))
        body = '%s%s%03d' % (REGION, born.strftime('%Y%m%d'), chance.randrange(1, 999))
        if body not in seen:
            seen.add(body)
            return body + '10X98765432'[sum(int(d) * w for d, w in zip(body, WEIGHTS)) % 11]


def make_card(customer):
    """What the emulated ID reader lays on its plate."""
    number = customer['document']
    return {'kind': 'prc', 'name': customer['name'], 'sex': '1' if int(number[16]) % 2 else '2', 'nation': '01',
            'birth': number[6:14], 'addr': '测试省测试市测试区样例路1号', 'id': number, 'issuer': '测试市公安局',
            'start': '20200101', 'end': '20400101'}


class City:
    def __init__(self, chance, day, catalogue, taken):
        self.chance, self.day, self.taken = chance, day, taken
        self.plans = [row for row in catalogue if row['x-guitai']['kind'] == 'plan' and
                      row['lifecycleStatus'] == 'Active' and not row.get('isBundle')]
        self.services = [row for row in catalogue if row['x-guitai']['kind'] == 'service']
        self.lines, self.customers, self.documents = [], [], []

    def number(self):
        while True:
            number = '154%08d' % self.chance.randrange(10 ** 8)
            if number not in self.taken:
                self.taken.add(number)
                return number

    def fee(self, row):
        return round(row['productOfferingPrice'][0]['price']['value'] * 100)

    def add_bill(self, number, month, rates, open_fen):
        ident, ends = '%s-%s' % (number, month.strftime('%Y%m')), add_months(month, 1)
        period = {'startDateTime': moment(month), 'endDateTime': moment(ends)}
        due = sum(fen for _, _, fen in rates)
        state = 'settled' if open_fen == 0 else 'new' if open_fen == due else 'partiallyPaid'
        self.documents.append({
            '@type': 'CustomerBill', 'id': ident, 'billNo': month.strftime('%Y%m') + number[-8:], 'state': state,
            'category': 'normal', 'runType': 'onCycle', 'billDate': moment(ends), 'billingPeriod': period,
            'paymentDueDate': moment(ends + datetime.timedelta(days=24)), 'billingAccount': {'id': number},
            'amountDue': cny(due), 'taxIncludedAmount': cny(due), 'remainingAmount': cny(open_fen),
            'billDocument': [{'id': ident, 'name': '账单'}]})
        for k, (name, english, fen) in enumerate(rates, 1):
            self.documents.append({
                '@type': 'AppliedCustomerBillingRate', 'id': '%s-%d' % (ident, k), 'name': name,
                'type': 'appliedBillingCharge', 'isBilled': True, 'date': moment(ends), 'bill': {'id': ident},
                'billingAccount': {'id': number}, 'product': {'id': number}, 'periodCoverage': period,
                'taxIncludedAmount': cny(fen), 'x-guitai': {'names': {'en': english}}})

    def add_history(self, number, plan, service):
        """The last months, the newest unpaid by some. How much is owed, and since when."""
        owes = self.chance.random() < 0.06
        for back in range(N_BILLS, 0, -1):
            month = add_months(self.day, -back)
            rates = [(plan['name'] + ' 月费', plan['x-guitai']['names']['en'] + ' monthly fee', self.fee(plan))]
            if service is not None:
                rates.append((service['name'], service['x-guitai']['names']['en'], self.fee(service)))
            if self.chance.random() < 0.3:
                rates.append(('套餐外流量', 'Data beyond the plan', self.chance.randrange(1, 60) * 50))
            due = sum(fen for _, _, fen in rates)
            self.add_bill(number, month, rates, due if owes and back == 1 else 0)
        return (due, add_months(self.day, 0)) if owes else (0, None)

    def add_line(self, customer):
        number, plan = self.number(), self.chance.choice(self.plans)
        service = self.chance.choice(self.services) if self.chance.random() < 0.4 else None
        owed, since = self.add_history(number, plan, service)
        roll = self.chance.random()
        status = 'suspended' if owed and roll < 0.4 else 'closed' if roll < 0.01 else 'active'
        line = {'msisdn': number, 'status': status, 'ownerMask': customer['name'][0] + '*',
                'ownerDocument': customer['document'],
                'plan': {'id': plan['id'], 'name': plan['name'], 'nameEn': plan['x-guitai']['names']['en']},
                'balance': cny(0 if owed else self.chance.randrange(0, 30000))}
        if owed:
            line['arrears'] = cny(owed) | {'since': moment(since)}
        self.lines.append(line)
        customer['lines'].append(number)

    def populate(self):
        seen = set()
        for _ in range(N_CUSTOMERS):
            given = ''.join(self.chance.choice(GIVEN) for _ in range(self.chance.choice((1, 2, 2))))
            customer = {'name': self.chance.choice(SURNAMES) + given, 'document': make_document(self.chance, seen),
                        'lines': []}
            for _ in range(self.chance.choice((1, 1, 1, 1, 2, 2, 3))):
                self.add_line(customer)
            self.customers.append(customer)


def write(folder, name, rows):
    with open(os.path.join(folder, name), 'w', encoding='utf-8') as file:
        file.write('[\n%s\n]\n' % ',\n'.join(json.dumps(row, ensure_ascii=False) for row in rows))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('folder')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--day', type=datetime.date.fromisoformat, default=datetime.date.today())
    options = parser.parse_args()
    chance = random.Random(options.seed)
    os.makedirs(options.folder, exist_ok=True)
    catalogue = make_catalogue(options.day)
    stock, taken = make_stock(chance)
    with open(os.path.join(EXAMPLES, 'lines.json'), encoding='utf-8') as file:
        taken |= {row['msisdn'] for row in json.load(file)}
    city = City(chance, options.day, catalogue, taken)
    city.populate()
    os.makedirs(os.path.join(options.folder, 'cards'), exist_ok=True)
    for index, customer in enumerate(city.customers[:N_CARDS], 1):
        with open(os.path.join(options.folder, 'cards', '%d.json' % index), 'w', encoding='utf-8') as file:
            json.dump(make_card(customer), file, ensure_ascii=False, indent=1)
    for name, rows in (('catalogue', catalogue), ('stock', stock), ('lines', city.lines), ('customers', city.customers),
                       ('documents', city.documents)):
        write(options.folder, name + '.json', rows)
        print('%6d %s' % (len(rows), name))


if __name__ == '__main__':
    main()
