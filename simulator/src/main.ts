#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from "commander";
import { rmSync, writeFileSync } from "node:fs";

import { behaviourFrom } from "./behaviour-flags";
import type { Behaviours } from "./behaviours";
import { startTenant, type RunningTenant } from "./start";
import type { RateLimit } from "./options";

interface Flags {
  port: number;
  tenant: string;
  seed?: string;
  file?: string;
  rateLimit: RateLimit | false;
  latency: number;
  tokenLife: number;
  staleReads: number;
  deletion: number;
  aggregation: number;
  shuffle: boolean;
  behaviour: Partial<Behaviours>;
  readyFile?: string;
}

const examples = `
Examples:
  $ sailpoint-simulator --port 8080
      A tenant on http://127.0.0.1:8080. Paste the three lines that it prints into the shell that runs your program.
  $ sailpoint-simulator --port 8081 --tenant b
      A second tenant: the same names, other ids.
  $ sailpoint-simulator --file tenant.json
      A tenant that remembers: what was declared is there at the next start.
  $ sailpoint-simulator --shuffle --stale-reads 2000 --deletion 5000 --latency 100
      A tenant that makes it hard for its clients.
  $ sailpoint-simulator --behaviour secrets=masked --behaviour duplicateSourceName=409
      A tenant that does otherwise what is known to differ between tenants.
  $ sailpoint-simulator --ready-file env.sh & while [ ! -s env.sh ]; do sleep 0.1; done; . ./env.sh
      For scripts: the file appears once the tenant answers, and holds the three lines; it goes when the tenant ends.

While it runs, http://127.0.0.1:<port>/_admin/… shows the requests and the state, and sets faults, edits and settings:
  $ curl localhost:8080/_admin/requests
  $ curl localhost:8080/_admin/fault -d '{"operationId":"createSource","kind":"reset-after"}'
`;

const command = new Command("sailpoint-simulator")
  .description("A SailPoint Identity Security Cloud tenant on this machine: the Sources API, stateful and strict.")
  .option("-p, --port <number>", "port on 127.0.0.1; 0 takes a free one", wholeNumber, 0)
  .option("-t, --tenant <name>", "name of the tenant; tenants have the same names and different ids", "a")
  .option("--seed <text>", "what ids and secrets derive from")
  .option("--file <path>", "keep the tenant's data in this file")
  .addOption(
    new Option("--rate-limit <requests/seconds>", 'requests per window, such as 100/10, or "off"')
      .argParser(rateLimit)
      .default({ requests: 100, perMs: 10_000 }, "100/10"),
  )
  .option("--latency <ms>", "hold every answer back", wholeNumber, 0)
  .option("--token-life <seconds>", "life of an access token", wholeNumber, 749)
  .option("--stale-reads <ms>", "let GETs lag behind writes", wholeNumber, 0)
  .option("--deletion <ms>", "how long a deletion task runs", wholeNumber, 2000)
  .option("--aggregation <ms>", "how long an aggregation task runs", wholeNumber, 2000)
  .option("--shuffle", "give features and schema attributes back in another order", false)
  .addOption(
    new Option("-b, --behaviour <key=value>", "switch what differs between tenants (repeatable; see the README)")
      .argParser(behaviour)
      .default({}, "none"),
  )
  .option("--ready-file <path>", "write the export lines to this file once the tenant answers")
  .addHelpText("after", examples)
  .action(run);

command.parseAsync().catch((error: unknown) => {
  process.stderr.write(`sailpoint-simulator: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

async function run(flags: Flags): Promise<void> {
  const tenant = await startTenant({
    port: flags.port,
    tenant: flags.tenant,
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    ...(flags.file === undefined ? {} : { file: flags.file }),
    rateLimit: flags.rateLimit,
    latencyMs: flags.latency,
    tokenLifeSeconds: flags.tokenLife,
    staleReadsMs: flags.staleReads,
    deletionMs: flags.deletion,
    aggregationMs: flags.aggregation,
    shuffle: flags.shuffle,
    behaviours: flags.behaviour,
  });
  const lines = Object.entries(tenant.env).map(([name, value]) => `export ${name}=${value}\n`);
  process.stdout.write(lines.join(""));
  process.stderr.write(`Tenant "${flags.tenant}" answers on ${tenant.baseUrl}; Ctrl-C ends it.\n`);
  if (flags.readyFile !== undefined) writeFileSync(flags.readyFile, lines.join(""), { mode: 0o600 });
  endOn(["SIGINT", "SIGTERM"], tenant, flags.readyFile);
}

function endOn(signals: NodeJS.Signals[], tenant: RunningTenant, readyFile: string | undefined): void {
  const end = () => {
    for (const signal of signals) process.off(signal, end);
    if (readyFile !== undefined) rmSync(readyFile, { force: true });
    void tenant.close();
  };
  for (const signal of signals) process.on(signal, end);
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("It must be a whole number of at least 0.");
  return Number(text);
}

function rateLimit(text: string): RateLimit | false {
  if (text === "off") return false;
  const match = /^(\d+)\/(\d+)$/.exec(text);
  if (match === null) throw new InvalidArgumentError('It must be <requests>/<seconds>, such as 100/10, or "off".');
  return { requests: Number(match[1]), perMs: Number(match[2]) * 1000 };
}

function behaviour(text: string, before: Partial<Behaviours>): Partial<Behaviours> {
  try {
    return { ...before, ...behaviourFrom(text) };
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}
