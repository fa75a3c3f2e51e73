import { entitlementRequestConfig } from "../../../provider/src/kinds/entitlement-request-config";
import { schema } from "../../../provider/src/kinds/schema";
import { source } from "../../../provider/src/kinds/source";
import type { References } from "../../../provider/src/tenant/lookup";
import { ProblemError } from "../../../provider/src/tenant/problem";
import type { JsonObject } from "../../../provider/src/reconcile";
import {
  idsIn,
  mapReferences,
  recalled,
  resolveAll,
  respelled,
  spelled,
} from "../../../provider/src/tenant/references";

const inputs: JsonObject = {
  name: "HR",
  owner: { alias: "jane.doe" },
  cluster: { name: "Cluster" },
  passwordPolicies: [{ name: "First" }, { id: "known" }],
  connectorAttributes: { cluster: { name: "only a setting" } },
};
const ids = {
  owner: "id of jane.doe",
  cluster: "id of Cluster",
  "passwordPolicies.0": "id of First",
  "passwordPolicies.1": "known",
};

/** A tenant that knows everything by its name; only what it answers counts here, look-ups are tested at the simulator. */
const tenant = {
  resolve: (to: string, reference: JsonObject) => {
    const [value] = Object.values(reference);
    const id = "id" in reference ? String(value) : `id of ${String(value)}`;
    return Promise.resolve({ type: to, id, name: to === "identity" ? "" : `name of ${String(value)}` });
  },
} as Pick<References, "resolve"> as References;

describe("declared references become the API's", () => {
  test("at every place that has one, and nowhere else", async () => {
    const { desired, ids: kept } = await resolveAll(inputs, source.rules, tenant, "");
    expect(desired).toEqual({
      ...inputs,
      owner: { type: "identity", id: "id of jane.doe" },
      cluster: { type: "cluster", id: "id of Cluster", name: "name of Cluster" },
      passwordPolicies: [
        { type: "passwordPolicy", id: "id of First", name: "name of First" },
        { type: "passwordPolicy", id: "known", name: "name of known" },
      ],
    });
    expect(kept).toEqual(ids);
  });

  test("in members of a keyed list; ids of schemas, which their names tell, are not kept", async () => {
    const attributes = [
      { name: "groups", type: "STRING", schema: { name: "group" } },
      { name: "id", type: "STRING" },
    ];
    const { desired, ids: kept } = await resolveAll({ attributes }, schema.rules, tenant, "2c91");
    expect(desired["attributes"]).toEqual([
      { name: "groups", type: "STRING", schema: { type: "schema", id: "id of group", name: "name of group" } },
      { name: "id", type: "STRING" },
    ]);
    expect(kept).toEqual({});
  });

  test("to nothing but an id where the API has no more, also from an id that is declared as text", async () => {
    const steps = (...ids: JsonObject[]) => ({ accessRequestConfig: { approvalSchemes: ids } });
    const declared = steps({ approverId: { name: "Managers" } }, { approverId: "known" }, { approverType: "MANAGER" });
    const { rules } = entitlementRequestConfig;
    const { desired, ids: kept } = await resolveAll(declared, rules, tenant, "2c91");
    const live = steps({ approverId: "id of Managers" }, { approverId: "known" }, { approverType: "MANAGER" });
    expect(desired).toEqual(live);
    expect(await recalled(declared, rules, kept)).toEqual(live);
    expect(await idsIn(live, rules)).toEqual(kept);
    expect(respelled(live, await recalled(declared, rules, kept), declared, rules)).toEqual(live);
  });

  test("all that the tenant does not know is told together, each with its path", async () => {
    const problems = mapReferences(inputs, source.rules, (_to, reference) => {
      throw new ProblemError(`no ${JSON.stringify(reference)}`);
    });
    await expect(problems).rejects.toThrow(
      [
        'owner: no {"alias":"jane.doe"}',
        'cluster: no {"name":"Cluster"}',
        'passwordPolicies[0]: no {"name":"First"}',
        'passwordPolicies[1]: no {"id":"known"}',
      ].join("\n"),
    );
  });

  test("a failure of the tenant is no unknown name", async () => {
    const failure = new TypeError("fetch failed");
    await expect(mapReferences(inputs, source.rules, () => Promise.reject(failure))).rejects.toBe(failure);
  });
});

describe("applied references are recalled by their ids, without a look-up", () => {
  test("where the id is kept", async () => {
    expect(await recalled(inputs, source.rules, ids)).toEqual({
      ...inputs,
      owner: { id: "id of jane.doe" },
      cluster: { id: "id of Cluster" },
      passwordPolicies: [{ id: "id of First" }, { id: "known" }],
    });
  });

  test("and left as they are where it is not", async () => {
    expect(await recalled(inputs, source.rules, {})).toEqual(inputs);
  });
});

describe("what is read is spelled as the program spells it", () => {
  const recall = () => recalled(inputs, source.rules, ids);

  test("where nothing changed", async () => {
    const before = await recall();
    expect(respelled(before, before, inputs, source.rules)).toEqual(inputs);
  });

  test("where a reference changed, by the name that the tenant gives, else by the id", async () => {
    const before = await recall();
    const projected = { ...before, owner: { type: "IDENTITY", id: "x", name: "John Doe" }, cluster: { id: "y" } };
    expect(respelled(projected, before, inputs, source.rules)).toEqual({
      ...inputs,
      owner: { name: "John Doe" },
      cluster: { id: "y" },
    });
  });

  test("where a list of references changed", async () => {
    const before = await recall();
    const projected = { ...before, passwordPolicies: [{ id: "z", name: "Third" }] };
    expect(respelled(projected, before, inputs, source.rules)).toMatchObject({ passwordPolicies: [{ name: "Third" }] });
  });

  test("in members of a keyed list that come in another order", () => {
    const declared = [
      { name: "a", schema: { name: "group" } },
      { name: "b", schema: { id: "1" } },
    ];
    const [a, b] = declared;
    const turned = { attributes: [b ?? null, { ...a, type: "INT" }] };
    expect(respelled(turned, { attributes: declared }, { attributes: declared }, schema.rules)).toEqual({
      attributes: [b, { ...a, type: "INT" }],
    });
  });
});

test.each([
  [{ type: "IDENTITY", id: "1", name: "Jane" }, { name: "Jane" }],
  [{ id: "1", name: "" }, { id: "1" }],
  [{ id: "1", name: null }, { id: "1" }],
  [{}, undefined],
  [null, undefined],
])("%j is written as %j", (live, program) => {
  expect(spelled(live)).toEqual(program);
});
