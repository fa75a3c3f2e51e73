import type { Maybe } from "./json";

/** The members of one text that is a set, each once, in its order. */
export function membersOf(text: Maybe): string[] {
  if (typeof text !== "string") return [];
  const members = text.split(",").map((member) => member.trim());
  return [...new Set(members.filter((member) => member !== ""))];
}

/**
 * The text that a set becomes: the tenant's members first, less those of ours that go, then those that are declared
 * and missing. Nothing where that is what the tenant has.
 */
export function united(wanted: readonly string[], gone: readonly string[], live: Maybe): string | undefined {
  const there = membersOf(live);
  const stays = there.filter((member) => wanted.includes(member) || !gone.includes(member));
  const come = wanted.filter((member) => !there.includes(member));
  return come.length === 0 && stays.length === there.length ? undefined : [...stays, ...come].join(",");
}
