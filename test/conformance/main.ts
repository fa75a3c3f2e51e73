import { resolve } from "node:path";
import { startTenant } from "sailpoint-simulator";

import { ApiDocument } from "./document";
import { Judge } from "./judge";
import { judgeProviderTable } from "./provider-table";
import { judgeCoverage } from "./coverage";
import { judgeRefusals } from "./refusals";
import { judgeScenario } from "./scenario";
import { Session } from "./session";

/**
 * `npm run conformance -- PATH`: holds the client's table of operations, and the simulator, against the API's document,
 * whichever form of the API it describes; with `--client` the table alone.
 */
async function main([file, option]: readonly string[]): Promise<number> {
  if (file === undefined || (option !== undefined && option !== "--client")) {
    process.stderr.write("Name an OpenAPI document: npm run conformance -- PATH [--client]\n");
    return 2;
  }
  const tell = (line: string) => process.stdout.write(`${line}\n`);
  const document = new ApiDocument(resolve(process.env["INIT_CWD"] ?? ".", file));
  const judge = new Judge(document, tell);
  judgeProviderTable(document, judge);
  if (option === undefined) await judgeSimulator(document, judge);
  if (!document.knowsNulls) tell("note: null is let through where this document does not allow it.");
  for (const note of judge.allNotes()) tell(`note: ${note}`);
  tell(`${document.version}: ${String(judge.passed)} passed, ${String(judge.failed)} failed`);
  return judge.failed === 0 ? 0 : 1;
}

async function judgeSimulator(document: ApiDocument, judge: Judge): Promise<void> {
  // Two things that tenants do and the document does not allow: types of rules, and null as the name of a task.
  const behaviours = { cloudRulesListed: false, deletionName: "absent" } as const;
  const tenant = await startTenant({ seed: "conformance", behaviours });
  try {
    const session = new Session(tenant, document, judge);
    await session.login();
    await judgeScenario(session);
    await judgeRefusals(session);
    judgeCoverage(session);
  } finally {
    await tenant.close();
  }
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? String(error.stack) : String(error)}\n`);
    process.exitCode = 1;
  },
);
