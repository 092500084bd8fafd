#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What answers at headquarters' address with headquarters' own certificate, and talks nonsense: the old price list stays in force,
no message is lost, taken for sent, or put aside; when the real one is back, everything arrives once.   test-guitaictl-line.py BUILD [CASE…]"""
import contextlib
import copy
import http.server
import json
import socket
import ssl
import sys
import threading

import rig
from rig import EXAMPLES, Hall

BUILD = sys.argv[1]
tests = rig.Tests()
DONE, REFUSED, HQ, WAITED = 0, 1, 3, 8
OFFERING, STATUS, BATCH, MESSAGE = '/productOffering', '/guitai/v1/status', '/guitai/v1/batch', '/guitai/v1/message'
GOOD_STATUS = {'epoch': '0123456789abcdef', 'safe_until': 0, 'high_water': 0, 'gaps': [], 'tighten': [],
               'terminal': {'id': 'H017T2', 'hall': 'H017', 'desk': '3', 'outlet': 'H017', 'hallName': '', 'hotline': '', 'region': '', 'class': 'demo', 'till': 'T2', 'utcOffsetMinutes': 480,
                            'currency': 'CNY', 'language': 'zh_CN'}}


class Reply:
    """What to answer: bytes, or what JSON makes of the rest; @cut: so many bytes fewer than announced, then the line drops."""

    def __init__(self, body, status=200, kind='application/json', cut=0, **headers):
        self.body = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        self.status, self.kind, self.cut, self.headers = status, kind, cut, headers


HTML = Reply(b'<html><body>It works!</body></html>', kind='text/html')
HTML_404 = Reply(b'<html>no</html>', 404, 'text/html')


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def answer(self):
        body = self.rfile.read(int(self.headers.get('Content-Length', 0)))
        reply = next((reply for path, reply in self.server.replies.items() if path in self.path), HTML)
        if callable(reply):
            reply = reply(self, body)
        self.server.seen.append(self.path)
        self.send_response(reply.status)
        self.send_header('Content-Type', reply.kind)
        self.send_header('Content-Length', str(len(reply.body) if reply.status not in (204, 304) else 0))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body[:len(reply.body) - reply.cut])
        if reply.cut:
            self.wfile.flush()
            self.close_connection = True
            with contextlib.suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)

    do_GET = do_POST = do_PATCH = answer

    def log_message(self, *_unused):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_unused):
        pass  # a terminal that hangs up on nonsense is right


@contextlib.contextmanager
def impostor(hall, replies):
    """In the place of @hall's HQ, which must be down."""
    server = Server(('127.0.0.1', int(hall.url.rsplit(':', 1)[1])), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(hall.folder / 'hq' / 'server.crt', hall.folder / 'hq' / 'server.key')
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.replies, server.seen = replies, []
    thread = threading.Thread(target=server.serve_forever, kwargs={'poll_interval': 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def top_up(script):
    script['orders'] = [{'operation': 'top_up', 'target': '15400000099', 'amount': '50.00'}]


def wrong_catalogues():
    """(name, list of offerings) — one fault each in an otherwise good price list."""
    good = json.loads((EXAMPLES / 'catalogue.json').read_text('utf-8'))

    def with_fault(change, index=1):
        catalogue = copy.deepcopy(good)
        change(catalogue[index])
        return catalogue

    def of_price(**members):
        return with_fault(lambda offering: offering['productOfferingPrice'][0].update(members))

    def of_offering(**members):
        return with_fault(lambda offering: offering.update(members))

    def of_guitai(**members):
        return with_fault(lambda offering: offering['x-guitai'].update(members))
    yield 'two offers with one id', good + [good[0]]
    yield 'no id', with_fault(lambda offering: offering.pop('id'))
    yield 'empty id', of_offering(id='')
    yield 'no name', with_fault(lambda offering: offering.pop('name'))
    yield 'no kind', with_fault(lambda offering: offering['x-guitai'].pop('kind'))
    yield 'unknown kind', of_guitai(kind='perpetuum mobile')
    yield 'requires what it excludes', of_guitai(requires=['plan-39'], excludes=['plan-39'])
    yield 'requires what there is not', of_guitai(requires=['no-such-offer'])
    yield 'a penalty of 3000 %', of_guitai(penalty={'formula': 'share_of_rest', 'percent': 3000})
    yield 'third decimal', of_price(price={'unit': 'CNY', 'value': 59.005})
    yield 'price as text', of_price(price={'unit': 'CNY', 'value': 'cheap'})
    yield 'no price', with_fault(lambda offering: offering['productOfferingPrice'][0].pop('price'))
    yield 'other currency', of_price(price={'unit': 'ZZZ', 'value': 59.0})
    yield 'huge price', of_price(price={'unit': 'CNY', 'value': 1e30})
    yield 'unknown price type', of_price(priceType='sometimes')
    yield 'an offer is a number', good[:3] + [42] + good[3:]
    yield 'nothing on sale', []


@tests.add
def wrong_price_lists_are_kept_out_whole():
    with Hall(BUILD, cards=()) as hall:
        good = hall.ok('catalogue', 'show')
        hall.stop_hq()
        with impostor(hall, {STATUS: Reply(GOOD_STATUS)}) as server:
            for number, (name, offerings) in enumerate(wrong_catalogues(), 1):
                # one page, and then an empty one
                server.replies[OFFERING] = lambda handler, _body, offerings=offerings: Reply(
                    offerings if 'offset=0' in handler.path else [], ETag='"other"')
                code, result = hall.ctl('catalogue', 'pull')
                assert code in (REFUSED, HQ), (name, code, result)
                assert result['error']['domain'] in ('core', 'offline'), (name, result)
                assert 'kept out whole' in result['error']['words'] or 'Nothing was taken' in result['error']['words'], (name, result)
                assert hall.ok('catalogue', 'show') == good, name
                assert hall.value("SELECT count(*) FROM journal WHERE kind = 'catalogue_refused'") == number, name
            assert hall.visit(top_up)[0] == DONE  # sold by the old one
        assert hall.ok('verify', '--full')['good']


@tests.add
def answers_that_are_none():
    good_page = (EXAMPLES / 'catalogue.json').read_bytes()
    cases = {
        'html': HTML,
        'half a list': Reply(good_page[:len(good_page) // 2], ETag='"x"'),
        'cut off': Reply(good_page, cut=1000, ETag='"x"'),
        'no etag': Reply(good_page),
        'an object': Reply({'offerings': []}, ETag='"x"'),
        'not UTF-8': Reply(b'["\xff\xfe"]', ETag='"x"'),
        'nothing': Reply(b'', ETag='"x"'),
        '500': Reply(b'oops', 500, 'text/plain'),
        '503 as JSON': Reply({'code': 'busy', 'reason': 'later', 'status': '503'}, 503),
        '403': Reply({'code': 'no_terminal', 'reason': 'who?', 'status': '403'}, 403),
        '404': HTML_404,
        'elsewhere': Reply(b'', 302, Location='https://127.0.0.1:1/'),
        'deep': Reply(b'[' * 100000 + b']' * 100000, ETag='"x"'),
        'always another version': lambda handler, _body: Reply(good_page, ETag='"%d"' % len(handler.server.seen)),
    }
    with Hall(BUILD, cards=()) as hall:
        good = hall.ok('catalogue', 'show')
        hall.stop_hq()
        with impostor(hall, {STATUS: Reply(GOOD_STATUS)}) as server:
            for name, reply in cases.items():
                server.replies[OFFERING] = reply
                code, result = hall.ctl('catalogue', 'pull')
                assert code == HQ and result['error']['domain'] == 'offline', (name, code, result)
                assert hall.ok('catalogue', 'show') == good, name
        # and of the status
        for name, status in (('list', []), ('empty', {}), ('no terminal', {**GOOD_STATUS, 'terminal': None}),
                             ('epoch is a number', {**GOOD_STATUS, 'epoch': 7}), ('wrong key', {**GOOD_STATUS, 'blind_key': 'AAAA'}),
                             ('rule without operation', {**GOOD_STATUS, 'tighten': [{}]}),
                             ('terminal without a till', {**GOOD_STATUS, 'terminal': {'id': 'H017T2'}})):
            with impostor(hall, {STATUS: Reply(status)}):
                code, result = hall.ctl('catalogue', 'pull')
                assert code == HQ, (name, code, result)
                code, result = hall.visit(top_up)  # the customer does not pay for it
                assert code == DONE and not result['onLine'], (name, code, result)
        hall.start_hq()
        hall.ok('sync', '--wait')
        assert len(hall.hq_orders()) == 7
        hall.ok('catalogue', 'pull')


def lines_of(body):
    """What a batch asks: its keys."""
    return [json.loads(line)['key'] for line in body.decode().splitlines()[::2]]


def ndjson(lines):
    return Reply(b''.join(json.dumps(line).encode() + b'\n' for line in lines), kind='application/x-ndjson')


def each(**members):
    return lambda _handler, body: ndjson([{'key': key, **members} for key in lines_of(body)])


@tests.add
def messages_outlive_nonsense():
    stranger = '01a20174-62e2-7000-8000-000000000000'
    cases = {
        'html': HTML,
        '500': Reply(b'oops', 500, 'text/plain'),
        '503': Reply({'code': 'store', 'reason': 'full', 'status': '503'}, 503),
        '400 without words': Reply(b'bad', 400, 'text/plain'),
        '404': HTML_404,
        '204': Reply(b'', 204),
        'nothing': Reply(b'', kind='application/x-ndjson'),
        'a list': Reply([]),
        'fewer lines': lambda _handler, _body: ndjson([]),
        'of somebody else': lambda _handler, body: ndjson([{'key': stranger, 'status': 201, 'result': 'created'} for _key in lines_of(body)]),
        'no status': each(result='created'),
        'odd status': each(status=999, result='created'),
        'status as text': each(status='201', result='created'),
        '503 a line': each(status=503, error={'code': 'store', 'reason': 'full', 'status': '503'}),
        'garbage lines': lambda _handler, body: Reply(b'\xff\xfe{]\n' * len(lines_of(body)), kind='application/x-ndjson'),
        'cut off': lambda _handler, body: Reply(json.dumps([{'key': key, 'status': 201} for key in lines_of(body)]).encode(), cut=20),
    }
    with Hall(BUILD) as hall:
        hall.stop_hq()
        code, result = hall.visit()
        assert code == DONE and not result['onLine'] and '断网' in result['receiptText'], result
        ids = {order['id'] for order in result['orders']}
        messages = hall.rows('SELECT key, digest, body FROM message ORDER BY n')
        assert len(messages) == 4  # the till was opened, two orders, a payment
        for known in (HTML, Reply({'messages': []}), Reply({'messages': [{'key': stranger, 'known': True, 'status': 201}]})):
            for name, reply in cases.items():
                with impostor(hall, {STATUS: Reply(GOOD_STATUS), BATCH: reply, MESSAGE: known}):
                    code, result = hall.ctl('sync', '--seconds', '0')
                outbox = hall.ok('status')['outbox']
                assert code in (HQ, WAITED), (name, code, result)
                assert outbox['acknowledged'] == 0 and outbox['quarantined'] == 0, (name, outbox)
                assert outbox['waiting'] + outbox['inFlight'] + outbox['asking'] == 4, (name, outbox)
        assert hall.rows('SELECT key, digest, body FROM message ORDER BY n') == messages  # facts stay byte for byte
        hall.start_hq()
        hall.ok('sync', '--wait')
        orders = json.loads(hall.hq('orders', '--json'))
        assert {order['externalId'] for order in orders} == ids and len(orders) == 2, orders
        assert all(order['state'] == 'completed' for order in hall.ok('order', 'list')['orders'])
        assert hall.ok('verify', '--full')['good']


@tests.add
def not_even_tls():
    with Hall(BUILD, cards=()) as hall:
        hall.stop_hq()
        with socket.create_server(('127.0.0.1', int(hall.url.rsplit(':', 1)[1]))) as server:
            def talk():
                with contextlib.suppress(OSError):
                    while True:
                        connection = server.accept()[0]
                        connection.sendall(b'220 mail.example ESMTP\r\n')
                        connection.close()
            thread = threading.Thread(target=talk, daemon=True)
            thread.start()
            code, result = hall.visit(top_up)
            assert code == DONE and not result['onLine'], result
            code, result = hall.ctl('sync', '--wait', '--seconds', '1')
            assert code == HQ and result['error']['code'] == 'no-line', (code, result)
            server.shutdown(socket.SHUT_RDWR)
            thread.join()
        hall.start_hq()
        hall.ok('sync', '--wait')
        assert len(hall.hq_orders()) == 1


@tests.add
def somebody_elses_certificate():
    with Hall(BUILD, cards=()) as hall:
        hall.stop_hq()
        hall.hq('init', hall.folder / 'other hq', folder=False)
        (hall.folder / 'hq').rename(hall.folder / 'our hq')
        (hall.folder / 'other hq').rename(hall.folder / 'hq')
        with impostor(hall, {}) as server:
            code, result = hall.visit(top_up)
            assert code == DONE and not result['onLine'], result
            code, result = hall.ctl('catalogue', 'pull')
            assert code == HQ and result['error']['words'], (code, result)
            assert not server.seen  # it got no word
        (hall.folder / 'hq').rename(hall.folder / 'other hq')
        (hall.folder / 'our hq').rename(hall.folder / 'hq')
        hall.start_hq()
        hall.ok('sync', '--wait')
        assert len(hall.hq_orders()) == 1


sys.exit(tests.run())
