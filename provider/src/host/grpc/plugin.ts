import { status } from "@grpc/grpc-js";
import { closest } from "fastest-levenshtein";
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

type Answering = (session: Session, args: JsonObject) => Promise<object>;
const answers = new Map<string, Answering>(
  Object.entries(functions).map(([name, { answer }]) => [tokenOf(name), answer as Answering]),
);

async function invoke(
  service: KindService,
  { tok, args }: Asked<typeof InvokeRequest>,
): Promise<Answer<typeof InvokeResponse>> {
  const answer = answers.get(tok);
  if (!answer) throw new CallError(status.NOT_FOUND, `pulumi-sailpoint has no function ${tok}`);
  const found = await service.ask(unmarked(args), answer);
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
