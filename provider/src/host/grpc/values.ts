import { ListValue, NullValue, Struct, Value } from "google-protobuf/google/protobuf/struct_pb";
import { type Json, type JsonObject, isObject, put } from "../../reconcile";

/** How Pulumi tells a value that is more than JSON: an object with this key, which says what it is. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

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
    return this.keys.has(JSON.stringify(place));
  }
}

/** Properties as they came, in plain JSON; where secrets stood is noted in `secrets`. */
export function unmarked(struct: Struct | undefined, secrets = new Secrets()): JsonObject {
  return struct ? objectOf(struct, [], secrets) : {};
}

function objectOf(struct: Struct, place: Place, secrets: Secrets): JsonObject {
  const object: JsonObject = {};
  struct
    .getFieldsMap()
    .forEach((value: Value, key: string) => put(object, key, jsonOf(value, [...place, key], secrets)));
  return object;
}

function jsonOf(value: Value, place: Place, secrets: Secrets): Json {
  switch (value.getKindCase()) {
    case Value.KindCase.NUMBER_VALUE:
      return value.getNumberValue();
    case Value.KindCase.STRING_VALUE:
      return value.getStringValue();
    case Value.KindCase.BOOL_VALUE:
      return value.getBoolValue();
    case Value.KindCase.LIST_VALUE: {
      const member = [...place, MEMBER];
      return (value.getListValue()?.getValuesList() ?? []).map((item) => jsonOf(item, member, secrets));
    }
    case Value.KindCase.STRUCT_VALUE:
      return valueOf(value.getStructValue() ?? new Struct(), place, secrets);
    default:
      return null;
  }
}

function valueOf(struct: Struct, place: Place, secrets: Secrets): Json {
  const secret = secretOf(struct);
  if (!secret) return objectOf(struct, place, secrets);
  secrets.add(place);
  return jsonOf(secret, place, secrets);
}

/** What a secret holds; nothing where the object is none. */
export function secretOf(struct: Struct): Value | undefined {
  const fields = struct.getFieldsMap();
  if (fields.get(SIGNATURE)?.getStringValue() !== SECRET) return undefined;
  return fields.get("value") ?? new Value().setNullValue(NullValue.NULL_VALUE);
}

/** Whether the value at a place is to be marked as a secret. */
export type IsMarked = (place: Place, value: Json) => boolean;

/** Properties as they are sent, with secrets marked. */
export function marked(properties: JsonObject, isMarked: IsMarked = () => false): Struct {
  return structOf(properties, [], isMarked);
}

function structOf(object: JsonObject, place: Place, isMarked: IsMarked): Struct {
  const struct = new Struct();
  const fields = struct.getFieldsMap();
  for (const [key, value] of Object.entries(object)) fields.set(key, protoOf(value, [...place, key], isMarked));
  return struct;
}

const protoOf = (value: Json, place: Place, isMarked: IsMarked): Value =>
  isMarked(place, value) ? secret(plainProto(value, place, () => false)) : plainProto(value, place, isMarked);

export function secret(value: Value): Value {
  const struct = new Struct();
  struct.getFieldsMap().set(SIGNATURE, new Value().setStringValue(SECRET));
  struct.getFieldsMap().set("value", value);
  return new Value().setStructValue(struct);
}

function plainProto(value: Json, place: Place, isMarked: IsMarked): Value {
  if (value === null) return new Value().setNullValue(NullValue.NULL_VALUE);
  if (typeof value === "string") return new Value().setStringValue(value);
  if (typeof value === "number") return new Value().setNumberValue(value);
  if (typeof value === "boolean") return new Value().setBoolValue(value);
  if (isObject(value)) return new Value().setStructValue(structOf(value, place, isMarked));
  const member = [...place, MEMBER];
  const list = new ListValue();
  list.setValuesList(value.map((item) => protoOf(item, member, isMarked)));
  return new Value().setListValue(list);
}
