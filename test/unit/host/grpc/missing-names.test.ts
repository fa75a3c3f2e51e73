import { setTimeout as pause } from "node:timers/promises";
import { MissingNames } from "../../../../provider/src/host/grpc/missing-names";

const urn = (name: string) => `urn:pulumi:dev::project::sailpoint:index:Source::${name}`;

test("the last that waits tells all, each name once with who uses it; those before it are let go", async () => {
  const missing = new MissingNames();
  missing.add(urn("a"), ["owner: nobody", "cluster: nowhere"]);
  const first = missing.awaited();
  missing.add(urn("b::c"), ["owner: nobody"]);
  const second = missing.awaited();
  expect(await first).toBeUndefined();
  expect((await second)?.split("\n").slice(1)).toEqual([
    "  cluster: nowhere (used by a)",
    "  owner: nobody (used by a, b::c)",
  ]);
});

test("while anything is checked it goes on waiting", async () => {
  const missing = new MissingNames();
  missing.add(urn("a"), ["owner: nobody"]);
  const told = missing.awaited();
  await missing.during(async () => {
    await pause(800);
    missing.add(urn("late"), ["cluster: nowhere"]);
  });
  expect(await told).toContain("late");
});
