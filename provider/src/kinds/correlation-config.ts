import { isObject } from "../reconcile";
import { singleton } from "./children";
import { flag, list, object, text, word } from "./tree/field";

const assignment = object({
  named: "AttributeAssignment",
  open: true,
  doc: "How one account attribute finds an identity.",
  fields: {
    property: text({ doc: "The identity attribute.", required: true, give: "an identity attribute" }),
    value: text({ doc: "The account attribute.", required: true, give: "an account attribute" }),
    operation: word({
      doc: "How the two are compared.",
      what: "operation of a correlation",
      of: ["EQ"],
      absent: "EQ",
      default: "`EQ`",
    }),
    matchMode: word({
      doc: "How values are matched where they need not be the whole.",
      what: "match mode",
      of: ["ANYWHERE", "START", "END"],
    }),
    operationMatchMode: text({
      doc: "Tenants print it, and no document names it: sent as it is.",
      give: "what the tenant prints",
      mayBeEmpty: true,
      carried: true,
    }),
    ignoreCase: flag("Whether upper and lower case are the same."),
    complex: flag("Whether the filter is a complex one."),
    filterString: text({ doc: "The assignment as a filter.", give: "a filter", mayBeEmpty: true }),
  },
});

export const correlationConfig = singleton({
  name: "CorrelationConfig",
  what: "a correlation config",
  doc:
    "How a source's accounts find their identity. Every source has one: it is taken over, its former content is kept, and " +
    "destroying the resource restores it.",
  operations: ["getCorrelationConfig", "putCorrelationConfig"],
  example:
    'new CorrelationConfig("hr-correlation", { source: hr, attributeAssignments: [{ property: "email", value: "mail" }] });',
  fields: {
    // What we do not know of an assignment is kept.
    attributeAssignments: list({
      doc: "The first that matches wins; the whole list is the program's; `null` is none. What the API adds to one is kept.",
      required: true,
      nullIsEmpty: true,
      by: ["property", "value"],
      of: assignment,
    }),
  },
  notInputs: {
    id: "it follows from source",
    name: "the tenant names the correlation config after its source",
  },
  // A source names the config that it has.
  hasNone: (source) => source["accountCorrelationConfig"] === null,
  needs: "getCorrelationConfig",
  at: "id",
  read: "getCorrelationConfig",
  write: "putCorrelationConfig",
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
});
