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

const written = (properties: JsonObject): JsonObject => JSON.parse(String(properties["__record"])) as JsonObject;

test("a record is JSON under a key that Pulumi leaves out of what it shows", () => {
  expect(written(recorded(kept))).toEqual(kept);
  expect(recorded({ host: "h", ids: {}, secrets: {}, found: {}, since: 0, writtenAt: 1 })).toEqual({
    __record: '{"host":"h","since":0,"writtenAt":1}',
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
  const { former } = written(recorded({ ...kept, former: { fields: many } }));
  expect(String(former).length).toBeLessThan(JSON.stringify(many).length / 2);
});

test("a record that says the same stays as an earlier version wrote it, and an update leaves its old place", () => {
  const properties = { record: { host: kept.host, packed: PACKED } };
  expect(recordOf(properties)).toEqual(unpacked);
  expect(recorded(unpacked, { kept: unpacked, properties })).toEqual(properties);
  const later = { ...kept, writtenAt: 2 };
  const both = recorded(later, { kept: unpacked, properties });
  expect(both).toEqual({ ...properties, ...recorded(later) });
  expect(recordOf(both)).toEqual(later);
  expect(recorded(later)).not.toHaveProperty("record");
});

test.each(["record", "__record"])("records of every earlier version are read: objects under %s", (key) => {
  expect(recordOf({ [key]: { ...kept, former: kept.former ?? {}, modified: "2026-11-22T08:50:04.844Z" } })).toEqual(
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

test("a record that was cut off is told, not taken for none", () => {
  const properties = { __record: '{"host":"acme.api.ident' };
  expect(() => recordOf(properties)).toThrow(/record in the state cannot be read: the state was damaged/);
});
