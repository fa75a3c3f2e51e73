import type { Style } from "./style";

/** What long work tells meanwhile, on standard error, with the time it has taken. */
export interface Progress {
  /** Shows `what` until the work is done; the work may tell how far it is. */
  during<T>(what: string, work: (tell: (state: string) => void) => Promise<T>): Promise<T>;
}

/** On a terminal one line that is rewritten; elsewhere a line when there is news, and every now and then. */
export function progressOn(stream: NodeJS.WriteStream, style: Style, now: () => number = Date.now): Progress {
  return {
    async during(what, work) {
      const show = stream.isTTY ? rewriting(stream, style) : appending(stream, now);
      const startedAt = now();
      let state = "";
      const line = () => `${what}${state === "" ? "" : `: ${state}`} (${elapsed(now() - startedAt)})`;
      const timer = setInterval(() => show.refresh(line(), state), refreshMs);
      timer.unref();
      try {
        return await work((news) => {
          state = news;
          show.refresh(line(), state);
        });
      } finally {
        clearInterval(timer);
        show.end();
      }
    },
  };
}

/** `12 s`, `3 min 05 s` */
function elapsed(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${String(seconds)} s`;
  return `${String(Math.floor(seconds / 60))} min ${String(seconds % 60).padStart(2, "0")} s`;
}

interface Display {
  refresh(line: string, state: string): void;
  end(): void;
}

const refreshMs = 250;
/** Work that is done sooner leaves no line in a log. */
const quietMs = 1_000;
/** A log must show that something still goes on. */
const heartbeatMs = 15_000;

function rewriting(stream: NodeJS.WriteStream, style: Style): Display {
  return {
    refresh: (line) => {
      // A line that wraps could not be rewritten.
      const text = line.slice(0, Math.max(20, stream.columns - 1));
      stream.write(`\r\u001b[K${style.faint(text)}`);
    },
    end: () => stream.write("\r\u001b[K"),
  };
}

function appending(stream: NodeJS.WriteStream, now: () => number): Display {
  const startedAt = now();
  let last: { at: number; state: string } | undefined;
  return {
    refresh(line, state) {
      if (now() - startedAt < quietMs) return;
      if (last?.state === state && now() - last.at < heartbeatMs) return;
      last = { at: now(), state };
      stream.write(`${line}\n`);
    },
    end: () => undefined,
  };
}
