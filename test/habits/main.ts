import { parseArgs } from "node:util";
import { hurry } from "./clock";
import { sequences } from "./sequences";

/** `npm run habits`: random sequences of what programs, their owners and others do. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { runs: { type: "string", default: "10000" }, seed: { type: "string" }, path: { type: "string" } },
  });
  const seed = Number(values.seed ?? Date.now() % 2 ** 31);
  const started = process.hrtime.bigint();
  let done = 0;
  const result = await sequences(hurry(), {
    runs: Number(values.runs),
    seed,
    ...(values.path === undefined ? {} : { path: values.path }),
    held: () => {
      done += 1;
      if (done % 100 === 0) process.stderr.write(`${String(done)} sequences\n`);
    },
  });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  process.stdout.write(`${String(result.runs)} sequences, seed ${String(seed)}, ${seconds.toFixed(0)} s\n`);
  if (!result.broken) return 0;
  const { beginning, cause, path } = result.broken;
  process.stdout.write(`${JSON.stringify(beginning)}\n${cause}\n--seed ${String(seed)} --path ${path}\n`);
  return 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? String(error.stack) : String(error)}\n`);
    process.exit(2);
  },
);
