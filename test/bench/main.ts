import { mkdirSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { RunningTenant } from "sailpoint-simulator";
import { prepare } from "./harness";
import { cleanUp } from "./outside-jest";
import { languageFolder, pathWith } from "../engine/hosts/languages";
import { type Way, doNothing, ways } from "./programs";
import { type Usage, watched } from "./provider-process";

/**
 * `npm run bench`: what deployments of N sets take by each way, beside the same program of resources that do nothing, on
 * Pulumi's own host. A set is a source with 12 connector attributes and a secret, its account schema with 8 attributes, its
 * CREATE policy with 5 fields. `-- --n 10 --latency 0` runs a part; `-- --limited` the tenant that takes 100 requests in 10
 * seconds; `-- --ways "own host,do-nothing"` some ways; `-- --runs 3` tells the medians of three runs of each way, one way
 * after the other in each; `-- --profile FOLDER` writes profiles of our host or plugin.
 */
const { values } = parseArgs({
  options: {
    n: { type: "string", default: "10,50,200" },
    latency: { type: "string", default: "0,100" },
    limited: { type: "boolean", default: false },
    ways: { type: "string", default: "do-nothing,stock host,own host,plugin,YAML" },
    runs: { type: "string", default: "1" },
    profile: { type: "string" },
  },
});

const TIMEOUT_MS = 30 * 60_000;
const steps = ["create", "preview", "change", "destroy"] as const;
type StepName = (typeof steps)[number];

interface Measured extends Usage {
  seconds: number;
  /** Processor time of this process: of the simulated tenant, and a little of our own. */
  tenantSeconds: number;
  requests: Record<string, number>;
  throttled: number;
}
type Run = Partial<Record<StepName, Measured>> & { stateBytes?: Record<string, number> };

async function main(): Promise<void> {
  const harness = await prepare();
  const sizes = values.n.split(",").map(Number);
  const latencies = values.limited ? [100] : values.latency.split(",").map(Number);
  const lines: string[] = [];
  const tell = (line: string) => {
    lines.push(line);
    process.stdout.write(`${line}\n`);
  };
  const chosen = values.ways.split(",");
  for (const n of sizes) {
    const taken = new Map<string, Run[]>();
    const note = (title: string, one: Run) => taken.set(title, [...(taken.get(title) ?? []), one]);
    for (let i = 0; i < Number(values.runs); i += 1) {
      if (chosen.includes(doNothing.name)) note(doNothing.name, await run(harness, n, doNothing));
      for (const latencyMs of latencies) {
        for (const way of ways.filter(({ name }) => chosen.includes(name))) {
          const rateLimit = values.limited && { requests: 100, perMs: 10_000 };
          const tenant = await harness.createTenant({ latencyMs, rateLimit });
          note(`${way.name}, ${String(latencyMs)} ms latency`, await run(harness, n, way, tenant));
          await tenant.close();
        }
      }
    }
    const base = taken.get(doNothing.name);
    for (const [title, runs] of taken) {
      if (runs !== base) table(`${String(n)} sets, ${title}`, n, medians(runs), base && medians(base), tell);
      else if (taken.size === 1) table(`${String(n)} sets, ${title}`, n, medians(runs), undefined, tell);
    }
  }
  tell(
    `\nload average ${loadavg()
      .map((load) => load.toFixed(1))
      .join(", ")} on ${process.version}`,
  );
  const folder = join(__dirname, "../../reports");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, values.limited ? "bench-limited.md" : "bench.md"), `${lines.join("\n")}\n`);
}

/** The run of the middle, step by step. */
function medians(runs: readonly Run[]): Run {
  const middle = (name: StepName) =>
    runs
      .flatMap((run) => run[name] ?? [])
      .sort((left, right) => left.seconds - right.seconds)
      .at(Math.floor(runs.length / 2));
  return { ...runs[0], ...Object.fromEntries(steps.map((name) => [name, middle(name)])) };
}

type Harness = Awaited<ReturnType<typeof prepare>>;

