import { status } from "@grpc/grpc-js";
import { closest } from "fastest-levenshtein";
import { checkArguments } from "../../lifecycle/arguments";
import type { JsonObject } from "../../reconcile";
import { UNKNOWN } from "../../reconcile/unknown";
import { functions } from "../../tenant/answers";
import type { Session } from "../../tenant/session";
import { SETTINGS } from "../../tenant/setting-names";
import { valueProblems } from "../../tenant/settings";
import { CallError } from "./call-error";
import { pluginFace } from "./face";
import { groundOf } from "./ground";
import {
  type Answer,
  type Asked,
  CheckFailure,
  CheckRequest,
  CheckResponse,
  Empty,
  GetSchemaResponse,
  InvokeRequest,
  InvokeResponse,
} from "./protocol";
import { packageSchema, tokenOf } from "./schema/package";
import { kindsServed, unary } from "./served";
import type { Served, ofPackages } from "./server";
import { KindService } from "./service";
import { Secrets, marked, unmarked } from "./values";

/**
 * Serves our kinds and functions as a package of their own, for every language.
 *
 * @param args Those that the engine started the process with.
 */
export function plugin(args: readonly string[]): Served<(typeof ofPackages)[number]> {
  const service = new KindService(groundOf(pluginFace, args));
  return {
    ...kindsServed(service),
    GetSchema: unary(Empty, GetSchemaResponse, () => ({ schema: JSON.stringify(packageSchema()) })),
    GetMapping: unary(Empty, Empty, () => ({})),
    CheckConfig: unary(CheckRequest, CheckResponse, checkConfig),
    Invoke: unary(InvokeRequest, InvokeResponse, (request) => invoke(service, request)),
  };
}

type Name = keyof typeof functions;
const names = new Map((Object.keys(functions) as Name[]).map((name) => [tokenOf(name), name]));

async function invoke(
  service: KindService,
  { tok, args: given }: Asked<typeof InvokeRequest>,
): Promise<Answer<typeof InvokeResponse>> {
  const name = names.get(tok);
  if (name === undefined) throw new CallError(status.NOT_FOUND, `pulumi-sailpoint has no function ${tok}`);
  const { args, failures } = checkArguments(name, unmarked(given));
  if (failures.length > 0) {
    // The SDKs write the property in brackets behind the reason.
    const told = failures.map(({ property, reason }) => ({ property: property || "the arguments", reason }));
    return { failures: told.map((failure) => CheckFailure.encode(failure)) };
  }
  const answer: (session: Session, args: JsonObject) => Promise<object> = functions[name].answer;
  const found = await service.ask(args, answer);
  return { return: marked(JSON.parse(JSON.stringify(found)) as JsonObject) };
}

/** What the engine itself keeps among a provider's inputs. */
const OF_THE_ENGINE = /^(?:version|pluginDownloadURL|__.*)$/;

const OWN_NAMES = { apiVersion: "apiVersion", readOnly: "readOnly", settleSeconds: "settleSeconds" };

/** Whether the settings lead to a tenant depends on the environment, too, and is told when one is needed. */
function checkConfig({ news }: Asked<typeof CheckRequest>): Answer<typeof CheckResponse> {
  const secrets = new Secrets();
  const given = unmarked(news, secrets);
  const names = Object.keys(SETTINGS);
  const setting = pluginFace.settings(given, "");
  const known = (key: string) => (setting(key) === UNKNOWN ? undefined : setting(key));
  const strangers = Object.keys(given)
    .filter((name) => !names.includes(name) && !OF_THE_ENGINE.test(name))
    .map((name) => `${name} is no setting of a tenant; the nearest is ${closest(name, names)}`);
  const isSecret = ([name = ""]: readonly string[]) =>
    name in SETTINGS && "secret" in SETTINGS[name as keyof typeof SETTINGS];
  const inputs = marked(given, (place) => secrets.has(place) || isSecret(place));
  const failures = [...strangers, ...valueProblems(known, {}, OWN_NAMES)].map((reason) =>
    CheckFailure.encode({ reason }),
  );
  return { inputs, failures };
}
