/** Which operations each resource calls while it lives: docs/rights.md and its page are made from its kind's own list. */
import type { RunningTenant } from "sailpoint-simulator";
import { kinds } from "../../../provider/src/kinds";
import { Engine } from "../../engine-model/engine";
import type { Json } from "../../engine-model/goal";
import { machineAccounts, subtypesOf } from "../../engine/lifecycle/kinds/provisioning-policy";
import { keepNotesApart } from "../../faults/notes";
import { type Phase, phases, prepare, settingsFor } from "../../faults/row";
import { type Subject, file, subjects } from "../../faults/subjects";

beforeAll(keepNotesApart);

const kindOf = (subject: Subject) => subject.declared([])[0]?.kind ?? "source";
const subjectOf = (name: string): Subject => {
  const found = subjects.find((subject) => subject.name === name);
  if (!found) throw new Error(`There is no subject ${name}`);
  return found;
};

/** A subject whose resource declares something else, in every phase but the change of it. */
const declaring = (name: string, args: (source: string) => Json, changed = (args: Json) => args): Subject => {
  const subject = subjectOf(name);
  const it = (with_: (args: Json) => Json) => (given: readonly string[]) =>
    subject.declared(given).map((declared) => ({ ...declared, args: with_(args(given[0] ?? "")) }));
  const same = it((args) => args);
  return { ...subject, declared: same, updated: it(changed), replaced: same };
};

const of = (what: string, rows: Json = {}) =>
  declaring("Aggregation", (source) => ({ source, of: what, ...rows, triggers: { run: 1 } }));
const uncorrelated = of("uncorrelatedAccounts", { csv: file("rows.csv", "id\n1\n") });
const machines = declaring(
  "ProvisioningPolicy, new",
  (source) => machineAccounts.declared(source, "it"),
  (args) => ({
    ...args,
    fields: [{ name: "mail", type: "int" }],
  }),
);
/** Taken over where nobody has set it, so that its end is a deletion. */
const unset: Subject = { ...subjectOf("NativeChangeDetection"), former: {} };

/** What a subject goes through, in a form of the API, and a PATCH that the tenant refuses on the way. */
interface Life {
  subject: Subject;
  apiVersion?: string;
  through?: readonly Phase[];
  refused?: string;
}

const lives: Life[] = [
  ...subjects.filter(({ name }) => !name.includes(" with ")).map((subject) => ({ subject })),
  ...[of("entitlements"), uncorrelated, unset].map((subject) => ({ subject })),
  { subject: machines, apiVersion: "services" },
  { subject: subjectOf("Schema"), through: ["update"], refused: "updateSourceSchema" },
  { subject: subjectOf("ProvisioningPolicy"), through: ["update"], refused: "updateProvisioningPolicy" },
  { subject: machines, apiVersion: "services", through: ["update"], refused: "updateProvisioningPolicyById" },
];

async function called({ subject, apiVersion, through = phases, refused }: Life): Promise<string[]> {
  const engineOn = (tenant: RunningTenant) => {
    for (const subtype of Object.keys(tenant.admin.state()["sources"] ?? {}).flatMap(subtypesOf))
      tenant.admin.put(`/source-subtypes/${String(subtype["id"])}`, subtype);
    return new Engine({ ...settingsFor(tenant), ...(apiVersion === undefined ? {} : { apiVersion }) });
  };
  const all: string[] = [];
  for (const phase of through) {
    const { tenant, engine, act } = await prepare(subject, phase, engineOn);
    try {
      tenant.clearRequests();
      if (refused !== undefined) tenant.admin.fault({ kind: "status", status: 400, operationId: refused, times: 1 });
      expect((await act()).errors).toEqual([]);
      if (phase === "refresh") {
        // Once more, after somebody has deleted the source.
        for (const { id } of engine.kept()) tenant.admin.remove(`/sources/${id.split("/")[0] ?? ""}`);
        expect((await act()).errors).toEqual([]);
      }
      all.push(...tenant.requests().flatMap(({ operationId }) => operationId ?? []));
    } finally {
      await tenant.close();
    }
  }
  return all;
}

test.each(Object.entries(kinds))("%s: calls what its list says, beside look-ups by name", async (key, kind) => {
  const { lookups } = await import("../../../tools/docs/rights.mjs");
  const ofKind = lives.filter(({ subject }) => kindOf(subject) === key);
  const calls = new Set<string>();
  for (const life of ofKind) for (const operation of await called(life)) calls.add(operation);
  // A 404 may also mean that the tenant does not know the version, which its list of sources tells; who may not list, lives on.
  const besides: string[] = [...Object.values(lookups).flat(), "listSources"];
  const own: readonly string[] = kind.operations;
  expect([...calls].filter((id) => own.includes(id) || !besides.includes(id)).sort()).toEqual([...own].sort());
});
