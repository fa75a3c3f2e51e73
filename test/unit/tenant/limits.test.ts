import { resolveSettings } from "../../../provider/src/tenant/settings";

const tenant = { baseUrl: "https://acme.api.identitynow.com", clientId: "id", clientSecret: "secret" };
const resolve = (config: Record<string, string>, environment: Record<string, string> = {}) =>
  resolveSettings((key) => ({ ...tenant, ...config })[key], environment);

test.each([
  [{}, {}, { deadlineMs: undefined, rateLimit: undefined }],
  [{ timeoutSeconds: "600" }, {}, { deadlineMs: 600_000 }],
  [{}, { SAIL_TIMEOUT_SECONDS: "1.5" }, { deadlineMs: 1_500 }],
  [{ requestsPer10Seconds: "400" }, {}, { rateLimit: { requests: 400, perMs: 10_000 } }],
  [{}, { SAIL_REQUESTS_PER_10_SECONDS: "unlimited" }, { rateLimit: false }],
  [{ requestsPer10Seconds: "50" }, { SAIL_REQUESTS_PER_10_SECONDS: "400" }, { rateLimit: { requests: 50 } }],
])("limits from %j and the environment's %j", (config, environment, settings) => {
  expect(resolve(config, environment)).toMatchObject({ settings });
});

test.each([
  [{ timeoutSeconds: "soon" }, "sailpoint:timeoutSeconds"],
  [{ timeoutSeconds: "0" }, "sailpoint:timeoutSeconds"],
  [{ requestsPer10Seconds: "0" }, "sailpoint:requestsPer10Seconds"],
  [{ requestsPer10Seconds: "many" }, "sailpoint:requestsPer10Seconds"],
])("%j is refused by name", (config, name) => {
  const told = "The settings of the SailPoint tenant are not right";
  expect(resolve(config)).toEqual({ told, problems: [expect.stringContaining(name)] });
});
