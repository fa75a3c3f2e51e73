import type { Connection } from "../../../provider/src/tenant/session";
import type { Declared } from "../../../provider/src/kinds/kind";
import { schemaOf } from "../../../provider/src/kinds/tree/validation";
import { checkInputs } from "../../../provider/src/lifecycle/check";
import type { JsonObject } from "../../../provider/src/reconcile";
import { UNKNOWN, UNSUPPORTED } from "../../../provider/src/reconcile/unknown";

export { UNKNOWN };

/** How a resource class sends a value that JSON cannot carry. */
export const unsupported = (kind: string): string => UNSUPPORTED + kind;

const connection = (apiVersion: string): Connection => ({
  problems: [],
  readOnly: false,
  deployment: {},
  host: "acme.api.identitynow.com",
  apiVersion,
  session: () => Promise.reject(new Error("A check makes no calls.")),
});

/** With its form made anew, so that `npm run mutants` sees that being made. */
const anew = (kind: Declared): Declared => ({ ...kind, inputs: schemaOf(kind.fields, kind.notInputs, kind.check) });

/** What `pulumi preview` tells of these inputs. */
export const reasonsFor = (kind: Declared, declared: JsonObject, apiVersion = "v2025"): string[] =>
  checkInputs(anew(kind), declared, connection(apiVersion)).failures.map(({ property, reason }) => {
    // The engine prints a named property's value, which may be a secret.
    expect(property).toBe("");
    return reason;
  });

export const inputsFor = (kind: Declared, declared: JsonObject): JsonObject =>
  checkInputs(kind, declared, connection("v2025")).inputs;

/** A change of good inputs, and all that is then wrong. */
export type Mistake = [title: string, change: JsonObject, reasons: string[]];

/** Declares tests: the least and the most that can be declared are accepted, and each mistake is told with its remedy. */
export function describeInputs(
  kind: Declared,
  {
    least,
    most,
    mistakes,
    apiVersion,
  }: { least: JsonObject; most: JsonObject; mistakes: Mistake[]; /** One that has all of it. */ apiVersion?: string },
): void {
  test("the least that can be declared is accepted", () => {
    expect(reasonsFor(kind, least)).toEqual([]);
  });

  test("everything that can be declared is accepted, and nothing is left out here", () => {
    expect(reasonsFor(kind, most, apiVersion)).toEqual([]);
    expect(Object.keys(most).sort()).toEqual(Object.keys(kind.rules.fields).sort());
  });

  test("what is not known yet is not wrong yet", () => {
    const unknown = Object.fromEntries(Object.keys(most).map((key) => [key, UNKNOWN]));
    expect(reasonsFor(kind, unknown, apiVersion)).toEqual([]);
  });

  test("null declares nothing", () => {
    const optional = Object.keys(most).filter((key) => !(key in least));
    const nulls = Object.fromEntries(optional.map((key) => [key, null]));
    expect(reasonsFor(kind, { ...least, ...nulls })).toEqual([]);
    expect(Object.keys(inputsFor(kind, { ...least, ...nulls }))).toEqual(Object.keys(least));
  });

  test.each(mistakes)("%s", (_title, change, reasons) => {
    expect(reasonsFor(kind, { ...least, ...change })).toEqual(reasons);
  });

  test("all mistakes are told together", () => {
    const alone = mistakes.filter(([, change]) => Object.keys(change).length === 1);
    const distinct = new Map(alone.map(([, change, reasons]) => [Object.keys(change)[0], { change, reasons }]));
    const changes = [...distinct.values()];
    const together = Object.assign({}, least, ...changes.map(({ change }) => change)) as JsonObject;
    const told = reasonsFor(kind, together);
    // A rule about two inputs speaks only when each of them is in order.
    expect(told.length).toBeGreaterThanOrEqual(Math.min(3, changes.length));
    for (const reason of told) expect(changes.flatMap(({ reasons }) => reasons)).toContain(reason);
  });
}
