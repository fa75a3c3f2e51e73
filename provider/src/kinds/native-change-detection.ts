import { z } from "zod";
import { isBlank } from "../reconcile";
import { absentAsUndefined, asBody, asObject, asSettings } from "../tenant/wire";
import { ofSource } from "./children";
import type { Kind } from "./kind";
import { singleton } from "./singleton";
import { flag, oneOf, outputOnly, required } from "./validation";

const OPERATIONS = ["ACCOUNT_CREATED", "ACCOUNT_UPDATED", "ACCOUNT_DELETED"] as const;

const inputs = z.strictObject({
  source: required("a Source, or a source's id"),
  enabled: flag.optional(),
  operations: z.array(oneOf("operation of native change detection", OPERATIONS)).optional(),
  allEntitlements: flag.optional(),
  allNonEntitlementAttributes: flag.optional(),
  selectedEntitlements: z.array(required("an entitlement attribute")).optional(),
  selectedNonEntitlementAttributes: z.array(required("an account attribute")).optional(),
  id: outputOnly("it follows from source"),
});

const flagRule = { is: "value", absent: false } as const;

/** Which changes made on the system itself are told. API: `putNativeChangeDetectionConfig` and others. */
export const nativeChangeDetection: Kind = {
  ...singleton(
    "NativeChangeDetection",
    async ({ client }, sourceId) => asSettings(await client.call("getNativeChangeDetectionConfig", { sourceId })),
    async ({ client }, sourceId, whole) => {
      // Where all is off and nothing is selected, the tenant needs no setting: that is what it calls deleted.
      if (Object.values(whole).every((value) => value === false || isBlank(value))) {
        await absentAsUndefined(client.call("deleteNativeChangeDetectionConfig", { sourceId }));
        return {};
      }
      const operation = "putNativeChangeDetectionConfig";
      return asObject(await client.call(operation, { sourceId, body: asBody(operation, whole) }));
    },
  ),
  name: "NativeChangeDetection",
  inputs,
  needs: "getNativeChangeDetectionConfig",
  rules: {
    is: "object",
    fields: {
      source: ofSource("a native change detection"),
      enabled: flagRule,
      operations: { is: "set" },
      allEntitlements: flagRule,
      allNonEntitlementAttributes: flagRule,
      selectedEntitlements: { is: "set" },
      selectedNonEntitlementAttributes: { is: "set" },
    },
  },
};
