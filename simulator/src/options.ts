import { defaultBehaviours, type Behaviours } from "./behaviours";

/** What can be told a tenant when it starts. */
export interface TenantOptions {
  /** Name of the tenant; the access token carries it as `tenant-<name>`. Tenants have the same names and different ids. Default "a". */
  tenant?: string;
  /** Port on 127.0.0.1; 0 takes a free one. Default 0. */
  port?: number;
  /** Ids, secrets and all that looks random derive from it: two runs of the same calls give the same ids. */
  seed?: string;
  /** Requests allowed per window for one client and API version; false for no limit. Default false. */
  rateLimit?: false | RateLimit;
  /** How long an access token lives. Default 749. */
  tokenLifeSeconds?: number;
  /** Each answer is held back this long. Default 0. */
  latencyMs?: number;
  /** GETs lag this long behind writes. Default 0. */
  staleReadsMs?: number;
  /** How long a deletion task runs. Default 0: it is over when the answer leaves. */
  deletionMs?: number;
  /** How long an aggregation task runs. Default 0. */
  aggregationMs?: number;
  /** `features` and a schema's `attributes` come back in another order than they were stored in. Default false. */
  shuffle?: boolean;
  /** Keep what the tenant stores in this file, and begin with what it holds. */
  file?: string;
  /** Switches for what is unproven or differs between tenants. */
  behaviours?: Partial<Behaviours>;
}

/** So many requests in so many milliseconds. */
export interface RateLimit {
  requests: number;
  perMs: number;
}

/** What can be changed while a tenant runs. */
export interface Settings {
  rateLimit: false | RateLimit;
  tokenLifeSeconds: number;
  latencyMs: number;
  staleReadsMs: number;
  deletionMs: number;
  aggregationMs: number;
  shuffle: boolean;
  /** Added to the machine's clock. */
  clockOffsetMs: number;
  /** How the next tasks of a kind end; used up one by one. */
  taskOutcomes: TaskOutcome[];
  behaviours: Behaviours;
}

/** How a task ends. */
export interface TaskOutcome {
  /** Which tasks; any if absent. */
  kind?: "delete" | "account-aggregation" | "entitlement-aggregation" | "uncorrelated-accounts" | "remove-accounts";
  completionStatus: "SUCCESS" | "WARNING" | "ERROR" | "TERMINATED" | "TEMPERROR";
  message?: string;
}

/** Settings of a tenant that was told these options. */
export function settingsOf(options: TenantOptions): Settings {
  return {
    rateLimit: options.rateLimit ?? false,
    tokenLifeSeconds: options.tokenLifeSeconds ?? 749,
    latencyMs: options.latencyMs ?? 0,
    staleReadsMs: options.staleReadsMs ?? 0,
    deletionMs: options.deletionMs ?? 0,
    aggregationMs: options.aggregationMs ?? 0,
    shuffle: options.shuffle ?? false,
    clockOffsetMs: 0,
    taskOutcomes: [],
    behaviours: { ...defaultBehaviours, ...options.behaviours },
  };
}

/** A change of settings: what is absent stays. */
export type SettingsChange = Partial<Omit<Settings, "behaviours">> & { behaviours?: Partial<Behaviours> };
