import { type Maybe, own } from "../reconcile";

/** The names in a list whose members have one. */
export const namesOf = (members: Maybe): string[] =>
  (Array.isArray(members) ? members : []).flatMap((member) => {
    const name = own(member, "name");
    return typeof name === "string" ? [name] : [];
  });
