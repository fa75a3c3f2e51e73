import * as pulumi from "@pulumi/pulumi";

/** Once no more have come for this long, they are told. */
const QUIET_MS = 300;

/** A resource that uses a name, as the program calls it. */
interface User {
  resource: pulumi.Resource;
  name: string;
}

/** The names that the tenant lacks, each told once, with all resources of the program that use it. */
class MissingNames {
  private users = new Map<string, User[]>();
  private timer: NodeJS.Timeout | undefined;
  /** Lets the program end. */
  private release: (() => void) | undefined;

  add(line: string, user: User): void {
    this.users.set(line, [...(this.users.get(line) ?? []), user]);
    this.release ??= pulumi.runtime.rpcKeepAlive();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.tell();
    }, QUIET_MS);
  }

  /** An error that nobody catches is shown, and fails the program at its end: when all have been told. */
  private tell(): void {
    for (const [line, users] of this.users) {
      const names = users.map(({ name }) => name).sort();
      const error = new pulumi.ResourceError(`${line} (used by ${names.join(", ")})`, users[0]?.resource, true);
      // Once the program's own lines have run, Pulumi would show it instead of the message.
      error.stack = "";
      void Promise.reject(error);
    }
    this.users = new Map();
    this.release?.();
    this.release = undefined;
  }
}

export const missingNames = new MissingNames();
