import type { RunningTenant } from "sailpoint-simulator";
import { Engine } from "../engine-model/engine";
import { CHILDREN, declaredSource } from "./contents";
import { type DeclaredChild, NAMES, OPTIONS, type Place, type Stack, childKey } from "./stack";

/** How a sequence begins. */
export interface Beginning {
  /** Whether the program reaches its tenant by a `Tenant` of its own; then there is no other configuration. */
  door: "default" | "named";
  /** Sources that others have made before. */
  given: readonly Place[];
  /** Sources that the program has deployed, each with something that hangs on it. */
  deployed: readonly Place[];
}

/** Makes a source as somebody else would. */
export async function make(place: Place, { baseUrl, clientId, clientSecret }: RunningTenant): Promise<void> {
  const others = new Engine({ baseUrl, clientId, clientSecret, settleSeconds: "0" });
  const args = {
    name: NAMES[place],
    owner: { alias: "slpt.services" },
    connector: place === "alpha" ? "web-services" : "people-saas",
    connectorAttributes: {
      timeoutInSeconds: 60,
      theirs: "theirs",
      connectionParameters: [
        { uniqueNameForEndPoint: "Users", method: "GET", beforeRule: "rule of Users" },
        { uniqueNameForEndPoint: "Groups", method: "GET", beforeRule: "rule of Groups" },
      ],
    },
  };
  const { errors } = await others.up([{ name: place, kind: "source", args }]);
  if (errors.length > 0) throw new Error(errors.join("\n"));
}

/** The program that is deployed at first. */
export function firstStack({ given, deployed }: Beginning): Stack {
  const sources: Stack["sources"] = {};
  const children: DeclaredChild[] = [];
  for (const at of deployed) {
    const source = declaredSource(at, 1);
    sources[at] = given.includes(at) ? { ...source, args: { ...source.args, adopt: true } } : source;
    for (const [kind, key, content] of CHILDREN.filter(([, key]) => /DISABLE|ACCOUNT/.test(key))) {
      children.push({
        ...OPTIONS,
        resource: childKey({ source: at, kind, key }),
        source: at,
        kind,
        key,
        args: content(1),
      });
    }
  }
  return { sources, children: Object.fromEntries(children.map((child) => [childKey(child), child])) };
}
