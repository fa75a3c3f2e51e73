import { invalid } from "./errors";

type Literal = string | number | boolean | null;
type Row = Readonly<Record<string, unknown>>;
type Test = (object: Row) => boolean;

/** How the value of a field, given by its dotted path, is read from a row. */
export type Read = (object: Row, path: string) => unknown;

/** Which operators may be used on which field of a collection. */
export type Filterable = Readonly<Record<string, readonly string[]>>;

/** Reads the standard filter syntax: `name eq "HR" and (type sw "Del" or not healthy eq true)`. Refuses what the collection does not offer. */
export function parseFilter(expression: string, filterable: Filterable, read: Read = valueAt): Test {
  const tokens = tokenize(expression);
  let position = 0;

  const peek = () => tokens[position];
  const isWord = (word: string) => peek()?.kind === "word" && peek()?.text.toLowerCase() === word;
  const next = (): Token => {
    const token = tokens[position];
    if (token === undefined) throw invalid(`The filter "${expression}" ends too early.`);
    position += 1;
    return token;
  };
  const expect = (text: string) => {
    const token = next();
    if (token.kind !== "sign" || token.text !== text) {
      throw invalid(`The filter "${expression}" has "${token.text}" where "${text}" belongs.`);
    }
  };

  const disjunction = (): Test => {
    let left = conjunction();
    while (isWord("or")) {
      next();
      const [first, second] = [left, conjunction()];
      left = (object) => first(object) || second(object);
    }
    return left;
  };
  const conjunction = (): Test => {
    let left = negation();
    while (isWord("and")) {
      next();
      const [first, second] = [left, negation()];
      left = (object) => first(object) && second(object);
    }
    return left;
  };
  const negation = (): Test => {
    if (!isWord("not")) return primary();
    next();
    const inner = primary();
    return (object) => !inner(object);
  };
  const primary = (): Test => {
    if (peek()?.kind === "sign" && peek()?.text === "(") {
      next();
      const inner = disjunction();
      expect(")");
      return inner;
    }
    return comparison();
  };
  const comparison = (): Test => {
    const field = next();
    if (field.kind !== "word") throw invalid(`The filter "${expression}" has "${field.text}" where a field belongs.`);
    const operator = next().text.toLowerCase();
    const allowed = Object.hasOwn(filterable, field.text) ? filterable[field.text] : undefined;
    if (allowed === undefined) throw invalid(`Filtering is not supported for the field "${field.text}".`);
    if (!allowed.includes(operator)) {
      throw invalid(`The operator "${operator}" is not supported for the field "${field.text}".`);
    }
    const operands = operandsOf(operator);
    const compare = comparisons[operator];
    if (compare === undefined) throw invalid(`There is no operator "${operator}".`);
    return (object) => compare(read(object, field.text), operands);
  };
  const operandsOf = (operator: string): Literal[] => {
    if (operator === "isnull" || operator === "pr") return [];
    if (peek()?.kind !== "sign") return [literal(next())];
    expect("(");
    const list = [literal(next())];
    while (peek()?.text === ",") {
      next();
      list.push(literal(next()));
    }
    expect(")");
    return list;
  };
  const literal = (token: Token): Literal => {
    if (token.kind === "text") return token.text;
    if (token.text === "true" || token.text === "false") return token.text === "true";
    if (token.text === "null") return null;
    const number = Number(token.text);
    if (token.kind === "word" && !Number.isNaN(number)) return number;
    throw invalid(
      `The filter "${expression}" has "${token.text}" where a value belongs; texts stand in double quotes.`,
    );
  };

  const test = disjunction();
  const rest = peek();
  if (rest !== undefined) throw invalid(`The filter "${expression}" has "${rest.text}" where it should end.`);
  return test;
}

/** The value at a dotted path. */
export function valueAt(object: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    return (value as Record<string, unknown>)[key];
  }, object);
}

/** Below zero, zero or above as `left` sorts before, with or after `right`; null sorts first. */
export function order(left: unknown, right: unknown): number {
  if (left === right) return 0;
  if (left === undefined || left === null) return -1;
  if (right === undefined || right === null) return 1;
  if (typeof left === "number" && typeof right === "number") return left - right;
  return String(left) < String(right) ? -1 : 1;
}

const none = (value: unknown) => value === undefined || value === null;
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const comparisons: Readonly<Record<string, (value: unknown, operands: Literal[]) => boolean>> = {
  eq: (value, [operand]) => (none(value) ? operand === null : value === operand),
  ne: (value, [operand]) => !none(value) && value !== operand,
  gt: (value, [operand]) => !none(value) && order(value, operand) > 0,
  ge: (value, [operand]) => !none(value) && order(value, operand) >= 0,
  lt: (value, [operand]) => !none(value) && order(value, operand) < 0,
  le: (value, [operand]) => !none(value) && order(value, operand) <= 0,
  in: (value, operands) => operands.some((operand) => operand === value),
  sw: (value, [operand]) => typeof value === "string" && value.startsWith(String(operand)),
  co: (value, [operand]) =>
    Array.isArray(value) ? value.includes(operand) : typeof value === "string" && value.includes(String(operand)),
  ca: (value, operands) => operands.every((operand) => listOf(value).includes(operand)),
  isnull: (value) => none(value),
  pr: (value) => !none(value),
};

interface Token {
  kind: "word" | "text" | "sign";
  text: string;
}

const tokenPattern = /\s*(?:"((?:[^"\\]|\\.)*)"|([(),])|([^\s"(),]+))/y;

function tokenize(expression: string): Token[] {
  const tokens: Token[] = [];
  const end = expression.trimEnd().length;
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < end) {
    const match = tokenPattern.exec(expression);
    if (match === null) throw invalid(`The filter "${expression}" cannot be read.`);
    const [, quoted, sign, word] = match;
    if (quoted !== undefined) tokens.push({ kind: "text", text: quoted.replace(/\\(.)/g, "$1") });
    else if (sign !== undefined) tokens.push({ kind: "sign", text: sign });
    else tokens.push({ kind: "word", text: word ?? "" });
  }
  return tokens;
}
