#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The judge must know good from bad, else every test that asks it is worth nothing. Speaks TAP."""
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
EXAMPLES = HERE.parent / "data" / "tmf" / "examples"
ORDER = ("tmf/TMF622-ProductOrder-v4.0.0.swagger.json", "ProductOrder_Create")
PAYMENT = ("tmf/TMF676-Payment-v4.0.0.swagger.json", "Payment_Create")
results = []


def judge(schema, text, suffix=".json"):
    with tempfile.NamedTemporaryFile("w", suffix=suffix, encoding="utf-8") as file:
        file.write(text)
        file.flush()
        run = subprocess.run([sys.executable, HERE / "validate.py", *schema, file.name], capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


def expect(name, schema, text, code, words="", suffix=".json"):
    got, output = judge(schema, text, suffix)
    good = got == code and words in output
    results.append(good)
    print(f"{'ok' if good else 'not ok'} {len(results)} - {name}")
    if not good:
        print(f"# exit {got} instead of {code}: {output}")


def changed(change):
    order = json.loads((EXAMPLES / "1_activation.v4.json").read_text("utf-8"))
    change(order)
    return json.dumps(order, ensure_ascii=False)


for path in sorted(EXAMPLES.glob("[1-5]_*.v4.json")):
    expect(path.name, ORDER, path.read_text("utf-8"), 0)
assert len(results) == 5, "five v4 orders"
expect("payment", PAYMENT, (EXAMPLES / "pay.tmf676.v4.json").read_text("utf-8"), 0)
expect("no items", ORDER, changed(lambda o: o.pop("productOrderItem")), 1, "'productOrderItem' is a required property")
expect("item without action", ORDER, changed(lambda o: o["productOrderItem"][0].pop("action")), 1, "productOrderItem.0: 'action'")
expect("unknown action", ORDER, changed(lambda o: o["productOrderItem"][0].update(action="buy")), 1, "productOrderItem.0.action")
expect("amount as text", ORDER, changed(lambda o: o["orderTotalPrice"][0]["price"].update(taxRate="20")), 1, "orderTotalPrice.0.price.taxRate")
expect("item is a list", ORDER, changed(lambda o: o.update(productOrderItem=[[]])), 1, "productOrderItem.0")
expect("date without a zone", ORDER, changed(lambda o: o.update(requestedStartDate="2026-11-22T09:00:00")), 1, "requestedStartDate")
expect("month 13", ORDER, changed(lambda o: o.update(requestedStartDate="2026-13-22T09:00:00Z")), 1, "requestedStartDate")
expect("an order is no payment", PAYMENT, changed(lambda o: None), 1, "'account' is a required property")
expect("cut off", ORDER, changed(lambda o: None)[:-1], 1)
expect("duplicate name", ORDER, '{"productOrderItem":[],"a":1,"a":2}', 1, "twice")
expect("NaN", ORDER, '{"productOrderItem":[],"a":NaN}', 1, "NaN")
expect("exponent", ORDER, '{"productOrderItem":[],"a":1e2}', 1, "exponent")
good = changed(lambda o: None)
bad = changed(lambda o: o.pop("productOrderItem"))
expect("NDJSON", ORDER, f"{good}\n{good}\n", 0, suffix=".ndjson")
expect("NDJSON with a bad line", ORDER, f"{good}\n{bad}\n", 1, ".ndjson:2: root", suffix=".ndjson")
expect("empty NDJSON", ORDER, "\n", 2, "empty", suffix=".ndjson")
expect("unknown definition", (ORDER[0], "Nothing"), good, 2, "Nothing")
expect("unknown file", ("tmf/none.json", "X"), good, 2, "none.json")
print(f"1..{len(results)}")
sys.exit(0 if all(results) else 1)
