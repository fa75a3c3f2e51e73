/** One property that differs. `old` or `new` is absent where the property is. */
export interface Change {
  /** As Pulumi writes it: `connectorAttributes["group.hasHeader"]`, `attributes[2].type`. */
  path: string;
  old?: unknown;
  new?: unknown;
}

/** Every leaf that differs between two values, in the order of the keys. Secrets show as `[secret]` on both sides. */
export function differences(old: unknown, now: unknown, path = ""): Change[] {
  const left = shown(old);
  const right = shown(now);
  if (Array.isArray(left) && Array.isArray(right)) {
    const length = Math.max(left.length, right.length);
    return Array.from({ length }, (_, i) => differences(left[i], right[i], `${path}[${String(i)}]`)).flat();
  }
  if (isRecord(left) && isRecord(right)) {
    const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
    return keys.flatMap((key) => differences(left[key], right[key], join(path, key)));
  }
  if (Object.is(left, right)) return [];
  return [{ path, ...(left === undefined ? {} : { old: left }), ...(right === undefined ? {} : { new: right }) }];
}

const signature = "4dabf18193072939515e22adb298388d";
const secret = "1b47061264138c4ac30d75fd1eb44270";

function shown(value: unknown): unknown {
  return isRecord(value) && value[signature] === secret ? "[secret]" : value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function join(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}
