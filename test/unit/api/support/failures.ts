import { SailPointError } from "pulumi-sailpoint/api";

/** The error that a call fails with. A call that succeeds, or fails otherwise, fails the test. */
export async function failureOf(call: Promise<unknown>): Promise<SailPointError> {
  const outcome: unknown = await call.then(
    (answer: unknown) => new Error(`the call should fail, and answered ${JSON.stringify(answer)}`),
    (error: unknown) => error,
  );
  if (outcome instanceof SailPointError) return outcome;
  throw outcome;
}
