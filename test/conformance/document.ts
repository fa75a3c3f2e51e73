import Ajv, { type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { readFileSync } from "node:fs";

export type Json = Record<string, unknown>;

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
}

export interface DocumentedOperation {
  /** The operationId, in the per-service form without the `V1` that all but later numbers of a path end in. */
  id: string;
  method: string;
  /** As in the annual form. */
  path: string;
  /** The number behind the service's name in the per-service form, else 1. */
  number: number;
  /** The path below the base URL, as the document has it. */
  address: string;
  parameters: Parameter[];
  /** Content types of the body; none if the operation takes no body. */
  bodies: string[];
  responses: Map<string, Json>;
  /** The schema of the body, as a pointer for {@link ApiDocument.validator}. */
  bodySchema: string | undefined;
  /** The scopes of each way in, by whose token it is; one way and one of its scopes are enough. */
  security: Record<string, string[]>[];
  /** What the user must be, one of them; empty where nothing is said. */
  userLevels: string[];
}

/** An OpenAPI 3.0 document, and validators for what it describes. */
export class ApiDocument {
  readonly operations: DocumentedOperation[];
  /** The version of the API that it describes: the last part of its servers' addresses, else `services`. */
  readonly version: string;
  private readonly root: Json;
  private readonly ajv = new Ajv({ strict: false, allErrors: true, verbose: true, validateFormats: true });
  private readonly validators = new Map<string, ValidateFunction>();

  constructor(file: string) {
    this.root = asObject(JSON.parse(readFileSync(file, "utf8")), file);
    if (!String(this.root["openapi"]).startsWith("3.0")) throw new Error(`${file} is no OpenAPI 3.0 document.`);
    this.version = versionOf(this.root);
    addFormats(this.ajv);
    this.ajv.addFormat("comma-separated", true);
    this.ajv.addFormat("binary", true);
    this.ajv.addSchema(asObject(asJsonSchema(this.root), file), "document");
    this.operations = Object.entries(asObject(this.root["paths"], "paths")).flatMap(([path, item]) =>
      this.operationsOf(path, asObject(item, path)),
    );
  }

  /** The operation that a request to this address is. A literal path wins over one with parameters. */
  find(method: string, address: string): DocumentedOperation | undefined {
    const fitting = this.operations.filter(
      (operation) => operation.method === method && pattern(operation.address).test(address),
    );
    return fitting.toSorted((left, right) => left.path.split("{").length - right.path.split("{").length)[0];
  }

  /**
   * A response by its status: that of the operation, or else the one that the document gives for the status in general;
   * so too for a refusal of which the operation says no more than that there is one.
   */
  response(operation: DocumentedOperation, status: number): { response: Json; ofOperation: boolean } | undefined {
    const own = operation.responses.get(String(status));
    if (own !== undefined && (status < 400 || own["content"] !== undefined))
      return { response: own, ofOperation: true };
    const shared = asObject(asObject(this.root["components"], "components")["responses"] ?? {}, "responses");
    const general = shared[String(status)];
    return general === undefined ? undefined : { response: asObject(general, String(status)), ofOperation: false };
  }

  /** The document of v3 says of few fields that they may be null, though they are the same as in later versions. */
  get knowsNulls(): boolean {
    return this.version !== "v3";
  }

  /** What is wrong with a value under a schema of the document; empty if nothing is. */
  mistakes(schema: unknown, value: unknown): string[] {
    const key = JSON.stringify(schema);
    let validate = this.validators.get(key);
    if (validate === undefined) {
      validate = this.ajv.compile(asObject(asJsonSchema(schema, "document"), "schema"));
      this.validators.set(key, validate);
    }
    if (validate(value)) return [];
    const errors = (validate.errors ?? []).filter(({ data }) => this.knowsNulls || data !== null);
    return errors.map(
      ({ instancePath, message, params }) => `${instancePath || "body"} ${message ?? ""} ${JSON.stringify(params)}`,
    );
  }

