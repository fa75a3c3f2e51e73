import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { schemaAttributesFromCsv } from "pulumi-sailpoint";

const strings = (...names: string[]) => names.map((name) => ({ name, type: "STRING" }));

describe("the columns become attributes", () => {
  const tables: [title: string, csv: string, names: string[]][] = [
    ["a header line", "id,name,e-mail", ["id", "name", "e-mail"]],
    ["a schema as the tenant gives it", "id,name,groups\n", ["id", "name", "groups"]],
    ["accounts", 'id,name\r\n1,"Ann\nB"\r\n2\r\n', ["id", "name"]],
    ["accounts that are no CSV after the header", 'id,name\n1,"never closed\n', ["id", "name"]],
    ["a byte order mark, blanks and quotes", '\ufeff\n id , "Last, First" \n', ["id", "Last, First"]],
    ["one column", "id", ["id"]],
    ["names that objects know", "constructor,__proto__,toString", ["constructor", "__proto__", "toString"]],
  ];
  test.each(tables)("%s", (_title, csv, names) => {
    expect(schemaAttributesFromCsv(csv)).toEqual(strings(...names));
  });

  test("another delimiter", () => {
    expect(schemaAttributesFromCsv("id;name", { delimiter: ";" })).toEqual(strings("id", "name"));
  });
});

test("what the header cannot say is added by name", () => {
  const attributes = { groups: { isMulti: true, isEntitlement: true }, hired: { type: "DATE" } } as const;
  expect(schemaAttributesFromCsv("id,hired,groups", { attributes })).toEqual([
    { name: "id", type: "STRING" },
    { name: "hired", type: "DATE" },
    { name: "groups", type: "STRING", isMulti: true, isEntitlement: true },
  ]);
});

test("a file is read", () => {
  const folder = mkdtempSync(join(tmpdir(), "csv-"));
  try {
    const path = join(folder, "people.csv");
    writeFileSync(path, "id,name\n1,Ann\n");
    expect(schemaAttributesFromCsv({ path })).toEqual(strings("id", "name"));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe("mistakes are told", () => {
  const tables: [title: string, act: () => unknown, message: string | RegExp][] = [
    ["nothing", () => schemaAttributesFromCsv("\n\n"), "the CSV is empty"],
    ["a column without a name", () => schemaAttributesFromCsv("id,,name"), "a column without a name, the 2. of 3"],
    ["the same column twice", () => schemaAttributesFromCsv("id,name,id"), 'two columns "id"'],
    [
      "an attribute that is no column",
      () => schemaAttributesFromCsv("id,name,groups", { attributes: { group: { isMulti: true } } }),
      'has no column "group"; the nearest is "groups"',
    ],
    ["a file's name as text", () => schemaAttributesFromCsv("people.csv"), 'give { path: "people.csv" }'],
    ["a file that is not there", () => schemaAttributesFromCsv({ path: "/nosuch" }), /nosuch/],
  ];
  test.each(tables)("%s", (_title, act, message) => {
    expect(act).toThrow(message);
  });
});
