import * as handlers from "../../provider/src/dynamic";
import { sessions } from "../../provider/src/host/dynamic/handler";
import type { Kind } from "./goal";

type Handler = (typeof handlers)[Kind];
export type Settings = Readonly<Record<string, string>>;

/**
 * The provider processes of one command: one for each provider, whose sessions are its own and end with it, as each
 * command of the real engine has processes of its own.
 */
export class Providers {
  private readonly configs = new Map<string, Record<string, string>>();
  private readonly command = commands.next();

  constructor(
    private readonly configured: Settings,
    /** Beside what each provider says. */
    private readonly common: Settings,
  ) {}

  /** The handler, pointed at its tenant: a call keeps the connection that it began with. */
  handler(kind: Kind, provider: Settings | undefined): Handler {
    const config = this.config(provider ?? this.configured);
    handlers[kind].configure({ config: { get: (key) => config[key.replace("sailpoint:", "")] } });
    return handlers[kind];
  }

  end(): void {
    for (const config of this.configs.values()) sessions.end((key) => config[key]);
  }

  private config(provider: Settings): Record<string, string> {
    const key = JSON.stringify(provider);
    const known = this.configs.get(key);
    if (known) return known;
    const { settleSeconds = "0", ...settings } = { ...provider, ...this.common };
    const config = { ...settings, settleSeconds: String(Number(settleSeconds) + this.command / 1e9) };
    this.configs.set(key, config);
    return config;
  }
}

/** Tells the sessions of commands apart. */
const commands = {
  count: 0,
  next(): number {
    this.count += 1;
    return this.count;
  },
};
