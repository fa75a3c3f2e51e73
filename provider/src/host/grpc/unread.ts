import { status } from "@grpc/grpc-js";
import type { Change, JsonObject } from "../../reconcile";
import { pathText } from "../../reconcile/change";
import { CallError } from "./call-error";

/** An object as a resource of the state has it. */
interface Of {
  kind: { name: string };
}

/**
 * What the engine has not read before it asks for a plan, and what was found then. It reads by itself only what one of
 * our answers has marked in the state, and not where it runs the program first. The mark is missing where Pulumi's own
 * host was the last to read or to write.
 */
export class Unread {
  private readonly known = new Map<string, Promise<JsonObject | undefined>>();

  /** The engine has read it, so that it needs no other look. */
  isRead(of: Of, id: string): void {
    this.known.set(keyOf(of, id), Promise.resolve(undefined));
  }

  /** What a look finds, made once; nothing if the engine has looked. */
  readOnce(of: Of, id: string, look: () => Promise<JsonObject | undefined>): Promise<JsonObject | undefined> {
    const known = this.known.get(keyOf(of, id)) ?? look();
    this.known.set(keyOf(of, id), known);
    return known;
  }

  forget(of: Of, id: string): void {
    this.known.delete(keyOf(of, id));
  }

  /** What the look found, if there was one. */
  found(of: Of, id: string): Promise<JsonObject | undefined> {
    return this.known.get(keyOf(of, id)) ?? Promise.resolve(undefined);
  }
}

const keyOf = ({ kind }: Of, id: string): string => `${kind.name} ${id}`;

/** What is said of such a look, since the engine shows the values of its state in the place of those found. */
export function toldOf(drift: readonly Change[], isInPart: boolean): string[] {
  if (drift.length === 0) return [];
  const what = `changed on the tenant without the program: ${drift.map(({ path }) => pathText(path)).join(", ")}`;
  return isInPart
    ? [`${what}. It stays, since the resource has ignoreChanges: \`pulumi up --refresh\` repairs what is not ignored`]
    : [`${what}. The diff shows the values of Pulumi's state, which are from before: --refresh shows the tenant's`];
}

/** A diff cannot say so. */
export const goneUnread = (title: string): CallError =>
  new CallError(
    status.NOT_FOUND,
    `${title} is not on the tenant any more, and Pulumi, which has not read it, takes it to be there. ` +
      "Run the command with --refresh, by which Pulumi learns of it",
  );
