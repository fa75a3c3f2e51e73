import type { RunningTenant } from "sailpoint-simulator";
import { type Outcome, type Project, createProject, createTenant } from "../harness";
import type { Door } from "../hosts/doors";
import { entries, entriesOfServices } from "./entries";
import { type Args, type Drift, type Edit, type Entry, driftClasses } from "./kinds/entry";
import { subtypesOf } from "./kinds/provisioning-policy";
import { type Stock, clientOf, comparable, existingSource, sourceNamed, stored, writes } from "./tenants";

/**
 * The lifecycle of every kind, by the table in kinds/. Each cell of the table is a resource of its own, on a source
 * that was there before; all cells go through each command together. A second tenant, to which the program never comes
 * but others do, tells what everything must be like when the program has left.
 */
const plans = ["update", "withdrawn", "replace", "gone"] as const;
const classes = [...driftClasses, ...plans] as const;
type Class = (typeof classes)[number];

interface Cell {
  entry: Entry;
  is: Class;
  name: string;
  args: Args;
}

/** Runs a program that declares what a file lists. */
const program = (door: Door) => `
${door.sailpoint}
for (const [name, { kind, args }] of Object.entries(require("./declared.json"))) new sailpoint[kind](name, args);
`;

const nameOf = ({ kind, label = kind }: Entry, is: Class) => `${label}-${is}`;
const partOf = (part: string, source: string) => `/sources/${source}/${part.replace("{source}", source)}`;
const hasCell = ({ drift, withdrawn }: Entry, is: Class): boolean =>
  is === "update" || is === "replace" || is === "gone" || (is === "withdrawn" ? !!withdrawn : drift[is] !== undefined);

