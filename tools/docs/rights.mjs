import { calls } from "./calls.mjs";
import { code, table } from "./markdown.mjs";

/**
 * @typedef {import("../../provider/src/api/operations/rights.js").Rights} Rights
 * @typedef {Record<string, Rights>} Table
 * @typedef {{ name: string, operations: readonly string[] }} Kind
 */

/** Needed for a part of a source only. @type {Record<string, readonly string[]>} */
const partsOfSource = {
  connectorFiles: ["importConnectorFile"],
  passwordPolicies: ["listPasswordPolicyHoldersOnSource"],
};

/** What is looked up by its name, and where. */
export const lookups = {
  "an identity (`owner`), and `getIdentity`": ["listIdentities"],
  "a managed cluster (`cluster`), and `getCluster`": ["getManagedClusters"],
  "a governance group (`managementWorkgroup`)": ["listWorkgroups"],
  "a password policy": ["listPasswordPolicies"],
  "a connector rule": ["getConnectorRuleList"],
  "a connector, by `getConnector`": ["getConnectorList"],
};

/**
 * docs/rights.md: what a token must be allowed, for each resource, for each command, and for each operation; from the
 * table of the client, which `npm run conformance` holds against SailPoint's documents.
 * @param {Table} rights @param {readonly Kind[]} kinds
 */
export function rightsPage(rights, kinds) {
  /** @param {string} what @param {readonly string[]} operations */
  const row = (what, operations) => [what, ...needed(operations.map((id) => rightsFor(rights, id)))];
  const resources = kinds.flatMap(({ name, operations }) => {
    if (name !== "Source") return [row(code(name), operations)];
    const apart = Object.values(partsOfSource).flat();
    return [
      row(
        code(name),
        operations.filter((id) => !apart.includes(id)),
      ),
      ...Object.entries(partsOfSource).map(([part, ids]) => row(`${code(name)} with ${code(part)}, besides`, ids)),
    ];
  });
  return `<!-- Written by \`npm run docs\` from provider/src/api/operations/rights.ts and tools/docs/calls.mjs. -->

# Rights

What a token must be allowed, as SailPoint's documents say it. There are two sorts of tokens, and both have an id and a
secret:

- A **personal access token** is a user's: it may do what the user's level and the token's scopes both allow. A
  deployment needs one for schemas, for what it looks up by name, and for whatever says _of a user_ below.
- A **client of API Management** with the grant type _client credentials_ stands for no user. Its scopes alone count,
  and the operations that want a user refuse it.

\`sp:scopes:all\` is every scope. Where several user levels stand, one is enough; a dash: nothing is documented.
A refused call says which scope and which level it needed.

## Resources

To create, read, change and delete one. To look only (\`pulumi preview\`), the scopes that end in \`:read\` are enough.

${table(heads("Resource"), resources)}

## What is named

Where a program gives a name instead of an id, besides:

${table(
  heads("By name"),
  Object.entries(lookups).map(([what, ids]) => row(what, ids)),
)}

## Commands

\`doctor\` asks for everything and tells what it may not; only \`listSources\` is needed. \`restore --yes\` needs what the
resources need that it writes.

${table(
  heads("Command"),
  Object.entries(calls).map(([name, ids]) => row(code(name), ids)),
)}

## Operations

${table(
  ["Operation", "One of these scopes", "User level", "Token"],
  Object.entries(rights).map(([id, { scopes, levels, ofUser }]) => [
    code(id),
    scopes.map(code).join(" "),
    levelsText(levels),
    tokenText(ofUser === true),
  ]),
)}
`;
}

/** @param {string} first */
function heads(first) {
  return [first, "Scopes", "User level", "Token"];
}

/** What is enough for all of these calls together. @param {readonly Rights[]} all */
function needed(all) {
  /** @type {string[]} */
  const chosen = [];
  // Where there is no choice first: what must be had for one call may be enough for another.
  for (const { scopes } of [...all].sort((a, b) => a.scopes.length - b.scopes.length)) {
    if (!scopes.some((scope) => chosen.includes(scope))) chosen.push(scopes[0]);
  }
  const levels = all.flatMap(({ levels }) => (levels === undefined ? [] : [levels]));
  const [first, ...others] = levels;
  return [
    chosen.sort().map(code).join(" "),
    levelsText(first?.filter((level) => others.every((list) => list.includes(level)))),
    tokenText(all.some(({ ofUser }) => ofUser === true)),
  ];
}

/** @param {readonly string[] | undefined} levels */
function levelsText(levels) {
  return levels === undefined ? "–" : levels.map(code).join(" ");
}

/** @param {boolean} ofUser */
function tokenText(ofUser) {
  return ofUser ? "of a user" : "either";
}

/** @param {Table} rights @param {string} id */
function rightsFor(rights, id) {
  const found = rights[id];
  if (found === undefined) throw new Error(`The table of rights has no ${id}.`);
  return found;
}
