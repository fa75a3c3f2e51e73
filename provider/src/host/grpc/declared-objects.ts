import { type Action, type Kind, isAction } from "../../kinds/kind";
import { inputsOf } from "../../lifecycle";
import type { JsonObject } from "../../reconcile";
import { holdsUnknown } from "../../reconcile/unknown";

/** Which resource of the program has which object that hangs on a source. */
export class DeclaredObjects {
  private readonly owners = new Map<string, string>();

  /** A line where another resource declares the same object: each `up` would bring it to what the last one says. */
  shared(urn: string, kind: Kind | Action, properties: JsonObject): string[] {
    const inputs = inputsOf(kind, properties);
    if (isAction(kind) || kind.adoption !== "always" || holdsUnknown(inputs)) return [];
    const id = kind.id(inputs, {});
    // A machine policy's id names its subtype only once the tenant has it.
    const key = JSON.stringify([kind.name, id, inputs["subtype"] ?? null]);
    const other = this.owners.get(key);
    this.owners.set(key, urn);
    if (other === undefined || other === urn) return [];
    return [
      `${kind.title(inputs)} is declared twice, by ${nameOf(other)} and by ${nameOf(urn)}: both have ${id}, and the last ` +
        `one wins in each \`up\`. Declare it once`,
    ];
  }
}

const nameOf = (urn: string): string => JSON.stringify(urn.split("::").slice(3).join("::"));
