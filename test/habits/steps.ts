import fc, { type Arbitrary } from "fast-check";
import { mood, fault } from "./mood-steps";
import {
  theirAttribute,
  theirSecret,
  theirMembersSecret,
  theirRule,
  theirMove,
  theirConnector,
  theirChild,
  theirUse,
} from "./others-steps";
import { handOver, move, moveChild, rename, renameChild } from "./address-steps";
import { oddity } from "./odd-steps";
import { up, preview, refresh, destroy, anew, lookUp, targets } from "./owner-steps";
import {
  declareSource,
  attribute,
  takeAttributeOut,
  members,
  field,
  connector,
  option,
  optionOfChild,
  takeOut,
  child,
} from "./program-steps";
import type { Step } from "./step";

/** Whatever happens, each as often as it is worth trying. */
export const step: Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: declareSource },
  { weight: 6, arbitrary: attribute },
  { weight: 4, arbitrary: takeAttributeOut },
  { weight: 4, arbitrary: members },
  { weight: 3, arbitrary: field },
  { weight: 1, arbitrary: connector },
  { weight: 3, arbitrary: option },
  { weight: 2, arbitrary: rename },
  { weight: 1, arbitrary: takeOut },
  { weight: 6, arbitrary: child },
  { weight: 2, arbitrary: renameChild },
  { weight: 1, arbitrary: optionOfChild },
  { weight: 2, arbitrary: move },
  { weight: 1, arbitrary: moveChild },
  { weight: 2, arbitrary: handOver },
  { weight: 4, arbitrary: theirAttribute },
  { weight: 3, arbitrary: theirSecret },
  { weight: 4, arbitrary: theirMembersSecret },
  { weight: 3, arbitrary: theirRule },
  { weight: 3, arbitrary: theirMove },
  { weight: 2, arbitrary: theirConnector },
  { weight: 3, arbitrary: theirChild },
  { weight: 1, arbitrary: theirUse },
  { weight: 1, arbitrary: oddity },
  { weight: 2, arbitrary: mood },
  { weight: 3, arbitrary: fault },
  { weight: 14, arbitrary: up },
  { weight: 2, arbitrary: preview },
  { weight: 2, arbitrary: refresh },
  { weight: 1, arbitrary: destroy },
  { weight: 4, arbitrary: anew },
  { weight: 2, arbitrary: targets },
  { weight: 1, arbitrary: lookUp },
);
