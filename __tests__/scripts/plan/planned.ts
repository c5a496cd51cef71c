import { AlloyAgent } from "../../../lib/alloy-agent";
import { formatDiagnostic } from "../../../lib/environment";
import { readEnvironment } from "../../../lib/environment/read";
import { type Manifests, synthesize, withIndex } from "../../../lib/synthesis";
import { type EnvironmentChange, environmentChange } from "../../../scripts/plan/environment-change";
import { groupsOf } from "../../../scripts/plan/report/groups";
import { markdownOf } from "../../../scripts/plan/report/markdown";
import { plainText, textOf } from "../../../scripts/plan/report/text";
import type { Section } from "../../../scripts/plan/statement";

/** The files of environments, by their names. */
export type Fleet = Readonly<Record<string, string>>;

/** The least that an environment needs, without alerts: they have tests of their own. */
export const least =
  "container_runtime: crio\nlocal: {endpoint: 'http://otel.monitoring.svc:4318'}\nalerts: {as: none}\n";

/** A destination elsewhere, with queues on disk. */
export const remote =
  "remote: {endpoint: 'https://otlp.example.com', secret: alloy-remote, auth_type: mtls}\n";

/** So many environments with the same settings, `lab-01` and so on. */
export function fleetOf(count: number, settings: (name: string, index: number) => string): Fleet {
  const names = Array.from({ length: count }, (_, index) => `lab-${String(index + 1).padStart(2, "0")}`);
  return Object.fromEntries(names.map((name, index) => [name, settings(name, index)]));
}

/** What environments synthesize. */
export function manifestsOf(fleet: Fleet): ReadonlyMap<string, Manifests> {
  const environments = Object.entries(fleet).map(([name, text]) => {
    const { environment, diagnostics } = readEnvironment(name, `${name}.yaml`, text);
    if (environment === undefined) throw new Error(diagnostics.map(formatDiagnostic).join("\n"));
    return environment;
  });
  return synthesize(environments, (app, environment) => new AlloyAgent(app, environment));
}

/** How environments change: by their settings, and by what is done to the manifests that they synthesize. */
export function changesOf(
  before: Fleet,
  after: Fleet,
  edit: (file: string, text: string) => string = (_, text) => text,
): readonly EnvironmentChange[] {
  const [old, present] = [manifestsOf(before), manifestsOf(after)];
  return [...new Set([...old.keys(), ...present.keys()])].flatMap((name) => {
    const [was, is] = [old.get(name), present.get(name)];
    const edited = is && new Map([...is].map(([file, text]) => [file, edit(file, text)]));
    return environmentChange(name, was && withIndex(was), edited) ?? [];
  });
}

/** The plan of a change, for a terminal without colours. */
export function planned(...change: Parameters<typeof changesOf>): string {
  return textOf(groupsOf(changesOf(...change)), plainText);
}

export function plannedMarkdown(...change: Parameters<typeof changesOf>): string {
  return markdownOf(groupsOf(changesOf(...change)), "summary");
}

/** The lines of one section of a plan of one environment. */
export function said(section: Section, ...change: Parameters<typeof changesOf>): readonly string[] {
  return changesOf(...change).flatMap(({ statements }) =>
    statements
      .filter((statement) => statement.section === section)
      .flatMap(({ lines }) => lines.map(({ sign, text }) => `${sign} ${text}`)),
  );
}
