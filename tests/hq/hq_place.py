# SPDX-License-Identifier: GPL-3.0-or-later
"""A real headquarters (hq-place) and clients of it over mutual TLS, for tests in Python."""
import http.client
import json
import os
import ssl
import subprocess
import sys
import traceback
import urllib.parse


class Answer:
    def __init__(self, response):
        self.status, self.headers = response.status, response.headers
        self.text = response.read().decode("utf-8")

    @property
    def json(self):
        return json.loads(self.text)


class Client:
    """One enrolled client, on one connection."""

    def __init__(self, place, name):
        context = ssl.create_default_context(cafile=os.path.join(place.folder, "ca.crt"))
        context.load_cert_chain(*(os.path.join(place.folder, name + end) for end in (".crt", ".key")))
        self.connection = http.client.HTTPSConnection(urllib.parse.urlsplit(place.url).netloc, context=context, timeout=60)

    def ask(self, method, path, body=None, **headers):
        """Names of headers with _ for -."""
        data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if data is not None:
            given.setdefault("Content-Type", "application/json")
        self.connection.request(method, path, data, given)
        return Answer(self.connection.getresponse())

    def get(self, path, query=None, **headers):
        if query:
            path += "?" + "&".join("%s=%s" % (name, urllib.parse.quote(str(value), safe="")) for name, value in query.items())
        return self.ask("GET", path, **headers)


class Place:
    def __init__(self, program, hq, *options):
        self.process = subprocess.Popen([program, hq, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.folder, self.url = self.process.stdout.readline().split()

    def client(self, name):
        return Client(self, name)

    def close(self):
        self.process.stdin.close()
        assert self.process.wait(30) == 0


class Tap:
    """Points of a test that goes on after a failed one."""

    def __init__(self):
        self.number = self.failed = 0

    def run(self, name, function, *arguments):
        self.number += 1
        try:
            function(*arguments)
            print("ok %d - %s" % (self.number, name), flush=True)
        except Exception as error:  # the point fails, the others say more
            self.failed += 1
            print("not ok %d - %s" % (self.number, name), flush=True)
            for line in (traceback.format_exc() + str(error)).splitlines():
                print("# " + line[:400])

    def end(self):
        print("1..%d" % self.number)
        sys.exit(1 if self.failed else 0)
