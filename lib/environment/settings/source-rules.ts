import {
  hasValue,
  isRecord,
  type PlainSettings,
  type Report,
  type SettingKey,
  sectionOf,
} from "../../schema";
import { destinationSections, type Signal, signals } from "./destination";
import { metricsSources } from "./sources";

/** What is wrong with the sources that are on: what is said of one that is off, and what has no source. */
export function checkSources(settings: PlainSettings, report: Report): void {
  for (const name of [...metricsSources, "logs"]) {
    if (isOff(settings, name)) checkOff(settings, name, report);
  }
  if (["node", "cadvisor"].every((name) => isOff(settings, name))) {
    const key = ["sources", "interface_exclude"];
    const message = "has no effect, as sources.node and sources.cadvisor are off; remove this";
    if (hasValue(settings, key) && !report.has(key)) report.add(key, message);
  }
  checkNamespaces(settings, report);
  const unread = signals.filter((signal) => !isRead(settings, signal));
  if (unread.length === signals.length) {
    report.add(["sources"], "turns off all that can be read; leave a source on");
  } else {
    for (const signal of unread) checkTakers(settings, signal, report);
  }
}

function isOff(settings: PlainSettings, name: string): boolean {
  return sectionOf(sectionOf(settings, "sources"), name).enabled === false;
}

/** The settings that have no effect without a source, besides those that stand below it. */
const others: Readonly<Record<string, readonly SettingKey[]>> = {
  node: [["ethtool"]],
  cadvisor: [["runtime", "socket"]],
  aistore: [["scrape", "https"]],
};

const ofAistoresMetrics = ["https", "ca_secret", "ca_key", "server_name", "insecure"];

function checkOff(settings: PlainSettings, name: string, report: Report): void {
  const clusters = Array.isArray(settings.aistore) ? settings.aistore : [];
  const keys: readonly SettingKey[] = [
    ...Object.keys(sectionOf(sectionOf(settings, "sources"), name))
      .filter((key) => key !== "enabled")
      .map((key) => ["sources", name, key]),
    ...(others[name] ?? []),
    ...(name === "aistore"
      ? clusters.flatMap((_, index) => ofAistoresMetrics.map((key) => ["aistore", index, key]))
      : []),
  ];
  for (const key of keys.filter((one) => hasValue(settings, one) && !report.has(one))) {
    report.add(key, `has no effect with sources.${name}.enabled: false; remove one of the two`);
  }
}

/** Whether a signal has a source, or may have one in a file in Alloy's language. */
function isRead(settings: PlainSettings, signal: Signal): boolean {
  const { alloy_files: files } = settings;
  if (Array.isArray(files) && files.length > 0) return true;
  return signal === "logs"
    ? !isOff(settings, "logs")
    : settings.own_metrics !== "none" || metricsSources.some((name) => !isOff(settings, name));
}

/** Namespaces whose logs a destination asks for, and nobody reads. */
function checkNamespaces(settings: PlainSettings, report: Report): void {
  const { exclude_namespaces: excluded } = sectionOf(sectionOf(settings, "sources"), "logs");
  if (!Array.isArray(excluded) || report.has(["sources", "logs", "exclude_namespaces"])) return;
  for (const [section, values] of destinationSections(settings)) {
    const asked = isRecord(values) && Array.isArray(values.log_namespaces) ? values.log_namespaces : [];
    for (const [index, namespace] of asked.entries()) {
      const key = [...section, "log_namespaces", index];
      if (!excluded.includes(namespace) || report.has(key)) continue;
      report.add(
        key,
        "is among sources.logs.exclude_namespaces, so that its logs are not read; remove one of the two",
      );
    }
  }
}

/** What destinations would get of a signal that has no source. */
function checkTakers(settings: PlainSettings, signal: Signal, report: Report): void {
  const why =
    signal === "logs"
      ? "none are read, as sources.logs.enabled is false"
      : "none are read, as all sources of metrics are off";
  const [other = ""] = signals.filter((one) => one !== signal);
  for (const [section, values] of destinationSections(settings)) {
    if (!isRecord(values)) continue;
    const [own, base] = [`${signal}Endpoint`, "endpoint"];
    const name = values[own] === undefined ? base : own;
    const url = values[name];
    if (typeof url !== "string" || report.has([...section, name])) continue;
    const isForBoth = name === base && values[`${other}Endpoint`] === undefined;
    const advice = isForBoth
      ? `write ${other}Endpoint: ${url.replace(/\/$/, "")}/v1/${other} in its place`
      : "remove this";
    report.add([...section, name], `takes ${signal}, and ${why}; ${advice}`);
  }
}
