import type { DocumentedOperation } from "./document";
import type { Session } from "./session";

const unknownId = "0".repeat(32);

/** Every operation that was driven, made to refuse: without a token, above the limit, on what is not there, with nonsense. */
export async function judgeRefusals(session: Session): Promise<void> {
  const { document, judge, tenant } = session;
  const driven = document.operations.filter(({ id }) => judge.seen.has(id));
  for (const operation of driven) await refuse(session, operation);
  tenant.admin.set({ rateLimit: { requests: 0, perMs: 3_600_000 } });
  for (const operation of driven) {
    const { method, number } = operation;
    await session.expect(429, "above the limit", method, pathOf(operation, unknownId), { number });
  }
  tenant.admin.set({ rateLimit: false });
  await namedRefusals(session);
}

async function refuse(session: Session, operation: DocumentedOperation): Promise<void> {
  const { method, number } = operation;
  const path = pathOf(operation, unknownId);
  await session.expect(401, "without a token", method, path, { withoutToken: true, number });
  if (operation.path.includes("{")) {
    await session.expect(404, "what is not there", method, path, { ...validSent(operation), number });
  }
  const [type] = operation.bodies;
  if (type === undefined) return;
  await session.expect(400, "another content type", method, path, {
    body: "nonsense",
    contentType: "text/plain",
    number,
  });
  if (type.includes("json"))
    await session.expect(400, "no JSON", method, path, { body: "{", contentType: type, number });
}

const pathOf = (operation: DocumentedOperation, id: string) =>
  operation.path
    .replace("{usageType}", "ENABLE")
    .replace("{scheduleType}", "ACCOUNT_AGGREGATION")
    .replaceAll(/\{[^}]+\}/g, id);

function validSent(operation: DocumentedOperation): {
  body?: unknown;
  contentType?: string;
  parts?: Record<string, string>;
} {
  const [type] = operation.bodies;
  if (type === undefined) return {};
  if (type === "multipart/form-data") return { parts: { disableOptimization: "true" } };
  return { body: type.includes("patch") ? [] : {}, contentType: type };
}

/** The refusals that each subject has of its own. */
async function namedRefusals(session: Session): Promise<void> {
  const [source] = await session.list("all", "/sources");
  const id = String(source?.["id"]);
  const path = `/sources/${id}`;
  await session.expect(400, "an empty body", "POST", "/sources", { body: {} });
  await session.expect(400, "an unknown connector", "POST", "/sources", {
    body: { name: "New", connector: "telepathy", owner: source?.["owner"] },
  });
  await session.expect(400, "a name that is taken", "POST", "/sources", {
    body: { name: source?.["name"], connector: "jdbc", owner: source?.["owner"] },
  });
  for (const field of [
    "id",
    "type",
    "authoritative",
    "created",
    "modified",
    "connector",
    "connectorClass",
    "passwordPolicies",
  ]) {
    await session.patch(400, `immutable ${field}`, path, [{ op: "replace", path: `/${field}`, value: "x" }]);
  }
  await session.patch(400, "connectorAttributes whole", path, [
    { op: "replace", path: "/connectorAttributes", value: {} },
  ]);
  await session.patch(400, "a path that is missing", path, [{ op: "remove", path: "/connectorAttributes/nothing" }]);
  await session.patch(400, "no operations", path, { op: "add" });
  const { id: _id, ...withoutId } = source ?? {};
  await session.expect(400, "without id", "PUT", path, { body: withoutId });
  await session.expect(400, "in use", "DELETE", path);
  await session.expect(400, "a bad filter", "GET", `/sources?filters=${encodeURIComponent("name like x")}`);
  await session.expect(400, "a bad limit", "GET", "/sources?limit=251");
  await session.expect(400, "a schema that exists", "POST", `${path}/schemas`, { body: { name: "account" } });
  await session.expect(400, "no usage type", "POST", `${path}/provisioning-policies`, { body: { name: "x" } });
  for (const method of ["GET", "POST"]) {
    const sent = method === "POST" ? { parts: { file: { name: "a.csv", content: "id" } } } : {};
    await session.expect(400, "no Delimited File", method, `${path}/schemas/accounts`, sent);
  }
  session.tenant.admin.fault({
    kind: "status",
    status: 500,
    body: { detailCode: "500.0 Internal Fault", trackingId: "x" },
  });
  await session.expect(500, "a fault", "GET", "/sources");
  await experimental(session, id);
}

/** Where the document demands the header, a request without it is refused. */
async function experimental(session: Session, id: string): Promise<void> {
  const isHeader = (name: string) => name.toLowerCase() === "x-sailpoint-experimental";
  for (const operation of session.document.operations) {
    if (!session.judge.seen.has(operation.id)) continue;
    if (!operation.parameters.some(({ name, required }) => required && isHeader(name))) continue;
    const path = pathOf(operation, id);
    await session.expect(400, "without the header", operation.method, path, {
      withoutExperimental: true,
      number: operation.number,
    });
  }
}
