import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "../../../scripts/migrate/migrate";

/** What becomes of a helmfile with one environment. */
export interface Outcome {
  /** The text of its file. Absent: it is not written. */
  readonly text: string | undefined;
  /** What is said of its lines, without the file's name for those of the values file: `LINE:COLUMN: …`. */
  readonly told: readonly string[];
  readonly problems: readonly string[];
}

/** The values that today's agent needs at least. */
export const least = ["local:", "  endpoint: http://collector.monitoring.svc:4318"];

/**
 * Migrates an environment `lab` of a helmfile such as today's.
 *
 * @param values the lines of its values file
 * @param state what the helmfile says of it
 */
export function migrated(
  values: readonly string[],
  state: readonly string[] = ["container_runtime: crio", "host_network: true"],
): Outcome {
  const folder = mkdtempSync(join(tmpdir(), "today-"));
  try {
    const helmfile = join(folder, "helmfile.yaml");
    writeFileSync(
      helmfile,
      [
        "environments:",
        "  lab:",
        "    values:",
        "      - valuesPath: git::ssh://git@git.example.com/a/b.git//c/@lab.yaml?ref=main",
        ...state.map((line) => `        ${line}`),
        "---",
        "releases:",
        "  - name: alloy-config",
        "    namespace: monitoring",
        "    chart: charts/alloy-config",
        '    values: ["{{ .Environment.Values.valuesPath }}"]',
        "  - name: alloy",
        "    namespace: monitoring",
        "    chart: grafana/alloy",
        '    values: ["{{ .Environment.Values.valuesPath }}"]',
        "",
      ].join("\n"),
    );
    writeFileSync(join(folder, "lab.yaml"), values.join("\n"));
    const output = join(folder, "environments");
    const { files, report } = migrate({ helmfile, names: [], values: folder, output, overwrite: false });
    const shown = (line: string) => line.replaceAll(`${folder}/lab.yaml:`, "").replaceAll(`${folder}/`, "");
    return {
      text: files.get("lab.yaml"),
      told: report.lines.map(shown),
      problems: report.problems.map(({ file, line, column, key, message }) =>
        shown(`${file}:${line}:${column}: ${key}: ${message}`),
      ),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
