import { portOf } from "./listen-address";
import { type PlainSettings, sectionOf } from "./plain-settings";
import type { Report } from "./report";

/** The chart's port for Alloy's UI. */
export const usualUiPort = 12345;

/**
 * The sidecar's own address: there has to be a sidecar, and since the containers of a pod share its network, or the
 * node's, the address needs another port than Alloy's UI.
 */
export function checkReloader(settings: PlainSettings, chartValues: PlainSettings, report: Report): void {
  const address = sectionOf(settings, "reloader").listen_address;
  if (address === undefined) return;
  const uiPort = sectionOf(settings, "ui").port ?? usualUiPort;
  const key = ["reloader", "listen_address"];
  if (sectionOf(chartValues, "configReloader").enabled === false) {
    report.add(key, "has no effect, since configReloader.enabled is false; remove one of the two");
  } else if (typeof address === "string" && portOf(address) === uiPort) {
    report.add(key, `has port ${uiPort}, which Alloy's UI has; write another`);
  }
}
