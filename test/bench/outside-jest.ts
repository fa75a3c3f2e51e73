/** What is to be done in the end: the harness of the engine tests says it to jest, which is not here. */
const ends: (() => unknown)[] = [];
Object.assign(globalThis, { afterAll: (end: () => unknown) => ends.push(end) });

export async function cleanUp(): Promise<void> {
  for (const end of ends) await end();
}
