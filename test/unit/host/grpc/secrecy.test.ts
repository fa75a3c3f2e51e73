import { secrecyOf } from "../../../../provider/src/host/grpc/secrecy";
import { source } from "../../../../provider/src/kinds/source";

const connectorAttributes = {
  headers: [
    { name: "Authorization", value: "Basic c3ZjOnB3" },
    { key: "X-Api-Key", value: "k-1" },
    { name: "Accept", value: "application/json" },
  ],
  deep: { list: [{ key: "client_secret", value: { part: "p" } }] },
  plain: { Authorization: "Bearer b" },
  flag: { name: "password", value: false },
  encrypted: "pin",
  pins: [{ name: "pin", value: "1234" }],
};
const isSecret = secrecyOf(source, { connectorAttributes }, []);

test.each<[string, (string | number)[], unknown, boolean]>([
  ["a header that authenticates", ["headers", 0, "value"], "Basic c3ZjOnB3", true],
  ["one that is called a key", ["headers", 1, "value"], "k-1", true],
  ["its name", ["headers", 0, "name"], "Authorization", false],
  ["another header", ["headers", 2, "value"], "application/json", false],
  ["a structure", ["deep", "list", 0, "value"], connectorAttributes.deep.list[0]?.value, true],
  ["by the key itself", ["plain", "Authorization"], "Bearer b", true],
  ["a flag", ["flag", "value"], false, false],
  ["what `encrypted` lists", ["pins", 0, "value"], "1234", true],
])("of what a name beside it tells, the host marks what is secret: %s", (_what, below, value, expected) => {
  expect(isSecret(["connectorAttributes", ...below.map(String)], value as never)).toBe(expected);
});
