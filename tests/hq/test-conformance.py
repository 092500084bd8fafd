#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The standard's APIs in the manner of a conformance kit, over real TLS: test-conformance.py HQ-PLACE GUITAI-HQ LINES DOCUMENTS
[--tmf-lenient].

One row an API below; the same steps for all: POST with what is mandatory and no more, with all there is, each mandatory attribute left out or of
another type, the list and every row of it, one by its id, an unknown id, a filter and `fields` by every attribute, sorting,
pages, ranges, versions, PATCH, PUT, DELETE, methods and media that are not there. Every body is judged by TM Forum's own files."""
import collections
import decimal
import json
import pathlib
import re
import sys

sys.dont_write_bytecode = True
sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent), str(pathlib.Path(__file__).resolve().parent.parent / "wire")]
import validate  # noqa: E402
from hq_place import Place, Tap  # noqa: E402

PARTY = {"id": "c-1", "href": "/party/c-1", "name": "Moon Football Club", "@referredType": "Organization"}
CHANNEL = {"id": "ch-1", "href": "/channel/ch-1", "name": "Shop"}
MONEY = {"unit": "EUR", "value": 12.5}


class Api:
    """@body: what is mandatory; @more: what a second one has besides; @row: what a kit looks for in each row; @patch: a change;
    @puts: the file has PUT; @omits: mandatory attributes that TM Forum's kit leaves out; @owned: what headquarters says, whatever a client does."""

    def __init__(self, number, file, path, definition, body=None, more=None, row=(), patch=None, fixed=(), deletes=True, error=None,
                 puts=False, omits=(), owned=()):
        self.number, self.path, self.definition = number, path, definition
        self.swagger = "tmf/%s.swagger.json" % file
        self.body, self.more, self.patch, self.fixed, self.deletes = body, more or {}, patch, fixed, deletes
        self.row = ("id", "href") + tuple(row)
        self.error, self.puts, self.omits, self.owned = error or "Error", puts, omits, owned

    @property
    def name(self):
        return "TMF%d %s" % (self.number, self.definition)


ITEM = {"id": "1", "action": "add", "productOffering": {"id": "plan-59"}}
PAYMENT = {"account": {"id": "a-1", "name": "till"}, "paymentMethod": {"id": "m-1", "name": "cash", "@type": "Cash"},
           "totalAmount": MONEY}
CATALOGUE, RESOURCE = "TMF620-ProductCatalog-v4.1.0", "TMF639-ResourceInventory-v4.0.0"
PREPAY, BILL = "TMF654-PrepayBalance-v4.1.0", "TMF678-CustomerBill-v4.0.0"
NOTHING_IS_MANDATORY = ("LogicalResource", "CustomerBillOnDemand")
CATALOGUE_ROW = ("name", "lastUpdate", "lifecycleStatus")

