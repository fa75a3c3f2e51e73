import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CommandNotes } from "../../../provider/src/host/command-notes";
import { digestOf, noteFile } from "../../../provider/src/tenant/notes-folder";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "pulumi-sailpoint-command-"));
  process.env["XDG_STATE_HOME"] = home;
});
afterEach(() => {
  delete process.env["XDG_STATE_HOME"];
  rmSync(home, { recursive: true, force: true });
});

const ENGINE = "127.0.0.1:1";
const file = () => noteFile("commands", [ENGINE]);

test("what one process notes the others of the command know, in its order; other commands do not", () => {
  const [one, two] = [new CommandNotes(ENGINE), new CommandNotes(ENGINE)];
  expect(two.of(["a", "b"])).toEqual([]);
  one.note(["a", "b"], "first");
  two.note(["a", "b"], "sec ond\nüber\u0000");
  one.note(["a", "c"], "");
  for (const notes of [one, two]) {
    expect(notes.of(["a", "b"])).toEqual(["first", "sec ond\nüber\u0000"]);
    expect(notes.of(["a", "c"])).toEqual([""]);
  }
  one.note(["a", "c"], "later");
  expect(two.of(["a", "c"])).toEqual(["", "later"]);
  expect(new CommandNotes("127.0.0.1:2").of(["a", "b"])).toEqual([]);
});

test("a line counts once it is whole", () => {
  const notes = new CommandNotes(ENGINE);
  notes.note(["a"], "one");
  const line = `${digestOf(["b"])} ${String(Date.now())} "two"`;
  appendFileSync(file(), line.slice(0, 40));
  expect(notes.of(["b"])).toEqual([]);
  appendFileSync(file(), `${line.slice(40)}\n`);
  expect(notes.of(["b"])).toEqual(["two"]);
  expect(notes.of(["a"])).toEqual(["one"]);
});

test("many notes are read whole, whatever their letters", () => {
  const notes = new CommandNotes(ENGINE);
  const texts = Array.from({ length: 400 }, (_, i) => `${"ü".repeat(100 + (i % 7))}${String(i)}`);
  for (const text of texts) notes.note(["a"], text);
  expect(new CommandNotes(ENGINE).of(["a"])).toEqual(texts);
});

test("what something else has written there stops nobody", () => {
  const notes = new CommandNotes(ENGINE);
  notes.note(["a"], "one");
  appendFileSync(file(), `\n\0\n${digestOf(["a"])} ${String(Date.now())} "\\x"\n{"a": 1}\n`);
  notes.note(["a"], "two");
  expect(notes.of(["a"])).toEqual(["one", "", "two"]);
});

test("an earlier command at the same address tells nothing", () => {
  mkdirSync(dirname(file()), { recursive: true });
  writeFileSync(file(), `${digestOf(["a"])} ${String(Date.now() - 2 * 60 * 60 * 1000)} "old"\n`);
  expect(new CommandNotes(ENGINE).of(["a"])).toEqual([]);
});

test.each<[string, string | undefined, () => void]>([
  ["without an address", undefined, () => undefined],
  [
    "on a disk that takes none",
    ENGINE,
    () => writeFileSync(join(home, "pulumi-sailpoint"), "a file in the folder's place"),
  ],
  ["where a folder is in its place", ENGINE, () => mkdirSync(file(), { recursive: true })],
  [
    "where a pipe is in its place",
    ENGINE,
    () => {
      mkdirSync(dirname(file()), { recursive: true });
      execFileSync("mkfifo", [file()]);
    },
  ],
])("nothing is noted %s, and nobody stopped", (_where, engine, arrange) => {
  arrange();
  const notes = new CommandNotes(engine);
  notes.note(["a"], "one");
  expect(notes.of(["a"])).toEqual([]);
});

test("what is noted is for its owner to read", () => {
  new CommandNotes(ENGINE).note(["a"], "one");
  const folder = dirname(file());
  expect(readdirSync(folder)).toHaveLength(1);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(readFileSync(file(), "utf8")).not.toContain('"a"');
});
