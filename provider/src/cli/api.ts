import type { ZodType } from "zod";
import { type CallOptions, type Operation, operations } from "../api";
import { type Input, type Shape, optionsOf, parametersFrom, shapeOf, sourceParameter } from "./api-input";
import type { AnyCommand, CommandSpec, Context, Result } from "./command";
import { UsageError } from "./failure";
import { nearest } from "../reconcile/nearest";
import { printableLines } from "./style";

const exampleValues: Readonly<Record<string, string>> = {
  usageType: "CREATE",
  scheduleType: "ACCOUNT_AGGREGATION",
  scriptName: "delimited-file",
};

const table: Readonly<Record<string, Operation>> = operations;

/** `api` by itself: what there is. */
const overview: CommandSpec<{ operation?: string }> = {
  name: "api",
  about: "call an operation of the API by its name; without one, list them all",
  arguments: [{ name: "operation", about: "the operationId", optional: true }],
  examples: [
    ["api", "all operations"],
    ['api getSource --id "HR Feed" > hr-feed.json', "a source as the tenant answers it; `restore` takes the file"],
    ["api listSources --filters 'name sw \"HR\"' --all", "all pages of a collection"],
    [
      'api updateSource --id "HR Feed" --body \'[{"op":"replace","path":"/description","value":"New"}]\'',
      "a JSON Patch",
    ],
    ['api putCorrelationConfig --id "HR Feed" --body @correlation.json', "a body from a file"],
  ],
  leads: true,
  offline: true,
  run(_context, { operation }) {
    if (operation !== undefined) return Promise.reject(unknownOperation(operation));
    const rows = Object.entries(table).map(([id, { method, path, does, versions, writes }]) => {
      return { operationId: id, method, path, does, writes, versions };
    });
    return Promise.resolve({
      data: rows,
      text: (style) =>
        style.table(
          ["OPERATION", "METHOD", "PATH"],
          rows.map(({ operationId, method, path }) => [operationId, method, path]),
        ),
    });
  },
};

/** One command for each operation, made from the table of operations. */
export const api: readonly AnyCommand[] = [
  overview,
  ...Object.entries(table).map(([id, operation]) => commandFor(id, operation)),
];

function unknownOperation(name: string): UsageError {
  const suggestion = nearest(name, Object.keys(operations));
  const hint = suggestion === undefined ? "" : ` Did you mean ${suggestion}?`;
  return new UsageError(`There is no operation "${name}".${hint} \`pulumi-sailpoint api\` lists all.`);
}

function commandFor(id: string, operation: Operation): CommandSpec<Input> {
  const shape = shapeOf(operation);
  const experimental = operation.experimentalIn.length > 0 ? ", experimental" : "";
  return {
    name: `api ${id}`,
    about: operation.does,
    details: `${operation.method} ${operation.path} (${operation.versions.join(", ")}${experimental})`,
    options: optionsOf(operation, shape),
    examples: [[exampleFor(id, operation, shape), operation.does]],
    writes: operation.writes,
    async run(context, input) {
      const answer = await context.progress.during(`${id}: ${operation.does}`, async () =>
        answerOf(context, id, await parametersFrom(context, operation, shape, input), input["all"] === true),
      );
      return shown(answer, operation);
    },
  };
}

/** The client for operations that only the command line knows; their parameters were read by their definitions. */
interface AnyOperation {
  call(id: string, parameters: Input, options: CallOptions): Promise<unknown>;
  paginate(id: string, parameters: Input, options: CallOptions): AsyncIterable<unknown>;
}

async function answerOf({ client, signal }: Context, id: string, parameters: Input, all: boolean): Promise<unknown> {
  const tenant = client as unknown as AnyOperation;
  if (!all) return tenant.call(id, parameters, { signal });
  const items: unknown[] = [];
  for await (const item of tenant.paginate(id, parameters, { signal })) items.push(item);
  return items;
}

function shown(answer: unknown, operation: Operation): Result {
  if (answer === undefined) return { data: null, text: (style) => style.good("Done.") };
  if (operation.reads === "csv") return { data: answer, text: () => printableLines(String(answer)).trimEnd() };
  return { data: answer, text: () => JSON.stringify(answer, undefined, 2) };
}

function exampleFor(id: string, operation: Operation, { inPath, form, takesBody }: Shape): string {
  const value = (name: string) =>
    name === sourceParameter(operation) ? '"HR Feed"' : (exampleValues[name] ?? "2c918085…");
  const path = inPath.map((name) => `--${name} ${value(name)}`);
  const fields = form.some(([name]: readonly [string, ZodType]) => name === "file") ? ["--file accounts.csv"] : [];
  return ["api", id, ...path, ...fields, ...(takesBody ? ["--body @body.json"] : [])].join(" ");
}
