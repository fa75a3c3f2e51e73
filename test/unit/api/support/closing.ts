/** Closes what a test opened, the last first, whether it passed or not. */
export function closing() {
  const open: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const thing of open.splice(0).reverse()) await thing.close();
  });
  return <T extends { close(): unknown }>(thing: T): T => {
    open.push(thing);
    return thing;
  };
}
