/**
 * What the engine tests are written on: real programs, deployed by the real Pulumi CLI in a folder of their own.
 *
 * ```ts
 * const tenant = await createTenant();
 * const project = await createProject({
 *   program: `const { Source } = require("pulumi-sailpoint");
 *             exports.id = new Source("hr", { … }).sourceId;`,
 *   env: tenant.env,
 * });
 * const up = await project.up();
 * expect(up.counts).toEqual({ create: 1 });
 * tenant.admin.edit(…);
 * const preview = await project.preview();
 * expect(preview.step("hr").changes).toEqual([{ path: "description", old: "live", new: "declared" }]);
 * ```
 *
 * Commands throw, with everything that was printed, unless they end as expected (`expect: "success"`).
 * When the test file is done, every project is removed from the disk, what runs of it is killed, and tenants are
 * closed; `KEEP_PROJECTS=1` keeps the folders for a look.
 */
export { createProject } from "./project";
export { createTenant } from "./tenant";
export type { CommandOptions, Program, Project, ProjectOptions } from "./project";
export type { Change, Diagnostic, Step } from "./events";
export type { Outcome } from "./outcome";
export type { RunningCommand } from "./command";
