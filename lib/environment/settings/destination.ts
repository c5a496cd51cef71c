import { type PlainSettings, type SettingKey, sectionOf } from "../../schema";
import type { Delivery } from "./delivery";

/** Where a pipeline sends its signals over OTLP/HTTP. At least one URL is set. */
export interface Destination extends Delivery {
  /** A DNS label that begins with a letter, one for each destination. */
  readonly name: string;
  /** The base URL, to which OTLP adds `/v1/metrics` and `/v1/logs`. */
  readonly endpoint?: string | undefined;
  /** The full URL for metrics; wins over `endpoint`. */
  readonly metricsEndpoint?: string | undefined;
  /** The full URL for logs; wins over `endpoint`. */
  readonly logsEndpoint?: string | undefined;
  readonly auth: DestinationAuth;
  /** @default - the system's CAs, and the name in the URL */
  readonly tls?: DestinationTls | undefined;
  /** Sent with each request, by name. None of them is a secret. @default - none of its own */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** @default - Alloy's, gzip */
  readonly compression?: Compression | undefined;
  /** Only the logs of these namespaces are sent. @default - all */
  readonly logNamespaces?: readonly string[] | undefined;
}

/** How requests are compressed. Source: `otelcol.exporter.otlphttp` of Alloy v1.18.1. */
export const compressions = ["gzip", "zstd", "zlib", "deflate", "snappy", "none"] as const;

export type Compression = (typeof compressions)[number];

/** How an exporter verifies the server's certificate. */
export interface DestinationTls {
  /** The CA that signed the server's certificate. @default - the system's CAs */
  readonly ca?: SecretKey | undefined;
  /** The name in the server's certificate. @default - that in the URL */
  readonly serverName?: string | undefined;
}

/** A key of a Secret of the agent's namespace. */
export interface SecretKey {
  readonly secret: string;
  readonly key: string;
}

/** How an exporter authenticates. Credentials stay in a Secret of the agent's namespace, under the keys named. */
export type DestinationAuth =
  | { readonly type: "none" }
  | {
      readonly type: "oauth2";
      readonly secret: string;
      readonly scope: string;
      /** @default - the Secret has it */
      readonly tokenUrl?: string | undefined;
      readonly keys: {
        readonly clientId: string;
        readonly clientSecret: string;
        /** Read only where there is no `tokenUrl`. */
        readonly tokenUrl: string;
      };
    }
  | {
      readonly type: "mtls";
      readonly secret: string;
      readonly keys: {
        /** Read only where the destination's `tls` names no CA. */
        readonly ca: string;
        readonly certificate: string;
        readonly key: string;
      };
    }
  | {
      readonly type: "bearer";
      readonly secret: string;
      /** The header that carries the token. @default "Authorization" */
      readonly header?: string | undefined;
      /** The word before the token; empty for none. @default "Bearer" */
      readonly scheme?: string | undefined;
      readonly keys: { readonly token: string };
    }
  | {
      readonly type: "basic";
      readonly secret: string;
      readonly keys: { readonly username: string; readonly password: string };
    };

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

const destinationsAtTop = ["local", "remote"];

/** Where the settings of a destination stand: two of them by their old names, at the top. */
export function destinationKey(name: string): SettingKey {
  return destinationsAtTop.includes(name) ? [name] : ["destinations", name];
}

/** The settings of all destinations as they stand in a file, and where. */
export function destinationSections(
  settings: PlainSettings,
): readonly (readonly [key: SettingKey, section: unknown])[] {
  const named = sectionOf(settings, "destinations");
  return [
    ...destinationsAtTop.map((name) => [destinationKey(name), settings[name]] as const),
    ...Object.entries(named).map(([name, section]) => [["destinations", name], section] as const),
  ];
}
