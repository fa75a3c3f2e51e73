import * as pulumi from "@pulumi/pulumi";
import { isNoSecret, isSecretIn, isSecretKeyOf } from "../api/secret-keys";
import { UNSUPPORTED } from "../reconcile/unknown";

/** A value that may be known only later, at every depth. */
export type Deep<T> = pulumi.Input<
  T extends string | number | boolean | null | undefined ? T : { [Key in keyof T]: Deep<T[Key]> }
>;

/** JSON that may hold outputs at every depth. */
export type JsonInput = pulumi.Input<
  string | number | boolean | null | undefined | JsonInput[] | { [key: string]: JsonInput }
>;

/** Names another object of the tenant by exactly one key; names make a program independent of the tenant. */
export type Reference<By extends string = "name" | "id"> = {
  [Key in By]: Record<Key, pulumi.Input<string>> & Partial<Record<Exclude<By, Key>, undefined>>;
}[By];

/**
 * A program's arguments as they are sent: plain values at keys that hold secrets become Pulumi secrets, and values that
 * JSON cannot carry become a text that check reports together with all other mistakes.
 */
export function prepared(args: object, secretInputs: readonly string[] = []): pulumi.Inputs {
  return Object.fromEntries(
    Object.entries(args).map(([key, value]: [string, unknown]) => [
      key,
      secretInputs.includes(key) ? withSecrets(value) : carried(value, undefined),
    ]),
  );
}

type IsSecret = (key: string) => boolean;

/** Which keys hold secrets is known once the list of them is. */
function withSecrets(value: unknown): unknown {
  const isLater = isKnownLater(value) || (isPlainObject(value) && isKnownLater(value["encrypted"]));
  if (isLater) return whenKnown(value).apply((known) => withSecrets(known));
  return carried(value, isSecretKeyOf(isPlainObject(value) ? value["encrypted"] : undefined));
}

const whenKnown = (value: unknown): pulumi.Output<unknown> => pulumi.output(value);
/** An output, or a promise. */
export const isKnownLater = (value: unknown): boolean => pulumi.Output.isInstance(value) || value instanceof Promise;

function carried(value: unknown, isSecret: IsSecret | undefined, within: readonly unknown[] = []): unknown {
  if (isKnownLater(value)) {
    // Within something that is known only later, a secret makes the whole a secret.
    return isSecret ? whenKnown(value).apply((known) => carried(known, isSecret)) : value;
  }
  const unsupported = unsupportedKind(value);
  if (unsupported !== undefined) return UNSUPPORTED + unsupported;
  if (typeof value !== "object") return value;
  if (within.includes(value)) return `${UNSUPPORTED}an object that holds itself`;
  const inside = [...within, value];
  if (Array.isArray(value)) return value.map((member) => carried(member, isSecret, inside));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      isSecret !== undefined && isSecretIn(value, key, isSecret) && !isNoSecret(member)
        ? pulumi.secret(carried(member, undefined, inside))
        : carried(member, isSecret, inside),
    ]),
  );
}

function unsupportedKind(value: unknown): string | undefined {
  if (typeof value === "function") return "a function";
  if (typeof value === "symbol") return "a symbol";
  if (typeof value === "bigint") return "a bigint";
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (value instanceof Date) return "a Date";
  return value instanceof Map || value instanceof Set ? `a ${value.constructor.name}` : undefined;
}

/** Resources and assets are sent as Pulumi sends them. */
const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" &&
  value !== null &&
  !pulumi.Resource.isInstance(value) &&
  !pulumi.asset.Asset.isInstance(value) &&
  !pulumi.asset.Archive.isInstance(value);
