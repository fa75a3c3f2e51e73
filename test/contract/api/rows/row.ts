import type { Answer, Client, OperationId, Parameters, PatchOperation } from "pulumi-sailpoint/api";

/** What the rows hand on to the rows below them. */
export interface World {
  owner: string;
  cluster: string;
  workgroup: string;
  policy: string;
  policyById: string;
  rule: string;
  csv: string;
  directory: string;
  doomed: string;
  schema: string;
  task: string;
}

export interface Row {
  id: OperationId;
  drive(client: Client, world: World): Promise<void>;
}

/** One operation: what it is called with, and what must come of it. */
export function row<Id extends OperationId>(
  id: Id,
  parameters: (world: World) => Parameters<Id>,
  check: (answer: Answer<Id>, world: World) => void,
): Row {
  return {
    id,
    async drive(client, world) {
      check(await client.call(id, ...([parameters(world)] as never)), world);
    },
  };
}

export const anything = expect.anything() as unknown;

export const patch = (...operations: PatchOperation[]) => operations;

export const csvOf = (text: string) => ({ name: "file.csv", content: text });

export const schemaCsv =
  "id,name,givenName,familyName,e-mail,location,manager,groups,startDate,endDate\n" +
  "1,jane.doe,Jane,Doe,jane@example.com,Austin,,Staff,,\n";
