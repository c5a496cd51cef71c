import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parser as logql } from "@grafana/lezer-logql";
import { parser as promql } from "@prometheus-io/lezer-promql";
import type { Contract } from "../../../lib/contract";
import { checkReaders, type Reader } from "../../../scripts/contract/check";
import { type Query, queriesIn } from "../../../scripts/contract/queries";
import { walk } from "../../../scripts/contract/syntax";
import { fleet, manifestsOf } from "../../fleet/fleet";
import { contractOfEnvironment } from "./contracts";

const folder = "dashboards";
const dashboards = (existsSync(folder) ? readdirSync(folder) : []).map((name) => join(folder, name));
const manifests = manifestsOf(fleet);

/** What this project writes for an environment to be asked of what it sends. */
function ownReaders(contract: Contract): readonly Reader[] {
  const written = [...(manifests.get(contract.environment) ?? [])].filter(([, text]) =>
    /\bexpr\b/.test(text),
  );
  const published = dashboards.map((path) => [path, readFileSync(path, "utf8")] as const);
  return [...written, ...published].map(([name, text]) => ({ name, text, contracts: [contract] }));
}

const contracts = fleet.map(contractOfEnvironment);
const withMetrics = contracts.filter(({ sent }) => sent.size > 0);

/** What a query names: metrics, and labels in matchers, groupings and templates. */
function readsOf(query: Query): { readonly metrics: readonly string[]; readonly labels: readonly string[] } {
  const { text } = query.text;
  const metrics: string[] = [];
  const labels = query.isRule
    ? query.templates.flatMap((one) => [...one.text.matchAll(/\$labels\.(\w+)/g)])
    : [];
  const found = labels.map(([, label = ""]) => label);
  const isLogql = query.language === "logql";
  walk((isLogql ? logql : promql).parse(text).topNode, ({ name, from, to }) => {
    const written = text.slice(from, to);
    if (name === (isLogql ? "Matcher" : "LabelName")) found.push(written.replace(/\s*[=!~].*/s, ""));
    if (!isLogql && name === "Identifier") metrics.push(written);
  });
  return { metrics: [...new Set(metrics)], labels: [...new Set(found)] };
}

/** What is said of a query that is alone in its file. */
function saidOfQuery(reader: Reader, contract: Contract) {
  return checkReaders([{ ...reader, contracts: [contract] }]).diagnostics;
}

describe.each(contracts.map((contract) => [contract.environment, contract] as const))(
  "in %s",
  (_, contract) => {
    test("our alerts pass", () => {
      const readers = ownReaders(contract).filter(({ name }) => !dashboards.includes(name));
      expect(readers.length).toBe(contract.sent.size > 0 ? readers.length : 0);
      expect(checkReaders(readers).diagnostics).toEqual([]);
    });
  },
);

test("our dashboards pass where all is sent", () => {
  const readers = dashboards.map((path) => ({ name: path, text: readFileSync(path, "utf8"), contracts }));
  expect(checkReaders(readers).diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
});

describe.each(withMetrics.map((contract) => [contract.environment, contract] as const))(
  "in %s",
  (_, contract) => {
    const readers = ownReaders(contract);
    const queries = readers.flatMap((reader) =>
      queriesIn(reader.name, reader.text).queries.map((query) => ({ reader: alone(reader, query), query })),
    );

    test("each of our queries fails without a metric that it reads", () => {
      const passed: string[] = [];
      let count = 0;
      for (const { reader, query } of queries) {
        if (query.language === "logql") continue;
        for (const metric of readsOf(query).metrics.filter((name) => contract.sent.has(name))) {
          if (["up", "scrape_samples_scraped"].includes(metric)) continue;
          const sent = new Map([...contract.sent].filter(([name]) => name !== metric));
          const missing = new Map([...contract.missing, [metric, "it is taken out"]] as const);
          count += 1;
          const isSaid = saidOfQuery(reader, { ...contract, sent, missing }).length > 0;
          if (!isSaid) passed.push(`${query.asker}: ${metric}`);
        }
      }
      expect(passed).toEqual([]);
      expect(count).toBeGreaterThan(3);
    });

    test("each of our queries fails without a label that it reads", () => {
      const passed: string[] = [];
      let count = 0;
      for (const { reader, query } of queries) {
        if (query.text.text.includes("grafana_variable")) continue;
        const { metrics, labels } = readsOf(query);
        // What jobs of others may send too is not judged.
        const { unknown } = checkReaders([reader]);
        const known = metrics.filter((name) => contract.sent.has(name) && !unknown.includes(name));
        // A series without the label has the one that is asked to be empty.
        const isEmpty = (name: string) => query.text.text.includes(`${name}=""`);
        for (const label of labels.filter((name) => !["alertname", "le"].includes(name) && !isEmpty(name))) {
          const sent = new Map(
            [...contract.sent].map(([name, of]) => [
              name,
              known.includes(name)
                ? of.map((one) => ({
                    ...one,
                    labels: new Map([...one.labels].filter(([key]) => key !== label)),
                  }))
                : of,
            ]),
          );
          const logs = contract.logs.filter((one) => one.label !== label);
          const isKnown =
            query.language === "logql"
              ? logs.length < contract.logs.length
              : known.some((name) => contract.sent.get(name)?.some((one) => one.labels.has(label)));
          if (!isKnown) continue;
          count += 1;
          const isSaid = saidOfQuery(reader, { ...contract, sent, logs }).length > 0;
          if (!isSaid) passed.push(`${query.asker}: ${label}`);
        }
      }
      expect(passed).toEqual([]);
      expect(count).toBeGreaterThan(10);
    });
  },
);

/** A file with one query alone, as it is checked the fastest. */
function alone(reader: Reader, query: Query): Reader {
  const datasource = { type: query.language === "logql" ? "loki" : "prometheus" };
  const title = query.asker.replace(/^\w+ /, "");
  const [summary, ...others] = query.templates.map(({ text }) => text);
  const annotations = { summary, ...Object.fromEntries(others.map((text, index) => [`more${index}`, text])) };
  const expr = query.text.text;
  const file = query.isRule
    ? { groups: [{ name: "g", rules: [{ alert: title, expr, annotations }] }] }
    : { title: "d", panels: [{ title, datasource, targets: [{ expr }] }] };
  return { ...reader, text: JSON.stringify(file) };
}
