import { own } from "../reconcile";
import { didYouMean } from "../reconcile/nearest";
import { singleton } from "./children";
import { namesOf } from "./member-names";
import { flag, keyed, object, text } from "./tree/field";

export const attributeSyncConfig = singleton({
  name: "AttributeSyncConfig",
  what: "an attribute synchronization",
  doc:
    "Which identity attributes are synchronized to a source. Only the attributes it names are managed, and of them only " +
    "`enabled`; the source must offer them. Destroying the resource restores what was before.",
  operations: ["getSourceAttrSyncConfig", "putSourceAttrSyncConfig"],
  example: 'new AttributeSyncConfig("ad-sync", { source: ad, attributes: [{ name: "email", enabled: true }] });',
  fields: {
    attributes: keyed({
      doc: "By `name`; others are left alone.",
      required: true,
      by: "name",
      of: object({
        doc: "One identity attribute.",
        fields: {
          name: text({ doc: "The identity attribute.", required: true, give: "an identity attribute" }),
          enabled: flag({ doc: "Whether it is synchronized.", required: true }),
        },
      }),
    }),
  },
  notInputs: { id: "it follows from source" },
  // Of a source that cannot be written to nothing is synchronized.
  hasNone: ({ features }) => Array.isArray(features) && !features.includes("PROVISIONING"),
  // The tenant lists every attribute that could be synchronized.
  telling: (live) => ({
    ...live,
    attributes: Array.isArray(live["attributes"])
      ? live["attributes"].filter((attribute) => own(attribute, "enabled") === true)
      : [],
  }),
  notOffered: ({ attributes }, live) => {
    // A tenant where nobody has set it says nothing of what there is.
    const offered = namesOf(live["attributes"]);
    const others = namesOf(attributes).filter((name) => offered.length > 0 && !offered.includes(name));
    return others.map(
      (name) =>
        `attributes: the source does not offer ${JSON.stringify(name)} now, and the tenant refuses what it does not ` +
        `offer, unless the account schema of this program brings it.${didYouMean(name, offered)}`,
    );
  },
  needs: "getSourceAttrSyncConfig",
  at: "id",
  read: "getSourceAttrSyncConfig",
  write: "putSourceAttrSyncConfig",
});
