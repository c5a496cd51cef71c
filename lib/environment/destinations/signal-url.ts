import type { Destination } from "./destination";

/** The URLs of a destination. */
export type DestinationUrls = Pick<Destination, "endpoint" | "metricsEndpoint" | "logsEndpoint">;

/** What destinations take. */
export const signals = ["metrics", "logs"] as const;

export type Signal = (typeof signals)[number];

/** The signals that a destination takes: those for which it has a URL. */
export function signalsOf(urls: DestinationUrls): readonly Signal[] {
  return signals.filter((signal) => signalUrl(urls, signal) !== undefined);
}

/** The URL for a signal: its own, or the base of both. Absent: the signal isn't sent. */
export function signalUrl(
  { endpoint, metricsEndpoint, logsEndpoint }: DestinationUrls,
  signal: Signal,
): string | undefined {
  return { metrics: metricsEndpoint, logs: logsEndpoint }[signal] ?? endpoint;
}
