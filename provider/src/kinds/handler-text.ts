/**
 * The text by which a dynamic resource names what handles it. It stands in the state of every user and is what refresh
 * and delete run, so it never changes; nothing is captured in it.
 */
export const handlerText = (handler: string): string =>
  `exports.handler = () => require("pulumi-sailpoint/dynamic").${handler};`;
