import { isObject } from "./json";

/** How Pulumi writes a value that is not known before the deployment, whatever its type. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether a value is unknown or holds something unknown. */
export function holdsUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(holdsUnknown);
  return isObject(value) && Object.values(value).some(holdsUnknown);
}

/** How the resource classes write a value that JSON cannot carry, so that check can report it with all other mistakes. */
export const UNSUPPORTED = "pulumi-sailpoint: unsupported value: ";
