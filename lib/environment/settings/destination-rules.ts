import { stabilityLevels } from "../../alloy";
import { isRecord, type PlainSettings, type Report, type SettingKey, sectionOf } from "../../schema";
import type { Diagnostic } from "../yaml/diagnostic";
import type { EnvironmentSource } from "../yaml/source";
import {
  type AddressedDestination,
  allowsDiskQueues,
  type DiskQueueLimits,
  defaultQueueSize,
  queuesMovedToMemory,
} from "./delivery";
import { destinationSections, signals } from "./destination";
import { urlNames } from "./destinations";
import { storageFolder } from "./node";
import { receiverMistake } from "./receivers";

/** A destination's settings, and where they stand. */
interface Place {
  readonly section: SettingKey;
  readonly settings: PlainSettings;
  readonly report: Report;
}

/** Checks the settings of each destination against each other. `remote` has more rules: {@link checkRemote}. */
export function checkDestinations(settings: PlainSettings, report: Report): void {
  for (const [section, values] of destinationSections(settings)) {
    if (!isRecord(values)) continue;
    const place = { section, settings: values, report };
    checkTls(place);
    checkKeys(place);
    if (section.length > 1) checkUrls(place);
    checkLogs(place);
    checkReceivers(place);
  }
}

/** The names of the destinations that ask for credentials, but for `remote`. */
export function authenticated(file: PlainSettings): readonly string[] {
  return Object.entries(sectionOf(file, "destinations")).flatMap(([name, settings]) =>
    isRecord(settings) && settings.auth !== undefined ? [name] : [],
  );
}

function checkUrls(place: Place): void {
  const { section, settings, report } = place;
  if (!hasUrl(place)) {
    report.add(
      [...section, "endpoint"],
      "is missing, as are metricsEndpoint and logsEndpoint, so that nothing is sent there; write one of them, or remove the destination",
    );
  }
  for (const name of settings.auth === undefined ? [] : urlNames) {
    if (isPlain(settings[name]) && !report.has([...section, name])) {
      report.add([...section, name], "is plain http, over which credentials could be read; write https://");
    }
  }
}

/** URLs at which nothing takes OTLP, or not what is sent there: it would be refused, and lost. */
function checkReceivers({ section, settings, report }: Place): void {
  const own = signals.filter(
    (signal) => settings[`${signal}Endpoint`] === undefined && !report.has([...section, `${signal}Endpoint`]),
  );
  const roles = { endpoint: "base", metricsEndpoint: "metrics", logsEndpoint: "logs" } as const;
  let mistakes = 0;
  for (const name of urlNames) {
    const url = settings[name];
    const role = roles[name];
    if (typeof url !== "string" || report.has([...section, name])) continue;
    const mistake = receiverMistake(url, role, role === "base" ? own : [role]);
    if (mistake === undefined) continue;
    mistakes++;
    const isAny = settings.any_path === true || report.has([...section, "any_path"]);
    if (!isAny) report.add([...section, name], mistake);
  }
  const known = urlNames.every((name) => !report.has([...section, name]));
  if (settings.any_path === true && mistakes === 0 && known) {
    report.add([...section, "any_path"], "has no effect, as the URLs are such as are known; remove it");
  }
}

/** Reports settings about logs of a destination that gets none. */
function checkLogs(place: Place): void {
  const { section, settings, report } = place;
  if (!hasUrl(place) || hasUrl(place, "endpoint", "logsEndpoint")) return;
  const { log_namespaces: namespaces, queue } = settings;
  const without = [
    ...(namespaces === undefined ? [] : [["log_namespaces"]]),
    ...(isRecord(queue) && queue.when_full !== undefined ? [["queue", "when_full"]] : []),
  ];
  for (const name of without.filter((one) => !report.has([...section, ...one]))) {
    report.add(
      [...section, ...name],
      "has no effect, as no logs go there; write logsEndpoint too, or remove this",
    );
  }
}

function checkTls(place: Place): void {
  const { section, settings, report } = place;
  const { tls } = settings;
  if (!isRecord(tls)) return;
  const urls = urlNames.filter((name) => settings[name] !== undefined);
  const wrong = urls.some((name) => report.has([...section, name]));
  if (urls.length > 0 && !wrong && urls.every((name) => isPlain(settings[name]))) {
    report.add([...section, "tls"], "has no effect over plain http; write https:// URLs, or remove this");
  }
  if (
    tls.ca_key !== undefined &&
    tls.ca_secret === undefined &&
    !report.has([...section, "tls", "ca_secret"])
  ) {
    report.add(
      [...section, "tls", "ca_key"],
      "has no effect without tls.ca_secret; write that too, or remove this",
    );
  }
}

