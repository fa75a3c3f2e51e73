import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Where browsers of Chromium's kind lie; CHROMIUM names another. */
const PLACES = [
  ...["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"],
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** A browser of this machine. Where there is none, and we may, Debian's is installed. */
export function browserPath(): string {
  const known = [process.env["CHROMIUM"] ?? "", ...PLACES];
  const there = () => known.find((path) => path !== "" && existsSync(path));
  const found = there();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    execFileSync("apt-get", ["update", "--quiet"], { env, timeout: 120_000, stdio: "ignore" });
    const install = ["install", "--yes", "--no-install-recommends", "chromium"];
    execFileSync("apt-get", install, { env, timeout: 400_000, stdio: "ignore" });
  }
  const installed = there();
  if (installed !== undefined) return installed;
  throw new Error("The page is looked at in a browser: install chromium, or name one by the environment's CHROMIUM.");
}
