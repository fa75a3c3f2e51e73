import {
  type Check,
  type Field,
  commaSet,
  file,
  files,
  flag,
  json,
  keyed,
  list,
  number,
  object,
  parent,
  reference,
  set,
  text,
  word,
} from "../../../provider/src/kinds/tree/field";
import { otherForm, schemaOf } from "../../../provider/src/kinds/tree/validation";
import type { Json } from "../../../provider/src/reconcile";
import { UNKNOWN } from "../../../provider/src/reconcile/unknown";

/** What each sort of field accepts, and what it says of the rest. */

const doc = "A field.";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const asset = (content: { path?: Json; text?: Json }) => ({ "4dabf18193072939515e22adb298388d": ASSET, ...content });

const plain = text({ doc, give: "a word" });
const named = object({ doc, fields: { name: plain, number: number({ doc, give: "a number", least: 0 }) } });
const even: Check = ({ a, b }) => (a === b ? [] : [{ path: ["b", 0], message: "is not a" }]);
const pair = object({ doc, fields: { a: plain, b: plain }, check: even });
const person = reference({ doc, to: "identity", what: "person" });
const bigger = number({ doc, give: "one to ten", least: 1, most: 10 });
const open = object({ doc, open: true, fields: { isMulti: flag("Several."), name: { ...plain, required: true } } });
const schedule = text({ doc, give: "a word", check: (value) => (value === "x" ? undefined : `is no x: ${value}`) });

const missing: [string, Field, string][] = [
  ["text", plain, "is missing: give a word"],
  ["a word", word({ doc, what: "color", of: ["red", "blue"] }), "is missing: give one of red, blue"],
  ["an open word", word({ doc, what: "color", of: ["red"], open: { give: "a color" } }), "is missing: give a color"],
  ["a flag", flag({ doc }), "is missing: give true or false"],
  ["a number", bigger, "is missing: give one to ten"],
  ["JSON", json({ doc }), "is missing: give an object"],
  ["an object", named, "is missing: give an object"],
  ["a list", list({ doc, of: plain }), "is missing: give a list"],
  ["a keyed list", keyed({ doc, by: "name", of: named }), "is missing: give a list"],
  ["a set", set({ doc, of: plain }), "is missing: give a list"],
  ["a set in one text", commaSet({ doc, give: "names" }), "is missing: give names"],
  ["a reference", person, "is missing: give person as { name } or { id }"],
  ["a file", file({ doc }), "is no text: give new pulumi.asset.FileAsset(path) or new pulumi.asset.StringAsset(text)"],
  ["files", files({ doc }), "is missing: give a list"],
  ["a parent", parent("a schedule"), "is missing: give a Source, or a source's id"],
];

const told = (field: Field, value: unknown): string[] => {
  const form = schemaOf({ f: field }, {});
  const { error } = form.safeParse(value === undefined ? {} : { f: value }, { error: otherForm });
  return (error?.issues ?? []).map(({ code, path, message, ...issue }) =>
    code === "unrecognized_keys" && "keys" in issue
      ? `${path.join(".")}: knows no ${String(issue.keys)}`
      : `${path.join(".")}: ${message}`,
  );
};

describe("a field that is missing", () => {
  test.each(missing)("%s is told, where it is required", (_what, field, message) => {
    expect(told({ ...field, required: true }, undefined)).toEqual([`f: ${message}`]);
  });

  test.each(missing)("%s is fine, where it is not", (_what, field) => {
    const { required: _required, ...optional } = field;
    expect(told(optional as Field, undefined)).toEqual([]);
  });
});

const TWICE = [{ name: "x" }, { name: "y" }, { name: "x" }];

