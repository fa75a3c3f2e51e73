import type * as pulumi from "@pulumi/pulumi";

/** Names another object of the tenant by exactly one key; names make a program independent of the tenant. */
export type Reference<By extends string = "name" | "id"> = {
  [Key in By]: { [Chosen in Key]: pulumi.Input<string> } & { [Other in Exclude<By, Key>]?: undefined };
}[By];
