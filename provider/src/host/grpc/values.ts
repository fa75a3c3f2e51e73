import { type Reader, Writer } from "protobufjs/minimal";
import { type Json, type JsonObject, isObject, put } from "../../reconcile";
import { reading } from "./reading";

/** How Pulumi tells a value that is more than JSON: an object with this key, which says what it is. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
export const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/**
 * A place in properties, as the steps to it; the members of a list are all one place, since they move.
 */
export type Place = readonly string[];
const MEMBER = "*";

/** Places whose values are secrets. */
export class Secrets {
  private readonly keys = new Set<string>();

  add(place: Place): void {
    this.keys.add(JSON.stringify(place));
  }
  has(place: Place): boolean {
    return this.keys.size > 0 && this.keys.has(JSON.stringify(place));
  }
}

/** How fields begin on the wire, as `struct.proto` numbers them: those of `google.protobuf.Value`, */
const NULL = 1 << 3;
const NUMBER = (2 << 3) | 1;
const STRING = (3 << 3) | 2;
const BOOL = 4 << 3;
const STRUCT = (5 << 3) | 2;
const LIST = (6 << 3) | 2;
/** the one field of `Struct` and of `ListValue`, and the two of an entry of a `Struct`. */
const MEMBERS = (1 << 3) | 2;
const KEY = (1 << 3) | 2;
const VALUE = (2 << 3) | 2;

/** Properties as they came (`google.protobuf.Struct`), in plain JSON; where secrets stood is noted in `secrets`. */
export function unmarked(struct: Uint8Array, secrets = new Secrets()): JsonObject {
  return reading(struct, (reader) => plainObject(objectOf(reader, reader.len), [], secrets));
}

/** The text at one key of properties. The rest is not read. */
export function textAt(struct: Uint8Array, wanted: string): string | undefined {
  return reading(struct, (reader) => {
    let found: Json | undefined;
    eachEntry(reader, reader.len, (key, end) => {
      if (key === wanted) found = valueOf(reader, end);
    });
    return typeof found === "string" ? found : undefined;
  });
}

/** Its keys in one order: the engine writes them in any, and by them goes the order of what is told and sent. */
function objectOf(reader: Reader, end: number): JsonObject {
  const values = new Map<string, Json>();
  eachEntry(reader, end, (key, valueEnd) => values.set(key, valueOf(reader, valueEnd)));
  const object: JsonObject = {};
  for (const key of [...values.keys()].sort()) put(object, key, values.get(key) ?? null);
  return object;
}

function valueOf(reader: Reader, end: number): Json {
  let value: Json = null;
  eachField(reader, end, (tag) => {
    if (tag === STRING) value = reader.string();
    else if (tag === STRUCT) value = objectOf(reader, endOfNext(reader));
    else if (tag === LIST) value = listOf(reader, endOfNext(reader));
    else if (tag === BOOL) value = reader.bool();
    else if (tag === NUMBER) value = reader.double();
    else reader.skipType(tag & 7);
  });
  return value;
}

function listOf(reader: Reader, end: number): Json[] {
  const list: Json[] = [];
  eachField(reader, end, (tag) => {
    if (tag === MEMBERS) list.push(valueOf(reader, endOfNext(reader)));
    else reader.skipType(tag & 7);
  });
  return list;
}

/** Calls for each entry of a `Struct`, with the reader at its value, which ends there and need not be read. */
function eachEntry(reader: Reader, end: number, act: (key: string, end: number) => void): void {
  eachField(reader, end, (tag) => {
    if (tag !== MEMBERS) return void reader.skipType(tag & 7);
    const entryEnd = endOfNext(reader);
    let key = "";
    let [start, valueEnd] = [entryEnd, entryEnd];
    eachField(reader, entryEnd, (part) => {
      if (part === KEY) key = reader.string();
      else if (part === VALUE) {
        valueEnd = endOfNext(reader);
        start = reader.pos;
        reader.pos = valueEnd;
      } else reader.skipType(part & 7);
    });
    reader.pos = start;
    act(key, valueEnd);
    reader.pos = entryEnd;
  });
}

/** Calls for each field of a message that ends there, after its tag was read. */
function eachField(reader: Reader, end: number, act: (tag: number) => void): void {
  while (reader.pos < end) act(reader.uint32());
}

/** Where the message ends whose length comes next; the reader refuses to go beyond the last byte. */
function endOfNext(reader: Reader): number {
  const length = reader.uint32();
  const start = reader.pos;
  const end = reader.skip(length).pos;
  reader.pos = start;
  return end;
}

/** The value without marks of secrets; where they stood is noted. */
function plainObject(object: JsonObject, place: Place, secrets: Secrets): JsonObject {
  for (const [key, value] of Object.entries(object)) {
    if (typeof value === "object") put(object, key, plain(value, [...place, key], secrets));
  }
  return object;
}

function plain(value: Json, place: Place, secrets: Secrets): Json {
  if (Array.isArray(value)) {
    const member = [...place, MEMBER];
    return value.map((item) => plain(item, member, secrets));
  }
  if (!isObject(value)) return value;
  if (value[SIGNATURE] !== SECRET) return plainObject(value, place, secrets);
  secrets.add(place);
  return plain(value["value"] ?? null, place, secrets);
}

/** Whether the value at a place is to be marked as a secret. */
export type IsMarked = (place: Place, value: Json) => boolean;
const never: IsMarked = () => false;

/** Properties as they are sent (`google.protobuf.Struct`), with secrets marked. */
export function marked(properties: JsonObject, isMarked: IsMarked = never): Uint8Array {
  const writer = Writer.create();
  writeObject(writer, properties, [], isMarked);
  return writer.finish();
}

function writeObject(writer: Writer, object: JsonObject, place: Place, isMarked: IsMarked): void {
  for (const [key, value] of Object.entries(object)) {
    writer.uint32(MEMBERS).fork().uint32(KEY).string(key).uint32(VALUE).fork();
    writeAt([...place, key], value, writer, isMarked);
    writer.ldelim().ldelim();
  }
}

function writeAt(place: Place, value: Json, writer: Writer, isMarked: IsMarked): void {
  if (isMarked(place, value)) writeValue(writer, { [SIGNATURE]: SECRET, value }, place, never);
  else writeValue(writer, value, place, isMarked);
}

function writeValue(writer: Writer, value: Json, place: Place, isMarked: IsMarked): void {
  if (value === null) writer.uint32(NULL).int32(0);
  else if (typeof value === "string") writer.uint32(STRING).string(value);
  else if (typeof value === "number") writer.uint32(NUMBER).double(value);
  else if (typeof value === "boolean") writer.uint32(BOOL).bool(value);
  else if (isObject(value)) {
    writer.uint32(STRUCT).fork();
    writeObject(writer, value, place, isMarked);
    writer.ldelim();
  } else {
    writer.uint32(LIST).fork();
    const member = [...place, MEMBER];
    for (const item of value) {
      writer.uint32(MEMBERS).fork();
      writeAt(member, item, writer, isMarked);
      writer.ldelim();
    }
    writer.ldelim();
  }
}
