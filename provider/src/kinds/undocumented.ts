/** What is said of a value that no document names: tenants may know more than they are documented to. */
export const undocumented = (what: string, value: string, near: string | undefined): string =>
  `${what} ${JSON.stringify(value)} is not documented; it is sent as it is` +
  (near === undefined ? "" : `. The nearest that is: ${near}`);