APIS = [
    Api(620, CATALOGUE, "/tmf-api/productCatalogManagement/v4/catalog", "Catalog", {"name": "Spring"},
        {"catalogType": "retail", "validFor": {"startDateTime": "2026-01-01T00:00:00Z"}}, CATALOGUE_ROW,
        {"description": "new"}, ("lastUpdate", "@type")),
    Api(620, CATALOGUE, "/tmf-api/productCatalogManagement/v4/category", "Category", {"name": "Phones"},
        {"isRoot": True}, CATALOGUE_ROW, {"description": "new"}, ("lastUpdate",)),
    Api(620, CATALOGUE, "/tmf-api/productCatalogManagement/v4/productOfferingPrice", "ProductOfferingPrice",
        {"name": "Monthly"}, {"priceType": "recurring", "price": MONEY, "recurringChargePeriodLength": 1}, CATALOGUE_ROW,
        {"description": "new"}, ("lastUpdate",)),
    Api(620, CATALOGUE, "/tmf-api/productCatalogManagement/v4/productOffering", "ProductOffering", {"name": "Easy"},
        {"isBundle": False, "isSellable": True, "version": "1.0"}, CATALOGUE_ROW, {"description": "new"}, ("lastUpdate",)),
    Api(620, CATALOGUE, "/tmf-api/productCatalogManagement/v4/productSpecification", "ProductSpecification", {"name": "Line"},
        {"brand": "Guitai"}, CATALOGUE_ROW, {"description": "new"}, ("lastUpdate",)),
    Api(621, "TMF621-TroubleTicket-v4.0.0", "/tmf-api/troubleTicket/v4/troubleTicket", "TroubleTicket",
        {"description": "no signal", "severity": "minor", "ticketType": "fault"},
        {"priority": "2", "channel": CHANNEL, "note": [{"text": "called twice"}], "relatedParty": [PARTY]},
        ("description", "severity", "ticketType", "status", "creationDate", "lastUpdate"), {"status": "inProgress"},
        ("creationDate", "lastUpdate", "statusChangeDate")),
    Api(622, "TMF622-ProductOrder-v4.0.0", "/tmf-api/productOrderingManagement/v4/productOrder", "ProductOrder",
        {"productOrderItem": [ITEM]}, {"category": "b2c", "priority": "1", "relatedParty": [PARTY]},
        ("orderDate", "state", "productOrderItem", "relatedParty"), None, (), False, owned=("cancellationDate",)),
    Api(629, "TMF629-Customer-v4.0.0", "/tmf-api/customerManagement/v4/customer", "Customer",
        {"name": "Moon Football Club", "engagedParty": PARTY},
        {"contactMedium": [{"mediumType": "email", "characteristic": {"emailAddress": "a@example.org"}}]},
        ("name", "engagedParty", "status"), {"name": "Sun Football Club"}),
    Api(637, "TMF637-ProductInventory-v4.0.0", "/tmf-api/productInventory/v4/product", "Product", {"status": "active"},
        {"name": "Line", "isBundle": False, "productCharacteristic": [{"name": "colour", "value": "red"}]},
        ("status", "productCharacteristic", "productPrice", "relatedParty"),
        {"status": "suspended"}),
    Api(639, RESOURCE, "/tmf-api/resourceInventoryManagement/v4/resource", "Resource", {"name": "R-1"},
        {"category": "Gold", "resourceCharacteristic": [{"name": "a", "value": 1}]}, ("name", "resourceStatus"),
        {"description": "new"}),
    Api(639, RESOURCE, "/tmf-api/resourceInventoryManagement/v4/logicalResource", "LogicalResource",
        {"name": "L-1", "value": "0746712345"}, {"category": "Gold"}, ("resourceStatus",), {"resourceStatus": "reserved"},
        puts=True),
    Api(639, RESOURCE, "/tmf-api/resourceInventoryManagement/v4/physicalResource", "PhysicalResource", {"name": "P-1"},
        {"serialNumber": "S-1"}, ("name", "resourceStatus"), {"description": "new"}),
    Api(654, PREPAY, "/tmf-api/prepayBalanceManagement/v4/bucket", "Bucket", {"usageType": "data"},
        {"name": "Data", "remainingValue": {"amount": 5, "units": "GB"}}, ("usageType", "status", "confirmationDate")),
    Api(654, PREPAY, "/tmf-api/prepayBalanceManagement/v4/accumulatedBalance", "AccumulatedBalance", row=("totalBalance", "bucket")),
    Api(654, PREPAY, "/tmf-api/prepayBalanceManagement/v4/topupBalance", "TopupBalance",
        {"amount": {"amount": 10, "units": "EUR"}}, {"usageType": "monetary", "description": "by app"}, ("amount", "status"),
        {"description": "new"}),
    Api(654, PREPAY, "/tmf-api/prepayBalanceManagement/v4/adjustBalance", "AdjustBalance",
        {"amount": {"amount": -3, "units": "EUR"}}, {"adjustType": "goodwill", "usageType": "monetary", "bucket": {"id": "b-1"}},
        ("amount", "status", "requestedDate"), {"description": "new"}),
    Api(654, PREPAY, "/tmf-api/prepayBalanceManagement/v4/transferBalance", "TransferBalance",
        {"amount": {"amount": 5, "units": "EUR"}}, {"bucket": {"id": "b-1"}, "receiverBucket": {"id": "b-2"}},
        ("amount", "status", "requestedDate"), {"description": "new"}),
    Api(654, PREPAY, "/tmf-api/prepayBalanceManagement/v4/reserveBalance", "ReserveBalance",
        {"amount": {"amount": 5, "units": "EUR"}}, {"relatedParty": [PARTY], "bucket": {"id": "b-1"}},
        ("amount", "status", "requestedDate"), {"description": "new"}),
    Api(676, "TMF676-Payment-v4.0.0", "/tmf-api/payment/v4/payment", "Payment", PAYMENT, {"description": "for a line"},
        ("account", "paymentMethod", "totalAmount", "status", "statusDate", "paymentDate"), None, (), False),
    Api(676, "TMF676-Payment-v4.0.0", "/tmf-api/payment/v4/refund", "Refund", PAYMENT,
        {"description": "wrong line", "payment": {"id": "p-1"}},
        ("account", "paymentMethod", "totalAmount", "status", "statusDate", "refundDate"), None, (), False),
    Api(678, BILL, "/tmf-api/customerBillManagement/v4/customerBill", "CustomerBill",
        row=("state", "billDate", "billNo", "amountDue", "remainingAmount", "billingAccount", "billDocument"), deletes=False),
    Api(678, BILL, "/tmf-api/customerBillManagement/v4/customerBillOnDemand", "CustomerBillOnDemand",
        {"billingAccount": {"id": "A0815"}}, {"name": "now", "description": "before he leaves"}, ("state", "lastUpdate"), None,
        (), False, owned=("state",)),
    Api(678, BILL, "/tmf-api/customerBillManagement/v4/appliedCustomerBillingRate", "AppliedCustomerBillingRate",
        row=("name", "type", "isBilled", "bill", "taxIncludedAmount"), deletes=False),
    Api(683, "TMF683-PartyInteraction-v4.0.0", "/tmf-api/partyInteraction/v4/partyInteraction", "PartyInteraction",
        {"interactionDate": {"startDateTime": "2026-11-22T02:00:00Z"}, "reason": "question", "status": "opened",
         "direction": "inbound", "channel": [CHANNEL]}, {"description": "about a bill", "note": [{"text": "short"}]},
        ("interactionDate", "reason", "status", "direction", "channel", "creationDate"), {"status": "completed"}, ("direction",),
        omits=("interactionDate", "status")),
]


