import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { createClient } from "pulumi-sailpoint/api";
import * as sailpoint from "pulumi-sailpoint";
import { type RunningTenant, startTenant } from "sailpoint-simulator";
import ts from "typescript";
import { comparison, isOther } from "../../../provider/src/inventory/comparison";
import { projectOf } from "../../../provider/src/inventory/program/project";
import { templatesOf } from "../../../provider/src/inventory/program/templates";
import { readTenant } from "../../../provider/src/inventory/reading";
import { sessionOf } from "../../../provider/src/tenant/session";
import { Engine } from "../../engine-model/engine";
import { programGoals } from "../../engine-model/program";
import { listened } from "../../habits/listening";
import { type Names, randomSources } from "./support/random-sources";

const { ROUND_TRIPS = "5", SEED } = process.env;

/** A tenant, and how it is read. */
async function opened(name: "a" | "b") {
  const tenant = await startTenant({ tenant: name, shuffle: true });
  const client = createClient({ ...tenant, rateLimit: false });
  const occasion = {
    report: { info: () => undefined, warn: () => undefined, status: () => undefined },
    signal: undefined,
  };
  const session = await sessionOf(client, 0, occasion);
  const close = async () => {
    client.close();
    await tenant.close();
  };
  return { tenant, client, session, close, engine: engineFor(tenant) };
}
const engineFor = ({ baseUrl, clientId, clientSecret }: RunningTenant) =>
  new Engine({ baseUrl, clientId, clientSecret, requestsPer10Seconds: "unlimited" });

/** What a provider process would print is of no interest here. */
const quietly = async <T>(act: () => Promise<T>): Promise<T> => (await listened(act)).result;

type Opened = Awaited<ReturnType<typeof opened>>;

async function namesOn({ client }: Opened): Promise<Names> {
  const of = (list: readonly { name?: unknown }[]) => list.map(({ name }) => String(name)).sort();
  return {
    identity: (await client.call("listIdentities", {})).map(({ alias }) => String(alias)).sort(),
    cluster: of(await client.call("getManagedClusters", {})),
    workgroup: of(await client.call("listWorkgroups", {})),
    passwordPolicy: of(await client.call("listPasswordPolicies", {})),
  };
}

/** What an exported program asks of the engine, all its secrets set. */
function goalsOf(files: ReadonlyMap<string, string>, secrets: readonly string[]) {
  for (const key of secrets) pulumi.runtime.setConfig(`habits:${key}`, "s3cret word");
  const packages: Readonly<Record<string, unknown>> = { "pulumi-sailpoint": sailpoint, "@pulumi/pulumi": pulumi };
  const loaded = new Map<string, object>();
  const load = (path: string): object => {
    const known = loaded.get(path);
    if (known) return known;
    const exports = {};
    loaded.set(path, exports);
    const code = ts.transpile(files.get(path) ?? "", {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
    });
    const required = (name: string) => packages[name] ?? load(name.replace(/^\.\.?\//, "") + ".ts");
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    (new Function("require", "exports", code) as (...words: unknown[]) => void)(required, exports);
    return exports;
  };
  return programGoals(() => void load("index.ts"));
}

/** Exports a tenant, deploys the program to an empty one, and tells what the two have otherwise. */
async function roundTrip(from: Opened): Promise<unknown> {
  const inventory = await readTenant(from.session);
  const templates = await templatesOf(from.session, inventory.sources);
  const { files, asked, notes } = await projectOf(inventory, {
    ...{ templates, language: "typescript", all: false, imports: false },
    ...{ name: "sources", baseUrl: from.client.baseUrl, tenant: "a", version: "1.0.0" },
  });
  const to = await opened("b");
  try {
    const goals = await goalsOf(
      files,
      asked.secrets.map(({ key }) => key),
    );
    const up = await quietly(() => to.engine.up(goals));
    const again = await quietly(() => to.engine.preview(goals));
    const { sources } = comparison(await readTenant(from.session), await readTenant(to.session));
    return { errors: up.errors, notes, planned: again.steps, differ: sources.filter(isOther) };
  } finally {
    await to.close();
  }
}

test("a random tenant, exported and deployed to an empty one, compares as the same", async () => {
  const seeded = await opened("a");
  const names = await namesOn(seeded);
  await seeded.close();
  await fc.assert(
    fc.asyncProperty(randomSources(names), async (declared) => {
      const from = await opened("a");
      try {
        const made = await quietly(() => from.engine.up(declared));
        expect(made.errors).toEqual([]);
        expect(await roundTrip(from)).toEqual({ errors: [], notes: [], planned: [], differ: [] });
      } finally {
        await from.close();
      }
    }),
    {
      numRuns: Number(ROUND_TRIPS),
      endOnFailure: process.env["END"] !== undefined,
      ...(SEED === undefined ? {} : { seed: Number(SEED) }),
    },
  );
}, 600_000);

test("a schema that has fewer attributes than a new source's takes the others away there, too", async () => {
  const from = await opened("a");
  try {
    const made = await quietly(() =>
      from.engine.up([
        { name: "s", kind: "source", args: { name: "Few", owner: { alias: "support" }, connector: "jdbc" } },
        {
          name: "account",
          kind: "schema",
          args: { source: { ref: "s" }, name: "account", exact: true, attributes: [{ name: "id", type: "STRING" }] },
        },
      ]),
    );
    expect(made.errors).toEqual([]);
    expect(await roundTrip(from)).toEqual({ errors: [], notes: [], planned: [], differ: [] });
  } finally {
    await from.close();
  }
});

test("a source of 2 MB, of texts that break what is careless", async () => {
  const from = await opened("a");
  try {
    const odd = "${x} `y` \r\n *\\/ \" ' \u2028 日本語 🎉 $$ ";
    const source = {
      name: "2 MB",
      owner: { alias: "support" },
      connector: "web-services",
      connectorAttributes: {
        script: odd.repeat(50_000),
        many: Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`key ${String(i)}/a.b`, { list: [i, odd] }])),
      },
    };
    expect(JSON.stringify(source).length).toBeGreaterThan(2_000_000);
    const made = await quietly(() => from.engine.up([{ name: "big", kind: "source", args: source }]));
    expect(made.errors).toEqual([]);
    expect(await roundTrip(from)).toEqual({ errors: [], notes: [], planned: [], differ: [] });
  } finally {
    await from.close();
  }
}, 600_000);
