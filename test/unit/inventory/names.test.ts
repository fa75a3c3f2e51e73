import ts from "typescript";
import fc from "fast-check";
import { type Expression, printed } from "../../../provider/src/inventory/program/expression";
import { identifier, slugs } from "../../../provider/src/inventory/program/names";

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

test("what is printed is read back as what it was, whatever stands in texts and keys", () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      anyText,
      fc.integer(),
      fc.boolean(),
      fc.constantFrom("${x}", "`", "\r\n", "*/", "\u2028", "\u202e", null),
      fc.array(tie("any"), { maxLength: 4 }),
      fc.dictionary(fc.oneof(anyText, fc.constantFrom("__proto__", "constructor", "a.b", "a/b", "")), tie("any"), {
        maxKeys: 4,
      }),
    ),
  })).any;
  fc.assert(
    fc.property(value, (expression) => {
      const code = ts.transpile(`(${printed(expression as Expression)})`, { target: ts.ScriptTarget.ES2022 });
      const read: unknown = (0, eval)(code);
      expect(JSON.stringify(read)).toBe(JSON.stringify(expression));
    }),
  );
});
