import { type Action, type Kind, isAction } from "../../kinds/kind";
import { inputsOf } from "../../lifecycle";
import type { JsonObject } from "../../reconcile";
import { holdsUnknown } from "../../reconcile/unknown";

/** Which resource of the program has which source, by its name, and which object that hangs on a source. */
export class DeclaredObjects {
  private readonly owners = new Map<string, string>();

  /** A line where another resource declares the same object: no `up` can bring it to what both say. */
  shared(urn: string, kind: Kind | Action, properties: JsonObject): string[] {
    if (isAction(kind)) return [];
    const inputs = inputsOf(kind, properties);
    const hangs = kind.adoption === "always";
    if (holdsUnknown(hangs ? inputs : inputs["name"])) return [];
    const id = hangs ? kind.id(inputs, {}) : inputs["name"];
    // A machine policy's id names its subtype only once the tenant has it.
    const key = JSON.stringify([kind.name, id, inputs["subtype"] ?? null]);
    const other = this.owners.get(key);
    this.owners.set(key, urn);
    if (other === undefined || other === urn) return [];
    const what = `${kind.title(inputs)} is declared twice, by ${nameOf(other)} and by ${nameOf(urn)}`;
    return [
      hangs
        ? `${what}: both have ${String(id)}, and the last one wins in each \`up\`. Declare it once`
        : `${what}, and a tenant has one source of a name. Declare it once, or give one of them another name`,
    ];
  }
}

const nameOf = (urn: string): string => JSON.stringify(urn.split("::").slice(3).join("::"));
