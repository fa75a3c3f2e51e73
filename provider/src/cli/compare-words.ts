import { type Comparison, isOther } from "../inventory/comparison";
import { counted } from "../inventory/counted";

/** What a comparison comes to, in words that its text and its page share. */
export interface Words {
  isSame: boolean;
  /** `the same, 3 sources`, or `1 of 3 sources differs`. */
  verdict: string;
  /** How many of those that differ are beside. */
  rest: string;
  /** How many secrets could not be compared; empty where there are none. */
  secrets: string;
}

export function wordsOf({ sources }: Comparison): Words {
  const others = sources.filter(isOther).length;
  const same = sources.length - others;
  const secrets = sources.reduce((sum, source) => sum + source.secrets, 0);
  const all = counted(sources.length, "source");
  return {
    isSame: others === 0,
    verdict:
      others === 0
        ? `the same${secrets === 0 ? "" : " in all that can be compared"}, ${all}`
        : `${String(others)} of ${all} ${others === 1 ? "differs" : "differ"}`,
    rest: others === 0 ? "" : `, ${counted(same, "is the same", "are the same")}`,
    secrets: secrets === 0 ? "" : `; ${counted(secrets, "secret")}, set on both sides, cannot be compared`,
  };
}
