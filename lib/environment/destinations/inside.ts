import type { Destination } from "./destination";
import { urlNames } from "./url-settings";

type Urls = Pick<Destination, (typeof urlNames)[number]>;

/** The host of a Service of the cluster, such as `loki.monitoring.svc` or `loki.monitoring.svc.cluster.local`. */
const service = /^https?:\/\/[^/:]+\.svc(\.cluster\.local)?\.?([:/?]|$)/i;

/** Whether all URLs of a destination lead to Services of the cluster. */
export function isInside(urls: Urls): boolean {
  return urlNames.every((name) => urls[name] === undefined || service.test(urls[name]));
}
