import { isMap, isScalar, isSeq, type Node, parseAllDocuments, type Scalar } from "yaml";
import { type Diagnostic, fileDiagnostic, syntaxMistake } from "../../lib/environment";
import { LocatedText, TextFile } from "./located-text";
import { withoutVariables } from "./variables";

/** A query of a dashboard or a rule. */
export interface Query {
  readonly language: "promql" | "logql" | "another";
  /** With something else in the place of Grafana's variables. */
  readonly text: LocatedText;
  /** The panel, the variable or the rule that asks it. */
  readonly asker: string;
  /** It is of a rule, which alerts or makes a metric; otherwise it draws something. */
  readonly isRule: boolean;
  /** Texts that name labels of its result, as templates of Prometheus or Grafana. */
  readonly templates: readonly LocatedText[];
}

/** What a file asks. */
export interface Queries {
  readonly queries: readonly Query[];
  /** The names of metrics that rules in it make. */
  readonly records: readonly string[];
  readonly mistakes: readonly Diagnostic[];
}

/** The queries of a file: dashboards, rules, and objects of Kubernetes that hold either, as JSON or YAML. */
export function queriesIn(name: string, text: string): Queries {
  const finder = new Finder();
  finder.read(LocatedText.of(new TextFile(name, text)));
  return finder;
}

/** What is around a query. */
interface Around {
  readonly title: string;
  readonly language: Query["language"];
}

const start: Around = { title: "", language: "promql" };

class Finder implements Queries {
  readonly queries: Query[] = [];
  readonly records: string[] = [];
  readonly mistakes: Diagnostic[] = [];
  /** Variables of Grafana that stand for a source of data, and the kind of it. */
  private readonly sources = new Map<string, string>();

