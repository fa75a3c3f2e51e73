import { invalid } from "../http/errors";
import { within, type Bound } from "./ranges";
import { allValues, hasPhrase, hasWords, valuesAt, wildcard, wordsOf, type Row, type Test } from "./words";

/**
 * Reads a query as people write it: `type:SOURCE_MANAGEMENT AND target.name:"HR Feed" AND created:[now-7d TO now]`, with
 * AND, OR, NOT, brackets, phrases, `*` and `?`. Terms without an operator between them are alternatives.
 */
export function parseQuery(query: string, now: number): Test {
  const reader = new Reader(tokensOf(query), query);
  if (reader.peek() === undefined) return () => true;
  const test = anyOf(reader, undefined, now);
  const rest = reader.peek();
  if (rest !== undefined) throw invalid(`The query "${query}" has "${rest}" where it should end.`);
  return test;
}

const value = /\s*("(?:[^"\\]|\\.)*"|[[{][^\]}]*[\]}]|[()]|(?:\\.|[^\s()"])+)/y;
const field = /\s*((?:\\.|[^\s()"[\]{}:\\])+:)/y;

/** Fields end in a colon; what stands behind one is a value, colons and all. */
function tokensOf(query: string): string[] {
  const tokens: string[] = [];
  const end = query.trimEnd().length;
  let position = 0;
  while (position < end) {
    const isValue = tokens.at(-1)?.endsWith(":") === true;
    const match = (isValue ? undefined : matchAt(field, query, position)) ?? matchAt(value, query, position);
    if (match === undefined) throw invalid(`The query "${query}" cannot be read.`);
    tokens.push(match.token);
    position = match.end;
  }
  return tokens;
}

function matchAt(pattern: RegExp, text: string, position: number): { token: string; end: number } | undefined {
  pattern.lastIndex = position;
  const token = pattern.exec(text)?.[1];
  return token === undefined ? undefined : { token, end: pattern.lastIndex };
}

class Reader {
  private position = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly query: string,
  ) {}

  peek(): string | undefined {
    return this.tokens[this.position];
  }

  next(): string {
    const token = this.tokens[this.position];
    if (token === undefined) throw invalid(`The query "${this.query}" ends too early.`);
    this.position += 1;
    return token;
  }

  take(...words: string[]): boolean {
    const token = this.peek();
    if (token === undefined || !words.includes(token)) return false;
    this.position += 1;
    return true;
  }
}

function anyOf(reader: Reader, field: string | undefined, now: number): Test {
  const tests = [allOf(reader, field, now)];
  while (reader.peek() !== undefined && reader.peek() !== ")") {
    reader.take("OR", "||");
    tests.push(allOf(reader, field, now));
  }
  return (row) => tests.some((test) => test(row));
}

function allOf(reader: Reader, field: string | undefined, now: number): Test {
  const tests = [negated(reader, field, now)];
  while (reader.take("AND", "&&")) tests.push(negated(reader, field, now));
  return (row) => tests.every((test) => test(row));
}

function negated(reader: Reader, field: string | undefined, now: number): Test {
  if (!reader.take("NOT", "!")) return single(reader, field, now);
  const test = negated(reader, field, now);
  return (row) => !test(row);
}

function single(reader: Reader, field: string | undefined, now: number): Test {
  const token = reader.next();
  if (token === "(") {
    const inner = anyOf(reader, field, now);
    if (!reader.take(")")) throw invalid("The query has a bracket that nothing closes.");
    return inner;
  }
  if (token.endsWith(":") && token.length > 1) return single(reader, token.slice(0, -1), now);
  const values = (row: Row) => (field === undefined ? allValues(row) : valuesAt(row, field));
  if (field !== undefined && /^[[{]/.test(token)) return ranged(field, token, now);
  const [, bound, limit] = /^([<>]=?)(.+)$/.exec(token) ?? [];
  if (field !== undefined && limit !== undefined) {
    return within(field, signs[bound ?? ""] ?? "gte", limit, now);
  }
  if (token.startsWith('"')) {
    const phrase = token.slice(1, -1).replace(/\\(.)/g, "$1");
    if (field?.endsWith(".exact") === true) return (row) => values(row).some((value) => value === phrase);
    return (row) => hasPhrase(values(row), phrase);
  }
  return worded(token.replace(/\\(.)/g, "$1"), values);
}

const signs: Readonly<Record<string, Bound>> = { ">": "gt", ">=": "gte", "<": "lt", "<=": "lte" };

function worded(word: string, values: (row: Row) => unknown[]): Test {
  if (word === "*") return (row) => values(row).length > 0;
  if (!/[*?]/.test(word)) return (row) => hasWords(values(row), word, false);
  const pattern = wildcard(word);
  return (row) => values(row).some((value) => [String(value), ...wordsOf(value)].some((own) => pattern.test(own)));
}

/** `[a TO b]` with its ends, `{a TO b}` without; `*` is no end. */
function ranged(field: string, token: string, now: number): Test {
  const [, from, to] = /^.\s*(\S+)\s+TO\s+(\S+)\s*.$/.exec(token) ?? [];
  if (from === undefined || to === undefined) throw invalid(`The range ${token} is not of the form [a TO b].`);
  const tests = [
    ...(from === "*" ? [] : [within(field, token.startsWith("[") ? "gte" : "gt", from, now)]),
    ...(to === "*" ? [] : [within(field, token.endsWith("]") ? "lte" : "lt", to, now)]),
  ];
  return (row) => tests.every((test) => test(row));
}