def judge(api, definition, text):
    mistakes = validate.mistakes_of(validate.load_validator(api.swagger, definition), text)
    assert not mistakes, (definition, mistakes[:3], text[:600])


def expect(answer, status, code=None, api=None):
    assert answer.status == status, (answer.status, status, answer.text[:600])
    if code is not None:
        assert answer.json["code"] == code, answer.text
        assert answer.json["reason"] and answer.json["status"] == str(status), answer.text
        judge(api or APIS[0], "Error", answer.text)
    return answer


def rows_of(api, client, query=None):
    answer = expect(client.get(api.path, query), 200)
    rows = answer.json
    assert isinstance(rows, list) and int(answer.headers["X-Result-Count"]) == len(rows), answer.headers
    assert int(answer.headers["X-Total-Count"]) >= len(rows), answer.headers
    return rows


def make(api, client, **more):
    answer = expect(client.ask("POST", api.path, {**api.body, **more}), 201)
    judge(api, api.definition, answer.text)
    made = answer.json
    assert answer.headers["Location"] == made["href"] == "%s/%s" % (api.path, made["id"]), (answer.headers, made)
    for name, value in {**api.body, **more}.items():
        assert made[name] == value, (name, made)
    return made


# ---- steps ----


def without(node, names):
    if isinstance(node, list):
        return [without(each, names) for each in node]
    return {key: without(value, names) for key, value in node.items() if key not in names} if isinstance(node, dict) else node


