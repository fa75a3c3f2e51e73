import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import type { RunningCommand } from "./command";
import { start } from "./command";
import type { Outcome } from "./outcome";
import type { MarkedProcess } from "./processes";
import { mark, processesOf, signal } from "./processes";
import { filesWith } from "./secrets";

/**
 * JavaScript as a text, TypeScript as `{ ts }`, a whole Pulumi.yaml as `{ yaml }`, or a folder of this repository to copy
 * (`{ folder: "examples/quickstart" }`).
 */
export type Program = string | { ts: string } | { yaml: string } | { folder: string };

export interface ProjectOptions {
  program: Program;
  /** More files, by their path in the project. */
  files?: Record<string, string | Buffer>;
  /** Environment of every command, such as `tenant.env`. Nothing of the caller's but PATH is passed on. */
  env?: Record<string, string>;
  /** Configuration in plain text, such as `{ "sailpoint:baseUrl": "…" }`. */
  config?: Record<string, string>;
  /** Configuration that is kept encrypted. */
  secretConfig?: Record<string, string>;
  /** Default `sailpoint-test`. */
  name?: string;
  /** Default `dev`. */
  stack?: string;
  /** `options: { refresh: always }`. Default: yes. */
  refresh?: boolean;
  /** More lines of Pulumi.yaml, such as the `plugins` section of a host. */
  yaml?: string;
  /** Where the project's folder is made. Default: inside this repository. */
  parent?: string;
}

export interface CommandOptions {
  /** More flags, such as `["--target", urn]`. */
  flags?: string[];
  /** Added to the project's environment for this command. */
  env?: Record<string, string>;
  /** The command throws unless it ends like this. Default `success`. */
  expect?: "success" | "failure" | "any";
  /** Default 120 s; then everything is killed. */
  timeoutMs?: number;
}

/** Makes a folder with the program, a stack and its configuration. */
export async function createProject(options: ProjectOptions): Promise<Project> {
  const parent = options.parent ?? projectsFolder;
  mkdirSync(parent, { recursive: true });
  const project = new Project(mkdtempSync(join(parent, "p-")), options);
  projects.add(project);
  await project.prepare(options);
  return project;
}

const root = resolve(__dirname, "../../..");
// Inside the repository, so that `require("pulumi-sailpoint")` finds the workspace; but not under node_modules,
// where Pulumi's ts-node leaves TypeScript alone.
const projectsFolder = join(root, ".cache/projects");
const projects = new Set<Project>();
const defaultTimeoutMs = 120_000;

afterAll(async () => {
  for (const project of projects) await project.close();
});

/** A program in a folder of its own, with its own PULUMI_HOME and file backend. */
export class Project {
  /** Where the program lies. */
  readonly folder: string;
  /** The backend: every byte of state is under it. */
  readonly state: string;
  readonly #home: string;
  readonly #scratch: string;
  readonly #env: Record<string, string>;
  readonly #stack: string;
  readonly #printed: { command: string; output: string }[] = [];

  /** Use `createProject`. */
  constructor(
    readonly base: string,
    { env = {}, stack = "dev" }: ProjectOptions,
  ) {
    const folder = (name: string) => {
      mkdirSync(join(base, name));
      return join(base, name);
    };
    this.folder = folder("program");
    this.state = folder("state");
    this.#home = folder("home");
    this.#scratch = folder("scratch");
    this.#env = env;
    this.#stack = stack;
  }

  /** Replaces the program. */
  setProgram(program: Program): void {
    if (typeof program === "object" && "folder" in program) {
      const filter = (path: string) => !relative(root, path).includes("node_modules");
      cpSync(join(root, program.folder), this.folder, { recursive: true, filter });
      // As after `npm install` in it: the paths of Pulumi.yaml lead there.
      symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
      return;
    }
    if (typeof program === "object" && "yaml" in program) {
      this.write("Pulumi.yaml", program.yaml);
      return;
    }
    const [file, other, text] =
      typeof program === "string" ? ["index.js", "index.ts", program] : ["index.ts", "index.js", program.ts];
    rmSync(join(this.folder, other), { force: true });
    this.write(file, text);
    if (file === "index.ts") this.write("tsconfig.json", tsconfig);
  }

