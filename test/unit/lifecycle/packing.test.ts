import { createHash } from "node:crypto";
import fc from "fast-check";
import { pack, unpack } from "../../../provider/src/lifecycle/packing";
import { recordOf } from "../../../provider/src/lifecycle/state";
import type { JsonObject } from "../../../provider/src/reconcile";

const kept = {
  host: "acme.api.identitynow.com",
  ids: { owner: "a593e0ebecefdd08adacb1ea9242a784" },
  secrets: { "/connectorAttributes/password": "fWKbKokFAE7" },
  former: { attributes: [{ name: "email", enabled: false }] },
  writtenAt: 1795337404885,
  modified: Date.parse("2026-11-22T08:50:04.844Z"),
};

test("whatever is packed comes back", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (record) => {
      const json = JSON.parse(JSON.stringify(record)) as JsonObject;
      expect(unpack(pack(json))).toEqual(json);
    }),
  );
});

test("ids take 16 bytes, whatever stands around them", () => {
  const id = "a593e0ebecefdd08adacb1ea9242a784";
  const record = { [id]: id, list: [id, `${id}0`, "\u0001", `"${id}"`, "ü"], text: id.toUpperCase() };
  expect(unpack(pack(record))).toEqual(record);
});

test("equal records are packed to equal texts, whatever the order of their keys", () => {
  const backwards = Object.fromEntries(Object.entries(kept).reverse());
  expect(pack(backwards)).toBe(pack(kept));
  expect(pack({ ids: { b: "2", a: "1" } })).toBe(pack({ ids: { a: "1", b: "2" } }));
});

test("a record is read as this version packs it, and as it was before there was packing", () => {
  const { host, ...rest } = kept;
  expect(recordOf({ record: { host, packed: pack(rest) } })).toEqual(kept);
  expect(recordOf({ record: { ...kept, modified: "2026-11-22T08:50:04.844Z" } })).toEqual(kept);
  expect(recordOf({})).toEqual({ host: "", ids: {}, secrets: {}, writtenAt: 0 });
});

test("former content takes a third of its length at most", () => {
  const id = (of: string) => createHash("md5").update(of).digest("hex");
  const fields = ["displayName", "distinguishedName", "sAMAccountName", "mail"].map((name) => ({
    name,
    type: "string",
    isRequired: false,
    isMultiValued: false,
    attributes: {},
    transform: { type: "identityAttribute", attributes: { name: id(name).slice(0, 6) } },
  }));
  const record = { former: { source: id("source"), usageType: "CREATE", name: "Account", fields }, writtenAt: 1 };
  expect(pack(record).length).toBeLessThan(JSON.stringify(record).length / 3);
});

/** A text as it stands in users' states. */
const PACKED =
  "q0Yul1BTLnpmhQZcam5iZo5SbWytjlJGfnGJkpVSYnJuql5iQaYeLIby8sv1kvNzleBhB3U549LJD16_eX-XY-2aja8mOS1vQfOKpamxsbmJgYmFiQlJvkoL907yzs92c3Q1x_Ag3EwL01oA";

test("what an earlier build packed is still read", () => {
  expect(unpack(PACKED)).toEqual(kept);
});

test.each(["", "no record", "AAAA", "eyJ9"])("a damaged record (%j) is told, not taken for an empty one", (packed) => {
  expect(() => recordOf({ record: { host: "", packed } })).toThrow(/cannot be read: the state was damaged/);
});
