# SPDX-License-Identifier: GPL-3.0-or-later
"""An IPP printer that does with each job what it was told: what no program of CUPS can be made to do (hold a job, let it go later).

    printer = IppPrinter()
    printer.next('aborted')              # of the jobs that come; else they are printed
    printer.stop('media-empty-error')    # stands still and takes nothing, until clear()
    printer.documents                    # what was printed, whole
"""
import http.server
import struct
import threading

PRINT_JOB, CANCEL_JOB, GET_JOB, GET_PRINTER = 0x0002, 0x0008, 0x0009, 0x000B
OPERATION, JOB, PRINTER, END = 0x01, 0x02, 0x04, 0x03
INTEGER, BOOLEAN, ENUM, KEYWORD, URI, CHARSET, LANGUAGE = 0x21, 0x22, 0x23, 0x44, 0x45, 0x47, 0x48
HELD, PROCESSING, CANCELED, ABORTED, COMPLETED = 4, 5, 7, 8, 9
IDLE, STOPPED = 3, 5
NOT_POSSIBLE = 0x0404


def attribute(tag, name, value):
    octets = value.encode() if isinstance(value, str) else bytes([value]) if tag == BOOLEAN else struct.pack('>i', value)
    return struct.pack('>BH', tag, len(name)) + name.encode() + struct.pack('>H', len(octets)) + octets


def integers_of(body):
    """{name: value} of the integers before the document, and where the document begins."""
    at, found = 8, {}
    while body[at] != END:
        tag = body[at]
        at += 1
        if tag < 0x10:
            continue
        size, = struct.unpack_from('>H', body, at)
        name = body[at + 2:at + 2 + size].decode()
        at += 2 + size
        size, = struct.unpack_from('>H', body, at)
        if tag == INTEGER:
            found[name], = struct.unpack_from('>i', body, at + 2)
        at += 2 + size
    return found, at + 1


class IppPrinter:
    def __init__(self):
        self.lock, self.jobs, self.scripts, self.trouble, self.documents = threading.Lock(), {}, [], None, []
        printer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def do_POST(self):
                body = self.rfile.read(int(self.headers['Content-Length']))
                with printer.lock:
                    status, groups = printer.answer(body)
                head = attribute(CHARSET, 'attributes-charset', 'utf-8') + attribute(LANGUAGE, 'attributes-natural-language', 'en')
                said = struct.pack('>BBH', 2, 0, status) + body[4:8] + bytes([OPERATION]) + head + groups + bytes([END])
                self.send_response(200)
                self.send_header('Content-Type', 'application/ipp')
                self.send_header('Content-Length', str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.server.daemon_threads = True
        self.address = 'ipp://127.0.0.1:%d/ipp/print' % self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def next(self, *scripts):
        """For the jobs that come, in order: 'aborted', 'held', 'paper' (no paper, in the middle of it)."""
        with self.lock:
            self.scripts += scripts

    def stop(self, reason):
        with self.lock:
            self.trouble = reason

    def clear(self):
        """Somebody comes: paper is in, what was held is let go."""
        with self.lock:
            self.trouble = None
            for job in self.jobs.values():
                if job['state'] in (HELD, PROCESSING):
                    self.finish(job)

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    # ---- with the lock ----

    def finish(self, job):
        job['state'], job['reason'] = COMPLETED, 'none'
        self.documents.append(job['document'])

    def take(self, document):
        script = self.scripts.pop(0) if self.scripts else 'printed'
        job = {'document': document, 'id': len(self.jobs) + 1}
        self.jobs[job['id']] = job
        job['state'], job['reason'] = {'aborted': (ABORTED, 'aborted-by-system'), 'held': (HELD, 'job-hold-until-specified'),
                                       'paper': (PROCESSING, 'none'), 'printed': (PROCESSING, 'none')}[script]
        if script == 'paper':
            self.trouble = 'media-empty-error'
        elif script == 'printed':
            self.finish(job)
        return job

    def answer(self, body):
        operation, = struct.unpack_from('>H', body, 2)
        integers, start = integers_of(body)
        if operation == GET_PRINTER:
            busy = any(job['state'] == PROCESSING for job in self.jobs.values())
            return 0, bytes([PRINTER]) + attribute(ENUM, 'printer-state', STOPPED if self.trouble and not busy else IDLE) + attribute(
                BOOLEAN, 'printer-is-accepting-jobs', 1) + attribute(KEYWORD, 'printer-state-reasons', self.trouble or 'none')
        job = self.take(body[start:]) if operation == PRINT_JOB else self.jobs[integers['job-id']]
        if operation == CANCEL_JOB and job['state'] >= CANCELED:
            return NOT_POSSIBLE, b''
        if operation == CANCEL_JOB:
            job['state'], job['reason'] = CANCELED, 'job-canceled-by-user'
        return 0, bytes([JOB]) + attribute(INTEGER, 'job-id', job['id']) + attribute(URI, 'job-uri', '%s/%d' % (self.address, job['id'])) + attribute(
            ENUM, 'job-state', job['state']) + attribute(KEYWORD, 'job-state-reasons', job['reason'])
