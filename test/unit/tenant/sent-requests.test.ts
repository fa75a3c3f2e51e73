import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Limiter } from "../../../provider/src/api/limiter";
import { sentRequests } from "../../../provider/src/tenant/sent-requests";
import { ManualClock } from "../api/support/clocks";

const tenant = { baseUrl: "https://acme.api.identitynow.com", clientId: "deployer" };
const rate = { requests: 100, perMs: 10_000 };
const before = process.env["XDG_STATE_HOME"];
let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "pulumi-sailpoint-sent-"));
  process.env["XDG_STATE_HOME"] = home;
});
afterEach(() => {
  if (before === undefined) delete process.env["XDG_STATE_HOME"];
  else process.env["XDG_STATE_HOME"] = before;
  rmSync(home, { recursive: true });
});

const folder = () => join(home, "pulumi-sailpoint/requests");
const onlyFile = () => join(folder(), String(readdirSync(folder())[0]));

/** A process that wants to send so many at once; each takes 100 ms. */
function processOf(clock: ManualClock, count: number, settings = tenant): number[] {
  const limiter = new Limiter(clock, rate, sentRequests(settings));
  const answeredAt: number[] = [];
  for (let i = 0; i < count; i += 1) {
    void limiter.acquire().then((permit) =>
      clock.after(100, () => {
        answeredAt.push(clock.now());
        permit.done();
      }),
    );
  }
  return answeredAt;
}

/** The most that were answered in one window, where the first after a window's end opens the next. */
function fullest(times: readonly number[]): number {
  const windows: number[][] = [];
  for (const at of times.toSorted((a, b) => a - b)) {
    const opened = windows.at(-1)?.[0] ?? -Infinity;
    if (at >= opened + rate.perMs) windows.push([at]);
    else windows.at(-1)?.push(at);
  }
  return Math.max(...windows.map((window) => window.length));
}

test("a process knows what the one before it has sent", async () => {
  const clock = new ManualClock();
  const preview = processOf(clock, 60);
  await clock.advance(4_000);
  expect(preview).toHaveLength(60);
  const up = processOf(clock, 60);
  await clock.advance(4_000);
  expect(up).toHaveLength(40);
  await clock.advance(10_000);
  expect(up).toHaveLength(60);
  expect(fullest([...preview, ...up])).toBe(100);
});

test("a process goes on in the window that the one before it has opened", async () => {
  const clock = new ManualClock();
  processOf(clock, 10);
  await clock.advance(6_000);
  const next = processOf(clock, 150);
  await clock.advance(3_900);
  expect(next).toHaveLength(90);
  await clock.advance(3_600);
  expect(next).toHaveLength(150);
});

test("that a tenant does not count in windows is known for a day", async () => {
  const clock = new ManualClock();
  sentRequests(tenant).noteNoWindows(clock.now());
  const asked = async () => {
    processOf(clock, 10);
    await clock.advance(6_000);
    const next = processOf(clock, 150);
    await clock.advance(7_500);
    return next.length;
  };
  expect(await asked()).toBe(100);
  await clock.advance(24 * 3_600_000);
  expect(await asked()).toBe(150);
});

test("processes side by side share the limit, but for what is under way", async () => {
  const clock = new ManualClock();
  const both = [processOf(clock, 150), processOf(clock, 150)];
  await clock.advance(40_000);
  expect(both.map((times) => times.length)).toEqual([150, 150]);
  expect(fullest(both.flat())).toBeLessThanOrEqual(100 + 2 * 10);
});

test.each([
  ["client id", { ...tenant, clientId: "another" }],
  ["tenant", { ...tenant, baseUrl: "https://acme-sb.api.identitynow.com" }],
])("another %s has its own hundred", async (_, other) => {
  const clock = new ManualClock();
  processOf(clock, 100);
  await clock.advance(4_000);
  const answered = processOf(clock, 100, other);
  await clock.advance(4_000);
  expect(answered).toHaveLength(100);
});

test("what is no note, and what a clock that was set wrote, makes nobody wait", async () => {
  const clock = new ManualClock();
  processOf(clock, 1);
  await clock.advance(200);
  const future = Array.from({ length: 200 }, () => `${String(clock.now() + 3_600_000)} abc`);
  writeFileSync(onlyFile(), ["", "garbage", "NaN x", ...future].join("\n"));
  const answered = processOf(clock, 50);
  await clock.advance(4_000);
  expect(answered).toHaveLength(50);
});

test("notes that no longer count are thrown away, and nothing of the tenant or its secret is in them", async () => {
  const clock = new ManualClock();
  processOf(clock, 5_000);
  await clock.advance(600_000);
  processOf(clock, 1);
  await clock.advance(1_000);
  const text = readFileSync(onlyFile(), "utf8");
  expect(text.trim().split("\n").length).toBeLessThanOrEqual(101);
  expect(text).toMatch(/^(\d+ [0-9a-f]{8} \d+ \d+\n)+$/);
});

test("a pipe in the place of the notes stops nobody", async () => {
  const clock = new ManualClock();
  processOf(clock, 1);
  await clock.advance(200);
  const file = onlyFile();
  rmSync(file);
  execFileSync("mkfifo", [file]);
  const answered = processOf(clock, 50);
  await clock.advance(4_000);
  expect(answered).toHaveLength(50);
});

test("a disk that takes no notes stops nobody", async () => {
  writeFileSync(join(home, "pulumi-sailpoint"), "a file in the folder's place");
  const clock = new ManualClock();
  const answered = processOf(clock, 50);
  await clock.advance(4_000);
  expect(answered).toHaveLength(50);
});
