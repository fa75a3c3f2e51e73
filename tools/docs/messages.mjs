import { join, relative } from "node:path";
import ts from "typescript";
import { root } from "../setup/places.mjs";

/** @typedef {{ file: string, text: string }} Message */

/** Properties that hold what a person reads: of an error of the client, and of a rule for inputs. */
const tellingProperties = new Set(["happened", "message", "told", "error"]);

/**
 * The messages of the provider as its sources have them, `…` for what is filled in: what errors are made with, what is
 * wrong with an input, and what is warned of. Texts that a function returns, or a constant holds, are found there.
 * @returns {Message[]}
 */
export function messagesOf() {
  const config = join(root, "provider/tsconfig.json");
  const read = ts.readConfigFile(config, (path) => ts.sys.readFile(path));
  const { fileNames, options } = ts.parseJsonConfigFileContent(read.config, ts.sys, join(root, "provider"));
  const program = ts.createProgram(fileNames, { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  /** @type {Message[]} */
  const found = [];
  for (const source of program.getSourceFiles()) {
    const file = relative(root, source.fileName);
    if (!file.startsWith("provider/src/")) continue;
    /** @param {ts.Node} node */
    const visit = (node) => {
      for (const told of toldBy(node)) {
        for (const text of textsOf(told, checker)) if (/[a-z]{2} /.test(text)) found.push({ file, text });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

/** The expressions by which this node tells something. @param {ts.Node} node @returns {readonly ts.Expression[]} */
function toldBy(node) {
  if (ts.isNewExpression(node) && /Error$/.test(node.expression.getText())) return node.arguments ?? [];
  if (ts.isCallExpression(node) && /\.warn$/.test(node.expression.getText())) return node.arguments;
  if (ts.isFunctionDeclaration(node) || ts.isVariableDeclaration(node)) return problemsOf(node);
  const inKind = /\/(kinds|resources)\//.test(node.getSourceFile().fileName);
  return inKind && ts.isPropertyAssignment(node) && tellingProperties.has(node.name.getText())
    ? [node.initializer]
    : [];
}

/** What a function finds wrong with settings or inputs. @param {ts.FunctionDeclaration | ts.VariableDeclaration} node */
function problemsOf(node) {
  if (!/([pP]roblems|unrecognised)$/.test(node.name?.getText() ?? "")) return [];
  const name = node.name;
  return name !== undefined && ts.isIdentifier(name) ? [name] : [];
}

/** @param {ts.Expression} of @param {ts.TypeChecker} checker @param {number} [depth] @returns {string[]} */
function textsOf(of, checker, depth = 3) {
  const texts = (/** @type {ts.Expression} */ inner) => textsOf(inner, checker, depth);
  if (ts.isStringLiteralLike(of)) return [of.text];
  if (ts.isParenthesizedExpression(of)) return texts(of.expression);
  if (ts.isConditionalExpression(of)) return [...texts(of.whenTrue), ...texts(of.whenFalse)];
  if (ts.isTemplateExpression(of))
    return [of.head.text + of.templateSpans.map(({ literal }) => `…${literal.text}`).join("")];
  if (ts.isBinaryExpression(of) && of.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left = "…"] = texts(of.left);
    const [right = "…"] = texts(of.right);
    return [left + right];
  }
  if (ts.isObjectLiteralExpression(of))
    return of.properties.flatMap((property) => ofProperty(property, checker, depth));
  if (ts.isArrayLiteralExpression(of)) return of.elements.flatMap(texts);
  if (ts.isSpreadElement(of)) return texts(of.expression);
  if (ts.isArrowFunction(of)) return ofFunction(of, checker, depth);
  if (depth === 0) return [];
  if (ts.isIdentifier(of)) return ofDeclaration(checker.getSymbolAtLocation(of), checker, depth - 1);
  if (ts.isCallExpression(of) && ts.isIdentifier(of.expression))
    return ofDeclaration(checker.getSymbolAtLocation(of.expression), checker, depth - 1);
  return [];
}

/** @param {ts.ObjectLiteralElementLike} property @param {ts.TypeChecker} checker @param {number} depth */
function ofProperty(property, checker, depth) {
  if (!tellingProperties.has(property.name?.getText() ?? "")) return [];
  if (ts.isPropertyAssignment(property)) return textsOf(property.initializer, checker, depth);
  if (!ts.isShorthandPropertyAssignment(property)) return [];
  return ofDeclaration(checker.getShorthandAssignmentValueSymbol(property), checker, depth - 1);
}

/** @param {ts.Symbol | undefined} symbol @param {ts.TypeChecker} checker @param {number} depth @returns {string[]} */
function ofDeclaration(symbol, checker, depth) {
  const aim = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return (aim?.declarations ?? []).flatMap((declaration) => {
    if (ts.isVariableDeclaration(declaration) && declaration.initializer)
      return textsOf(declaration.initializer, checker, depth);
    return ts.isFunctionDeclaration(declaration) ? ofFunction(declaration, checker, depth) : [];
  });
}

/** What a function returns. @param {ts.ArrowFunction | ts.FunctionDeclaration} of @param {ts.TypeChecker} checker @param {number} depth */
function ofFunction(of, checker, depth) {
  if (of.body === undefined) return [];
  if (!ts.isBlock(of.body)) return textsOf(of.body, checker, depth);
  /** @type {string[]} */
  const found = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isReturnStatement(node) && node.expression) found.push(...textsOf(node.expression, checker, depth));
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(of.body, visit);
  return found;
}
