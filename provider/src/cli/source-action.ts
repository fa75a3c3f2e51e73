import type { CallOptions, Client, Source } from "../api";
import { type AnyCommand, type CommandSpec, sourceArgument } from "./command";
import type { Ending } from "./exit-codes";
import { findSource, titleOf } from "./sources";
import type { Style } from "./style";

/** A command that calls one operation on one source and shows what it answers. */
export interface SourceAction<Input, Answer> extends Pick<
  CommandSpec<Input>,
  "name" | "about" | "details" | "options" | "examples" | "writes"
> {
  /** What is going on, while it does: "Testing the connection". */
  doing: string;
  call: (client: Client, id: string, input: Input, how: CallOptions) => Promise<Answer>;
  show: (answer: Answer, style: Style, source: Source, input: Input) => string;
  /** Default: done. */
  ending?: (answer: Answer) => Ending;
}

export function sourceAction<Input, Answer>(action: SourceAction<Input, Answer>): AnyCommand {
  const { doing, call, show, ending, ...spec } = action;
  const command: CommandSpec<Input & { source: string }> = {
    ...spec,
    arguments: [sourceArgument],
    async run({ client, progress, signal }, input) {
      const { source, answer } = await progress.during(`${doing} of ${JSON.stringify(input.source)}`, async () => {
        const found = await findSource(client, input.source, signal);
        return { source: found, answer: await call(client, found.id, input, { signal, context: titleOf(found) }) };
      });
      return {
        data: answer,
        text: (style) => show(answer, style, source, input),
        ...(ending ? { ending: ending(answer) } : {}),
      };
    },
  };
  return command;
}
