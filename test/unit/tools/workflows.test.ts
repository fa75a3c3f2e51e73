/**
 * The files that only GitHub reads, and would refuse or misunderstand at the worst moment. What each step runs must be
 * something that is here.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const root = resolve(__dirname, "../../..");
const folder = ".github/workflows";
const workflows = [
  ...readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
  "examples/drift-in-ci/drift.yml",
];

const step = z.strictObject({
  name: z.string().optional(),
  id: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
});
const permissions = z.record(z.string(), z.enum(["read", "write", "none"]));
const job = z.strictObject({
  name: z.string().optional(),
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  "runs-on": z.string().optional(),
  "timeout-minutes": z.number().optional(),
  environment: z.union([z.string(), z.strictObject({ name: z.string(), url: z.string() })]).optional(),
  permissions: permissions.optional(),
  strategy: z
    .strictObject({ "fail-fast": z.boolean().optional(), matrix: z.record(z.string(), z.array(z.string())) })
    .optional(),
  env: z.record(z.string(), z.string()).optional(),
  steps: z.array(step).optional(),
});
const workflow = z.strictObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: permissions.optional(),
  concurrency: z.unknown().optional(),
  jobs: z.record(z.string(), job),
});
type Step = z.infer<typeof step>;
type Job = z.infer<typeof job>;

const read = (file: string) => readFileSync(join(root, file), "utf8");
const scripts = Object.keys((JSON.parse(read("package.json")) as { scripts: object }).scripts);

describe.each(workflows)("%s", (file) => {
  const { jobs, permissions } = workflow.parse(parse(read(file)));
  const all = Object.values(jobs);
  const steps = all.flatMap(({ steps = [] }) => steps);
  const isOurs = file.startsWith(folder);

  test("runs what is here", () => {
    const runs = all.flatMap((one) => (one.steps ?? []).flatMap((each) => commandsOf(each, one)));
    expect(runs.filter((command) => !isKnown(command, isOurs ? "" : "examples/drift-in-ci"))).toEqual([]);
    const called = all.flatMap(({ uses = [] }) => uses);
    expect(called.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test("every job ends by itself, and may do no more than is said", () => {
    const endless = Object.entries(jobs).filter(
      ([, one]) => one.uses === undefined && one["timeout-minutes"] === undefined,
    );
    expect(endless.map(([name]) => name)).toEqual([]);
    expect(permissions).toEqual({ contents: "read" });
  });

  test("actions are pinned by commit, with the version beside it", () => {
    const pin = isOurs ? /uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/ : /uses: [\w/-]+@v\d+$/;
    const lines = read(file)
      .split("\n")
      .filter((line) => /\buses: (?!\.\/)/.test(line));
    expect(lines.filter((line) => !pin.test(line))).toEqual([]);
    expect(lines).toHaveLength(steps.filter(({ uses }) => uses !== undefined).length);
  });

  test("nothing that a stranger wrote reaches a shell", () => {
    expect(steps.map(({ run = "" }) => run).filter((run) => /\$\{\{(?!\s*matrix\.)/.test(run))).toEqual([]);
  });
});

/** What a step runs, command by command, once for each value of the job's matrix. */
function commandsOf({ run = "" }: Step, { strategy }: Job): string[] {
  let runs = [run];
  for (const [key, values] of Object.entries(strategy?.matrix ?? {})) {
    runs = runs.flatMap((text) => values.map((value) => text.replaceAll(`\${{ matrix.${key} }}`, value)));
  }
  return runs
    .flatMap((text) => text.split(/\n|&&|\|\|/).map((command) => command.trim()))
    .filter((text) => text !== "");
}

function isKnown(command: string, cwd: string): boolean {
  const [word = "", ...args] = command.split(" ");
  if (word === "npm") return args[0] === "ci" || (args[0] === "run" && scripts.includes(args[1] ?? ""));
  if (word === "gh") return args[0] === "release" && ["create", "view"].includes(args[1] ?? "");
  return word.includes("/") && existsSync(join(root, cwd, word));
}

describe("the forms for issues", () => {
  const field = z.strictObject({
    type: z.enum(["markdown", "textarea", "input", "dropdown", "checkboxes"]),
    id: z.string().optional(),
    attributes: z.strictObject({
      label: z.string().optional(),
      description: z.string().optional(),
      value: z.string().optional(),
      render: z.string().optional(),
    }),
    validations: z.strictObject({ required: z.boolean() }).optional(),
  });
  const form = z.strictObject({ name: z.string(), description: z.string(), body: z.array(field) });
  const forms = readdirSync(join(root, ".github/ISSUE_TEMPLATE")).filter((name) => name !== "config.yml");

  test.each(forms)("%s is one that GitHub takes", (name) => {
    const { body } = form.parse(parse(read(`.github/ISSUE_TEMPLATE/${name}`)));
    const asked = body.filter(({ type }) => type !== "markdown");
    expect(asked.every(({ attributes }) => attributes.label !== undefined)).toBe(true);
    expect(new Set(asked.map(({ id }) => id)).size).toBe(asked.length);
  });
});

test("what Dependabot looks after is here", () => {
  const { updates } = z
    .object({
      updates: z.array(z.object({ directory: z.string().optional(), directories: z.array(z.string()).optional() })),
    })
    .parse(parse(read(".github/dependabot.yml")));
  const folders = updates.flatMap(({ directory, directories = [] }) => [
    ...directories,
    ...(directory ? [directory] : []),
  ]);
  expect(folders.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
