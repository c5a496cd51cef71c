import * as z from "zod/mini";
import {
  hasCredentialsInQuery,
  hasUnseen,
  listenAddressMistakes,
  listenAddressPattern,
  longestSocketPath,
  nodePathPattern,
  registryAddress,
  socketPathMistakes,
  wrongKind,
} from "../../schema";
import { mistakes, worded } from "./setting-types";

// The types of settings that say where something is: URLs, hosts, ports, registries and sockets.

/** What a URL is for. */
export interface UrlUse {
  /** `base`: OTLP adds a signal's path to it. `metrics`, `logs`: the full URL of a signal. `token`: OAuth2. */
  readonly role: "base" | "metrics" | "logs" | "token";
  /** Credentials are sent to it. */
  readonly credentials: boolean;
  /** The setting by which credentials come from a Secret. @default - there is none */
  readonly secret?: string;
}

/** The URL of a destination, or of its tokens. */
export function url(use: UrlUse) {
  const pattern = use.credentials ? "^https://" : "^https?://";
  return worded(
    z.string().check(
      mistakes((value) => urlMistakes(value, use)),
      z.meta({ format: "uri", pattern }),
    ),
    use.credentials ? "https URL" : "http or https URL",
  );
}

/** The name of a host, or its address; one of IPv6 has no port behind it. */
export function hostName() {
  const error =
    "is no name of a host; write it, of at most 253 characters, without https://, port or path, such as otlp.example.com";
  const host =
    /^(?=.{1,253}$)([A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\.|$))*$|^(?=.*:.*:)[\da-fA-F:]+[\d.]*$/;
  return worded(z.string().check(z.regex(host, { error })), "host");
}

/** A registry of container images, or a path in one. */
export function registry() {
  const error =
    "is no registry; write its host, and its path if it has one, such as registry.example.com/mirror, without https:// and without / at the end";
  return worded(z.string().check(z.regex(registryAddress, { error })), "registry, with a path or without");
}

/** A TCP port. */
export function port() {
  const error = portError("is no port; write a whole number from 1 to 65535", 1);
  return worded(z.int({ error }).check(z.minimum(1, { error }), z.maximum(65535, { error })), "port");
}

/** A TCP port that a process without capabilities can listen on. */
export function listenPort() {
  const error = portError(
    "is no port that the agent may listen on; write a whole number from 1024 to 65535",
    1024,
  );
  return worded(
    z.int({ error }).check(z.minimum(1024, { error }), z.maximum(65535, { error })),
    "port from 1024",
  );
}

/** @param least what is less is no such port, without its quotes either */
function portError(message: string, least: number) {
  return ({ input }: { readonly input?: unknown }) => {
    if (typeof input !== "string") return message;
    const isOther = /^\d+$/.test(input) && (Number(input) < least || Number(input) > 65535);
    return isOther ? message : wrongKind(input, ["integer"]);
  };
}

/** An IP address and a port to listen on. */
export function listenAddress() {
  return worded(
    z
      .string({
        error: ({ input }) =>
          typeof input === "number" ? listenAddressMistakes(String(input))[0] : undefined,
      })
      .check(mistakes(listenAddressMistakes), z.meta({ pattern: listenAddressPattern.source })),
    "IP address and port from 1024",
  );
}

/** The path of a socket of the nodes. */
export function socketPath() {
  return worded(
    z
      .string()
      .check(
        mistakes(socketPathMistakes),
        z.meta({ pattern: nodePathPattern.source, maxLength: longestSocketPath }),
      ),
    "absolute path on the nodes",
  );
}

/**
 * Every mistake of a URL but for its path, each as what is wrong and what to write. None quotes the URL: an operator may
 * have put a password or a token anywhere in it.
 */
export function urlMistakes(text: string, use: UrlUse): string[] {
  // Before anything is parsed, and more than RFC 3986 allows: a misspelt URL may hold a password too.
  if (/^([a-z][a-z\d+.-]*:)?[/\\]*[^/\\?#]*@/i.test(text) || hasCredentialsInQuery(text)) {
    const instead = use.secret === undefined ? "" : `, and name a Secret by ${use.secret}`;
    return [`holds credentials, which the ConfigMap would show; write the URL without them${instead}`];
  }
  const malformed = malformation(text, use);
  if (malformed !== undefined) return [malformed];
  const { protocol, port, search } = new URL(text);
  const mistakes: string[] = [];
  if (use.credentials && protocol === "http:") {
    mistakes.push("is plain http, over which credentials could be read; write https://");
  }
  if (text.includes("#")) {
    mistakes.push("has a fragment, which is never sent; write the URL without # and what follows");
  }
  if (use.role !== "token" && port === "4317") {
    mistakes.push("has port 4317, which is OTLP over gRPC; write the port of OTLP over HTTP, usually 4318");
  }
  if (use.role === "base" && search !== "") {
    mistakes.push(
      "has a query, to which no path can be added; write metricsEndpoint and logsEndpoint, which may have one",
    );
  }
  return mistakes;
}

/** What Go's parser, and so Alloy, doesn't read or means otherwise. It is stricter than WHATWG's, which mends much. */
function malformation(text: string, { credentials }: UrlUse): string | undefined {
  if (/\s/.test(text)) return "has a space or a line end in it; remove it, or write %20";
  if (hasUnseen(text)) return "has a character that is not seen; type it anew";
  const schemes = credentials ? "https://" : "http:// or https://";
  const [, scheme, slashes = "", rest = ""] =
    /^(?:([a-z][a-z\d+.-]*):(?!\d))?([/\\]*)(.*)$/i.exec(text) ?? [];
  if (scheme === undefined) {
    return slashes === "/"
      ? `is a path alone; write it in full, with ${schemes} and the host`
      : `has no scheme; write ${schemes} before it`;
  }
  if (!/^https?$/i.test(scheme)) return `has a scheme that is not meant here; write ${schemes}`;
  if (slashes !== "//") {
    return `has not two slashes behind ${scheme.toLowerCase()}:; write ${scheme.toLowerCase()}://`;
  }
  const [, host = "", port] = /^(\[[^\]/?#]*\]|[^/?#:[\]]*)(?::([^/?#]*))?(?=[/?#]|$)/.exec(rest) ?? [rest];
  if (host === "" && rest !== "" && !/^[/?#:]/.test(rest)) {
    return "has a host that is none; write letters, digits, dots and dashes, or an address of IPv6 in brackets";
  }
  if (host === "") return `names no host; write it behind ${scheme.toLowerCase()}://`;
  if (!isHost(host)) {
    return "has a host that is none; write letters, digits, dots and dashes, or an address of IPv6 in brackets";
  }
  if (port !== undefined && !isPort(port)) {
    return "has a port that is none; write a number from 1 to 65535, or no colon";
  }
  if (/%(?![\da-f]{2})/i.test(text)) return "has a % without two hexadecimal digits; write %25";
  if (/[^\x21-\x7e]|[\\"<>^`{|}]/.test(text)) {
    return "has a character that no URL has; write it as % and two hexadecimal digits";
  }
  return undefined;
}

function isHost(host: string): boolean {
  return (
    /^([\w.-]+|\[[\da-f:.]+\])$/i.test(host) && !/^[.-]|\.\./.test(host) && URL.canParse(`http://${host}`)
  );
}

function isPort(port: string): boolean {
  return /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65535;
}
