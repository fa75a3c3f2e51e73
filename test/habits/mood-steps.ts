import fc from "fast-check";
import { Step, flag } from "./step";

/** The tenant's moods. */

export const mood = fc
  .oneof(
    flag.map((lags) => ({ staleReadsMs: lags ? 1500 : 0 })),
    flag.map((shuffle) => ({ shuffle })),
    fc
      .constantFrom("stable" as const, "changing" as const, "masked" as const)
      .map((secrets) => ({ behaviours: { secrets } })),
    fc.constantFrom("kept" as const, "shuffled" as const).map((listOrder) => ({ behaviours: { listOrder } })),
    fc
      .constantFrom("dropped" as const, "refused" as const)
      .map((ownedAttributes) => ({ behaviours: { ownedAttributes } })),
  )
  .map(
    (settings) =>
      new Step(
        `the tenant: ${JSON.stringify(settings)}`,
        () => true,
        (world) => {
          world.tenant.admin.set(settings);
          if ("behaviours" in settings && "secrets" in settings.behaviours && settings.behaviours.secrets !== "stable")
            world.isBlind = true;
        },
      ),
  );

export const fault = fc
  .record({
    kind: fc.constantFrom(
      "reset-before" as const,
      "reset-after" as const,
      "truncated-json" as const,
      "status" as const,
      "expire-token" as const,
    ),
    status: fc.constantFrom(400, 403, 409, 500, 503),
    method: fc.constantFrom("POST", "PATCH", "PUT", "DELETE", "GET"),
    skip: fc.nat(3),
    times: fc.constantFrom(1, 1, 4),
  })
  .map(
    (rule) =>
      new Step(
        `a fault: ${rule.kind} ${rule.kind === "status" ? String(rule.status) : ""} at ${rule.method} ${String(rule.skip)} ×${String(rule.times)}`,
        (world) => !world.isStruck,
        (world) => {
          world.tenant.admin.fault({ ...rule, path: "^/v" });
          world.isStruck = true;
        },
      ),
  );
