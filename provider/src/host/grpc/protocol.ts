import { Writer } from "protobufjs/minimal";
import { reading } from "./reading";

/**
 * The messages of Pulumi's protocol that this package reads and writes, by the numbers of their fields
 * (`pulumi/provider.proto`, `engine.proto`, `status.proto`). Properties stay bytes until somebody needs them, see
 * `values.ts`: of each of the three objects that come with a diff the classes of Pulumi's SDK make a tree, and that was most
 * of what a call took (decisions/own-host.md).
 */
interface Scalars {
  string: string;
  bool: boolean;
  double: number;
  int32: number;
  /** Also properties, and messages inside another. */
  bytes: Uint8Array;
}
type Scalar = keyof Scalars;
type Fields = Readonly<Record<string, readonly [number: number, type: Scalar | `${Scalar}[]`]>>;
type Content<F extends Fields> = {
  -readonly [Name in keyof F]: F[Name][1] extends `${infer One extends Scalar}[]`
    ? Scalars[One][]
    : Scalars[Extract<F[Name][1], Scalar>];
};

/** How one message is read and written. What is not there is empty, as the protocol has it: `""`, `false`, 0, no bytes. */
export interface Message<Whole> {
  /** @throws CallError where the bytes are no message. */
  decode(bytes: Uint8Array): Whole;
  encode(content: Partial<Whole>): Uint8Array;
}

/** What a message of this file is when it is read: `Asked<typeof CheckRequest>`. */
export type Asked<Of> = Of extends Message<infer Whole> ? Whole : never;
/** The same as it is written. */
export type Answer<Of> = Partial<Asked<Of>>;

const NOTHING = Buffer.alloc(0);
const empty: Scalars = { string: "", bool: false, double: 0, int32: 0, bytes: NOTHING };
/** How a value begins on the wire: as a number, as eight bytes, or by its length. */
const wire: Record<Scalar, number> = { bool: 0, int32: 0, double: 1, string: 2, bytes: 2 };

function message<const F extends Fields>(fields: F): Message<Content<F>> {
  const all = Object.entries(fields).map(([name, [number, type]]) => ({
    ...{ name, number, isList: type.endsWith("[]") },
    scalar: type.replace("[]", "") as Scalar,
  }));
  const byTag = new Map(all.map((field) => [tag(field.number, wire[field.scalar]), field]));
  return {
    decode(bytes) {
      const content: Record<string, unknown> = {};
      for (const { name, isList, scalar } of all) content[name] = isList ? [] : empty[scalar];
      reading(bytes, (reader) => {
        while (reader.pos < reader.len) {
          const read = reader.uint32();
          const field = byTag.get(read);
          if (!field) reader.skipType(read & 7);
          else if (field.isList) (content[field.name] as unknown[]).push(reader[field.scalar]());
          else content[field.name] = reader[field.scalar]();
        }
      });
      return content as Content<F>;
    },
    encode(content) {
      const writer = Writer.create();
      for (const { name, number, isList, scalar } of all) {
        const value = (content as Record<string, unknown>)[name];
        const values = isList ? ((value ?? []) as unknown[]) : [value];
        for (const one of values) {
          if (one !== undefined) writer.uint32(tag(number, wire[scalar]))[scalar](one as never);
        }
      }
      return writer.finish();
    },
  };
}

const tag = (number: number, type: number): number => (number << 3) | type;

export const Empty = message({});

export const ConfigureRequest = message({ args: [2, "bytes"], name: [9, "string"] });
export const ConfigureResponse = message({ acceptSecrets: [1, "bool"], supportsPreview: [2, "bool"] });
export const PluginInfo = message({ version: [1, "string"] });

export const CheckRequest = message({ urn: [1, "string"], olds: [2, "bytes"], news: [3, "bytes"] });
export const CheckFailure = message({ property: [1, "string"], reason: [2, "string"] });
export const CheckResponse = message({ inputs: [1, "bytes"], failures: [2, "bytes[]"] });

export const DiffRequest = message({
  ...{ id: [1, "string"], urn: [2, "string"] },
  ...{ olds: [3, "bytes"], news: [4, "bytes"], ignoreChanges: [5, "string[]"], oldInputs: [6, "bytes"] },
});
export const DiffResponse = message({
  replaces: [1, "string[]"],
  deleteBeforeReplace: [3, "bool"],
  changes: [4, "int32"],
  detailedDiff: [6, "bytes[]"],
  hasDetailedDiff: [7, "bool"],
});
export const DiffChanges = { none: 1, some: 2 } as const;
/** A member of `detailedDiff`. */
export const DetailedDiffEntry = message({ key: [1, "string"], value: [2, "bytes"] });
export const PropertyDiff = message({ kind: [1, "int32"], inputDiff: [2, "bool"] });
export const PropertyDiffKind = {
  added: { changes: 0, replaces: 1 },
  removed: { changes: 2, replaces: 3 },
  modified: { changes: 4, replaces: 5 },
} as const;

export const CreateRequest = message({
  urn: [1, "string"],
  properties: [2, "bytes"],
  timeout: [3, "double"],
  preview: [4, "bool"],
});
export const CreateResponse = message({
  id: [1, "string"],
  properties: [2, "bytes"],
  refreshBeforeUpdate: [3, "bool"],
});

export const ReadRequest = message({
  ...{ id: [1, "string"], urn: [2, "string"] },
  ...{ properties: [3, "bytes"], inputs: [4, "bytes"], timeout: [10, "double"] },
});
export const ReadResponse = message({
  id: [1, "string"],
  properties: [2, "bytes"],
  inputs: [3, "bytes"],
  refreshBeforeUpdate: [4, "bool"],
});

export const UpdateRequest = message({
  ...{ id: [1, "string"], urn: [2, "string"] },
  ...{ olds: [3, "bytes"], news: [4, "bytes"], timeout: [5, "double"], preview: [7, "bool"] },
});
export const UpdateResponse = message({ properties: [1, "bytes"], refreshBeforeUpdate: [2, "bool"] });

export const DeleteRequest = message({
  ...{ id: [1, "string"], urn: [2, "string"] },
  ...{ properties: [3, "bytes"], timeout: [4, "double"] },
});

export const ErrorResourceInitFailed = message({
  id: [1, "string"],
  properties: [2, "bytes"],
  reasons: [3, "string[]"],
  refreshBeforeUpdate: [5, "bool"],
});
export const Status = message({ code: [1, "int32"], message: [2, "string"], details: [3, "bytes[]"] });
export const Any = message({ typeUrl: [1, "string"], value: [2, "bytes"] });

export const GetSchemaResponse = message({ schema: [1, "string"] });
export const InvokeRequest = message({ tok: [1, "string"], args: [2, "bytes"] });
export const InvokeResponse = message({ return: [1, "bytes"], failures: [2, "bytes[]"] });

export const LogRequest = message({
  ...{ severity: [1, "int32"], message: [2, "string"] },
  ...{ urn: [3, "string"], ephemeral: [5, "bool"] },
});
export const LogSeverity = { info: 1, warning: 2 } as const;
