import { z } from "zod";
import { asBody, asObject, asSettings } from "../tenant/wire";
import { namedApart, ofSource } from "./children";
import type { Kind } from "./kind";
import { singleton } from "./singleton";
import { flag, outputOnly, required } from "./validation";

const inputs = z.strictObject({
  source: required("a Source, or a source's id"),
  attributes: namedApart(z.strictObject({ name: required("an identity attribute"), enabled: flag })),
  id: outputOnly("it follows from source"),
});

/** Which identity attributes are synchronized to a source. API: `getSourceAttrSyncConfig`, `putSourceAttrSyncConfig`. */
export const attributeSyncConfig: Kind = {
  ...singleton(
    "AttributeSyncConfig",
    async ({ client }, id) => asSettings(await client.call("getSourceAttrSyncConfig", { id })),
    async ({ client }, id, whole) =>
      asObject(await client.call("putSourceAttrSyncConfig", { id, body: asBody("putSourceAttrSyncConfig", whole) })),
  ),
  name: "AttributeSyncConfig",
  inputs,
  needs: "getSourceAttrSyncConfig",
  rules: {
    is: "object",
    fields: {
      source: ofSource("an attribute synchronization"),
      attributes: {
        is: "keyed",
        by: "name",
        of: { is: "object", fields: { name: { is: "value" }, enabled: { is: "value" } } },
      },
    },
  },
};
