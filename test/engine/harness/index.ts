/**
 * What the engine tests are written on: real programs, deployed by the real Pulumi CLI in a folder of their own.
 *
 * ```ts
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
 * Every project is destroyed from the disk, and each of its processes killed, when the test file is done;
 * `KEEP_PROJECTS=1` keeps the folders for a look.
 */
export { createProject, Project } from "./project";
export type { CommandOptions, ProjectOptions, Program } from "./project";
export type { Change, Diagnostic, Step } from "./events";
export type { Outcome } from "./outcome";
export type { RunningCommand } from "./command";
