import { z } from "zod";
import { isObject } from "../reconcile";
import { asBody, asObject, asSettings } from "../tenant/wire";
import { ofSource } from "./children";
import type { Kind } from "./kind";
import { singleton } from "./singleton";
import { flag, oneOf, outputOnly, required, text } from "./validation";

const assignment = z.strictObject({
  property: required("an identity attribute"),
  value: required("an account attribute"),
  operation: oneOf("operation of a correlation", ["EQ"]).optional(),
  matchMode: oneOf("match mode", ["ANYWHERE", "START", "END"]).optional(),
  ignoreCase: flag.optional(),
  complex: flag.optional(),
  filterString: text("a filter").optional(),
});

const inputs = z.strictObject({
  source: required("a Source, or a source's id"),
  attributeAssignments: z.array(assignment),
  id: outputOnly("it follows from source"),
  name: outputOnly("the tenant names the correlation config after its source"),
});

const value = { is: "value" } as const;
const flagRule = { is: "value", absent: false } as const;

/** How accounts find their identity. API: `getCorrelationConfig`, `putCorrelationConfig`. */
export const correlationConfig: Kind = {
  ...singleton(
    "CorrelationConfig",
    async ({ client }, id) => asSettings(await client.call("getCorrelationConfig", { id })),
    async ({ client }, id, whole) =>
      asObject(await client.call("putCorrelationConfig", { id, body: asBody("putCorrelationConfig", whole) })),
  ),
  name: "CorrelationConfig",
  inputs,
  needs: "getCorrelationConfig",
  rules: {
    is: "object",
    fields: {
      source: ofSource("a correlation config"),
      // The first assignment that matches wins. What we do not know of an assignment is kept.
      attributeAssignments: {
        is: "list",
        by: "property",
        of: {
          is: "object",
          fields: {
            property: value,
            value,
            operation: { is: "value", absent: "EQ" },
            matchMode: value,
            ignoreCase: flagRule,
            complex: flagRule,
            filterString: value,
          },
        },
      },
    },
  },
  normalise: (declared) => ({
    ...declared,
    ...(Array.isArray(declared["attributeAssignments"])
      ? {
          attributeAssignments: declared["attributeAssignments"].map((item) =>
            isObject(item) ? { operation: "EQ", ...item } : item,
          ),
        }
      : {}),
  }),
};
