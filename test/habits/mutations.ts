/** A fix, and what stands in its place when it is taken out. */
export interface Mutation {
  file: string;
  /** Stands exactly once in the file. */
  fixed: string;
  broken: string;
}

const src = "provider/src";

/** The faults that real tenants and habits have brought to light, each with the fix that can be taken out. */
export const mutations: Readonly<Record<string, readonly Mutation[]>> = {
  // An up deletes what it has just made or taken over.
  "1": [
    {
      file: `${src}/lifecycle/index.ts`,
      fixed: "if (isDeclared || isOwnedByLater(session, journal, kind, id, properties)) {",
      broken: "if ((isDeclared || isOwnedByLater(session, journal, kind, id, properties)) && id === '') {",
    },
  ],
  // A vendor's change of an immutable field plans a replacement.
  "2": [
    {
      file: `${src}/reconcile/compare.ts`,
      fixed: "if (unsettled.immutable !== undefined && context.immutable !== true) return [];",
      broken: "",
    },
    {
      file: `${src}/reconcile/project.ts`,
      fixed: "if (unsettled.immutable !== undefined) return applied;",
      broken: "",
    },
  ],
  // The text that stands for a changed secret is written as the secret.
  "4": [
    {
      file: `${src}/lifecycle/write.ts`,
      fixed: "if (missing.length > 0) throw new ProblemError(unsendable(title, missing));\n  return value;",
      broken: "return missing.length + value.length < 0 ? value : [...changes];",
    },
    {
      file: `${src}/lifecycle/create.ts`,
      fixed: "if (missing.length > 0) throw new ProblemError(unsendable(kind.title(inputs), missing));",
      broken: "",
    },
  ],
  // What others hung on a member of a list moves to another member.
  "5": [
    {
      file: `${src}/reconcile/correspondence.ts`,
      fixed: "return paired(pairs, list.length);",
      broken: "return list.map((_, i) => (pairs.length >= 0 && i < other.length ? i : undefined));",
    },
  ],
  // What the program ignores, and others have changed, keeps an update from being written.
  "13": [
    {
      file: `${src}/lifecycle/write.ts`,
      fixed:
        "const asked = plan ? changes.filter(({ path }) => plan.some((other) => overlap(path, other.path))) : changes;",
      broken: "const asked = plan ? changes : changes;",
    },
  ],
  // What hangs on a source goes to another tenant than the source.
  "15": [
    {
      file: `${src}/resources/resource.ts`,
      fixed: "const provider = opts.provider ?? source.getProvider(type);",
      broken: "const provider = opts.provider;",
    },
  ],
  // What was there before the program is taken away with a line of the program.
  "31": [
    {
      file: `${src}/reconcile/compare.ts`,
      fixed: "if (isFound(found) || same(applied, undefined)",
      broken: "if (same(applied, undefined)",
    },
  ],
};
