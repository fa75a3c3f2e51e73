import type { Answer, Client, OperationId, Parameters, Source } from "pulumi-sailpoint/api";

/*
 * Checked by the compiler: what an operation takes and answers comes from its row in the table. The functions are
 * never called.
 */
type Same<A, B> = [A, B] extends [B, A] ? true : false;
const same = <A, B>(_: Same<A, B>) => undefined;

test("the types of a call are those of its operation", () => {
  same<Answer<"getSource">, Source>(true);
  same<Answer<"listSources">, Source[]>(true);
  same<Answer<"getAccountsSchema">, string>(true);
  same<Answer<"deleteSourceSchedule">, undefined>(true);
  same<Parameters<"getSourceSchema">, { sourceId: string; schemaId: string }>(true);
  same<Parameters<"getEntitlementsSchema">["schemaName"], string | undefined>(true);
  same<Source["owner"] extends null | undefined | { id?: unknown } ? true : false, true>(true);
  same<string extends OperationId ? true : false, false>(true);
});

export async function accepted(client: Client): Promise<void> {
  await client.call("listSources");
  await client.call("listSources", {}, { context: "All" });
  await client.call("importAccounts", { id: "1" });
  await client.call("updateSource", { id: "1", body: [{ op: "add", path: "/a", value: null }] });
  for await (const { name } of client.paginate("listWorkgroups")) name?.toUpperCase();
}

export async function refused(client: Client): Promise<void> {
  // @ts-expect-error there is no such operation
  await client.call("getSauce", { id: "1" });
  // @ts-expect-error the id is missing
  await client.call("getSource");
  // @ts-expect-error the id is missing
  await client.call("getSource", {});
  // @ts-expect-error a filter is a text
  await client.call("listSources", { filters: 7 });
  // @ts-expect-error it has no such parameter
  await client.call("listSources", { filter: "" });
  // @ts-expect-error the body is missing
  await client.call("updateSource", { id: "1" });
  // @ts-expect-error a removal has no value to go wrong, and no other op exists
  await client.call("updateSource", { id: "1", body: [{ op: "delete", path: "/a" }] });
  // @ts-expect-error a source needs a connector
  await client.call("createSource", { body: { name: "HR", owner: {} } });
  // @ts-expect-error it has no pages
  for await (const _ of client.paginate("getSourceSchemas", { sourceId: "1" })) break;
}
