import { App, Chart } from "cdk8s";
import { definitions } from "../../../imports/alloy/definitions";
import { type CheckOptions, check, parse } from "../../../lib/alloy";
import { functions } from "../../../lib/alloy/schema/functions";
import { AistorePipeline } from "../../../lib/pipeline";
import { readSchema } from "../../../scripts/generate-alloy/schema";
import { fleet } from "../../fleet/fleet";
import { agent } from "../../pipeline/pipeline-of";

/** What is wrong with a config, as `LINE:COLUMN: message`. */
function found(text: string, options: Partial<CheckOptions> = {}): readonly string[] {
  return check(parse(text), { definitions, ...options }).map(
    ({ at, severity, message }) => `${at}: ${severity === "warning" ? "warning: " : ""}${message}`,
  );
}

/** A config that sends what it scrapes, with something else in it. */
function scraping(more: string): string {
  return `prometheus.scrape "a" {
targets = [{ __address__ = "b:1" }]
forward_to = [prometheus.remote_write.r.receiver]
${more}
}
prometheus.remote_write "r" {
endpoint {
url = "http://c/api/v1/write"
}
}
`;
}

test("the configs of environments have nothing wrong", () => {
  for (const environment of fleet) {
    const text = new AistorePipeline(
      new Chart(new App(), environment.name),
      "config",
      environment,
      agent,
    ).toString();
    expect([environment.name, found(text)]).toEqual([environment.name, []]);
  }
});

test("every component and every function of the schema is known", () => {
  const schema = readSchema();
  expect([...definitions.keys()]).toEqual(expect.arrayContaining(schema.components.map(({ name }) => name)));
  const { identifiers } = schema.stdlib;
  const names = identifiers.filter(({ kind }) => kind === "function").map(({ name }) => name);
  expect([...functions.keys()].sort()).toEqual(names.sort());
  const deprecated = identifiers.filter((one) => one.deprecated === true).map(({ name }) => name);
  const former = [...functions.values()].filter(({ now }) => now !== undefined).map(({ name }) => name);
  expect(former.sort()).toEqual(deprecated.filter((name) => names.includes(name)).sort());
});

describe("in a component", () => {
  test.each([
    ['scrape_interval = "5m"', []],
    ['scrape_intervall = "5m"', ["4:1: there is no attribute scrape_intervall; write scrape_interval"]],
    ['honor_labels = "yes"', ['4:16: "yes" is no bool; write true or false']],
    ["honor_labels = true", []],
    ["job_name = 5", []],
    ["job_name = true", ['4:12: true is no string; write "true"']],
    ['sample_limit = "5"', []],
    ['sample_limit = "x"', [expect.stringContaining('4:16: "x" is no whole number')]],
    ["sample_limit = 1.5", [expect.stringContaining("4:16: warning: 1.5 is no whole number")]],
    ['scheme = ["http"]', ["4:10: a list is no string; write it without [ ]"]],
    ['params = ["a"]', ["4:10: a list is no map"]],
    ['params = { a = "b" }', ['4:16: "b" is no list; write ["b"]']],
    ["clustering = { enabled = true }", ["4:1: clustering is a block; write clustering { ... }"]],
    ["job_name {\n}", ["4:1: job_name is an attribute; write job_name = { ... }"]],
    [
      "clustering {\nenabled = true\n}\nclustering {\nenabled = true\n}",
      ["7:1: clustering stands here twice; write all into one"],
    ],
    ['clustering "a" {\nenabled = true\n}', ["4:1: clustering has no label; write clustering { ... }"]],
    ["clustering {\n}", ["4:1: the attribute enabled is missing; clustering needs it"]],
    ['job_name = "a"\njob_name = "b"', ["5:1: job_name stands here twice; remove one"]],
    ['bearer_token = "s"', [expect.stringContaining("4:16: warning: a secret is never a literal")]],
  ])("%s", (more, mistakes) => {
    expect(found(scraping(more))).toEqual(mistakes);
  });
});