def check_references(api, client):
    """Kits leave out of a reference what can only be one thing: it is there in the answer, which the standard's file judges."""
    body = without({**api.body, **api.more}, ("href", "@referredType"))
    answer = expect(client.ask("POST", api.path, body), 201)
    judge(api, api.definition, answer.text)
    assert without(answer.json, ("href", "@referredType")).items() >= body.items(), answer.text


def check_post(api, client):
    for more in ({}, api.more):
        made = make(api, client, **more)
        assert set(api.row) <= set(made), (api.row, made)


def example_of(definitions, node, name, depth=0):
    """What a definition of the standard's file allows, all of it, with plausible values; below four levels what is mandatory."""
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[1]
        return example_of(definitions, definitions[name], name, depth)
    if "allOf" in node:
        return {key: value for part in node["allOf"] for key, value in example_of(definitions, part, name, depth).items()}
    if "enum" in node:
        return node["enum"][0]
    if node.get("type") == "array":
        return [example_of(definitions, node["items"], name, depth + 1)]
    if node.get("type") == "object" or "properties" in node:
        return {key: example_of(definitions, value, key, depth + 1) for key, value in node.get("properties", {}).items()
                if depth < 4 or key in node.get("required", ())}
    plain = name.strip("@")
    if node.get("type") == "string" and "format" in node:
        return {"date-time": "2026-01-02T03:04:05.000Z", "date": "2026-01-02", "uri": "https://example.org/" + plain}.get(node["format"], plain)
    return {"number": 1.5, "integer": 1, "boolean": True}.get(node.get("type"), plain + "-1")


def check_complete(api, client):
    """Everything that the standard's file lets one say when a resource is made: taken, kept, and found again."""
    definitions = json.loads((validate.DATA / api.swagger).read_text("utf-8"))["definitions"]
    body = example_of(definitions, definitions[api.definition + "_Create"], api.definition)
    assert len(body) >= 10 and set(definitions[api.definition + "_Create"]["properties"]) == set(body), body
    answer = expect(client.ask("POST", api.path, body), 201)
    judge(api, api.definition, answer.text)
    made = answer.json
    lost = [name for name in body if made.get(name) != body[name] and name not in api.owned]
    assert not lost, (lost, answer.text[:600])
    assert expect(client.get(made["href"]), 200).json.items() >= {name: made[name] for name in body if name in made}.items()


def check_post_refused(api, client):
    for name in api.body:
        body = {key: value for key, value in api.body.items() if key != name}
        if api.definition not in NOTHING_IS_MANDATORY:
            expect(client.ask("POST", api.path, body), 400, "invalid", api)
        for wrong in (7, [], True, {}, None):
            if not isinstance(wrong, type(api.body[name])):
                expect(client.ask("POST", api.path, {**api.body, name: wrong}), 400, "invalid", api)
    for bad in (b"", b"{", b"[]", b"7", b'{"a":1,"a":2}', b"\xff\xfe"):
        answer = client.ask("POST", api.path, bad)
        assert answer.status == 400, (bad, answer.status, answer.text)
        judge(api, "Error", answer.text)
    expect(client.ask("POST", api.path, b"<a/>", Content_Type="text/xml"), 415, "content_type", api)


def check_list(api, client):
    rows = rows_of(api, client)
    assert rows, "an empty list proves nothing"
    for row in rows:
        judge(api, api.definition, json.dumps(row, ensure_ascii=False))
        missing = [name for name in api.row if name not in row]
        assert not missing, (missing, row)
        assert row["href"] == "%s/%s" % (api.path, row["id"]), row