/** Reports names of keys in a Secret that nothing reads. */
function checkKeys({ section, settings, report }: Place): void {
  const isRemote = section.length === 1;
  const auth = isRemote ? settings : settings.auth;
  const keysOf = isRemote ? [...section, "keys"] : [...section, "auth", "keys"];
  if (!isRecord(auth) || !isRecord(auth.keys)) return;
  const prefix = isRemote ? "" : "auth.";
  if (isRemote && settings.auth_type === "mtls") {
    report.add(keysOf, "has no effect with mtls; remove it, or write a destination below destinations");
  } else if (auth.keys.token_url !== undefined && auth.token_url !== undefined) {
    report.add([...keysOf, "token_url"], `has no effect beside ${prefix}token_url; remove one of the two`);
  }
  if (auth.keys.ca !== undefined && isRecord(settings.tls) && settings.tls.ca_secret !== undefined) {
    report.add([...keysOf, "ca"], "has no effect beside tls.ca_secret; remove one of the two");
  }
}

function hasUrl(
  { section, settings, report }: Place,
  ...names: readonly (typeof urlNames)[number][]
): boolean {
  return (names.length > 0 ? names : urlNames).some(
    (name) => settings[name] !== undefined || report.has([...section, name]),
  );
}

function isPlain(url: unknown): boolean {
  return typeof url === "string" && /^http:/i.test(url);
}

/** Reports an environment without a destination, and a remote without credentials. */
export function checkRemote(settings: PlainSettings, report: Report): void {
  const isSet = (section: string, name: string) =>
    report.has([section, name]) || sectionOf(settings, section)[name] !== undefined;
  const hasUrl = (section: string) => urlNames.some((name) => isSet(section, name));

  // One of the others without a URL is a mistake of its own.
  const others = Object.keys(sectionOf(settings, "destinations"));
  if (!hasUrl("local") && !hasUrl("remote") && others.length === 0 && !report.has(["destinations"])) {
    report.add(
      ["local", "endpoint"],
      "is missing, as is every other URL, so that nothing is sent; write it, or remote.endpoint",
    );
  }
  if (hasUrl("remote") && !isSet("remote", "secret")) {
    report.add(
      ["remote", "secret"],
      "is missing; write the name of the Secret with the remote's credentials",
    );
  }
  const mtls = sectionOf(settings, "remote").auth_type === "mtls";
  if (hasUrl("remote") && !mtls && !isSet("remote", "scope") && !report.has(["remote", "auth_type"])) {
    report.add(
      ["remote", "scope"],
      "is missing, and OAuth2 asks for it; write the scope, or auth_type: mtls",
    );
  }
  if (mtls && isSet("remote", "token_url")) {
    report.add(["remote", "token_url"], "has no effect with mtls; remove it, or write auth_type: oauth");
  }
}

/** Reports what settings of queues and retries ask of each other and of the environment. */
export function checkQueues(settings: PlainSettings, report: Report): void {
  const limits = {
    stability: stabilityLevels.find((level) => level === settings.stability),
    storagePath: storageFolder(sectionOf(settings, "storage").path),
  };
  for (const [key, destination] of destinationSections(settings)) {
    checkDelivery(key, destination, limits, report);
  }
}

function checkDelivery(key: SettingKey, settings: unknown, limits: DiskQueueLimits, report: Report): void {
  const queue = sectionOf(settings, "queue");
  const retry = sectionOf(settings, "retry");
  if (queue.storage === "none") {
    for (const name of ["size", "when_full"]) {
      if (queue[name] !== undefined) {
        report.add(
          [...key, "queue", name],
          "has no effect with storage: none; remove it, or write another storage",
        );
      }
    }
  }
  if (queue.storage === "disk" && !allowsDiskQueues(limits)) {
    report.add(
      [...key, "queue", "storage"],
      limits.stability === "generally-available"
        ? "is disk, which is a public preview; write memory, or stability: public-preview"
        : "is disk, and storage.path is none; write memory, or a storage.path",
    );
  }
  if (retry.enabled === false && retry.max_elapsed_time !== undefined) {
    report.add(
      [...key, "retry", "max_elapsed_time"],
      "has no effect with enabled: false; remove it, or enable retries",
    );
  }
}

/** Says what is lost where the stability level alone keeps queues from the disk. */
export function memoryQueueNotices(
  destinations: readonly AddressedDestination[],
  limits: DiskQueueLimits,
  source: EnvironmentSource,
): readonly Diagnostic[] {
  return queuesMovedToMemory(destinations, limits).map(({ destination: { name }, settings: { queue } }) =>
    source.notice(
      ["stability"],
      `generally-available has no queue on disk: that of ${name} is in memory, ${queue?.size ?? defaultQueueSize.memory} for each signal, and lost when the agent ends; write public-preview to keep it`,
    ),
  );
}
