import { status } from "@grpc/grpc-js";
import {
  CheckFailure,
  CheckRequest,
  CheckResponse,
  GetMappingRequest,
  GetMappingResponse,
  GetSchemaRequest,
  GetSchemaResponse,
  InvokeRequest,
  InvokeResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { closest } from "fastest-levenshtein";
import { packageVersion } from "../../api/package-version";
import type { JsonObject } from "../../reconcile";
import { functions } from "../../tenant/answers";
import type { Session } from "../../tenant/session";
import { SETTINGS } from "../../tenant/setting-names";
import { CallError } from "./call-error";
import { pluginFace } from "./face";
import { groundOf } from "./ground";
import { packageSchema, tokenOf } from "./schema/package";
import { kindsServed, unary } from "./served";
import type { Served } from "./server";
import { KindService } from "./service";
import { Secrets, marked, unmarked } from "./values";

/**
 * Serves our kinds and functions as a package of their own, for every language.
 *
 * @param args Those that the engine started the process with.
 */
export function plugin(args: readonly string[]): Served {
  const service = new KindService(groundOf(pluginFace, args));
  return {
    ...kindsServed(service, packageVersion()),
    GetSchema: unary(GetSchemaRequest, () => new GetSchemaResponse().setSchema(JSON.stringify(packageSchema()))),
    GetMapping: unary(GetMappingRequest, () => new GetMappingResponse()),
    CheckConfig: unary(CheckRequest, checkConfig),
    Invoke: unary(InvokeRequest, (request) => invoke(service, request)),
  };
}

type Answer = (session: Session, args: JsonObject) => Promise<object>;
const answers = new Map<string, Answer>(
  Object.entries(functions).map(([name, { answer }]) => [tokenOf(name), answer as Answer]),
);

async function invoke(service: KindService, request: InvokeRequest): Promise<InvokeResponse> {
  const token = request.getTok();
  const answer = answers.get(token);
  if (!answer) throw new CallError(status.NOT_FOUND, `pulumi-sailpoint has no function ${token}`);
  const found = await service.ask(unmarked(request.getArgs()), answer);
  return new InvokeResponse().setReturn(marked(JSON.parse(JSON.stringify(found)) as JsonObject));
}

/** What the engine itself keeps among a provider's inputs. */
const OF_THE_ENGINE = /^(?:version|pluginDownloadURL|__.*)$/;

/** Names of settings only: whether they lead to a tenant depends on the environment, too, and is told when one is needed. */
function checkConfig(request: CheckRequest): CheckResponse {
  const secrets = new Secrets();
  const given = unmarked(request.getNews(), secrets);
  const names = Object.keys(SETTINGS);
  const failures = Object.keys(given)
    .filter((name) => !names.includes(name) && !OF_THE_ENGINE.test(name))
    .map((name) =>
      new CheckFailure().setReason(`${name} is no setting of a tenant; the nearest is ${closest(name, names)}`),
    );
  const isSecret = ([name = ""]: readonly string[]) =>
    name in SETTINGS && "secret" in SETTINGS[name as keyof typeof SETTINGS];
  const inputs = marked(given, (place) => secrets.has(place) || isSecret(place));
  return new CheckResponse().setInputs(inputs).setFailuresList(failures);
}
