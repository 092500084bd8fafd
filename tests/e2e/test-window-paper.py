#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Printers that hold, give up, run out, fall silent or are two: what the window says of the paper, and how it comes out: test-window-paper.py BUILD [TEST…]."""
import os
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import App, run_tests  # noqa: E402
from hall import LONG, Clerk, WindowHall, add_tests, wait_for  # noqa: E402
from ipp import IppPrinter  # noqa: E402

HALL = None
DEAD = 'ipp://127.0.0.1:9/ipp/print'
WAITS = 'Paper that may not have come out'


def jobs_of(receipt):
    return HALL.rows('SELECT copy, state, reason FROM print_job WHERE receipt_number = ? ORDER BY n', receipt)


def wait_jobs(receipt, *expected):
    try:
        wait_for(lambda: jobs_of(receipt) == list(expected), 'the queue')
    except Exception:
        raise AssertionError('the queue of %s: %s and not %s' % (receipt, jobs_of(receipt), expected)) from None


def with_printer(*addresses):
    HALL.ok('devices', 'set', '--receipt', ';'.join(addresses))


def sells(clerk, amount):
    clerk.signs_in()
    return clerk.tops_up('15400000209', amount)


def opens_its_paper(clerk, receipt, reason):
    """From the list of what is unfinished on the first page: why, then the paper itself."""
    clerk.next_customer()
    row = clerk.app.find(None, re.compile('%s · %s.*%s' % (WAITS, receipt, reason), re.S), seconds=LONG)
    clerk.steps_to(lambda node: node == row, row.name)
    clerk.enter()
    clerk.at('Receipt ' + receipt)
    clerk.reads(re.compile(reason))


def home_is_clean(clerk):
    clerk.presses('Escape', 'Escape')
    clerk.home()
    clerk.app.wait(lambda: not list(clerk.app.root.find_all(None, re.compile(WAITS))), 'no paper in the list', LONG)


def test_aborted(app):
    """The printer gives the job up: the first page has it with the reason, F10 there makes a marked copy, and the list is clean again."""
    clerk, printer = Clerk(app, HALL), IppPrinter()
    with_printer(printer.address)
    printer.next('aborted')
    receipt = sells(clerk, '11')
    wait_jobs(receipt, (0, 'failed', 'aborted'))
    opens_its_paper(clerk, receipt, 'gave it up')
    clerk.presses('F10')
    clerk.notice('Copy 1')
    wait_jobs(receipt, (0, 'failed', 'aborted'), (1, 'printed', None))
    assert len(printer.documents) == 1 and printer.documents[0].startswith(b'%PDF-'), printer.documents
    home_is_clean(clerk)
    printer.close()


def test_held(app):
    """It lies in the printer's own queue: the window says so meanwhile, nothing is sent twice, and it is printed when somebody lets it go."""
    clerk, printer = Clerk(app, HALL), IppPrinter()
    with_printer(printer.address)
    printer.next('held')
    receipt = sells(clerk, '12')
    wait_jobs(receipt, (0, 'sending', None))
    wait_for(lambda: printer.jobs, 'the job at the printer')
    app.find('push button', 'Receipt printer: fault', LONG)
    printer.clear()
    wait_jobs(receipt, (0, 'printed', None))
    app.find('push button', 'Receipt printer: ready', LONG)
    assert len(printer.jobs) == len(printer.documents) == 1
    printer.close()


def test_paper_ends(app):
    """In the middle of it: somebody brings paper, and the same job comes out, once."""
    clerk, printer = Clerk(app, HALL), IppPrinter()
    with_printer(printer.address)
    printer.next('paper')
    receipt = sells(clerk, '13')
    app.find('push button', 'Receipt printer: fault', LONG)
    printer.clear()
    wait_jobs(receipt, (0, 'printed', None))
    assert len(printer.documents) == 1
    printer.close()