async function run({ createProject }: Harness, n: number, way: Way, tenant?: RunningTenant): Promise<Run> {
  const rate = values.limited ? {} : { SAIL_REQUESTS_PER_10_SECONDS: "unlimited" };
  const yaml = values.profile === undefined ? way.yaml : profiled(way.yaml, resolve(values.profile));
  const isYaml = way.program === "";
  const project = await createProject({
    program: isYaml ? { yaml: "name: sailpoint-test\nruntime: yaml\n" } : way.program,
    yaml,
    refresh: way.refresh,
    env: {
      ...{ ...tenant?.env, ...rate },
      ...(isYaml ? { PATH: pathWith(await languageFolder("yaml")) } : {}),
    },
  });
  const declare = (description: string) => way.declare(project, n, description);
  const measured: Run = {};
  const step = async (name: StepName, act: () => ReturnType<typeof project.up>) => {
    tenant?.clearRequests();
    const before = process.cpuUsage();
    const { outcome, usage } = await watched(project, way.process, act());
    if (name === "preview" && outcome.changed.length > 0) throw new Error(`Not a no-op: ${outcome.describe()}`);
    const requests: Record<string, number> = {};
    for (const { method } of tenant?.requests() ?? []) requests[method] = (requests[method] ?? 0) + 1;
    const throttled = (tenant?.requests() ?? []).filter(({ status }) => status === 429).length;
    const { user, system } = process.cpuUsage(before);
    measured[name] = { seconds: outcome.seconds, tenantSeconds: (user + system) / 1e6, requests, throttled, ...usage };
  };
  const options = { timeoutMs: TIMEOUT_MS };
  // The refresh goes on beside the program. (In an `up` each refreshed resource would be a step that is written.)
  const besides = way.refresh ? { ...options, flags: ["--run-program"] } : options;
  declare("declared");
  await step("create", () => project.up(options));
  measured.stateBytes = bytesOf(await project.resources());
  await step("preview", () => project.preview(besides));
  declare("changed");
  await step("change", () => project.up(options));
  await step("destroy", () => project.destroy(options));
  await project.close();
  return measured;
}

/** Lines of Pulumi.yaml by which Node.js notes where our provider process spends its time. */
function profiled(yaml: string, folder: string): string {
  const [, name = "", path = ""] = /name: (\S+)\n +path: (\S+)/.exec(yaml) ?? [];
  if (path === "") return yaml;
  const executable = `pulumi-resource-${name}`;
  mkdirSync(folder, { recursive: true });
  const flags = `--cpu-prof --cpu-prof-dir=${folder}`;
  writeFileSync(join(folder, executable), `#!/bin/sh\nexec node ${flags} ${path}/${executable} "$@"\n`, {
    mode: 0o755,
  });
  return yaml.replace(path, folder);
}

/** How much longer the outputs of a resource are than its inputs, the most for each type. */
function bytesOf(resources: { type: string; inputs: object; outputs: object }[]): Record<string, number> {
  const most: Record<string, number> = {};
  for (const { type, inputs, outputs } of resources) {
    const kind = type.split(":").at(-1) ?? type;
    most[kind] = Math.max(most[kind] ?? 0, JSON.stringify(outputs).length - JSON.stringify(inputs).length);
  }
  return most;
}

function table(title: string, n: number, run: Run, base: Run | undefined, tell: (line: string) => void): void {
  tell(`\n## ${title}${values.limited ? ", 100 requests in 10 s" : ""}\n`);
  tell(
    "| | seconds | do-nothing | ratio | requests | a set | 429 | provider: peak MB | CPU s | do-nothing: peak MB | CPU s | tenant: CPU s |",
  );
  tell("|---|--:|--:|--:|---|--:|--:|--:|--:|--:|--:|--:|");
  for (const name of steps) {
    const [mine, other] = [run[name], base?.[name]];
    if (!mine) continue;
    const total = Object.values(mine.requests).reduce((sum, count) => sum + count, 0);
    const byMethod = Object.entries(mine.requests).map(([method, count]) => `${String(count)} ${method}`);
    const [seconds, ratio] = other ? [other.seconds.toFixed(1), (mine.seconds / other.seconds).toFixed(2)] : ["", ""];
    tell(
      `| ${name} | ${mine.seconds.toFixed(1)} | ${seconds} | ${ratio} | ${byMethod.join(", ")} | ${(total / n).toFixed(2)} | ` +
        `${String(mine.throttled)} | ${String(mine.peakMegabytes)} | ${mine.processorSeconds.toFixed(1)} | ` +
        (other ? `${String(other.peakMegabytes)} | ${other.processorSeconds.toFixed(1)} | ` : " | | ") +
        `${(mine.tenantSeconds - (other?.tenantSeconds ?? 0)).toFixed(1)} |`,
    );
  }
  const bytes = Object.entries(run.stateBytes ?? {}).map(([kind, most]) => `${kind} ${String(most)}`);
  tell(`\nBytes that outputs add to inputs, at most: ${bytes.join(", ")}`);
}

main()
  .finally(cleanUp)
  .then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? String(error.stack) : String(error)}\n`);
      process.exit(1);
    },
  );
