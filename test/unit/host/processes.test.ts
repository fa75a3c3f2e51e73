import { destroys, isDying, isUnpreviewed } from "../../../provider/src/host/processes";

/** As `/proc/PID/status` has it. */
const status = (state: string, thread = "0000000000000000", process = "0000000000000000") =>
  `Name:\tpulumi\nState:\t${state}\nTgid:\t42\nPPid:\t1\nSigPnd:\t${thread}\nShdPnd:\t${process}\nSigBlk:\t0000000000000100\n`;

test.each([
  ["that runs", status("S (sleeping)"), false],
  ["that was asked to end", status("R (running)", undefined, "0000000000004002"), false],
  ["whose thread is being killed", status("R (running)", "0000000000000100"), true],
  ["that is being killed", status("R (running)", undefined, "0000000000000100"), true],
  ["that is being killed and was asked to end", status("D (disk sleep)", undefined, "0000000000004f00"), true],
  ["that nobody has waited for yet", status("Z (zombie)"), true],
  ["that is gone, or of another system", "", false],
])("a process %s", (_what, text, dying) => {
  expect(isDying(text)).toBe(dying);
});

test.each([
  ["/usr/bin/pulumi destroy --yes --stack dev", true],
  ["pulumi --cwd folder down", true],
  ["pulumi up --target destroy", false],
  ["pulumi preview --stack destroy", false],
  ["pulumi --stack destroy up", false],
  ["pulumi --cwd down watch", false],
  ["pulumi -C down stack rm", false],
  ["pulumi destroy --stack up", true],
  ["pulumi --stack up destroy", true],
  ["pulumi --non-interactive -v=9 -Q destroy", true],
  ["pulumi --color=never -Cup --logflow dn", true],
  ["/bin/sh node_modules/pulumi-resource-pulumi-nodejs 127.0.0.1:1", false],
  ["", false],
])("%j destroys: %s", (line, expected) => {
  expect(destroys(line.split(" "))).toBe(expected);
});

test.each([
  ["pulumi up --yes --skip-preview", true],
  ["pulumi up -f --stack dev", true],
  ["pulumi up --skip-preview=false", false],
  ["pulumi preview", false],
  ["", false],
])("%j shows no preview: %s", (line, expected) => {
  expect(isUnpreviewed(line.split(" "))).toBe(expected);
});
