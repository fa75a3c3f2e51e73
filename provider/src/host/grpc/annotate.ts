import { ListValue, NullValue, Struct, Value } from "google-protobuf/google/protobuf/struct_pb";
import { SECRET, SIGNATURE } from "./values";

/** Properties as the engine sends them to a provider that knows no secrets. */
export function withoutSecrets(struct: Struct | undefined): Struct | undefined {
  if (!struct) return undefined;
  const plain = new Struct();
  struct.getFieldsMap().forEach((value: Value, key: string) => plain.getFieldsMap().set(key, plainOf(value)));
  return plain;
}

function plainOf(value: Value): Value {
  const list = value.getListValue();
  if (list) return new Value().setListValue(new ListValue().setValuesList(list.getValuesList().map(plainOf)));
  const struct = value.getStructValue();
  if (!struct) return value;
  const secret = secretOf(struct);
  return secret ? plainOf(secret) : new Value().setStructValue(withoutSecrets(struct));
}

/**
 * What such a provider answered, with secrets where the engine would mark them: at the same keys as in what it was
 * sent; a list that holds one becomes one as a whole.
 */
export function annotated(answer: Struct | undefined, sent: Struct | undefined): Struct | undefined {
  const fields = answer?.getFieldsMap();
  sent?.getFieldsMap().forEach((value: Value, key: string) => {
    const out = fields?.get(key);
    if (out === undefined) return;
    const [inner, outer] = [objectIn(value), objectIn(out)];
    if (inner && outer) annotated(outer, inner);
    else if (!isSecret(out) && holdsSecret(value)) fields?.set(key, secret(out));
  });
  return answer;
}

const structIn = (value: Value): Struct | undefined => value.getStructValue();
const isSecret = (value: Value): boolean => {
  const struct = structIn(value);
  return struct !== undefined && secretOf(struct) !== undefined;
};

/** A plain object; assets and secrets are none. */
function objectIn(value: Value): Struct | undefined {
  const struct = structIn(value);
  return struct?.getFieldsMap().has(SIGNATURE) === true ? undefined : struct;
}

function holdsSecret(value: Value): boolean {
  const list = value.getListValue();
  if (list) return list.getValuesList().some(holdsSecret);
  const struct = structIn(value);
  if (!struct) return false;
  return isSecret(value) || [...struct.getFieldsMap().entries()].some(([, member]) => holdsSecret(member));
}

/** What a secret holds; nothing where the object is none. */
function secretOf(struct: Struct): Value | undefined {
  const fields = struct.getFieldsMap();
  if (fields.get(SIGNATURE)?.getStringValue() !== SECRET) return undefined;
  return fields.get("value") ?? new Value().setNullValue(NullValue.NULL_VALUE);
}

function secret(value: Value): Value {
  const struct = new Struct();
  struct.getFieldsMap().set(SIGNATURE, new Value().setStringValue(SECRET));
  struct.getFieldsMap().set("value", value);
  return new Value().setStructValue(struct);
}