def test_stands_still(app):
    """No paper beforehand: nothing is sent, the receipt's page says why it waits, and it comes out by itself."""
    clerk, printer = Clerk(app, HALL), IppPrinter()
    with_printer(printer.address)
    printer.stop('media-empty-error')
    receipt = sells(clerk, '14')
    wait_jobs(receipt, (0, 'queued', 'paper_end'))
    clerk.reads('The receipt is not printed. The sale is stored')
    assert printer.jobs == {}
    printer.clear()
    wait_jobs(receipt, (0, 'printed', None))
    printer.close()


def test_second_printer(app):
    """The first is off: the second takes it, and the receipt's page says so."""
    clerk, printer = Clerk(app, HALL), IppPrinter()
    with_printer(DEAD, printer.address)
    receipt = sells(clerk, '15')
    wait_jobs(receipt, (0, 'printed', 'other_printer'))
    clerk.next_customer()
    clerk.presses('F2')
    clerk.on('Number or receipt')
    clerk.types(receipt)
    clerk.enter()
    clerk.on('See the receipt')
    clerk.enter()
    clerk.reads(re.compile('it came out at the other one'))
    assert len(printer.documents) == 1
    printer.close()


def test_half_a_receipt(app):
    """A receipt printer takes half of it and falls silent: the paper is unknown, never printed again by itself, and a marked copy is a key away."""
    clerk = Clerk(app, HALL)
    with_printer('tcp:127.0.0.1:%s' % HALL.start_printer())
    HALL.tell('printer', 'fault stall@200')
    receipt = sells(clerk, '16')
    wait_jobs(receipt, (0, 'unknown', 'no_answer'))
    opens_its_paper(clerk, receipt, 'does not answer')
    HALL.tell('printer', 'clear')
    clerk.presses('F10')
    clerk.notice('Copy 1')
    wait_jobs(receipt, (0, 'unknown', 'no_answer'), (1, 'printed', None))
    home_is_clean(clerk)
    HALL.stop(HALL.printer)


def test_queue_survives(app):
    """A paper waits, the power goes; the next window prints it, once and unmarked."""
    clerk, printer = Clerk(app, HALL), IppPrinter()
    with_printer(printer.address)
    printer.stop('cover-open-error')
    receipt = sells(clerk, '17')
    wait_jobs(receipt, (0, 'queued', 'cover_open'))
    app.process.kill()
    app.process.wait(LONG)
    printer.clear()
    with App(HALL.argv_window, seconds=LONG):
        wait_jobs(receipt, (0, 'printed', None))
    assert len(printer.documents) == 1
    printer.close()


def test_another_code_for_the_invoice(app):
    """The customer has lost his receipt, and with it the code for his invoice: on the receipt's page another one is a key away."""
    clerk, printer = Clerk(app, HALL), IppPrinter()
    with_printer(printer.address)
    receipt = sells(clerk, '18')
    wait_jobs(receipt, (0, 'printed', None))
    clerk.next_customer()
    clerk.presses('F2')
    clerk.on('Number or receipt')
    clerk.types(receipt)
    clerk.enter()
    clerk.on('See the receipt')
    clerk.enter()
    clerk.at('Receipt ' + receipt)
    button = app.find('push button', 'Another code for the invoice', seconds=LONG)
    clerk.steps_to(lambda node: node == button, button.name)
    clerk.enter()
    clerk.reads('no longer good')  # what he has on paper: asked about first
    clerk.presses('Escape')
    clerk.on('Another code for the invoice')
    clerk.enter()
    clerk.reads('no longer good')
    clerk.presses('Return')
    clerk.reads(re.compile('Another code for the invoice is printed, for .*18.00'))
    wait_for(lambda: len(printer.documents) == 2, 'the code on paper')
    claims = HALL.rows("SELECT count(*) FROM journal WHERE kind LIKE 'invoice_%' AND subject = ?", receipt)
    assert claims == [(2,)], claims
    if os.environ.get('GUITAI_SHOTS'):
        app.shot(os.path.join(os.environ['GUITAI_SHOTS'], 'invoice.png'))
    printer.close()


if __name__ == '__main__':
    with WindowHall(sys.argv[1]) as HALL:
        HALL.hq('set', 'invoice_page', 'https://invoice.operator.example/claim')
        HALL.ok('sync', '--wait')
        sys.exit(run_tests(add_tests(sys.modules[__name__]), HALL.window))
