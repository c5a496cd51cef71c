import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { build } from "../../scripts/go-program";
import { declareMissing } from "./describe";

/** A series of a test: its labels, and its values in promtool's notation, such as `0+10x60`. */
export interface TestSeries {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly values: string;
}

/** An alert that fires. */
export interface FiringAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What a query finds at a time such as `50m`: its series, with their values. */
export interface QueryTest {
  readonly expr: string;
  readonly at: string;
  readonly found: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[];
}

/** What is expected of alerts and queries while series are so. */
export interface RuleTest {
  readonly name: string;
  readonly series: readonly TestSeries[];
  /** @default none */
  readonly queries?: readonly QueryTest[];
  /** Of the alerts with a name, at a time such as `50m`: those that fire. @default none */
  readonly expected?: readonly {
    readonly alert: string;
    readonly at: string;
    readonly firing: readonly FiringAlert[];
  }[];
}

/** Prometheus' own program. */
export class Promtool {
  constructor(private readonly executable: string) {}

  /** What it says of a file of rules; nothing where they are right. */
  check(rules: string): string {
    return this.inFolder(
      { "alerts.rules": rules },
      "check",
      "rules",
      "--lint=all",
      "--lint-fatal",
      "alerts.rules",
    );
  }

  /** What differs from what is expected of rules; nothing where all is. Series have a value every 30 seconds. */
  test(rules: string, tests: readonly RuleTest[]): string {
    const file = {
      rule_files: ["alerts.rules"],
      evaluation_interval: "1m",
      // Numbers are equal where they differ in their last bits alone.
      fuzzy_compare: true,
      tests: tests.map(({ name, series, expected = [], queries = [] }) => ({
        name,
        interval: "30s",
        input_series: series.map(({ metric, labels, values }) => ({
          series: `${metric}${inBraces(labels)}`,
          values,
        })),
        promql_expr_test: queries.map(({ expr, at, found }) => ({
          expr,
          eval_time: at,
          exp_samples: found.map(({ labels, value }) => ({ labels: inBraces(labels), value })),
        })),
        alert_rule_test: expected.map(({ alert, at, firing }) => ({
          eval_time: at,
          alertname: alert,
          exp_alerts: firing.map(({ labels, annotations }) => ({
            exp_labels: labels,
            exp_annotations: annotations,
          })),
        })),
      })),
    };
    return this.inFolder(
      { "alerts.rules": rules, "tests.yaml": stringify(file) },
      "test",
      "rules",
      "tests.yaml",
    );
  }

  private inFolder(files: Readonly<Record<string, string>>, ...args: readonly string[]): string {
    const folder = mkdtempSync(join(tmpdir(), "rules-"));
    try {
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      const { status, stdout, stderr } = spawnSync(this.executable, args, { cwd: folder, encoding: "utf8" });
      return status === 0 ? "" : `${stdout}${stderr}`;
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

function inBraces(labels: Readonly<Record<string, string>>): string {
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(",")}}`;
}

/** A `describe` block whose tests ask promtool, which takes minutes to build the first time. */
export function describeWithPromtool(title: string, define: (promtool: Promtool) => void): void {
  const built = build({ folder: "promtool", script: true, slow: true });
  if ("missing" in built) declareMissing(title, built.missing, () => define(new Promtool("")));
  else describe(title, () => define(new Promtool(built.executable)));
}
