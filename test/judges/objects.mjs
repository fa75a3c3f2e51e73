import { URLSearchParams } from "node:url";

/** @typedef {{ id: string, name: string }} Named */
/** @typedef {Awaited<ReturnType<typeof prepare>>} Objects */

/**
 * Signs in at a tenant and prepares what requests can name: sources of both kinds, and ones that may be destroyed.
 * @param {Record<string, string>} env
 */
export async function prepare(env) {
  const base = env["SAIL_BASE_URL"] ?? "";
  const authorization = `Bearer ${await token(env)}`;

  /** @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<any>} */
  const request = (method, path, body) => at(method, `/v2025${path}`, body);
  /** @param {string} method @param {string} address @param {unknown} [body] @returns {Promise<any>} */
  const at = async (method, address, body) => {
    const headers = { authorization, "content-type": "application/json", "x-sailpoint-experimental": "true" };
    const json = body === undefined ? null : JSON.stringify(body);
    return answerOf(await fetch(`${base}${address}`, { method, headers, body: json }));
  };
  /** @param {string} path @returns {Promise<Named>} */
  const first = async (path) => (await request("GET", path))[0];

  const identity = await first("/identities");
  const owner = { type: "IDENTITY", id: identity.id, name: identity.name };
  const cluster = await first("/managed-clusters");

  /** @param {string} name @param {object} more @param {string} [query] @returns {Promise<Named>} */
  const source = (name, more, query = "") => request("POST", `/sources${query}`, { name, owner, ...more });
  /** @param {string} name */
  const directory = (name) =>
    source(name, {
      connector: "active-directory",
      cluster: { type: "CLUSTER", id: cluster.id, name: cluster.name },
      features: ["PASSWORD", "PROVISIONING"],
    });
  /** @param {string} path */
  const idOf = async (path) => (await first(path)).id;
  /** @param {Named} of */
  const schema = (of) => idOf(`/sources/${of.id}/schemas`);

  /** @param {Named} of @returns {Promise<string>} */
  const subtype = async (of) => {
    const sent = { sourceId: of.id, technicalName: "robot", displayName: "Robot", description: "A robot's account" };
    return (await at("POST", "/source-subtypes/v1", sent)).id;
  };
  /** @param {Named} of @returns {Promise<string>} */
  const policy = async (of) => (await at("GET", `/sources/v2/${of.id}/provisioning-policies`))[0].id;

  const file = await source("File", { connector: "delimited-file" }, "?provisionAsCsv=true");
  const connected = await directory("Directory");
  const doomed = await directory("Doomed");
  for (const { id } of [file, connected]) {
    await request("POST", `/sources/${id}/schedules`, { type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 3 * * ?" });
  }
  return {
    authorization,
    owner,
    file: file.id,
    directory: connected.id,
    schema: await schema(connected),
    subtype: await subtype(connected),
    policy: await policy(connected),
    doomed: {
      source: doomed.id,
      schema: await schema(doomed),
      subtype: await subtype(doomed),
      policy: await policy(doomed),
    },
    task: (await request("POST", `/sources/${connected.id}/remove-accounts`)).id,
    lookUps: {
      identities: owner.id,
      "managed-clusters": cluster.id,
      workgroups: await idOf("/workgroups"),
      "password-policies": await idOf("/password-policies"),
      "connector-rules": await idOf("/connector-rules"),
      transforms: await idOf("/transforms"),
    },
  };
}

/** @param {Record<string, string>} env @returns {Promise<string>} */
async function token(env) {
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: env["SAIL_CLIENT_ID"] ?? "",
    client_secret: env["SAIL_CLIENT_SECRET"] ?? "",
  });
  return (await answerOf(await fetch(`${env["SAIL_BASE_URL"]}/oauth/token`, { method: "POST", body }))).access_token;
}

/** @param {Response} answer @returns {Promise<any>} */
async function answerOf(answer) {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}: ${text}`);
  return JSON.parse(text);
}
