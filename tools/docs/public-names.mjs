import { join } from "node:path";
import ts from "typescript";
import { root } from "../setup/places.mjs";

/**
 * A name that a package exports, as a reader of its reference needs it.
 * @typedef {{ name: string, type: string, doc: string, optional: boolean }} Member
 * @typedef {{
 *   name: string, sort: "function" | "class" | "type" | "value", doc: string, examples: string[], throws: string[],
 *   signature: string, members: Member[], file: string,
 * }} PublicName
 */

/** Long types are told by the names in them. */
const format = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;

/** What an entry file exports, in its order. @param {string} folder of the package @param {string} entry @returns {PublicName[]} */
export function publicNames(folder, entry) {
  const read = ts.readConfigFile(join(root, folder, "tsconfig.json"), (path) => ts.sys.readFile(path));
  const { fileNames, options } = ts.parseJsonConfigFileContent(read.config, ts.sys, join(root, folder));
  const program = ts.createProgram(fileNames, { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(join(root, folder, entry));
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${folder}/${entry} is no module.`);
  return checker.getExportsOfModule(module).map((symbol) => described(symbol, checker));
}

/** @param {ts.Symbol} exported @param {ts.TypeChecker} checker @returns {PublicName} */
function described(exported, checker) {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const declaration = symbol.declarations?.[0];
  if (declaration === undefined) throw new Error(`${exported.name} is declared nowhere.`);
  const tags = symbol.getJsDocTags(checker);
  const textOf = (/** @type {string} */ tag) =>
    tags.filter(({ name }) => name === tag).map(({ text }) => ts.displayPartsToString(text).trim());
  const sort = sortOf(symbol);
  return {
    name: exported.name,
    sort,
    doc: plain(ts.displayPartsToString(symbol.getDocumentationComment(checker))),
    examples: textOf("example"),
    throws: textOf("throws"),
    signature: sort === "function" ? signatureOf(exported.name, symbol, declaration, checker) : "",
    members: membersOf(symbol, declaration, checker),
    file: declaration.getSourceFile().fileName.slice(root.replace(/\/$/, "").length + 1),
  };
}

/** @param {ts.Symbol} symbol @returns {PublicName["sort"]} */
function sortOf({ flags, valueDeclaration }) {
  if (flags & ts.SymbolFlags.Class) return "class";
  if (flags & ts.SymbolFlags.Function) return "function";
  const value =
    valueDeclaration && ts.isVariableDeclaration(valueDeclaration) ? valueDeclaration.initializer : undefined;
  if (value && ts.isArrowFunction(value)) return "function";
  return flags & ts.SymbolFlags.Value ? "value" : "type";
}

/** @param {string} name @param {ts.Symbol} symbol @param {ts.Node} at @param {ts.TypeChecker} checker */
function signatureOf(name, symbol, at, checker) {
  const signatures = checker.getTypeOfSymbolAtLocation(symbol, at).getCallSignatures();
  return signatures.map((one) => `${name}${checker.signatureToString(one, at, format)}`).join("\n");
}

/** Of an interface, or of a class what is no method of its ancestors. @param {ts.Symbol} symbol @param {ts.Declaration} at @param {ts.TypeChecker} checker @returns {Member[]} */
function membersOf(symbol, at, checker) {
  if (!ts.isInterfaceDeclaration(at) && !ts.isClassDeclaration(at)) return [];
  const own = at.members.flatMap((member) => {
    const found = member.name && checker.getSymbolAtLocation(member.name);
    const isHidden = ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Override);
    return found === undefined || isHidden || member.name?.getText().startsWith("#") ? [] : [{ found, member }];
  });
  return own.map(({ found, member }) => ({
    name: found.name,
    type: typeOf(found, member, checker),
    doc: plain(ts.displayPartsToString(found.getDocumentationComment(checker))),
    optional: (found.flags & ts.SymbolFlags.Optional) !== 0,
  }));
}

/** @param {ts.Symbol} symbol @param {ts.Node} at @param {ts.TypeChecker} checker */
function typeOf(symbol, at, checker) {
  if ((ts.isPropertySignature(at) || ts.isPropertyDeclaration(at)) && at.type) return oneLine(at.type.getText());
  const type = checker.getTypeOfSymbolAtLocation(symbol, at);
  const [call] = type.getCallSignatures();
  return oneLine(call ? checker.signatureToString(call, at, format) : checker.typeToString(type, at, format));
}

/** @param {string} text */
function oneLine(text) {
  return text.replaceAll(/\s+/g, " ");
}

/** Links of docstrings as code. @param {string} text */
function plain(text) {
  return text.replaceAll(/\{@link (\S+?) *\}/g, "`$1`").trim();
}