describe("a field's value", () => {
  test.each<[string, Field, unknown, string[]]>([
    ["text", plain, "x", []],
    ["a number for text", plain, 7, ["f: is the number 7 where text belongs: give a word"]],
    ["null for text", plain, null, ["f: is null where text belongs: give a word"]],
    ["an object for text", plain, {}, ["f: is an object where text belongs: give a word"]],
    ["a list for text", plain, [], ["f: is a list where text belongs: give a word"]],
    ["a flag for text", plain, true, ["f: is a boolean where text belongs: give a word"]],
    ["empty text", plain, "", ["f: is empty: give a word"]],
    ["empty text where it may be", text({ doc, give: "a word", mayBeEmpty: true }), "", []],
    ["text as long as it may be", text({ doc, give: "a word", most: { length: 2, told: "is long" } }), "𝒳x", []],
    ["longer text", text({ doc, give: "a word", most: { length: 2, told: "is long" } }), "xxx", ["f: is long"]],
    [
      "a longer list",
      text({ doc, give: "a word", most: { length: 2, told: "is long" } }),
      ["x", "y", "z"],
      ["f: is a list where text belongs: give a word"],
    ],
    ["text that passes a check", schedule, "x", []],
    ["text that does not", schedule, "y", ["f: is no x: y"]],
    ["empty text is not checked", schedule, "", ["f: is empty: give a word"]],
    ["nor what is no text", schedule, 1, ["f: is the number 1 where text belongs: give a word"]],

    ["a word", word({ doc, what: "color", of: ["red", "blue"] }), "blue", []],
    [
      "another word",
      word({ doc, what: "color", of: ["red", "blue"] }),
      "green",
      ['f: "green" is no color: use one of red, blue'],
    ],
    ["no word", word({ doc, what: "color", of: ["red"] }), 1, ["f: is the number 1: give one of red"]],
    ["the empty word, for none", word({ doc, what: "color", of: ["red"] }), "", []],
    [
      "the empty word where there must be one",
      word({ doc, what: "color", of: ["red"], required: true }),
      "",
      ['f: "" is no color: use one of red'],
    ],
    ["a new word", word({ doc, what: "color", of: ["red"], open: { give: "a color" } }), "green", []],
    [
      "no word at all",
      word({ doc, what: "color", of: ["red"], open: { give: "a color" } }),
      "",
      ["f: is empty: give a color"],
    ],

    ["a flag", flag("On."), false, []],
    ["text for a flag", flag("On."), "true", ["f: is a string: give true or false"]],

    ["the least number", bigger, 1, []],
    ["the greatest", bigger, 10, []],
    ["less", bigger, 0, ["f: is below 1: give one to ten"]],
    ["more", bigger, 11, ["f: is above 10: give one to ten"]],
    ["a fraction", bigger, 1.5, ["f: is the number 1.5 where a whole number belongs: give one to ten"]],
    ["any great number", number({ doc, give: "many", least: 0 }), 1_000_000, []],

    ["JSON", json({ doc }), { a: [1, { b: null }] }, []],
    ["a list for JSON", json({ doc }), [], ["f: is a list: give an object"]],

    ["an object", named, { name: "x", number: 1 }, []],
    ["a list for an object", named, [], ["f: is a list: give an object"]],
    ["what is wrong in it", named, { name: "", number: 1 }, ["f.name: is empty: give a word"]],
    ["a key that it has not", named, { nam: "x" }, ["f: knows no nam"]],
    ["an object that passes its check", pair, { a: "x", b: "x" }, []],
    ["one that does not", pair, { a: "x", b: "y" }, ["f.b.0: is not a"]],
    ["both are told", pair, { a: "", b: "y" }, ["f.a: is empty: give a word", "f.b.0: is not a"]],
    ["what is no object is not checked", pair, "x", ["f: is a string: give an object"]],
    ["an open object", open, { name: "x", fooBar: 1 }, []],
    ["a near miss in one", open, { name: "x", ismulty: 1 }, ["f: knows no ismulty"]],
    ["one in three letters is near, in any case", open, { name: "x", NAM: 1 }, ["f: knows no NAM"]],
    ["more than that is not", open, { name: "x", nix: 1, isabc: 1 }, []],
    [
      "it is told with what else is wrong",
      open,
      { nome: "x" },
      ["f.name: is missing: give a word", "f: knows no nome"],
    ],

    ["a list", list({ doc, of: plain }), ["x", "x"], []],
    ["text for a list", list({ doc, of: plain }), "x", ["f: is a string: give a list"]],
    ["a member that is wrong", list({ doc, of: plain }), ["x", ""], ["f.1: is empty: give a word"]],
    ["members alike", list({ doc, of: named, by: "name" }), TWICE, []],
    [
      "members alike that are to be distinct",
      list({ doc, of: named, by: "name", distinct: true }),
      TWICE,
      ['f.2.name: "x" is declared twice'],
    ],
    ["members by several keys are not", list({ doc, of: named, by: ["name"], distinct: true }), TWICE, []],
    ["a keyed list", keyed({ doc, by: "name", of: named }), [{ name: "x" }, { name: "y" }], []],
    ["a keyed list with one twice", keyed({ doc, by: "name", of: named }), TWICE, ['f.2.name: "x" is declared twice']],
    [
      "one thrice",
      keyed({ doc, by: "name", of: named }),
      [...TWICE, { name: "x" }],
      ['f.2.name: "x" is declared twice', 'f.3.name: "x" is declared twice'],
    ],
    [
      "members without a key, or one that is not known yet",
      keyed({ doc, by: "name", of: named }),
      [{}, {}, { name: UNKNOWN }, { name: UNKNOWN }],
      [],
    ],
    [
      "members that are none",
      keyed({ doc, by: "name", of: named }),
      ["x", "x", { name: "" }, { name: "" }],
      [
        "f.0: is a string: give an object",
        "f.1: is a string: give an object",
        "f.2.name: is empty: give a word",
        "f.3.name: is empty: give a word",
      ],
    ],
    ["no list for a keyed one", keyed({ doc, by: "name", of: named }), "x", ["f: is a string: give a list"]],
    [
      "it is told with what else is wrong in it",
      keyed({ doc, by: "name", of: named }),
      [...TWICE, { name: 1 }],
      ["f.3.name: is the number 1 where text belongs: give a word", 'f.2.name: "x" is declared twice'],
    ],
    ["a set", set({ doc, of: plain }), ["x"], []],
    [
      "a member of it that is wrong",
      set({ doc, of: plain }),
      [1],
      ["f.0: is the number 1 where text belongs: give a word"],
    ],
    ["a set in one text", commaSet({ doc, give: "names" }), "a,b", []],
    ["none in one", commaSet({ doc, give: "names" }), "", []],
    ["a list for it", commaSet({ doc, give: "names" }), ["a"], ["f: is a list where text belongs: give names"]],

    ["a reference by name", person, { name: "x" }, []],
    ["by id", person, { id: "x" }, []],
    [
      "by both",
      person,
      { id: "x", name: "y" },
      ["f: names the person by name and id: give exactly one of { name } or { id }, so that they cannot contradict"],
    ],
    ["by none", person, {}, ["f: names no person: give { name } or { id }"]],
    ["by an empty name", person, { name: "" }, ["f.name: is empty: give name"]],
    ["by a blank one", person, { name: " " }, ["f.name: is empty: give name"]],
    [
      "by both, of which one is no text",
      person,
      { id: 1, name: "y" },
      [
        "f.id: is the number 1 where text belongs: give id",
        "f: names the person by name and id: give exactly one of { name } or { id }, so that they cannot contradict",
      ],
    ],
    ["by another key", person, { alias: "x" }, ["f: knows no alias", "f: names no person: give { name } or { id }"]],
    [
      "by an alias, where there is one",
      reference({ doc, to: "identity", what: "person", by: ["alias"] }),
      { alias: "x" },
      [],
    ],
    ["text for a reference", person, "x", ["f: is a string: give person as { name } or { id }"]],
    ["an id as text, where the API has just that", { ...person, asId: true }, "x", []],
    ["an empty one", { ...person, asId: true }, "", ["f: is empty: give an id"]],
    ["a reference in its place", { ...person, asId: true }, { name: "x" }, []],
    ["a wrong one", { ...person, asId: true }, {}, ["f: names no person: give { name } or { id }"]],

    ["a file of this machine", file({ doc }), asset({ path: "x" }), []],
    ["a text as one", file({ doc }), asset({ text: "x" }), []],
    ["neither", file({ doc }), asset({}), [missing[12]?.[2]].map((message) => `f: ${String(message)}`)],
    [
      "an object that is none",
      file({ doc }),
      { path: "x" },
      [missing[12]?.[2]].map((message) => `f: ${String(message)}`),
    ],
    ["files", files({ doc }), [asset({ path: "x" })], []],
    [
      "a text for a file",
      files({ doc }),
      [asset({ text: "x" })],
      ["f.0: is no file: give new pulumi.asset.FileAsset(path)"],
    ],
    ["its path", files({ doc }), [{ path: "x" }], ["f.0: is no file: give new pulumi.asset.FileAsset(path)"]],
    ["one for several", files({ doc }), asset({ path: "x" }), ["f: is an object: give a list"]],

    ["a source", parent("a schedule"), "2c91", []],
    ["a source by a UUID", parent("a schedule"), "0A1b2c3d-0000-4000-8000-00000000000f", []],
    ["none", parent("a schedule"), "", ["f: is empty: give a Source, or a source's id"]],
    [
      "a name where an id belongs",
      parent("a schedule"),
      "People",
      ["f: \"People\" is no source's id: give a Source, or a source's id (getSource gives it)"],
    ],
  ])("%s", (_what, field, value, expected) => {
    expect(told(field, value)).toEqual(expected);
  });
});