describe("a value", () => {
  test.each([
    ['job_name = sys.env("A")', []],
    ['job_name = env("A")', ["4:12: warning: env is deprecated; write sys.env"]],
    ['job_name = sys.evn("A")', ["4:12: there is no function sys.evn; write sys.env"]],
    ["job_name = sys.env()", ["4:12: sys.env takes 1 arguments, not 0"]],
    ["job_name = sys.env", ["4:12: sys.env is a function; write sys.env(...)"]],
    ["job_name = string.to_upper([1])", ["4:28: a list is no string; write it without [ ]"]],
    ["job_name = constants.hostnam", ["4:12: there is no constants; write constants.hostname"]],
    ["job_name = abc", ['4:12: abc stands for nothing; write "abc" if it is a text']],
    ['honor_labels = sys.env("A")', ["4:16: the value is a string, no bool"]],
    ["honor_labels = 1 == 2", []],
    ["sample_limit = 1 + 2 * 3", []],
    [
      "params = prometheus.remote_write.r",
      ["4:10: prometheus.remote_write.r is no value; write prometheus.remote_write.r.receiver"],
    ],
    [
      "job_name = prometheus.remote_write.r.receiver",
      ["4:12: prometheus.remote_write.r.receiver is a prometheus.MetricsReceiver, no string"],
    ],
  ])("%s", (more, mistakes) => {
    expect(found(scraping(more))).toEqual(mistakes);
  });

  test("that is a secret can't become a string, but a secret", () => {
    const secret = 'remote.vault "v" {\nserver = "a"\npath = "b"\nauth.token {\ntoken = sys.env("T")\n}\n}\n';
    const use = (attribute: string) => found(scraping(attribute) + secret);
    expect(use("bearer_token = remote.vault.v.data.token")).toEqual([]);
    expect(use("job_name = remote.vault.v.data.token")).toEqual([
      expect.stringContaining("4:12: remote.vault.v.data.token is a secret, which can't become a string"),
    ]);
    expect(use("job_name = convert.nonsensitive(remote.vault.v.data.token)")).toEqual([]);
  });
});

describe("between components", () => {
  const relabel = (label: string, to: string) =>
    `prometheus.relabel "${label}" {\nforward_to = [prometheus.relabel.${to}.receiver]\n}\n`;

  test("a name has to be there", () => {
    expect(found(scraping("").replace("r.receiver", "q.receiver"))).toContain(
      "3:15: there is no prometheus.remote_write.q; write prometheus.remote_write.r.receiver",
    );
  });

  test("a receiver takes its own data alone", () => {
    expect(
      found(
        'loki.source.file "a" {\ntargets = []\nforward_to = [prometheus.relabel.b.receiver]\n}\n' +
          relabel("b", "c") +
          relabel("c", "b"),
      ),
    ).toContain("3:15: prometheus.relabel.b.receiver is no loki.LogsReceiver");
  });

  test("there is no cycle, which is said once", () => {
    expect(found(relabel("b", "c") + relabel("c", "b")).filter((one) => !one.includes("warning"))).toEqual([
      "2:15: a cycle, which Alloy refuses: prometheus.relabel.b -> prometheus.relabel.c -> prometheus.relabel.b",
    ]);
  });

  test("labels are their own", () => {
    expect(found(scraping("") + scraping("")).filter((one) => !one.includes("warning"))).toEqual([
      "11:1: prometheus.scrape.a is there already, at 1:1; write another label",
      "16:1: prometheus.remote_write.r is there already, at 6:1; write another label",
    ]);
  });

  test("what nothing uses, or sends nowhere, is a warning", () => {
    const text =
      'prometheus.relabel "a" {\nforward_to = []\n}\ndiscovery.kubernetes "b" {\nrole = "pod"\n}\n';
    expect(found(text)).toEqual(["1:1: warning: nothing sends data to it", "4:1: warning: nothing uses it"]);
  });

  test("what another names, but an export that it doesn't have, is used all the same", () => {
    const text = `discovery.kubernetes "a" {
role = "pod"
}
prometheus.scrape "a" {
targets = discovery.kubernetes.a.output
forward_to = [prometheus.remote_write.a.receiver]
}
prometheus.remote_write "a" { }
`;
    expect(found(text)).toEqual(["5:11: discovery.kubernetes.a has no export output; write targets"]);
  });

  test("signals that a component doesn't take are a warning", () => {
    const text = `otelcol.receiver.otlp "a" {
grpc { }
output {
metrics = [otelcol.connector.spanmetrics.b.input]
}
}
otelcol.connector.spanmetrics "b" {
histogram {
explicit { }
}
output {
metrics = [otelcol.exporter.otlp.c.input]
}
}
otelcol.exporter.otlp "c" {
client {
endpoint = "d:4317"
}
}
`;
    expect(found(text)).toEqual([
      "4:12: warning: otelcol.connector.spanmetrics.b takes no metrics: they are dropped",
    ]);
  });
});

