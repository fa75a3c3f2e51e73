import type * as pulumi from "@pulumi/pulumi";

/** Names another object of the tenant by exactly one key; names make a program independent of the tenant. */
export type Reference<By extends string = "name" | "id"> = {
  [Key in By]: Record<Key, pulumi.Input<string>> & Partial<Record<Exclude<By, Key>, undefined>>;
}[By];