/** The lifecycle of every kind, as tests of the file that calls this. */
export function lifecycleTable(door: Door, apiVersion: "v2025" | "services" = "v2025"): void {
  const table = apiVersion === "services" ? entriesOfServices : entries;
  let tenant: RunningTenant;
  let control: RunningTenant;
  let project: Project;
  let cells: Cell[];
  const sources = new Map<string, string>();

  /** The path of a cell's object; of a source that the program made, by its name. */
  const pathOf = ({ entry, args }: Cell, stock: Stock): string =>
    entry.part === undefined
      ? `/sources/${sourceNamed(stock, String(args["name"]))}`
      : partOf(entry.part, String(args["source"]));
  function storedOf(cell: Cell, stock: Stock): Args {
    const found = stored(stock, pathOf(cell, stock));
    if (!found) throw new Error(`${cell.name} is not on the tenant`);
    return found;
  }
  /** What is stored of each cell, as far as it can be compared. */
  function stocked(of: Cell[], stock: Stock): Record<string, unknown> {
    const views = of.map((cell) => [cell.name, comparable(storedOf(cell, stock), cell.entry.unordered)]);
    return Object.fromEntries(views) as Record<string, unknown>;
  }
  /** Changes objects on the tenant, each as it is stored now. */
  function edit(at: RunningTenant, of: Cell[], edits: (cell: Cell) => Edit | undefined): void {
    const stock = at.admin.state();
    for (const cell of of) {
      const before = stored(stock, pathOf(cell, stock));
      if (before) at.admin.edit(pathOf(cell, stock), edits(cell)?.(before) ?? []);
    }
  }

  function declare(args: (cell: Cell) => Args | undefined): void {
    const declared = cells.flatMap((cell) => {
      const now = args(cell);
      return now ? [[cell.name, { kind: cell.entry.kind, args: now }]] : [];
    });
    project.write("declared.json", JSON.stringify(Object.fromEntries(declared)));
  }

  const driftOf = ({ entry, is }: Cell): Drift | undefined => entry.drift[is as keyof Entry["drift"]];
  const ofClass = (...wanted: Class[]) => cells.filter(({ is }) => wanted.includes(is));

  /** What the steps of an outcome change, by resource. */
  const shown = ({ steps }: Outcome) =>
    Object.fromEntries(steps.filter(({ op }) => op !== "same").map(({ name, op, changes }) => [name, { op, changes }]));

  const spare = "spare";
  const doomed = "doomed";

  beforeAll(async () => {
    [tenant, control] = await Promise.all([createTenant(), createTenant()]);
    for (const at of [tenant, control]) {
      const client = clientOf(at);
      for (const name of [...classes, spare, doomed]) {
        const id = await existingSource(client, `Existing ${name}`);
        sources.set(name, id);
        for (const { part, former } of table) if (part && former) at.admin.put(partOf(part, id), former);
        for (const subtype of subtypesOf(id)) at.admin.put(`/source-subtypes/${String(subtype["id"])}`, subtype);
      }
    }
    cells = table.flatMap((entry) =>
      classes
        .filter((is) => hasCell(entry, is))
        .map((is): Cell => {
          // A configuration that a source always has is gone only with its source.
          const source = is === "gone" && entry.former ? doomed : is;
          const name = nameOf(entry, is);
          return { entry, is, name, args: entry.declared(sources.get(source) ?? "", name) };
        }),
    );
    project = await createProject({
      program: program(door),
      yaml: door.yaml,
      refresh: door.refresh,
      env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" },
      config: { "sailpoint:apiVersion": apiVersion },
    });
    declare(({ args }) => args);
  });

  let failed = false;
  /** A test that goes on from where the one before ended. */
  function step(what: string, act: () => Promise<void>): void {
    test(what, async () => {
      if (failed) throw new Error("An earlier step failed.");
      failed = true;
      await act();
      failed = false;
    });
  }

  step("everything is created or taken over", async () => {
    const up = await project.up();
    expect(up.counts).toEqual({ create: cells.length });
  });

  step("nothing to do afterwards, also when a source aggregated", async () => {
    const made = ofClass(...classes).filter(({ entry }) => !entry.part);
    for (const cell of made) tenant.admin.aggregate(pathOf(cell, tenant.admin.state()).replace("/sources/", ""));
    tenant.clearRequests();
    const preview = await project.preview();
    expect(shown(preview)).toEqual({});
    expect(preview.drift.map(({ name, changes }) => ({ name, changes }))).toEqual([]);
    expect(writes(tenant)).toEqual([]);
  });

  if (apiVersion === "v2025") {
    step("nor in the per-service form, and back", async () => {
      for (const version of ["services", apiVersion]) {
        await project.setConfig({ "sailpoint:apiVersion": version });
        expect((await project.up()).counts).toEqual({});
        tenant.clearRequests();
        const preview = await project.preview();
        expect([shown(preview), preview.drift]).toEqual([{}, []]);
        expect(tenant.requests().every(({ path }) => path.startsWith("/v2025/") === (version === "v2025"))).toBe(true);
      }
    });
  }

  const drifting = (): Cell[] => ofClass(...driftClasses);
  let settled: Record<string, unknown>;

  step("drift shows exactly: nothing else, and nothing of what others added", async () => {
    edit(tenant, drifting(), ({ entry }) => entry.others);
    edit(
      control,
      drifting().filter(({ entry }) => entry.part),
      ({ entry }) => entry.others,
    );
    settled = stocked(drifting(), tenant.admin.state());
    edit(tenant, drifting(), (cell) => driftOf(cell)?.edit);

    const expected = drifting().flatMap((cell) => {
      const changes = driftOf(cell)?.shows ?? [];
      return changes.length === 0 ? [] : [[cell.name, { op: "update", changes }]];
    });
    expect(shown(await project.preview())).toEqual(Object.fromEntries(expected));
  });

  step("it is repaired by one request each, of just that", async () => {
    tenant.clearRequests();
    await project.up();
    expect(stocked(drifting(), tenant.admin.state())).toEqual(settled);
    const expected = drifting().flatMap((cell) => {
      const { shows = [], writes: paths } = driftOf(cell) ?? {};
      return shows.length === 0 ? [] : [`${cell.name} ${(paths ?? ["PUT"]).join()}`];
    });
    expect(written(drifting())).toEqual(expected);
  });

  /** What was written of each cell: the paths of its PATCH, guards aside, or the method. */
  function written(of: Cell[]): string[] {
    const stock = tenant.admin.state();
    const requests = writes(tenant);
    return of.flatMap((cell) => {
      const [, , source = "", part = "", child = ""] = pathOf(cell, stock).split("/");
      const id = stored(stock, `/sources/${source}/${part}/${child}`)?.["id"];
      return requests
        .filter(({ path }) => {
          const [, , , of = "", requestPart = "", requestChild = ""] = path.split("/");
          return of === source && requestPart === part && [child, id].includes(requestChild);
        })
        .map(({ method, body }) => {
          if (method !== "PATCH") return `${cell.name} ${method}`;
          const operations = body as { op: string; path: string }[];
          const paths = operations.filter(({ op }) => op !== "test").map(({ path }) => path);
          return `${cell.name} ${[...new Set(paths)].sort().join()}`;
        });
    });
  }

  step("a change, a replacement, what is gone and what is withdrawn are known in the preview", async () => {
    const spareId = sources.get(spare) ?? "";
    declare(({ entry, is, args }) => {
      if (is === "update") return entry.update.changed(args);
      if (is === "withdrawn") return entry.withdrawn?.changed(args);
      if (is === "replace") return entry.replace.changed(args, spareId);
      return is === "gone" && entry.former ? undefined : args;
    });
    const [stock, controlled] = [tenant.admin.state(), control.admin.state()];
    for (const cell of ofClass("gone").filter(({ entry }) => !entry.former)) {
      const path = pathOf(cell, stock);
      tenant.admin.remove(path);
      if (stored(controlled, path)) control.admin.remove(path);
    }
    for (const at of [tenant, control]) at.admin.remove(`/sources/${sources.get(doomed) ?? ""}`);
    const preview = await project.preview();
    const ops = (is: Class) =>
      Object.fromEntries(
        preview.changed.filter(({ name }) => name.endsWith(`-${is}`)).map(({ name, op }) => [name, op]),
      );
    const all = (is: Class, op: string) => Object.fromEntries(ofClass(is).map(({ name }) => [name, op]));
    expect(ops("update")).toEqual(all("update", "update"));
    expect(ops("withdrawn")).toEqual(all("withdrawn", "update"));
    expect(ops("gone")).toEqual(
      Object.fromEntries(ofClass("gone").flatMap(({ entry, name }) => (entry.former ? [] : [[name, "create"]]))),
    );
    const replacements = preview.steps.filter(({ op }) => op === "replace");
    expect(Object.fromEntries(replacements.map(({ name, replaceKeys }) => [name, replaceKeys]))).toEqual(
      Object.fromEntries(ofClass("replace").map(({ name, entry }) => [name, [entry.replace.key]])),
    );
  });

  step("and done: one request for an update, and former values come back for what is withdrawn", async () => {
    tenant.clearRequests();
    await project.up();
    expect(written(ofClass("update"))).toEqual(
      ofClass("update").map(({ name, entry }) => `${name} ${(entry.update.writes ?? ["PUT"]).join()}`),
    );
    const back = (stock: Stock) =>
      ofClass("withdrawn").map((cell) => [cell.name, cell.entry.withdrawn?.back(storedOf(cell, stock))]);
    expect(back(tenant.admin.state())).toEqual(back(control.admin.state()));
    const preview = await project.preview();
    expect(shown(preview)).toEqual({});
  });

  step("after destroy the tenant is as if the program had never come", async () => {
    await project.destroy();
    expect(await project.resources()).toEqual([]);
    expect(remains(tenant)).toEqual(remains(control));
  });

  function remains(at: RunningTenant): unknown {
    const state = at.admin.state();
    const parts = ["sources", ...new Set(table.flatMap(({ part }) => (part ? [String(part.split("/")[0])] : [])))];
    const unordered = [...new Set(table.flatMap(({ unordered: lists = [] }) => lists))];
    return comparable(Object.fromEntries(parts.map((part) => [part, state[part]])), unordered);
  }
}
