#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An operator's own TMF622 server, as TM Forum's reference implementation is: it knows no idempotency (two POSTs are two
orders), may ignore filters, and moves orders by itself. Faults come from a seed: what happens to the n-th request of an order
is always the same.

    foreign-bss.py [--version 4|5] [--filter exact|nothing|all] [--seed N] [--faults PERCENT] [--token TEXT]
                   [--cert FILE --key FILE]

Prints `ready URL`. Beside the API: POST /listener takes events; GET /control/report says what is there, POST /control/set
{"faults": 0} ends the faults.
"""
import argparse
import http.server
import json
import random
import socket
import ssl
import threading
import time
import urllib.parse

BASE = '/tmf-api/productOrderingManagement/v4'
LATE_S = 0.3  # a POST may arrive so long after its line broke

# what may happen to a request: (name, is it carried out first)
FAULTS = [
    ('lost before', False),
    ('lost after', True),
    ('late', False),
    ('half an answer', True),
    ('500 before', False),
    ('500 after', True),
    ('503', False),
    ('429', False),
    ('page', True),
    ('slow', True),
    ('too slow', True),
    ('no body', True),
]

# where an order goes by itself: from → choices
MOVES = {
    'acknowledged': ['inProgress', 'inProgress', 'pending'],
    'pending': ['inProgress'],
    'inProgress': ['completed', 'completed', 'held', 'failed'],
    'held': ['inProgress'],
    'assessingCancellation': ['pendingCancellation'],
    'pendingCancellation': ['cancelled'],
}


class Bss:
    """The orders and the faults; every call under the lock."""

    def __init__(self, options):
        self.options = options
        self.lock = threading.Lock()
        self.orders = {}
        self.requests = {}
        self.faults_seen = {}
        self.events = []
        self.faults = options.faults

    def chance(self, *words):
        return random.Random(':'.join(str(word) for word in (self.options.seed, *words)))

    def choose_fault(self, what):
        """None, or the fault of this request of this order (or listener)."""
        with self.lock:
            number = self.requests[what] = self.requests.get(what, 0) + 1
            chance = self.chance(what, number)
            if chance.randrange(100) >= self.faults:
                return None
            fault = chance.choice(FAULTS)
            self.faults_seen[fault[0]] = self.faults_seen.get(fault[0], 0) + 1
            return fault

    def create(self, body):
        with self.lock:
            order = dict(body)
            order['id'] = 'BSS %d' % (len(self.orders) + 1)  # needs escaping in a path
            order['href'] = '%s/productOrder/%s' % (BASE, urllib.parse.quote(order['id']))
            order['state'] = 'acknowledged'
            order['@moved'] = time.monotonic()
            self.orders[order['id']] = order
            return self.show(order)

    def show(self, order):
        return {name: value for name, value in order.items() if name != '@moved'}

    def live(self):
        """A step every 30 ms."""
        now = time.monotonic()
        for order in self.orders.values():
            while order['state'] in MOVES and now - order['@moved'] > 0.03:
                order['state'] = self.chance(order['id'], order['@moved']).choice(MOVES[order['state']])
                order['@moved'] += 0.03

    def find(self, order_id):
        with self.lock:
            self.live()
            order = self.orders.get(order_id)
            return self.show(order) if order else None

    def list(self, query):
        with self.lock:
            self.live()
            wanted = [value for name, value in query if name in ('externalId', 'externalId.id')]
            if self.options.filter == 'nothing' and wanted:
                return []
            exact = self.options.filter == 'exact' and wanted
            return [self.show(order) for order in self.orders.values()
                    if not exact or external_id(order) == wanted[0]]

    def cancel(self, body):
        with self.lock:
            self.live()
            order = self.orders.get(body['productOrder']['id'])
            if order is None or order['state'] not in MOVES:
                return 409, {'code': 'final', 'reason': 'too late'}
            order['state'] = 'assessingCancellation'
            order['@moved'] = time.monotonic()
            return 201, {'id': 'task', 'state': 'acknowledged', 'productOrder': body['productOrder']}

    def report(self):
        with self.lock:
            found = {}
            for order in self.orders.values():
                found.setdefault(external_id(order), []).append(order['id'])
            return {'orders': found, 'faults': self.faults_seen, 'events': self.events,
                    'states': {order['id']: order['state'] for order in self.orders.values()}}


def external_id(order):
    value = order.get('externalId')
    return value[0]['id'] if isinstance(value, list) else value


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    bss = None

    def log_message(self, *_arguments):
        pass

    def say(self, status, value=None, headers=(), text=None):
        body = text if text is not None else '' if value is None else json.dumps(value)
        body = body.encode()
        self.send_response(status)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(body)))
        for name, content in headers:
            self.send_header(name, content)
        self.end_headers()
        self.wfile.write(body)

    def hang_up(self):
        self.close_connection = True
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def read_body(self):
        return json.loads(self.rfile.read(int(self.headers.get('Content-Length') or 0)) or b'null')

    def is_let_in(self):
        token = self.bss.options.token
        if token is None or self.headers.get('Authorization') == 'Bearer ' + token:
            return True
        self.say(401, {'code': '40', 'reason': 'who are you'})
        return False

    # ---- faults ----

    def suffer(self, fault, act):
        """@act carries the request out and gives (status, value, headers)."""
        name, is_done = fault
        status, value, headers = act() if is_done else (0, None, ())
        if name == 'late' and self.command == 'POST':
            threading.Timer(random.random() * LATE_S, act).start()
        if name in ('lost before', 'lost after', 'late'):
            self.hang_up()
        elif name == 'half an answer':
            self.wfile.write(b'HTTP/1.1 %d Fine\r\nContent-Length: 1000\r\n\r\n{"id"' % status)
            self.hang_up()
        elif name in ('500 before', '500 after'):
            self.say(500, text='<html>trouble</html>')
        elif name == '503':
            self.say(503, {'message': 'later', 'errors': []}, [('Retry-After', '0')])
        elif name == '429':
            wait = '1' if random.random() < 0.2 else '0'  # everybody waits: time of the test
            self.say(429, text='slow down', headers=[('Retry-After', wait)])
        elif name == 'page':
            self.say(200 if self.command == 'GET' else 201, text='<html>sign in</html>')
        elif name == 'no body':
            self.say(status, headers=headers)
        else:
            time.sleep(0.05 if name == 'slow' else 0.5)
            self.say(status, value, headers)

    def perform(self, what, act):
        fault = self.bss.choose_fault(what)
        if fault is not None:
            self.suffer(fault, act)
            return
        status, value, headers = act()
        self.say(status, value, headers)

    # ---- the API ----

    def post_order(self, body):
        def act():
            order = self.bss.create(body)
            accepted = self.bss.chance(external_id(body), 'status').random() < 0.3
            return 202 if accepted else 201, order, [('Location', order['href'])]
        self.perform('post ' + external_id(body), act)

    def post_cancel(self, body):
        def act():
            status, value = self.bss.cancel(body)
            return status, value, ()
        self.perform('cancel ' + body['productOrder']['id'], act)

    def post_event(self, body):
        def act():
            with self.bss.lock:
                self.bss.events.append([body['eventId'], body['eventType'], body['event']['productOrder']['externalId'],
                                        body['event']['productOrder']['state']])
            return 204, None, ()
        self.perform('event ' + body['eventId'], act)

    def do_POST(self):
        body = self.read_body()
        if self.path == '/control/set':
            self.bss.faults = body['faults']
            self.say(200, {})
        elif self.path == '/listener':
            self.post_event(body)
        elif not self.is_let_in():
            return
        elif self.path == BASE + '/productOrder':
            self.post_order(body)
        elif self.path == BASE + '/cancelProductOrder':
            self.post_cancel(body)
        else:
            self.say(404, {'code': '60', 'reason': 'no such path'})

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        if url.path == '/control/report':
            self.say(200, self.bss.report())
        elif not self.is_let_in():
            return
        elif url.path == BASE + '/productOrder':
            query = urllib.parse.parse_qsl(url.query)
            self.perform('list ' + url.query, lambda: (200, self.bss.list(query), ()))
        elif url.path.startswith(BASE + '/productOrder/'):
            order_id = urllib.parse.unquote(url.path[len(BASE + '/productOrder/'):])
            self.perform('look ' + order_id, lambda: self.look(order_id))
        else:
            self.say(404, {'code': '60', 'reason': 'no such path'})

    def look(self, order_id):
        order = self.bss.find(order_id)
        return (200, order, ()) if order else (404, {'code': '60', 'reason': 'no such order'}, ())


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that was killed is no news."""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--version', type=int, default=4)
    parser.add_argument('--filter', default='exact')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--faults', type=int, default=0)
    parser.add_argument('--token')
    parser.add_argument('--cert')
    parser.add_argument('--key')
    options = parser.parse_args()
    Handler.bss = Bss(options)
    server = Server(('127.0.0.1', 0), Handler)
    if options.cert:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.cert, options.key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    print('ready %s://127.0.0.1:%d' % ('https' if options.cert else 'http', server.server_address[1]), flush=True)
    server.serve_forever()


if __name__ == '__main__':
    main()
