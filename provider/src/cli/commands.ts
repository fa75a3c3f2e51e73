import { actions } from "./actions";
import { aggregate } from "./aggregate";
import { api } from "./api";
import type { AnyCommand } from "./command";
import { compare } from "./compare";
import { completion } from "./completion";
import { doctor } from "./doctor";
import { exportCommand } from "./export";
import { files } from "./files";
import { historyCommand } from "./history";
import { list } from "./list";
import { peek } from "./peek";
import { removeAccounts } from "./remove-accounts";
import { restore } from "./restore";

/** Every command, in the order of the help. */
export const commands: readonly AnyCommand[] = [
  list,
  doctor,
  ...actions,
  peek,
  aggregate,
  removeAccounts,
  ...files,
  exportCommand,
  compare,
  restore,
  historyCommand,
  ...api,
  completion,
];

/** What holds commands of two words together. */
export const groups: Readonly<Record<string, string>> = {
  schema: "download and upload schemas of Delimited File sources as CSV",
};
