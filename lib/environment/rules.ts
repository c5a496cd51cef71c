import { type PlainSettings, type Report, sectionOf } from "../schema";
import { checkAistore } from "./settings/aistore";
import { authenticated, checkDestinations } from "./settings/destination-rules";
import { defaultLabel, urlNames } from "./settings/destinations";
import { checkNamespace } from "./settings/environment";
import { checkRuntime } from "./settings/node";

/**
 * What settings ask of each other. A setting that has a mistake of its own counts as set, so that no mistake
 * is reported twice.
 */
export function checkTogether(settings: PlainSettings, report: Report): void {
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
  checkDestinations(settings, report);
  if (!report.has(["host_network"])) {
    checkUi(settings, report);
    checkNetworkPolicy(settings, report);
  }
  checkNamespace(settings, report);
  checkRuntime(settings, report);
  checkAistore(settings, report);
  if (isSet("ethtool", "metrics_include") && !isSet("ethtool", "device_include")) {
    report.add(
      ["ethtool", "metrics_include"],
      "has no effect without ethtool.device_include; write that too, or remove this",
    );
  }
}

/** Without the node's network and without a policy, the UI is open anyway. */
function checkUi(settings: PlainSettings, report: Report): void {
  const isOpen = settings.host_network !== true && settings.network_policy === false;
  if (sectionOf(settings, "ui").expose !== undefined && isOpen) {
    report.add(
      ["ui", "expose"],
      "has no effect without host_network or a network policy; remove this, or network_policy: false",
    );
  }
}

/** On the node's network no policy has an effect. */
function checkNetworkPolicy(settings: PlainSettings, report: Report): void {
  const hasNone = settings.host_network === true || settings.network_policy === false;
  if (hasNone && settings.api_server_ports !== undefined) {
    const reason = settings.host_network === true ? "with host_network" : "with network_policy: false";
    report.add(["api_server_ports"], `has no effect ${reason}; remove this`);
  }
}

/**
 * The `cluster` under which a remote gets the data, or another destination that asks for credentials.
 *
 * @returns undefined when there is none, or when the label has a mistake of its own
 */
export function clusterAtRemote(settings: PlainSettings, report: Report): string | undefined {
  const label = sectionOf(settings, "remote").label ?? defaultLabel;
  const hasRemote =
    urlNames.some((name) => sectionOf(settings, "remote")[name] !== undefined) ||
    authenticated(settings).length > 0;
  return hasRemote && typeof label === "string" && !report.has(["remote", "label"]) ? label : undefined;
}
