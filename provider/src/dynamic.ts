/**
 * What the dynamic provider process requires. The path of this module and the names of its exports stand in every
 * user's state: they never change.
 */
import { schema as schemaKind } from "./kinds/schema";
import { source as sourceKind } from "./kinds/source";
import { handlerOf } from "./lifecycle";

export const source = handlerOf(sourceKind);
export const schema = handlerOf(schemaKind);
