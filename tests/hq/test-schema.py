#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What headquarters answers against TM Forum's own schemas: test-schema.py PROGRAM, which writes answers as NDJSON lines
`definition<TAB>json`; each is judged by tests/wire/validate.py. Speaks TAP."""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "wire"))
import validate  # noqa: E402

SWAGGER = {
    "ProductOrder": "tmf/TMF622-ProductOrder-v4.0.0.swagger.json",
    "CancelProductOrder": "tmf/TMF622-ProductOrder-v4.0.0.swagger.json",
    "Payment": "tmf/TMF676-Payment-v4.0.0.swagger.json",
    "ProductOffering": "tmf/TMF620-ProductCatalog-v4.1.0.swagger.json",
    "Error": "tmf/TMF622-ProductOrder-v4.0.0.swagger.json",
    # what leaves for an operator's own system
    "ProductOrder_Create": "tmf/TMF622-ProductOrder-v4.0.0.swagger.json",
    "CancelProductOrder_Create": "tmf/TMF622-ProductOrder-v4.0.0.swagger.json",
    "ProductOrder_FVO": "tmf/TMF622-ProductOrdering-v5.0.0.schema.json",
    "CancelProductOrder_FVO": "tmf/TMF622-ProductOrdering-v5.0.0.schema.json",
    # events
    "EventSubscription": "tmf/TMF622-ProductOrder-v4.0.0.swagger.json",
    "ProductOrderCreateEvent": "tmf/TMF622-ProductOrder-v4.0.0.swagger.json",
    "ProductOrderStateChangeEvent": "tmf/TMF622-ProductOrder-v4.0.0.swagger.json",
    "ProductOrderAttributeValueChangeEvent": "tmf/TMF622-ProductOrder-v4.0.0.swagger.json",
    "Hub": "tmf/TMF688-Event-v4.0.0.swagger.json",
    "Topic": "tmf/TMF688-Event-v4.0.0.swagger.json",
    "Event": "tmf/TMF688-Event-v4.0.0.swagger.json",
}


def main():
    lines = subprocess.run(sys.argv[1:], check=True, capture_output=True, text=True).stdout.splitlines()
    seen, number, failed = set(), 0, 0
    for line in lines:
        definition, text = line.split("\t", 1)
        mistakes = validate.mistakes_of(validate.load_validator(SWAGGER[definition], definition), text)
        seen.add(definition)
        number += 1
        failed += bool(mistakes)
        print(f"{'not ok' if mistakes else 'ok'} {number} - {definition}")
        for mistake in mistakes:
            print(f"# {mistake}")
    number += 1
    print(f"{'ok' if seen == set(SWAGGER) else 'not ok'} {number} - all definitions were seen: {sorted(seen)}")
    print(f"1..{number}")
    return 1 if failed or seen != set(SWAGGER) else 0


if __name__ == "__main__":
    sys.exit(main())
