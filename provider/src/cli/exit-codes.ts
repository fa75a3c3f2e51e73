import type { ErrorKind } from "../api";

/** What the exit code of every command means. Documentation and help are made from it. */
export const exitCodes = {
  done: { code: 0, means: "done; what the tenant warns of stands in the result; what `compare` compares is the same" },
  refused: {
    code: 1,
    means: "the tenant refused the request, or somebody else changed the object meanwhile; `compare` found differences",
  },
  usage: { code: 2, means: "the command line or a file is wrong; nothing was sent that writes" },
  notAllowed: {
    code: 3,
    means: "the tenant is not configured, does not accept the client, or does not let it do this",
  },
  notFound: { code: 4, means: "the source, or what was asked of it, is not on the tenant" },
  unavailable: { code: 5, means: "the tenant cannot be reached, does not answer in time, or had too many requests" },
  badNews: { code: 6, means: "an answer came, and it is bad news: a test, a task or a check failed" },
  bug: { code: 70, means: "a mistake in this program; it shows where, please report it" },
  interrupted: { code: 130, means: "interrupted with Ctrl-C; a task that was started goes on at the tenant" },
} as const satisfies Record<string, { code: number; means: string }>;

export type Ending = keyof typeof exitCodes;

/** How a command ends after a failure of the client. */
export const endingOf: Readonly<Record<ErrorKind, Ending>> = {
  configuration: "notAllowed",
  authentication: "notAllowed",
  permission: "notAllowed",
  notFound: "notFound",
  conflict: "refused",
  rejected: "refused",
  throttled: "unavailable",
  unavailable: "unavailable",
  cancelled: "interrupted",
  bug: "bug",
};
