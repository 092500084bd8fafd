#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Judge of the JSON we send: validate.py SWAGGER DEFINITION FILE...

SWAGGER is an OpenAPI 2.0 file, absolute or below tests/data (tmf/TMF622-ProductOrder-v4.0.0.swagger.json), DEFINITION a name
under its definitions (ProductOrder_Create), FILE a JSON text or NDJSON (*.ndjson), '-' standard input. Numbers must be plain
decimals: an exponent fails too. Ends 0 when all are valid, 1 with one line a mistake, 2 when it can't judge.
"""
import datetime
import json
import pathlib
import re
import sys

import jsonschema

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"
CHECKER = jsonschema.FormatChecker(formats=())


@CHECKER.checks("date-time")
def is_date_time(value):
    """RFC 3339 with an offset: jsonschema itself checks it only with a package that Debian does not pull in."""
    if not isinstance(value, str):
        return True
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", value):
        return False
    try:
        datetime.datetime.strptime(value[:19], "%Y-%m-%dT%H:%M:%S")
    except ValueError:
        return False
    return True


@CHECKER.checks("uri")
def is_uri(value):
    return not isinstance(value, str) or re.fullmatch(r"[^\s<>\"{}|\\^`]+", value) is not None


def to_schema(node):
    """OpenAPI 2.0 says x-nullable where JSON Schema has a list of types; the rest is draft 4."""
    if isinstance(node, list):
        return [to_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    schema = {key: to_schema(value) for key, value in node.items() if key not in ("x-nullable", "example")}
    if node.get("x-nullable") is True:
        return {"anyOf": [schema, {"type": "null"}]}
    return schema


def refuse_duplicates(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member name stands twice")
    return members


def refuse_constant(word):
    raise ValueError(f"{word} is not JSON")


def plain_number(text):
    if "e" in text.lower():
        raise ValueError(f"{text}: exponent")
    return float(text)


def parse(text):
    return json.loads(text, object_pairs_hook=refuse_duplicates, parse_constant=refuse_constant, parse_float=plain_number)


def load_validator(swagger, definition):
    path = pathlib.Path(swagger)
    path = path if path.is_absolute() else DATA / path
    definitions = json.loads(path.read_text("utf-8"))["definitions"]
    if definition not in definitions:
        raise KeyError(f"{path.name} defines no {definition}")
    schema = {"definitions": to_schema(definitions), "$ref": f"#/definitions/{definition}"}
    return jsonschema.Draft4Validator(schema, format_checker=CHECKER)


def texts_of(name):
    text = sys.stdin.read() if name == "-" else pathlib.Path(name).read_text("utf-8")
    if not name.endswith(".ndjson"):
        return [(name, text)]
    return [(f"{name}:{number}", line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def mistakes_of(validator, text):
    try:
        document = parse(text)
    except ValueError as error:
        return [str(error)]
    found = sorted(validator.iter_errors(document), key=lambda error: [str(part) for part in error.path])
    return [f"{'.'.join(str(part) for part in error.path) or 'root'}: {error.message}" for error in found]


def main(arguments):
    if len(arguments) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    bad = 0
    try:
        validator = load_validator(arguments[0], arguments[1])
        for name in arguments[2:]:
            texts = texts_of(name)
            if not texts:
                print(f"{name}: empty", file=sys.stderr)
                return 2
            for place, text in texts:
                for mistake in mistakes_of(validator, text):
                    print(f"{place}: {mistake}")
                    bad += 1
    except (OSError, KeyError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
