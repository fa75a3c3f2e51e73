import type { RunningTenant } from "sailpoint-simulator";

export type Fault = Parameters<RunningTenant["admin"]["fault"]>[0];

/** Strikes for as long as the command lasts. */
const lasting = { times: 1_000_000 };

/** What befalls a request. Those that last also outlive every repetition within the command. */
export const faults = {
  "reset before": { kind: "reset-before" },
  "reset after": { kind: "reset-after" },
  "500": { kind: "status", status: 500, ...lasting },
  "502 in HTML": { kind: "html-502", ...lasting },
  "503 with Retry-After": { kind: "status", status: 503, headers: { "Retry-After": "1" } },
  "429 storm": { kind: "status", status: 429, headers: { "Retry-After": "0" }, times: 6 },
  "401 in the middle": { kind: "expire-token" },
  timeout: { kind: "timeout", ...lasting },
  "truncated JSON": { kind: "truncated-json" },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;
