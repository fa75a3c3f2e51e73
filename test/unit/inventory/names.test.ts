import ts from "typescript";
import fc from "fast-check";
import { isMap, isScalar, isSeq, parse, parseDocument } from "yaml";
import { type Expression, Said } from "../../../provider/src/inventory/program/expression";
import { identifier, slugs } from "../../../provider/src/inventory/program/names";
import { printed } from "../../../provider/src/inventory/program/typescript";
import { printedYaml } from "../../../provider/src/inventory/program/yaml";

const anyText = fc.string({ unit: "binary" });

test("names are unique words of ASCII, the same in any order, and good for variables", () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyText, { maxLength: 8 }), (texts) => {
      const names = slugs(texts, "source");
      expect(slugs([...texts].reverse(), "source")).toEqual(names);
      expect(new Set(names.values()).size).toBe(texts.length);
      for (const name of names.values()) {
        expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(identifier(name)).toMatch(/^[a-z][A-Za-z0-9]*$/);
        const { diagnostics } = ts.transpileModule(`"use strict"; const ${identifier(name)} = 1;`, {
          reportDiagnostics: true,
        });
        expect(diagnostics).toEqual([]);
      }
    }),
  );
});

test("a name does not move when another one that comes to the same words goes", () => {
  const all = slugs(["HR Feed", "HR-Feed", "hr_feed"], "source");
  expect(all.get("HR Feed")).toBe("hr-feed");
  expect(slugs(["HR Feed", "hr_feed"], "source").get("hr_feed")).toBe(all.get("hr_feed"));
});

const anyValue = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    anyText,
    fc.integer(),
    fc.boolean(),
    fc.constantFrom(
      "${x}",
      "`",
      "\r\n",
      "*/",
      "\u2028",
      "\u202e",
      "$$",
      "yes",
      "2026-08-01",
      "0x1",
      "1_0",
      "- a",
      "#",
      null,
    ),
    fc.array(tie("any"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(anyText, fc.constantFrom("__proto__", "constructor", "a.b", "a/b", "", "~")), tie("any"), {
      maxKeys: 4,
    }),
  ),
})).any;

test("what is printed is read back as what it was, whatever stands in texts and keys", () => {
  fc.assert(
    fc.property(anyValue, (expression) => {
      const code = ts.transpile(`(${printed(expression as Expression)})`, { target: ts.ScriptTarget.ES2022 });
      const read: unknown = (0, eval)(code);
      expect(JSON.stringify(read)).toBe(JSON.stringify(expression));
    }),
  );
});

test.each(["1.1", "1.2"] as const)("the same in YAML, also for a reader of version %s", (version) => {
  fc.assert(
    fc.property(anyValue, (expression) => {
      const read = parseDocument(printedYaml(expression as Expression), { version, uniqueKeys: false });
      expect(JSON.stringify(interpolated(read.contents))).toBe(JSON.stringify(expression));
    }),
  );
});

/** What Pulumi makes of it: `$$` is `$`, wherever it stands; `${` would name something. */
function interpolated(node: unknown): unknown {
  if (isMap(node)) {
    const object: Record<string, unknown> = {};
    for (const { key, value } of node.items) {
      const member = { value: interpolated(value), enumerable: true, configurable: true };
      Object.defineProperty(object, String(interpolated(key)), member);
    }
    return object;
  }
  if (isSeq(node)) return node.items.map(interpolated);
  const value = isScalar(node) ? node.value : undefined;
  if (typeof value !== "string") return value;
  expect(value.replaceAll("$$", "")).not.toContain("${");
  return value.replaceAll("$$", "$");
}

test("in YAML a secret is a comment, in the place where it belongs", () => {
  const secret = (name: string) => new Said("secret", name);
  const text = printedYaml({
    first: { password: secret("a"), user: "svc" },
    list: [{ password: secret("b"), user: "svc" }, { password: secret("c") }],
    tokens: ["x", secret("d")],
    auth: { oauth: { clientSecret: secret("f") } },
    headers: [{ name: "Accept" }, { Authorization: secret("g") }],
    last: secret("e"),
  });
  expect(text.split("\n").filter((line) => line.includes("${"))).toEqual([
    "  # password: ${a}",
    "#   - password: ${b}",
    "#   - password: ${c}",
    "#   - ${d}",
    "#     clientSecret: ${f}",
    "#   - Authorization: ${g}",
    "# last: ${e}",
  ]);
  expect(parse(text)).toEqual({ first: { user: "svc" } });
  expect(parse(text.replaceAll(/^( *)# /gm, "$1"))).toMatchObject({
    first: { password: "${a}", user: "svc" },
    list: [{ password: "${b}", user: "svc" }, { password: "${c}" }],
    tokens: ["x", "${d}"],
    auth: { oauth: { clientSecret: "${f}" } },
    headers: [{ name: "Accept" }, { Authorization: "${g}" }],
    last: "${e}",
  });
});

test.each(["fn::readFile", "FN::str:foo", "fn::"])("in YAML no key of the tenant is run as a function: %s", (key) => {
  const refused = /Bug: the key "fn::.*" would be run as a function/i;
  expect(() => printedYaml({ a: [{ b: { [key]: "/etc/hostname" } }] })).toThrow(refused);
  expect(() => printedYaml({ a: { [key]: new Said("secret", "s") } })).toThrow(refused);
});
