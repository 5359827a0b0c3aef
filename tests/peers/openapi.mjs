// The served document as a judge: whether an answer, or a request that was taken, is what it says.
import Ajv2020 from "ajv/dist/2020.js";
import formats from "ajv-formats";

const methods = ["get", "put", "post", "delete", "patch"];
const escape = (text) => text.replaceAll("~", "~0").replaceAll("/", "~1");

// Clients must bear more fields than they know; a judge of what is documented must not.
function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== "object") return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  if (copy.type === "object" && copy.properties && copy.additionalProperties === undefined) copy.additionalProperties = false;
  return copy;
}

export class Judge {
  constructor(document) {
    this.document = document;
    this.seen = new Set();
    this.ajv = new Ajv2020({ strict: false, allErrors: true });
    formats.default(this.ajv);
    this.ajv.addSchema(closed(document), "openapi");
  }

  // [{name: "GET /v1/keys", path, method, operation}]
  operations() {
    return Object.entries(this.document.paths).flatMap(([path, item]) =>
      methods
        .filter((method) => item[method])
        .map((method) => ({ name: `${method.toUpperCase()} ${path}`, path, method, operation: item[method] })),
    );
  }

  // The one with the most literal segments, as the server's router has it.
  find(method, path) {
    const given = path.split("/");
    const fits = (template) =>
      template.length === given.length && template.every((part, i) => part.startsWith("{") || part === given[i]);
    const literals = (template) => template.split("/").filter((part) => !part.startsWith("{")).length;
    const found = this.operations().filter((each) => each.method === method.toLowerCase() && fits(each.path.split("/")));
    return found.sort((a, b) => literals(b.path) - literals(a.path))[0];
  }

  resolve(value) {
    return value?.$ref
      ? value.$ref
          .slice(2)
          .split("/")
          .reduce((at, part) => at[part], this.document)
      : value;
  }

  valid(pointer, value) {
    const judge = this.ajv.getSchema(`openapi#${pointer}`) ?? this.ajv.compile({ $ref: `openapi#${pointer}` });
    return judge(value) ? null : this.ajv.errorsText(judge.errors) + " in " + JSON.stringify(value);
  }

  // What is wrong with an exchange, or null.
  problem_of({ method, path, body, status, type, text, json }) {
    const found = this.find(method, path);
    if (!found) return `${method} ${path} is not described`;
    const where = `${found.name} → ${status}`;
    const range = `${Math.floor(status / 100)}XX`;
    const key = found.operation.responses[status] ? String(status) : range;
    const reference = found.operation.responses[key]?.$ref;
    const response = this.resolve(found.operation.responses[key]);
    if (!response) return `${where} is not described`;
    if (status < 300) this.seen.add(found.name);
    const base = reference ? reference.slice(1) : `/paths/${escape(found.path)}/${found.method}/responses/${key}`;
    if (!response.content) return text === "" ? null : `${where} has a body`;
    if (!response.content[type]) return `${where} comes as "${type}"`;
    const pointer = `${base}/content/${escape(type)}/schema`;
    const wrong = this.valid(pointer, type.endsWith("json") ? json : text) ?? this.problem_of_taken(found, status, body);
    return wrong && `${where}: ${wrong}`;
  }

  problem_of_taken({ path, method, operation }, status, body) {
    if (status >= 300 || body === undefined || !operation.requestBody) return null;
    const wrong = this.valid(`/paths/${escape(path)}/${method}/requestBody/content/application~1json/schema`, body);
    return wrong && "it took a body that it should not take: " + wrong;
  }
}
