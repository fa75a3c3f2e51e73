export { startTenant, type RunningTenant } from "./start";
export type { TenantOptions, RateLimit, Settings, SettingsChange, TaskOutcome } from "./options";
export type { Behaviours } from "./behaviours";
export type { Admin } from "./admin/admin";
export type { ErrorShape, FaultRule } from "./http/faults";
export type { RequestRecord } from "./http/requests";
export type { ClientOptions, Credentials } from "./http/token";