def check_one(api, client):
    for row in rows_of(api, client)[-3:]:
        one = expect(client.get(row["href"]), 200)
        assert one.json == row, (one.json, row)
        head = client.ask("HEAD", row["href"])
        assert head.status == 200 and head.text == "", (head.status, head.text)
    for unknown in ("nobody", "0199f3c2-7d10-7c3a-9b1e-000000000000", "%2e%2e", "a%20b", "%E4%B8%AD", "%ff"):
        expect(client.get("%s/%s" % (api.path, unknown)), 404, "unknown", api)


def scalars_of(row, prefix=""):
    for name, value in row.items():
        if isinstance(value, dict):
            yield from scalars_of(value, prefix + name + ".")
        elif isinstance(value, list):
            for each in value[:1]:
                yield from scalars_of(each, prefix + name + ".") if isinstance(each, dict) else ()
        elif value is not None:
            yield prefix + name, {True: "true", False: "false"}[value] if isinstance(value, bool) else value


def values_at(node, path):
    if isinstance(node, list):
        return [found for each in node for found in values_at(each, path)]
    if not path:
        return [node]
    if not isinstance(node, dict):
        return []
    name, _dot, rest = path.partition(".")
    return values_at(node[name], rest) if name in node else []


def check_filters(api, client):
    """Every attribute of a row, whatever its depth, finds the row; and nothing that has another value."""
    row = rows_of(api, client)[-1]
    tried = 0
    for path, value in scalars_of(row):
        found = rows_of(api, client, {path: value, "limit": 1000})
        assert row["id"] in [each["id"] for each in found], (path, value, len(found))
        if re.fullmatch(r"[\w:/.@-]+", str(value), re.ASCII):  # as kits write it: RFC 3986 lets these stand
            plain = expect(client.ask("GET", "%s?%s=%s&limit=1000" % (api.path, path, value)), 200)
            assert [each["id"] for each in plain.json] == [each["id"] for each in found], (path, value, plain.text[:300])
        for each in found:
            texts = [str(one).lower() if isinstance(one, bool) else str(one) for one in values_at(each, path)]
            assert str(value) in texts or re.search(r"Date|amount|value", path), (path, value, texts)
        tried += 1
    assert tried >= 4, tried
    assert rows_of(api, client, {"id": "nobody"}) == []
    assert rows_of(api, client, {"noSuchAttribute": "1"}) == []
    everything = rows_of(api, client, {"limit": 1000})
    others = rows_of(api, client, {"id.ne": row["id"], "limit": 1000})
    assert len(others) == len(everything) - 1, (len(others), len(everything))


def check_fields(api, client):
    row = rows_of(api, client)[-1]
    for name in row:
        one = expect(client.get(row["href"], {"fields": name}), 200).json
        assert one == {key: row[key] for key in {"id", "href", name}}, (name, one)
    assert expect(client.get(row["href"], {"fields": "none"}), 200).json == {key: row[key] for key in ("id", "href")}
    for each in rows_of(api, client, {"fields": "id,@type"}):
        assert set(each) <= {"id", "href", "@type"}, each


def check_pages(api, client):
    total = int(client.get(api.path).headers["X-Total-Count"])
    seen, offset = [], 0
    while offset < total:
        answer = expect(client.get(api.path, {"offset": offset, "limit": 3}), 200)
        assert int(answer.headers["X-Total-Count"]) == total, answer.headers
        links = dict((rel, url) for url, rel in re.findall(r'<([^>]*)>; rel="(\w+)"', answer.headers.get("Link") or ""))
        seen += [row["id"] for row in answer.json]
        assert ("next" in links) == (offset + 3 < total), (links, offset, total)
        if "next" in links:
            follow = expect(client.ask("GET", links["next"]), 200)
            assert follow.json[0]["id"] not in seen, links
        offset += 3
    assert len(seen) == len(set(seen)) == total, (len(seen), total)
    for bad in ("offset=x", "limit=-1", "offset=1.5", "limit", "=1", "a..b=1", "a=%zz", "a=%00", "a=%ff", "sort=", "sort=a..b", "sort=a,b,c,d,e"):
        expect(client.ask("GET", api.path + "?" + bad), 400, "query", api)


