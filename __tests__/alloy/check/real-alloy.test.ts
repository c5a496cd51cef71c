import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { definitions } from "../../../imports/alloy/definitions";
import { check, type ParsedConfig, Place, parse } from "../../../lib/alloy";
import { build } from "../../../scripts/go-program";
import { declareMissing } from "../../engines/describe";
import { ruleCases, type Written } from "./rule-cases";

/** What an Alloy of the program's components knows, as the folders of its sources are called. */
const known = [
  ...readFileSync(join(__dirname, "../../../.ci/alloy/components.go"), "utf8").matchAll(
    /component\/([\w/]+)"/g,
  ),
].map(([, folder = ""]) => folder.replaceAll("_", ""));

function isKnown([component]: Written): boolean {
  return known.includes(component.replaceAll(".", "/").replaceAll("_", ""));
}

const receiver = "otelcol.receiver.prometheus.r.receiver";

function scrape(content: string): Written {
  return ["prometheus.scrape", `targets = []\nforward_to = [${receiver}]\n${content}`];
}

/** What is wrong with values and names, and the nearest that is not. */
const valueCases: readonly (readonly [bad: Written, good: Written])[] = [
  [scrape('honor_labels = "yes"'), scrape("honor_labels = true")],
  [scrape('scrape_interval = ["30s"]'), scrape('scrape_interval = "30s"')],
  [scrape("scrape_interval = 30"), scrape('scrape_interval = "30s"')],
  [scrape('scrape_interval = "1d"'), scrape('scrape_interval = "24h"')],
  [scrape('sample_limit = "x"'), scrape('sample_limit = "5"')],
  [scrape("sample_limit = true"), scrape("sample_limit = 1 + 1")],
  [scrape("job_name = true"), scrape("job_name = 5")],
  [scrape('job_name = "a" + 1'), scrape('job_name = "a" + "1"')],
  [scrape("job_name = !5"), scrape('job_name = string.format("%t", !false)')],
  [scrape("job_name = local.file.secret.content"), scrape("job_name = local.file.plain.content")],
  [
    scrape("job_name = local.file.secret.content"),
    scrape("job_name = convert.nonsensitive(local.file.secret.content)"),
  ],
  [scrape("bearer_token = 5"), scrape('bearer_token = "5"')],
  [scrape('params = { a = "b" }'), scrape('params = { a = ["b"] }')],
  [scrape("clustering { }"), scrape("clustering {\nenabled = false\n}")],
  [scrape("clustering = { enabled = false }"), scrape("clustering {\nenabled = false\n}")],
  [scrape("scrap_interval = 1"), scrape('scrape_interval = "5m"')],
  [scrape("basic_auth {\n}\nbasic_auth {\n}"), scrape("basic_auth {\n}")],
  [
    ["prometheus.relabel", "forward_to = [otelcol.receiver.prometheus.r]"],
    ["prometheus.relabel", `forward_to = [${receiver}]`],
  ],
  [
    ["prometheus.relabel", "forward_to = [otelcol.receiver.loki.l.receiver]"],
    ["prometheus.relabel", `forward_to = [${receiver}]`],
  ],
  [
    ["prometheus.relabel", 'forward_to = []\nrule {\naction = "keeps"\n}'],
    ["prometheus.relabel", 'forward_to = []\nrule {\naction = "keep"\n}'],
  ],
  [
    ["prometheus.relabel", 'forward_to = []\nrule {\nregex = "a(?!b)"\ntarget_label = "c"\n}'],
    ["prometheus.relabel", 'forward_to = []\nrule {\nregex = "a(?:b)"\ntarget_label = "c"\n}'],
  ],
];

const cases = [...valueCases, ...ruleCases.filter(([bad, good]) => isKnown(bad) && isKnown(good))];

/** What the components refer to. */
const around = `otelcol.receiver.prometheus "r" {
output { }
}
otelcol.receiver.loki "l" {
output { }
}
local.file "plain" {
filename = "/proc/self/comm"
}
local.file "secret" {
filename = "/proc/self/comm"
is_secret = true
}
`;

/** Components in one config, each labelled by its place among them. */
function configOf(components: readonly Written[]): string {
  return (
    around + components.map(([name, content], place) => `${name} "c${place}" {\n${content}\n}\n`).join("")
  );
}

/** The components that the checker finds an error in. */
function refusedByCheck(text: string): ReadonlySet<string> {
  const config = parse(text);
  const errors = check(config, { definitions }).filter(({ severity }) => severity === "error");
  return new Set(
    errors.flatMap(({ at }) =>
      at instanceof Place ? holderOf(config, ({ start, end }) => start <= at.start && at.start < end) : [],
    ),
  );
}

/** The component whose block is in a place. */
function holderOf({ body }: ParsedConfig, isIn: (place: Place) => boolean): readonly string[] {
  const holder = body.blocks.find(({ at }) => at !== undefined && isIn(at));
  return holder === undefined ? [] : [`${holder.name}.${holder.label}`];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** The components that Alloy refuses at its start. It is ended as soon as it has looked at all of them. */
async function refusedByAlloy(executable: string, text: string): Promise<ReadonlySet<string>> {
  const folder = mkdtempSync(join(tmpdir(), "alloy-check-"));
  const file = join(folder, "config.alloy");
  writeFileSync(file, text);
  const args = [`--server.http.listen-addr=127.0.0.1:${await freePort()}`, `--storage.path=${folder}/data`];
  const alloy = spawn(executable, ["run", ...args, "--disable-reporting", file], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const limit = setTimeout(() => alloy.kill("SIGKILL"), 30_000);
  let log = "";
  const read = (chunk: Buffer) => {
    log += chunk.toString();
    const isTaken = log.includes("finished complete graph evaluation") && !log.includes("failed to evaluate");
    if (isTaken) alloy.kill();
  };
  alloy.stdout.on("data", read);
  alloy.stderr.on("data", read);
  await once(alloy, "close");
  clearTimeout(limit);
  rmSync(folder, { recursive: true });
  if (!log.includes("finished complete graph evaluation")) throw new Error(log);
  const config = parse(text);
  const lines = [...log.matchAll(/^Error: .*config\.alloy:(\d+):/gm)].map(([, line]) => Number(line));
  // Of many errors at once Alloy's last words leave out some, now these, now those: each was said in its log.
  const logged = [...log.matchAll(/msg="failed to evaluate config".* node=(\S+)/g)].map(
    ([, node = ""]) => node,
  );
  return new Set([
    ...logged,
    ...lines.flatMap((line) => holderOf(config, ({ line: from, endLine: to }) => from <= line && line <= to)),
  ]);
}

const built = build({ folder: "alloy", script: true, slow: true });

function declareTests(executable: string): void {
  describe("the real Alloy", () => {
    jest.setTimeout(60_000);

    test("refuses each component that the check has an error for", async () => {
      expect(cases.length).toBeGreaterThan(50);
      const text = configOf(cases.map(([bad]) => bad));
      const refused = await refusedByAlloy(executable, text);
      expect([...refused].sort()).toEqual([...refusedByCheck(text)].sort());
    });

    test("takes what is nearest to it, as the check does", async () => {
      const text = configOf(cases.map(([, good]) => good));
      expect([...(await refusedByAlloy(executable, text))]).toEqual([]);
      expect([...refusedByCheck(text)]).toEqual([]);
    });
  });
}

if ("executable" in built) declareTests(built.executable);
else declareMissing("the real Alloy", built.missing, () => declareTests(""));
