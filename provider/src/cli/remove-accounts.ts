import { type AnyCommand, type CommandSpec, sourceArgument } from "./command";
import { UsageError } from "./failure";
import { findSource, titleOf } from "./sources";
import { type Waiting, resultOfTask, waitingOptions } from "./tasks";

interface Input extends Waiting {
  source: string;
  yes?: boolean;
}

const spec: CommandSpec<Input> = {
  name: "remove-accounts",
  about: "remove all accounts of a source from the tenant",
  details:
    "Accounts, their entitlements on identities and their history go; the system behind the source keeps them, and an " +
    "aggregation reads them again. Asks for the source's name at a terminal; elsewhere it needs --yes.",
  arguments: [sourceArgument],
  options: [{ flags: "--yes", about: "do not ask" }, ...waitingOptions],
  examples: [
    ['remove-accounts "HR Feed"', "asks for the name, then removes them and waits"],
    ['remove-accounts "HR Feed" --yes', "for scripts"],
  ],
  writes: true,
  async run(context, input) {
    const { client, signal } = context;
    const source = await findSource(client, input.source, signal);
    const title = titleOf(source);
    if (input.yes !== true) {
      if (!context.interactive) {
        throw new UsageError(`Removing all accounts of ${title} needs --yes, since nobody can be asked here.`);
      }
      const answer = await context.ask(
        `All accounts of ${title} on ${await client.tenant({ signal })} will be removed.\nType the source's name to go on: `,
      );
      if (answer.trim() !== source.name) {
        throw new UsageError(`That is not the name of ${title}; nothing was removed.`);
      }
    }
    const task = await client.call("deleteAccountsAsync", { id: source.id }, { signal, context: title });
    const doing = `Removing the accounts of ${JSON.stringify(source.name)}`;
    return resultOfTask(context, { id: task.id, source, context: title, doing }, input);
  },
};

export const removeAccounts: AnyCommand = spec;
