#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shapes that headquarters holds bodies against, against TM Forum's own files: test-shapes.py PROGRAM, which prints one
shape a line. From each resource down, every attribute of the standard must be in its shape, of the same kind, as mandatory;
and nothing else. Speaks TAP."""
import json
import pathlib
import subprocess
import sys

DATA = pathlib.Path(__file__).resolve().parent.parent / "data" / "tmf"
ROOTS = {
    "TMF620-ProductCatalog-v4.1.0": ["ProductOffering", "ProductOfferingPrice", "ProductSpecification", "Catalog", "Category"],
    "TMF621-TroubleTicket-v4.0.0": ["TroubleTicket"],
    "TMF622-ProductOrder-v4.0.0": ["ProductOrder"],
    "TMF629-Customer-v4.0.0": ["Customer"],
    "TMF637-ProductInventory-v4.0.0": ["Product"],
    "TMF639-ResourceInventory-v4.0.0": ["Resource", "LogicalResource", "PhysicalResource"],
    "TMF654-PrepayBalance-v4.1.0": ["Bucket", "TopupBalance", "AdjustBalance", "TransferBalance", "ReserveBalance"],
    "TMF676-Payment-v4.0.0": ["Payment", "Refund"],
    "TMF678-CustomerBill-v4.0.0": ["CustomerBill", "CustomerBillOnDemand", "AppliedCustomerBillingRate"],
    "TMF683-PartyInteraction-v4.0.0": ["PartyInteraction"],
}
PLAIN = {"boolean": "bool", "integer": "int", "number": "number", "object": "any"}


def read_shape(members):
    """name → (kind, is an array, is mandatory)"""
    found = {}
    for word in members.split():
        name, kind = word.split(":")
        must = kind.endswith("!")
        kind = kind.removesuffix("!")
        found[name] = (kind.removesuffix("[]"), kind.endswith("[]"), must)
    return found


def kind_of(node):
    """A plain kind, or the name of a definition."""
    if "$ref" in node:
        return node["$ref"].rsplit("/", 1)[1]
    if node.get("type") == "string":
        return "time" if node.get("format") == "date-time" else "string"
    return PLAIN.get(node.get("type"), "any")


class Judge:
    def __init__(self, shapes, definitions):
        self.shapes, self.definitions = shapes, definitions
        self.seen, self.mistakes = set(), []

    def say(self, place, what):
        self.mistakes.append("%s: %s" % (place, what))

    def check_kind(self, place, ours, theirs):
        definition = self.definitions.get(theirs)
        if definition is None:
            if ours != theirs:
                self.say(place, "%s, the standard has %s" % (ours, theirs))
        elif "enum" in definition:
            if self.shapes.get(ours) != "=" + "|".join(definition["enum"]):
                self.say(place, "other words than the standard's")
        elif not definition.get("properties"):
            if ours != "any":
                self.say(place, "%s, the standard says nothing" % ours)
        elif ours not in self.shapes:
            self.say(place, "no shape %s" % ours)
        else:
            self.check(place, ours, theirs, False)

    def check(self, place, shape, name, is_root):
        if (shape, name) in self.seen:
            return
        self.seen.add((shape, name))
        ours, definition = read_shape(self.shapes[shape]), self.definitions[name]
        given = {"id", "href"} if is_root else set()
        must = set(definition.get("required", [])) - given
        theirs = {key: node for key, node in definition["properties"].items()
                  if key not in given and (key[0] != "@" or key in must)}
        for key in sorted(set(ours) ^ set(theirs)):
            self.say(place, "%s is only in %s" % (key, "our shape" if key in ours else "the standard"))
        for key in sorted(set(ours) & set(theirs)):
            here, node = "%s.%s" % (place, key), theirs[key]
            is_array = node.get("type") == "array"
            if ours[key][1:] != (is_array, key in must):
                self.say(here, "array %s, mandatory %s" % (is_array, key in must))
            self.check_kind(here, ours[key][0], kind_of(node["items"] if is_array else node))


def main():
    lines = subprocess.run(sys.argv[1:], check=True, capture_output=True, text=True).stdout.splitlines()
    shapes = dict(line.split("\t", 1) for line in lines)
    number, failed, used = 0, 0, set()
    for file, names in ROOTS.items():
        definitions = json.loads((DATA / (file + ".swagger.json")).read_text("utf-8"))["definitions"]
        for name in names:
            judge = Judge(shapes, definitions)
            judge.check(name, name, name, True)
            used |= {shape for shape, _name in judge.seen}
            number += 1
            failed += bool(judge.mistakes)
            print("%s %d - %s %s" % ("not ok" if judge.mistakes else "ok", number, file[:6], name))
            for mistake in judge.mistakes:
                print("# " + mistake)
    idle = sorted(name for name in shapes if name not in used and not shapes[name].startswith("="))
    number += 1
    failed += bool(idle) or list(shapes) != sorted(shapes)
    print("%s %d - sorted, and none is idle: %s" % ("not ok" if idle or list(shapes) != sorted(shapes) else "ok", number, idle))
    print("1..%d" % number)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