  read(located: LocatedText): void {
    // An alias may stand for no more than it takes to write it many times.
    const documents = parseAllDocuments(located.text, { uniqueKeys: false, logLevel: "silent" });
    for (const document of "empty" in documents ? [] : documents) {
      const [error] = document.errors;
      if (error !== undefined) {
        const isTemplate = /\{\{/.test(located.text);
        const { offset, message } = isTemplate
          ? {
              offset: error.pos[0],
              message: "can't be read, as a template of Helm can't be: give what helm template prints",
            }
          : syntaxMistake(located.text, error);
        this.mistakes.push({ ...fileDiagnostic(located.file.name, message), ...located.at(offset) });
        continue;
      }
      if (document.contents !== null) this.visit(document.contents, located, start);
    }
  }

  private visit(node: unknown, located: LocatedText, around: Around): void {
    if (isSeq(node)) for (const item of node.items) this.visit(item, located, around);
    if (!isMap(node)) return;
    const fields = new Map<string, Node>();
    for (const { key, value } of node.items) {
      if (isScalar(key) && isNode(value)) fields.set(String(key.value), value);
    }
    const own = this.around(fields, around);
    this.rememberSource(fields);
    const expr = textOf(fields.get("expr"));
    if (expr !== undefined && expr.value.trim() !== "") this.add(expr, fields, located, own);
    else this.addVariable(fields, located, own);
    for (const [name, value] of fields) {
      const text = name === "expr" ? undefined : textOf(value);
      // A dashboard in a ConfigMap.
      if (text !== undefined && /^\s*\{[\s\S]*"(panels|templating|elements)"/.test(text.value)) {
        this.read(writtenIn(located, text));
      } else this.visit(value, located, own);
    }
  }

  private around(fields: ReadonlyMap<string, Node>, before: Around): Around {
    const title = ["title", "alert", "record"].map((name) => textOf(fields.get(name))?.value).find(Boolean);
    const source = fields.get("datasource");
    const kind = isMap(source) ? source.get("type") : undefined;
    const named = isMap(source) ? source.get("uid") : textOf(source)?.value;
    const variable = typeof named === "string" ? /^\$\{?(\w+)\}?$/.exec(named)?.[1] : undefined;
    const type = this.sources.get(variable ?? "") ?? (typeof kind === "string" ? kind : "");
    return { title: title ?? before.title, language: type === "" ? before.language : languageOf(type) };
  }

  /** Grafana lists its variables behind its panels or before them: they are looked for first. */
  private rememberSource(fields: ReadonlyMap<string, Node>): void {
    const templating = fields.get("templating");
    const list = isMap(templating) ? templating.get("list") : undefined;
    for (const item of isSeq(list) ? list.items : []) {
      if (!isMap(item) || item.get("type") !== "datasource") continue;
      this.sources.set(String(item.get("name")), String(item.get("query")));
    }
  }

  private add(expr: Text, fields: ReadonlyMap<string, Node>, located: LocatedText, around: Around): void {
    const rule = textOf(fields.get("alert"))?.value;
    const record = textOf(fields.get("record"))?.value;
    if (record !== undefined) this.records.push(record);
    const annotations = ["annotations", "labels"].flatMap((name) => {
      const map = fields.get(name);
      return isMap(map) ? map.items.flatMap(({ value }) => (isNode(value) ? (textOf(value) ?? []) : [])) : [];
    });
    if (around.language === "another") return;
    const legend = textOf(fields.get("legendFormat"));
    const templates = rule === undefined ? (legend === undefined ? [] : [legend]) : annotations;
    const text = writtenIn(located, expr);
    const isRule = rule !== undefined || record !== undefined;
    this.queries.push({
      language: around.language,
      text: isRule ? text : withoutVariables(text),
      asker: isRule ? `${rule === undefined ? "record" : "alert"} ${around.title}` : panel(around.title),
      isRule,
      templates: templates.map((template) => writtenIn(located, template)),
    });
  }

  /** `label_values(metric{...}, label)` and `query_result(...)` of a variable. */
  private addVariable(fields: ReadonlyMap<string, Node>, located: LocatedText, around: Around): void {
    if (textOf(fields.get("type"))?.value !== "query" || around.language !== "promql") return;
    const query = fields.get("query");
    const nested = isMap(query) ? query.get("query", true) : query;
    const text = textOf(nested) ?? textOf(fields.get("definition"));
    if (text === undefined) return;
    const [, call, inner = "", , label] =
      /^\s*(label_values|query_result)\(([\s\S]*?)(,\s*(\w+)\s*)?\)\s*$/.exec(text.value) ?? [];
    if (call === undefined || (call === "label_values" && label === undefined)) return;
    const whole = writtenIn(located, text);
    const from = text.value.indexOf("(") + 1;
    // A query whose result has to have the label that is listed.
    const asked =
      call === "query_result"
        ? text.value.slice(from, text.value.lastIndexOf(")"))
        : `count by (${label}) (${inner})`;
    this.queries.push({
      language: "promql",
      text: withoutVariables(whole.replaced(/^[\s\S]*$/g, () => asked)),
      asker: `variable ${textOf(fields.get("name"))?.value ?? ""}`,
      isRule: false,
      templates: [],
    });
  }
}

/** What a source of data is asked in. A variable that may be anything is most likely a Prometheus. */
function languageOf(type: string): Query["language"] {
  if (/loki/i.test(type)) return "logql";
  return /prometheus|mimir|cortex|thanos|^\$|^undefined$/i.test(type) ? "promql" : "another";
}

type Text = Scalar<string>;

function isNode(value: unknown): value is Node {
  return isMap(value) || isSeq(value) || isScalar(value);
}

function textOf(node: unknown): Text | undefined {
  return isScalar<string>(node) && typeof node.value === "string" ? node : undefined;
}

function writtenIn(located: LocatedText, { value, range }: Text): LocatedText {
  const [from = 0, to = 0] = range ?? [];
  // What introduces a text of several lines is none of it.
  const header = /^[|>][^\n]*\n/.exec(located.text.slice(from, to))?.[0].length ?? 0;
  return located.written(value, from + header, to);
}

function panel(title: string): string {
  return title === "" ? "panel without a title" : `panel ${title}`;
}