  private operationsOf(path: string, item: Json): DocumentedOperation[] {
    return Object.entries(item).flatMap(([method, value]) => {
      if (!["get", "post", "put", "patch", "delete"].includes(method)) return [];
      const operation = asObject(value, `${method} ${path}`);
      const parameters = [...listOf(item["parameters"]), ...listOf(operation["parameters"])].map((parameter) =>
        parameterOf(this.resolve(parameter)),
      );
      const content = asObject(this.resolve(operation["requestBody"] ?? {})["content"] ?? {}, "content");
      const responses = Object.entries(asObject(operation["responses"], "responses")).map(
        ([status, response]): [string, Json] => [status, this.resolve(response)],
      );
      const [first] = Object.values(content);
      return [
        {
          ...this.placeOf(String(operation["operationId"]), path),
          method: method.toUpperCase(),
          security: listOf(operation["security"]) as Record<string, string[]>[],
          userLevels: listOf(operation["x-sailpoint-userLevels"]) as string[],
          parameters,
          bodies: Object.keys(content),
          responses: new Map(responses),
          bodySchema: first === undefined ? undefined : JSON.stringify(asObject(first, "body")["schema"]),
        },
      ];
    });
  }

  /** What the operation is called and where it lies, told the same way for both forms of the API. */
  private placeOf(id: string, path: string): Pick<DocumentedOperation, "id" | "path" | "number" | "address"> {
    if (this.version !== "services") return { id, path, number: 1, address: `/${this.version}${path}` };
    const [, service = "", number = "", rest = ""] = /^(\/[^/]+)\/v(\d+)(.*)$/.exec(path) ?? [];
    if (number === "") throw new Error(`The path ${path} has no number behind its service.`);
    return { id: id.replace(/V1$/, ""), path: service + rest, number: Number(number), address: path };
  }

  /** The value, or what its reference points to. */
  resolve(value: unknown): Json {
    const object = asObject(value, "value");
    const pointer = object["$ref"];
    if (typeof pointer !== "string") return object;
    const target = pointer
      .slice(2)
      .split("/")
      .reduce<unknown>((at, key) => asObject(at, pointer)[key.replaceAll("~1", "/").replaceAll("~0", "~")], this.root);
    return this.resolve(target);
  }
}

/**
 * A schema of OpenAPI 3.0 as JSON Schema: `nullable` becomes a type, and references point into the document.
 * `default`, `example` and `readOnly` say nothing about whether an answer is right.
 */
function asJsonSchema(schema: unknown, base = ""): unknown {
  if (Array.isArray(schema)) return schema.map((item) => asJsonSchema(item, base));
  if (typeof schema !== "object" || schema === null) return schema;
  const { nullable, example: _example, default: _default, ...rest } = schema as Json;
  const converted = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [
      // The alternatives of the document overlap: a value that fits one fits others too.
      key === "oneOf" ? "anyOf" : key,
      key === "$ref" && typeof value === "string" ? `${base}${value}` : asJsonSchema(value, base),
    ]),
  );
  return nullable === true ? { anyOf: [{ type: "null" }, converted] } : converted;
}

function parameterOf(parameter: Json): Parameter {
  return {
    name: String(parameter["name"]),
    in: parameter["in"] as Parameter["in"],
    required: parameter["required"] === true,
  };
}

function versionOf(root: Json): string {
  const url = listOf(root["servers"]).map((server) => String(asObject(server, "server")["url"]))[0] ?? "";
  const path = /^https:\/\/[^/]+\/?(.*)$/.exec(url)?.[1];
  if (path === "") return "services";
  if (path === undefined || !/^(v\d+|beta)$/.test(path)) {
    throw new Error(`The document's server "${url}" tells no version.`);
  }
  return path;
}

const pattern = (path: string) => new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, "[^/]+")}$`);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function asObject(value: unknown, what: string): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error(`${what} is no object.`);
  return value as Json;
}
