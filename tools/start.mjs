/**
 * `npm start`: what this project is for, in under a minute and without a tenant of one's own. Starts a tenant on this
 * machine, deploys the root program to it with the real engine, changes something behind the program's back, shows the
 * drift, repairs it, and removes everything. Leaves nothing behind, also when it is interrupted.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { engineEnvironment, findEngine } from "./setup/engine.mjs";
import { script, SetupFailure } from "./setup/failure.mjs";
import { onInterruption } from "./setup/interruption.mjs";
import { cloneCache, root } from "./setup/places.mjs";
import { Deployment } from "./start/deployment.mjs";

/** @type {import("sailpoint-simulator")} */
const { startTenant } = createRequire(import.meta.url)("sailpoint-simulator");

await script(async () => {
  const { engine } = await findEngine();
  if (engine === undefined) throw new SetupFailure("There is no Pulumi CLI yet. Run `npm run setup` first.");

  step("Starting a tenant on this machine");
  const tenant = await startTenant();
  tell(`It answers at ${tenant.baseUrl} as a SailPoint tenant does, and forgets everything when this is over.`);

  mkdirSync(cloneCache, { recursive: true });
  const folder = mkdtempSync(join(cloneCache, "start-"));
  const stack = `start-${process.pid}`;
  const deployment = new Deployment(engine.pulumi, stack, {
    ...engineEnvironment(engine, process.env),
    ...tenant.env,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: "of no importance: the state is removed at the end",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  });
  const removeFiles = () => {
    rmSync(join(root, `Pulumi.${stack}.yaml`), { force: true });
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const interrupted = interruption(deployment);
  try {
    await Promise.race([interrupted, show(deployment, tenant)]);
  } finally {
    await tenant.close();
    removeFiles();
  }
});

/** Rejected when the script was interrupted, once what it started is stopped. @param {Deployment} deployment @returns {Promise<never>} */
function interruption(deployment) {
  return new Promise((_, reject) => {
    onInterruption((signal) => {
      onInterruption(() => undefined);
      process.stdout.write("\nInterrupted: stopping what was started …\n");
      const stopped = () => reject(new SetupFailure(`Stopped by ${signal}; nothing is left behind.`));
      deployment.stop().then(stopped, reject);
    });
  });
}

/** @param {Deployment} deployment @param {import("sailpoint-simulator").RunningTenant} tenant */
async function show(deployment, tenant) {
  await deployment.quietly("stack", "init");
  await deployment.quietly("config", "set", "--secret", "hrPassword", "what only the HR system should know");

  step("pulumi up: deploying examples/quickstart, a source and its account schema");
  await deployment.run("up", "--yes", "--skip-preview");

  step("Somebody changes the source in the tenant's own pages");
  const { hrSourceId } = JSON.parse(await deployment.quietly("stack", "output", "--json"));
  tenant.admin.edit(`/sources/${hrSourceId}`, [
    { op: "replace", path: "/connectorAttributes/delimiter", value: ";" },
    { op: "replace", path: "/deleteThreshold", value: 90 },
    { op: "add", path: "/connectorAttributes/comment", value: "not declared by the program: left alone" },
  ]);
  tell('The delimiter is ";" now, and an aggregation may delete 90 % of the accounts. A key nobody declared is new.');

  step("pulumi preview: the drift, exactly, and nothing else");
  await deployment.run("preview", "--diff");

  step("pulumi up: repairing it, in one PATCH of just these keys");
  tenant.clearRequests();
  await deployment.run("up", "--yes", "--skip-preview");
  for (const { method, path, body } of tenant.requests().filter((request) => request.method === "PATCH")) {
    tell(`${method} ${path} ${JSON.stringify(body)}`);
  }

  step("pulumi preview: is there anything left to do?");
  await deployment.run("preview", "--expect-no-changes");

  step("pulumi destroy: removing everything");
  await deployment.run("destroy", "--yes", "--skip-preview");

  step("Done");
  tell("The program is in examples/quickstart. README.md tells how to deploy it to a tenant of yours.");
}

/** @param {string} title */
function step(title) {
  process.stdout.write(process.stdout.isTTY ? `\n\x1b[1m== ${title}\x1b[0m\n` : `\n== ${title}\n`);
}

/** @param {string} text */
function tell(text) {
  process.stdout.write(`   ${text}\n`);
}
