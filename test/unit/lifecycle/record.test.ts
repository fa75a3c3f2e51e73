import fc from "fast-check";
import { unpack } from "../../../provider/src/lifecycle/packed-record";
import { type Kept, recordOf, recorded } from "../../../provider/src/lifecycle/record";
import type { JsonObject } from "../../../provider/src/reconcile";

const kept: Kept = {
  host: "acme.api.identitynow.com",
  ids: { owner: "a593e0ebecefdd08adacb1ea9242a784" },
  secrets: { "/connectorAttributes/password": "fWKbKokFAE7" },
  found: { connectorAttributes: { pageSize: true } },
  former: { attributes: [{ name: "email", enabled: false }] },
  since: 1795337404885,
  writtenAt: 1795337404885,
  modified: Date.parse("2026-11-22T08:50:04.844Z"),
};

/** What version 0.1.0 knew of it. */
const { found: _found, since: _since, ...packed } = kept;
const unpacked = { ...kept, found: {}, since: kept.writtenAt };

test("a record is plain JSON under a key that Pulumi leaves out of what it shows", () => {
  expect(recorded(kept)).toEqual({ __record: kept });
  expect(recorded({ host: "h", ids: {}, secrets: {}, found: {}, since: 0, writtenAt: 1 })).toEqual({
    __record: { host: "h", since: 0, writtenAt: 1 },
  });
});

test("whatever former content there was comes back, and bulk takes half its length at most", () => {
  const fields = fc.array(fc.record({ name: fc.string(), transform: fc.dictionary(fc.string(), fc.jsonValue()) }));
  fc.assert(
    fc.property(fields, (values) => {
      const former = JSON.parse(JSON.stringify({ fields: values })) as JsonObject;
      expect(recordOf(recorded({ ...kept, former }))).toEqual({ ...kept, former });
    }),
  );
  const many = ["displayName", "distinguishedName", "sAMAccountName", "mail"].map((name) => ({
    ...{ name, type: "string", isRequired: false, isMultiValued: false },
    transform: { type: "identityAttribute", attributes: { name } },
  }));
  const { __record: record } = recorded({ ...kept, former: { fields: many } }) as { __record: { former: string } };
  expect(record.former.length).toBeLessThan(JSON.stringify(many).length / 2);
});

test("a record that says the same stays as an earlier version wrote it, and an update leaves its old place", () => {
  const properties = { record: { host: kept.host, packed: PACKED } };
  expect(recordOf(properties)).toEqual(unpacked);
  expect(recorded(unpacked, { kept: unpacked, properties })).toEqual(properties);
  const later = { ...kept, writtenAt: 2 };
  expect(recorded(later, { kept: unpacked, properties })).toEqual({ ...properties, __record: later });
  expect(recordOf({ ...properties, __record: { ...later, former: later.former ?? {} } })).toEqual(later);
  expect(recorded(later)).toEqual({ __record: later });
});

test("records of every earlier version are read", () => {
  expect(recordOf({ record: { ...kept, former: kept.former ?? {}, modified: "2026-11-22T08:50:04.844Z" } })).toEqual(
    kept,
  );
  expect(recordOf({})).toEqual({ host: "", ids: {}, secrets: {}, found: {}, since: 0, writtenAt: 0 });
});

test.each(["AAAA", "eyJ9", "bnVsbA=="])("damaged former content (%j) is told, not taken for none", (former) => {
  expect(() => recordOf({ __record: { host: "", former } })).toThrow(/cannot be read: the state was damaged/);
});

/** A text as it stands in users' states. */
const PACKED =
  "q0Yul1BTLnpmhQZcam5iZo5SbWytjlJGfnGJkpVSYnJuql5iQaYeLIby8sv1kvNzleBhB3U549LJD16_eX-XY-2aja8mOS1vQfOKpamxsbmJgYmFiQlJvkoL907yzs92c3Q1x_Ag3EwL01oA";

test("what an earlier build packed is still read", () => {
  expect(unpack(PACKED)).toEqual(packed);
});

test.each(["", "no record", "AAAA", "eyJ9"])("a damaged record (%j) is told, not taken for an empty one", (packed) => {
  expect(() => recordOf({ record: { host: "", packed } })).toThrow(/cannot be read: the state was damaged/);
});
