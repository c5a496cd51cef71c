import { isRecord } from "./kind";
import { portOf } from "./listen-address";
import type { Report } from "./report";

/** The chart's port for Alloy's UI. */
const usualUiPort = 12345;

/** The containers of a pod share its network, or the node's: each needs a port of its own. */
export function checkPorts(
  settings: Readonly<Record<string, unknown>>,
  chartValues: Readonly<Record<string, unknown>>,
  report: Report,
): void {
  const address = valueAt(settings.reloader, "listen_address");
  const uiPort = valueAt(settings.ui, "port") ?? valueAt(chartValues.alloy, "listenPort") ?? usualUiPort;
  if (typeof address === "string" && portOf(address) === uiPort) {
    report.add(["reloader", "listen_address"], `has port ${uiPort}, which Alloy's UI has; write another`);
  }
}

function valueAt(section: unknown, name: string): unknown {
  return isRecord(section) ? section[name] : undefined;
}
