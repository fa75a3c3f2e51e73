import { type Declared, action } from "../../../provider/src/kinds/kind";
import { type Fields, json, keyed, list, object, reference, text } from "../../../provider/src/kinds/tree/field";
import { checkInputs } from "../../../provider/src/lifecycle/check";
import type { JsonObject } from "../../../provider/src/reconcile";
import { UNKNOWN, UNSUPPORTED } from "../../../provider/src/reconcile/unknown";
import type { Connection } from "../../../provider/src/tenant/session";

const plain = text({ doc: "A text.", give: "a text" });
const inner = object({
  doc: "An object.",
  fields: { name: plain, person: reference({ doc: "Who.", to: "identity", what: "person" }) },
});
const fields: Fields = {
  name: plain,
  object: inner,
  members: keyed({ doc: "By name.", by: "name", of: inner }),
  texts: list({ doc: "Texts.", of: plain, nullIsEmpty: true }),
  others: list({ doc: "Texts.", of: plain }),
  settings: json({ doc: "Whatever.", owned: ["healthy", "since"] }),
  counted: { ...plain, owned: "the tenant counts" },
};
const kindOf = (of: Partial<Declared>): Declared =>
  action({
    name: "Aeon",
    doc: "",
    operations: [],
    example: "",
    fields,
    notInputs: {},
    outputs: {},
    title: ({ name }) => `Aeon "${String(name)}"`,
    sourceOf: (id) => id,
    id: () => "",
    run: () => Promise.resolve({}),
    ...of,
  });

const connection = (apiVersion: string | undefined): Connection => ({
  problems: [],
  readOnly: false,
  deployment: {},
  host: "acme.api.identitynow.com",
  apiVersion,
  session: () => Promise.reject(new Error("A check makes no calls.")),
});
const checked = (declared: JsonObject, of: Partial<Declared> = {}, version: string | undefined = "v2025") =>
  checkInputs(kindOf(of), declared, connection(version));
const reasons = (...all: Parameters<typeof checked>) => checked(...all).failures.map(({ reason }) => reason);

describe("what is wrong", () => {
  test.each<[string, JsonObject, string[]]>([
    ["a key of the whole", { nam: "x" }, ['nam: is no input of an Aeon; the nearest is "name"']],
    [
      "a key far from all, without those there are",
      { object: { "q.q": 1, w: 2 } },
      [
        'object["q.q"]: is no input of an Aeon; there are name, person',
        "object.w: is no input of an Aeon; there are name, person",
      ],
    ],
    [
      "a key of a reference",
      { object: { person: { idd: "1", name: "x" } } },
      ['object.person.idd: is no input of an Aeon; the nearest is "id"'],
    ],
    [
      "a key of a member",
      { members: [{ name: "x", nme: 1 }] },
      ['members[0].nme: is no input of an Aeon; the nearest is "name"'],
    ],
    [
      "a value of another form, wherever",
      { members: [{ name: 1 }], texts: ["", 2], others: "x" },
      [
        "members[0].name: is the number 1 where text belongs: give a text",
        "texts[0]: is empty: give a text",
        "texts[1]: is the number 2 where text belongs: give a text",
        "others: is a string: give a list",
      ],
    ],
    [
      "what JSON has not, once",
      { name: `${UNSUPPORTED}a Date`, settings: { a: [NaN] } },
      [
        "name: is a Date, which no tenant can store: give JSON",
        "settings.a[0]: is NaN, which no tenant can store: give JSON",
      ],
    ],
    [
      "and what else is wrong beside it",
      { name: `${UNSUPPORTED}a Date`, texts: `${UNSUPPORTED}a Date`, others: "" },
      [
        "name: is a Date, which no tenant can store: give JSON",
        "texts: is a Date, which no tenant can store: give JSON",
        "others: is a string: give a list",
      ],
    ],
    [
      "nothing that is not known yet",
      { name: UNKNOWN, object: UNKNOWN, members: [UNKNOWN, { name: UNKNOWN }], texts: UNKNOWN },
      [],
    ],
    [
      "nothing in what is not known yet, but what is beside",
      { object: { name: 1, person: UNKNOWN } },
      ["object.name: is the number 1 where text belongs: give a text"],
    ],
    ["nothing that is null", { name: null, object: { name: null }, texts: null, others: null }, []],
  ])("is %s", (_what, declared, expected) => {
    expect(reasons(declared)).toEqual(expected);
  });

  test("of the whole is told without a path, also where something is not known yet", () => {
    const check = () => [{ path: [], message: "needs more" }];
    expect(reasons({}, { check })).toEqual(["needs more"]);
    expect(reasons({ name: UNKNOWN }, { check })).toEqual(["needs more"]);
  });

  test("is no input, where a kind has none", () => {
    expect(reasons({ x: 1 }, { fields: {}, name: "Void" })).toEqual(["x: is no input of a Void"]);
  });

  test("is an operation that the version of the API has not", () => {
    const [reason] = reasons({}, { needs: "getAccountsSchema" }, "v1");
    expect(reason).toMatch(/^version v1 of the API has no getAccountsSchema, which an Aeon needs: set .* to v3 or /);
    for (const version of [undefined, "beta", "v3"])
      expect(reasons({}, { needs: "getAccountsSchema" }, version)).toEqual([]);
  });
});

test("null is none where tenants say so, and else not declared", () => {
  const declared = { texts: null, others: null, settings: { a: null, b: [{ c: null }] }, stranger: null };
  expect(checked(declared).inputs).toEqual({ texts: [], settings: { b: [{}] } });
});

test("what has no effect is advised of, in one line for each reason", () => {
  const declared = { name: "x", settings: { healthy: true, since: 1 }, counted: "y" };
  expect(checked(declared, { warnings: ({ name }) => [`is called ${String(name)}`] }).advice).toEqual([
    'Aeon "x": is called x',
    'Aeon "x": settings.healthy, settings.since: the tenant sets it by itself; declaring it has no effect',
    'Aeon "x": counted: the tenant counts; declaring it has no effect',
  ]);
  expect(checked({ name: "x" }).advice).toEqual([]);
});