def check_ranges(api, client):
    """RFC 9110 with TMF630's unit: 206 and where it lies, 416 behind the end; what cannot be read is let be."""
    whole = rows_of(api, client, {"limit": 1000})
    total = len(whole)
    for asked, first, last in (("items=0-0", 0, 0), ("items=0-%d" % (total + 5), 0, total - 1), ("items=%d-" % (total - 1), total - 1, total - 1)):
        answer = expect(client.get(api.path, Range=asked), 206)
        first_to_last = "items %d-%d/%d" % (first, min(last, first + 999), total)
        assert answer.headers["Content-Range"] == first_to_last, (asked, answer.headers)
        assert answer.json == whole[first:last + 1], asked
        assert answer.headers["X-Result-Count"] == str(len(answer.json)), answer.headers
    beyond = expect(client.get(api.path, Range="items=%d-%d" % (total, total + 9)), 416, "range", api)
    assert beyond.headers["Content-Range"] == "items */%d" % total, beyond.headers
    for other in ("bytes=0-0", "items=9-2", "items=x-y", "items=-5", "items"):
        answer = expect(client.get(api.path, Range=other), 200)
        assert "Content-Range" not in answer.headers and answer.headers["Accept-Ranges"] == "items", answer.headers


def check_sort(api, client):
    for sign in ("", "-"):
        rows = rows_of(api, client, {"sort": sign + "id", "limit": 1000})
        ids = [row["id"] for row in rows]
        if not any(text.isdigit() for text in ids):
            assert ids == sorted(ids, reverse=sign == "-"), ids
    page = rows_of(api, client, {"sort": "-id", "limit": 2})
    assert [row["id"] for row in page] == ids[:2], (page, ids)


def check_versions(api, client):
    row = rows_of(api, client)[-1]
    answer = expect(client.get(row["href"]), 200)
    etag = answer.headers["ETag"]
    assert re.fullmatch('"[0-9a-f]{32}"', etag), etag
    again = client.get(row["href"], If_None_Match='"x", ' + etag)
    assert again.status == 304 and again.text == "" and again.headers["ETag"] == etag, (again.status, again.text)
    expect(client.get(row["href"], If_None_Match='"x"'), 200)
    expect(client.get(row["href"], Accept="text/html"), 406, "accept", api)
    expect(client.get(row["href"], Accept="text/html, application/json;q=0.5"), 200)
    expect(client.get(row["href"], Accept="application/json;q=0"), 406, "accept", api)


def check_patch(api, client):
    made = make(api, client)
    before = client.get(made["href"]).headers["ETag"]
    expect(client.ask("PATCH", made["href"], api.patch, If_Match='"other"'), 412, "changed", api)
    expect(client.ask("PATCH", made["href"], api.patch, If_Match="W/" + before), 412, "changed", api)
    answer = expect(client.ask("PATCH", made["href"], api.patch, If_Match=before, Content_Type="application/merge-patch+json"), 200)
    judge(api, api.definition, answer.text)
    assert {**answer.json, **api.patch} == answer.json, answer.text
    after = client.get(made["href"])
    assert after.json == answer.json and after.headers["ETag"] == answer.headers["ETag"] != before, after.text
    expect(client.ask("PATCH", made["href"], api.patch, If_Match=before), 412, "changed", api)
    for name in ("id", "href") + tuple(api.fixed):
        expect(client.ask("PATCH", made["href"], {name: "2020-01-01T00:00:00Z"}), 400, "not_changeable", api)
    for name in api.body:
        if api.definition not in NOTHING_IS_MANDATORY and name not in api.fixed:
            expect(client.ask("PATCH", made["href"], {name: None}), 400, "invalid", api)
    for bad in (b"", b"{", b"[]"):
        expect(client.ask("PATCH", made["href"], bad), 400, "json", api)
    expect(client.ask("PATCH", made["href"], [], Content_Type="application/json-patch+json"), 415, "content_type", api)
    expect(client.ask("PATCH", api.path + "/nobody", api.patch), 404, "unknown", api)
    assert client.get(made["href"]).json == after.json, "a refused change left a trace"


