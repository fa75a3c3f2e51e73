import { type ComparatorName, type Maybe, comparators, compare } from "../../../provider/src/reconcile";

describe("equalities by name", () => {
  test.each<[ComparatorName, Maybe, Maybe, boolean]>([
    ["words", "0 0 5 * * ?", " 0  0 5\t* * ? ", true],
    ["words", "0 0 0 ? * mon-fri", "0 0 0 ? * MON-FRI", true],
    ["words", "0 0 5 * * ?", "0 05 * * ?", false],
    ["words", "", null, true],
    ["words", 5, "5", false],
    ["connector", "delimited-file", "delimited-file-angularsc", true],
    ["connector", "delimited-file-angularsc", "delimited-file", true],
    ["connector", "delimited-file", "web-services-angularsc", false],
    ["connector", "x-angularsc-y", "x-y", false],
    ["connector", undefined, null, true],
    ["caseless", " Active ", "ACTIVE", true],
    ["caseless", "a b", "ab", false],
    ["files", [{ path: "./a/x.jar", hash: "1" }], [{ path: "C:\\b\\x.jar", hash: "1" }], true],
    ["files", [{ path: "x.jar", hash: "1" }], [{ path: "x.jar", hash: "2" }], false],
    ["files", [{ path: "x.jar", hash: "1" }], "y/x.jar", true],
    [
      "files",
      [
        { path: "x.jar", hash: "1" },
        { path: "y.jar", hash: "2" },
      ],
      "y.jar, x.jar",
      true,
    ],
    ["files", [{ path: "x.jar", hash: "1" }], "x.jar,y.jar", false],
    ["files", [{ path: "x.jar", hash: "1" }], [], false],
    ["files", [], null, true],
    ["files", [{ path: "x.jar", hash: "1" }], [{ path: "y.jar", hash: "1" }], false],
    ["files", ["x.jar"], [{ path: "x.jar", hash: 1 }, 7, "", {}], true],
    ["files", "x.jar", [{ path: "x.jar", hash: "1" }], true],
    [
      "files",
      [
        { path: "a/x.jar", hash: "1" },
        { path: "b/x.jar", hash: "2" },
      ],
      [{ path: "x.jar", hash: "2" }],
      true,
    ],
    // A diff is told the contents only.
    ["files", [{ hash: "1" }], [{ hash: "1" }], true],
    ["files", [{ hash: "2" }], [{ hash: "1" }], false],
    ["files", [{ hash: "2" }, { hash: "1" }], [{ hash: "1" }, { hash: "2" }], true],
    ["files", [{ path: "x.jar", hash: "2" }], [{ hash: "1" }], false],
  ])("%s: %j and %j", (name, declared, live, are) => {
    expect(comparators[name](declared, live, undefined)).toBe(are);
    expect(
      compare(
        { f: declared ?? null },
        {},
        { f: live ?? null },
        { is: "object", fields: { f: { is: "value", equal: name } } },
      ),
    ).toHaveLength(are || declared === undefined ? 0 : 1);
  });
});