describe("modules", () => {
  const declared = `declare "d" {
argument "targets" { }
argument "job" {
optional = true
default = "x"
}
prometheus.scrape "s" {
targets = argument.targets.value
job_name = argument.job.value
forward_to = [prometheus.remote_write.r.receiver]
}
prometheus.remote_write "r" {
endpoint {
url = "http://c"
}
}
export "out" {
value = prometheus.remote_write.r.receiver
}
}
`;

  const unused = "1:1: warning: nothing uses it";

  test.each([
    ['d "x" {\ntargets = []\n}', []],
    ["", []],
    ["logging { }", [unused]],
    ['d "x" {\ntargets = []\njob = "a"\n}', []],
    ['d "x" { }', ["21:1: the attribute targets is missing; d needs it"]],
    ['d "x" {\ntarget = []\n}', ["22:1: there is no attribute target; write targets"]],
    ['d "x" {\ntarget = []\ntargets = []\n}', ["22:1: there is no attribute target; remove it"]],
    ['e "x" { }\nd "y" {\ntargets = []\n}', ["21:1: there is no component e; write d"]],
    ['import.file "f" {\nfilename = "a.alloy"\n}\nf.g "x" {\nanything = 1\n}', [unused]],
    [
      'argument "a" { }',
      [unused, "21:1: argument stands only in a declare", "21:1: warning: nothing uses it"],
    ],
  ])("%s", (use, mistakes) => {
    expect(found(declared + use)).toEqual(mistakes);
  });

  test("see nothing of what is around them, but what a foreach is in", () => {
    expect(
      found(
        'declare "d" {\nprometheus.relabel "a" {\nforward_to = [prometheus.remote_write.r.receiver]\n}\n}\n' +
          scraping(""),
      ),
    ).toContain("3:15: there is no prometheus.remote_write.r; add it, or refer to what there is");
    const foreach = `foreach "f" {
collection = ["a"]
var = "item"
template {
prometheus.scrape "s" {
targets = [{ __address__ = item }]
forward_to = [prometheus.remote_write.r.receiver]
}
}
}
prometheus.remote_write "r" {
endpoint {
url = "http://c"
}
}
`;
    expect(found(foreach)).toEqual([]);
    expect(found(foreach.replace("= item", "= itme"))).toEqual([
      expect.stringContaining("6:28: itme stands for nothing"),
    ]);
  });
});

test("stability is held where it is asked for", () => {
  const text = "livedebugging {\nenabled = true\n}\n";
  expect(found(text)).toEqual([]);
  expect(found(text, { stability: "generally-available" })).toEqual([]);
  const enrich = 'prometheus.enrich "a" {\ntargets = []\ntarget_match_label = "a"\nforward_to = []\n}\n';
  expect(found(enrich, { stability: "public-preview" })).toContain(
    "1:1: prometheus.enrich is experimental; run Alloy with --stability.level=experimental",
  );
});

test("a text that is no config is said to be none, and nothing else", () => {
  expect(found("a = {")).toEqual([expect.stringContaining("1:6: } is missing")]);
});