def check_put(api, client):
    """All of it anew: what is not said is gone, but for what headquarters gives."""
    made = make(api, client, **api.more)
    before = client.get(made["href"]).headers["ETag"]
    whole = {**api.body, **api.patch}
    expect(client.ask("PUT", made["href"], whole, If_Match='"other"'), 412, "changed", api)
    answer = expect(client.ask("PUT", made["href"], whole, If_Match=before), 200)
    judge(api, api.definition, answer.text)
    assert whole.items() <= answer.json.items() and set(api.row) <= set(answer.json), answer.text
    assert not set(api.more) - set(whole) & set(answer.json), answer.text
    assert client.get(made["href"]).json == answer.json, answer.text
    same = expect(client.ask("PUT", made["href"], answer.json), 200)
    assert same.json == answer.json, same.text
    expect(client.ask("PUT", made["href"], {**whole, "id": "other"}), 400, "not_changeable", api)
    expect(client.ask("PUT", made["href"], {**whole, "name": 7}), 400, "invalid", api)
    expect(client.ask("PUT", made["href"], b"[]"), 400, "json", api)
    expect(client.ask("PUT", made["href"], whole, Content_Type="application/merge-patch+json"), 415, "content_type", api)
    expect(client.ask("PUT", api.path + "/nobody", whole), 404, "unknown", api)
    assert client.get(made["href"]).json == answer.json, "a refused change left a trace"


def check_delete(api, client):
    made = make(api, client)
    expect(client.ask("DELETE", made["href"], If_Match='"other"'), 412, "changed", api)
    gone = client.ask("DELETE", made["href"])
    assert gone.status == 204 and gone.text == "", (gone.status, gone.text)
    expect(client.get(made["href"]), 404, "unknown", api)
    expect(client.ask("DELETE", made["href"]), 404, "unknown", api)
    assert made["id"] not in [row["id"] for row in rows_of(api, client, {"limit": 1000})]


def check_methods(api, client):
    for path in (api.path, api.path + "/x"):
        options = client.ask("OPTIONS", path)
        allowed = set(options.headers["Allow"].split(", "))
        assert options.status == 204 and {"GET", "HEAD"} <= allowed, (options.status, allowed)
        for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "BREW"):
            answer = client.ask(method, path, b"{}" if method not in ("GET", "HEAD", "DELETE") else None)
            assert (answer.status == 405) == (method not in allowed), (method, path, answer.status, allowed)
            assert answer.status != 405 or set(answer.headers["Allow"].split(", ")) == allowed, answer.headers
    allowed = client.ask("OPTIONS", api.path).headers["Allow"]
    assert ("POST" in allowed) == (api.body is not None), allowed
    one = client.ask("OPTIONS", api.path + "/x").headers["Allow"]
    assert ("DELETE" in one) == (api.body is not None and api.deletes), one
    assert ("PUT" in one) == api.puts and "PUT" not in allowed, one
    slash = expect(client.get(api.path + "/"), 200)
    assert slash.headers["X-Total-Count"] == client.get(api.path).headers["X-Total-Count"], slash.headers


