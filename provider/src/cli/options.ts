import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { text as textOf } from "node:stream/consumers";
import type { UploadFile } from "../api";
import { UsageError } from "./failure";

/** Reads a whole number within bounds. */
export function wholeNumber(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new UsageError(`${JSON.stringify(text)} is no whole number from ${String(least)} to ${String(most)}.`);
  };
}

/** A file to upload, under its own name. */
export async function fileToUpload(path: string): Promise<UploadFile> {
  return { name: basename(path), content: await reading(path, () => readFile(path)) };
}

/** A text file, or standard input where the path is `-`. */
export function textFrom(path: string): Promise<string> {
  return reading(path, () => (path === "-" ? textOf(process.stdin) : readFile(path, "utf8")));
}

/** JSON of a file. The message of a mistake holds nothing of the content: there may be secrets in it. */
export async function jsonFrom(path: string): Promise<unknown> {
  return parseJson(await textFrom(path), path === "-" ? "Standard input" : `The file ${path}`);
}

export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${what} is no JSON${placeOf(error, text)}.`);
  }
}

/** Where the mistake is, as far as the engine tells. */
function placeOf(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : "";
  if (message.includes("end of JSON input")) return ": it ends too early";
  const position = /position (\d+)/.exec(message)?.[1];
  if (position === undefined) return "";
  const before = text.slice(0, Number(position)).split("\n");
  return `: line ${String(before.length)}, column ${String((before.at(-1)?.length ?? 0) + 1)}`;
}

async function reading<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? reasons[String(error.code)] : undefined;
    if (reason === undefined) throw error;
    throw new UsageError(`The file ${path} ${reason}.`, { cause: error });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EACCES: "may not be read",
  EISDIR: "is a folder",
};