test("a kind's inputs are checked together, and what is none says why", () => {
  const form = schemaOf({ a: plain, b: plain }, { id: "the tenant gives it" }, even);
  const messages = (declared: unknown) =>
    form.safeParse(declared, { error: otherForm }).error?.issues.map(({ message }) => message);
  expect(messages({ a: "x", b: "x" })).toBeUndefined();
  expect(messages({ a: "x", b: "y", id: "1" })).toEqual(["cannot be set: the tenant gives it", "is not a"]);
  expect(messages([])).toEqual(["is a list: give an object"]);
});

describe("what a field is made of", () => {
  test("a flag is off where it is not declared, unless it must be", () => {
    const off = { is: "value", type: "flag", absent: false, default: "false", doc: "On." };
    expect(flag("On.")).toEqual(off);
    expect(flag({ doc: "On.", immutable: "because" })).toEqual({ ...off, immutable: "because" });
    expect(flag({ doc: "On.", required: true })).toEqual({ is: "value", type: "flag", doc: "On.", required: true });
  });

  test("an open object carries the keys that no document names", () => {
    const made = object({ doc, open: true, fields: {} });
    expect(made.rest).toEqual({ is: "value", carried: true });
    expect(object({ doc, fields: {} })).not.toHaveProperty("rest");
  });

  test("what hangs on a source can go to no other", () => {
    expect(parent("a schedule")).toMatchObject({
      doc: "The source: a Source, or a source's id.",
      required: true,
      immutable: "a schedule belongs to one source",
      apart: true,
    });
  });

  test("each sort is compared by its rule, and says which it is", () => {
    // Made here, so that `npm run mutants` sees them being made.
    const sorts: [Field, string, string][] = [
      [text({ doc, give: "a word" }), "value", "text"],
      [word({ doc, what: "color", of: [] }), "value", "word"],
      [number({ doc, give: "a number", least: 0 }), "value", "number"],
      [json({ doc }), "free", "json"],
      [object({ doc, fields: {} }), "object", "object"],
      [list({ doc, of: plain }), "list", "list"],
      [keyed({ doc, by: "name", of: named }), "keyed", "keyed"],
      [set({ doc, of: plain }), "set", "set"],
      [commaSet({ doc, give: "names" }), "commaSet", "commaSet"],
      [reference({ doc, to: "identity", what: "person" }), "reference", "reference"],
      [file({ doc }), "value", "file"],
      [files({ doc }), "value", "files"],
      [parent("a schedule"), "value", "parent"],
    ];
    for (const [field, is, type] of sorts) expect(field).toMatchObject({ is, type });
    expect(reference({ doc, to: "identity", what: "person" }).by).toEqual(["name", "id"]);
  });
});