  /** Writes a file into the program's folder. */
  write(path: string, content: string | Buffer): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), content);
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  /** @internal */
  async prepare({ program, files, config, secretConfig, name, refresh, yaml }: ProjectOptions): Promise<void> {
    this.setProgram(program);
    for (const [path, content] of Object.entries(files ?? {})) this.write(path, content);
    if (!existsSync(join(this.folder, "Pulumi.yaml"))) {
      const typescript = typeof program === "object";
      this.write("Pulumi.yaml", projectFile(name ?? "sailpoint-test", typescript, refresh ?? true, yaml ?? ""));
    }
    await this.command(["stack", "init", this.#stack]);
    await this.setConfig(config ?? {}, secretConfig ?? {});
  }

  /** Sets configuration, in plain text and encrypted. */
  async setConfig(plain: Record<string, string>, secret: Record<string, string> = {}): Promise<void> {
    const settings = [
      ...Object.entries(plain).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]),
      ...Object.entries(secret).flatMap(([key, value]) => ["--secret", `${key}=${value}`]),
    ];
    if (settings.length > 0) await this.command(["config", "set-all", ...settings]);
  }

  /** `pulumi up` without a preview before it. */
  up(options: CommandOptions = {}): Promise<Outcome> {
    return this.#deployment(["up", "--yes", "--skip-preview"], options);
  }

  /** `pulumi preview --diff`. */
  preview(options: CommandOptions = {}): Promise<Outcome> {
    return this.#deployment(["preview", "--diff"], options);
  }

  /** `pulumi refresh` without a preview before it. */
  refresh(options: CommandOptions = {}): Promise<Outcome> {
    return this.#deployment(["refresh", "--yes", "--skip-preview"], options);
  }

  /** `pulumi destroy` without a preview before it. */
  destroy(options: CommandOptions = {}): Promise<Outcome> {
    return this.#deployment(["destroy", "--yes", "--skip-preview"], options);
  }

  /** Starts a deployment and returns at once, to interrupt it or to change the tenant meanwhile. */
  start(command: "up" | "preview" | "refresh" | "destroy", options: CommandOptions = {}): RunningCommand {
    const flags = command === "preview" ? ["--diff"] : ["--yes", "--skip-preview"];
    return this.#start([command, ...flags], options, { withEvents: true });
  }

  /** Any other command, such as `["state", "delete", urn]`. */
  command(args: string[], options: CommandOptions = {}): Promise<Outcome> {
    return this.#checked(this.#start(args, options), options);
  }

  /** A script of the program's folder, which finds the CLI and its environment as a user's does. */
  script(file: string, args: string[] = [], options: CommandOptions = {}): Promise<Outcome> {
    const running = this.#start([...args, "--stack", this.#stack], options, { file: resolve(this.folder, file) });
    return this.#checked(running, options);
  }

  /** The stack's outputs, secrets in plain text. */
  async outputs(): Promise<Record<string, unknown>> {
    const running = this.#start(["stack", "output", "--json", "--show-secrets"], {}, { secretsShown: true });
    const { stdout } = await this.#checked(running, {});
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  /** The resources in the state, as `pulumi stack export` gives them; secrets stay encrypted. */
  async resources(): Promise<StateResource[]> {
    const { stdout } = await this.command(["stack", "export"]);
    const { deployment } = JSON.parse(stdout) as { deployment: { resources?: StateResource[] } };
    return (deployment.resources ?? []).filter(({ type }) => !type.startsWith("pulumi:"));
  }

  /**
   * Every place where one of these texts stands, also as base64 or escaped in JSON: files of the state, of
   * PULUMI_HOME and of the program's folder, and all that the commands printed. Empty is what a test wants.
   * The program itself is left out when it is the place where the secret is written down.
   */
  find(texts: string[], { except = [] }: { except?: string[] } = {}): string[] {
    const folders = [this.state, this.#home, this.folder];
    const skipped = except.map((path) => join(this.folder, path));
    const inFiles = folders.flatMap((folder) => filesWith(folder, texts)).filter((file) => !skipped.includes(file));
    const inOutput = this.#printed.filter(({ output }) => texts.some((text) => output.includes(text)));
    return [
      ...inFiles.map((file) => relative(this.base, file)),
      ...inOutput.map(({ command }) => `output of ${command}`),
    ];
  }

  /** The processes of this project that are alive: none, once its commands ended. */
  processes(): MarkedProcess[] {
    return processesOf(this.base);
  }

  /** Kills what still runs and removes the folder. Called by itself when the test file is done. */
  async close(): Promise<void> {
    projects.delete(this);
    for (const { pid } of this.processes()) signal(pid, "SIGKILL");
    if (process.env.KEEP_PROJECTS !== undefined) return;
    // A killed engine may write a last file while its folder is being removed.
    await rm(this.base, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  #deployment(args: string[], options: CommandOptions): Promise<Outcome> {
    return this.#checked(this.#start(args, options, { withEvents: true }), options);
  }

  #start(
    args: string[],
    { flags = [], env = {}, timeoutMs = defaultTimeoutMs }: CommandOptions,
    { withEvents = false, secretsShown = false, file = "" } = {},
  ): RunningCommand {
    const hasNoStack = args[1] === "init" || args[0] === "plugin";
    const stack = hasNoStack ? [] : ["--stack", this.#stack];
    const running = start({
      file: file || required("TEST_PULUMI"),
      args: file ? [...args, ...flags] : [...args, ...flags, "--non-interactive", ...stack],
      cwd: this.folder,
      env: { ...this.#environment(), ...env },
      project: this.base,
      scratch: this.#scratch,
      withEvents,
      timeoutMs,
    });
    if (!secretsShown) void running.outcome.then(({ command, output }) => this.#printed.push({ command, output }));
    return running;
  }

  async #checked(running: RunningCommand, options: CommandOptions): Promise<Outcome> {
    const outcome = await running.outcome;
    const wanted = options.expect ?? "success";
    if (wanted !== "any" && (outcome.code === 0) !== (wanted === "success")) {
      throw new Error(`A ${wanted} was expected: ${outcome.describe()}`);
    }
    return outcome;
  }

  #environment(): Record<string, string> {
    return {
      PATH: required("TEST_PULUMI_PATH"),
      HOME: this.#home,
      PULUMI_HOME: this.#home,
      PULUMI_BACKEND_URL: `file://${this.state}`,
      PULUMI_CONFIG_PASSPHRASE: "a passphrase of the tests",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_DEBUG_COMMANDS: "true", // without it there is no --event-log
      NO_COLOR: "1",
      [mark]: this.base,
      ...this.#env,
    };
  }
}

/** A resource as the state holds it. */
export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  initErrors?: string[];
  /** Where the program declares it. */
  sourcePosition?: string;
  /** Who called it there, and so on. */
  stackTrace?: { sourcePosition?: string }[];
}

const tsconfig = JSON.stringify({
  compilerOptions: { strict: true, target: "ES2022", module: "Node16", moduleResolution: "Node16", skipLibCheck: true },
});

function projectFile(name: string, typescript: boolean, refresh: boolean, yaml: string): string {
  return `name: ${name}
runtime:
  name: nodejs
  options:
    typescript: ${String(typescript)}
${refresh ? "options:\n  refresh: always\n" : ""}${yaml}`;
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run the engine tests by jest's project "engine"`);
  return value;
}