def check_once(api, client):
    """The same key and bytes: one thing, the same answer; other bytes: a conflict."""
    key = "0199f3c2-7d10-7c3a-9b1e-%012d" % (1000 + APIS.index(api))
    first = expect(client.ask("POST", api.path, api.body, Idempotency_Key=key), 201)
    again = expect(client.ask("POST", api.path, api.body, Idempotency_Key=key), 201)
    assert first.json["id"] == again.json["id"] == key and again.headers["X-Guitai-Result"] == "exists", again.headers
    other = client.ask("POST", api.path, {**api.body, "description": "other"}, Idempotency_Key=key)
    assert other.status == 422 and other.json["code"] == "conflict", other.text
    assert len(rows_of(api, client, {"id": key})) == 1
    small = expect(client.ask("POST", api.path, api.body, Prefer="return=minimal"), 201).json
    assert small["href"].endswith(small["id"]) and len(small) <= 4, small


def check_lenient(api, client):
    """What is mandatory with nothing in it, as one of TM Forum's kits sends it."""
    empty = {name: {} if isinstance(value, dict) else [] if isinstance(value, list) else value for name, value in api.body.items()}
    if api.definition != "ProductOrder":
        answer = client.ask("POST", api.path, empty)
        assert answer.status == 201, answer.text
        assert set(api.row) <= set(answer.json), answer.text
    row = rows_of(api, client)[-1]
    assert expect(client.get(row["href"], {"fields": api.row[-1]}), 200).json == {api.row[-1]: row[api.row[-1]]}
    if api.definition in NOTHING_IS_MANDATORY:
        return
    for name in api.body:
        body = {key: value for key, value in api.body.items() if key != name}
        answer = client.ask("POST", api.path, body)
        assert answer.status == (201 if name in api.omits else 400), (name, answer.text)
    expect(client.ask("POST", api.path, {key: value for key, value in api.body.items() if key not in api.omits}), 201)


def check_books(client, lines):
    """The demo's bills add up: lines to their bill, what is left of the bills to what the number owes."""
    def listed(path):
        answer = expect(client.get(path, {"limit": 1000}), 200)
        return json.loads(answer.text, parse_float=decimal.Decimal)

    sums, owed = collections.Counter(), collections.Counter()
    for rate in listed("/tmf-api/customerBillManagement/v4/appliedCustomerBillingRate"):
        sums[rate["bill"]["id"]] += rate["taxIncludedAmount"]["value"]
    for bill in listed("/tmf-api/customerBillManagement/v4/customerBill"):
        assert bill["amountDue"]["value"] == sums.pop(bill["id"]), bill
        owed[bill["billingAccount"]["id"]] += bill["remainingAmount"]["value"]
    assert not sums, sums
    for line in json.loads(pathlib.Path(lines).read_text("utf-8"), parse_float=decimal.Decimal):
        assert owed[line["msisdn"]] == line.get("arrears", {}).get("value", 0), line


def main():
    program, hq, lines, documents = sys.argv[1:5]
    lenient = sys.argv[5:]
    catalogue = str(pathlib.Path(lines).with_name("catalogue.json"))
    stock = str(pathlib.Path(lines).with_name("stock.json"))
    place, tap = Place(program, hq, "catalogue=" + catalogue, "stock=" + stock, "lines=" + lines, "documents=" + documents, *lenient), Tap()
    client = place.client("T" if lenient else "P")
    for api in APIS:
        steps = [check_methods, check_list, check_one, check_filters, check_fields, check_pages, check_ranges, check_sort,
                 check_versions]
        if api.body is not None:
            steps = [check_post] * 2 + [check_references, check_complete] + ([] if lenient else [check_post_refused]) + [check_once] + steps
        if api.patch is not None:
            steps.append(check_patch)
        if api.puts:
            steps.append(check_put)
        if api.body is not None and api.deletes:
            steps.append(check_delete)
        for step in ([check_post, check_list, check_lenient] if lenient else steps):
            if api.body is not None or not lenient or step is check_list:
                tap.run("%s: %s" % (api.name, step.__name__[6:].replace("_", " ")), step, api, client)
    if not lenient:
        tap.run("the demo's bills add up", check_books, client, lines)
    place.close()
    tap.end()


if __name__ == "__main__":
    main()
