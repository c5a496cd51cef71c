import type { DestinationUrls } from "./signal-url";
import { urlNames } from "./url-settings";

/** The host of a Service of the cluster, such as `loki.monitoring.svc` or `loki.monitoring.svc.cluster.local`. */
const service = /^https?:\/\/[^/:]+\.svc(\.cluster\.local)?\.?([:/?]|$)/i;

/** Whether all URLs of a destination lead to Services of the cluster. */
export function isInside(urls: DestinationUrls): boolean {
  return urlNames.every((name) => urls[name] === undefined || service.test(urls[name]));
}
