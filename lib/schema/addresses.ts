import { isIP } from "node:net";
import { posix } from "node:path";

/** Names with a slash before each, and not `.` or `..`; they need no quotes in a URL or anywhere else. */
export const nodePathPattern = /^(\/(?!\.\.?(\/|$))[\w.+@-]+)+$/;

/** How many characters the path of a socket may have: an address has room for 107 (unix(7)), with `/rootfs` before the path. */
export const longestSocketPath = 107 - "/rootfs".length;

/** What is wrong with a path of the nodes. */
export function nodePathMistake(path: string, example: string): string | undefined {
  if (!path.startsWith("/")) return `is no absolute path; write it from the root on, such as ${example}`;
  const shortest = normalizedPath(path);
  if (shortest === "/") return "is the root of the node; write the path of what is meant in it";
  if (path !== shortest) return `has ., .., // or a / at its end; write ${shortest}`;
  if (!nodePathPattern.test(path)) {
    return "may only have letters, digits and the signs . _ + @ - between its slashes; write such a path";
  }
  return undefined;
}

/** A path without `.`, `..`, doubled slashes and a slash at its end. */
export function normalizedPath(path: string): string {
  return posix.normalize(path).replace(/(?<=.)\/$/, "");
}

/** What is wrong with the path of a socket of the nodes. */
export function socketPathMistakes(path: string): readonly string[] {
  const misspelt = nodePathMistake(path, "/run/containerd/containerd.sock");
  if (misspelt !== undefined) return [misspelt];
  return path.length > longestSocketPath
    ? [`is longer than the ${longestSocketPath} characters of a socket's path; write a shorter one`]
    : [];
}

/** Whether a path is a folder, or stands in it; both normalized. */
export function isAtOrBelow(path: string, folder: string): boolean {
  return path === folder || folder === "/" || path.startsWith(`${folder}/`);
}

/** An IP address and a port, in groups. An address of IPv6 stands in brackets. */
export const listenAddressPattern = /^(\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\]):([1-9]\d{3,4})$/;

/** What is wrong with the address that a process without capabilities listens on. */
export function listenAddressMistakes(address: string): readonly string[] {
  const [, host = ""] = listenAddressPattern.exec(address) ?? [];
  const port = portOf(address);
  const isAddress = isIP(host.replace(/^\[|\]$/g, "")) !== 0 && port >= 1024 && port <= 65535;
  return isAddress
    ? []
    : [
        "is no address to listen on; write an IP address and a port from 1024 to 65535, such as 127.0.0.1:18080",
      ];
}

/** The port of an address to listen on; NaN for a text that is no such address. */
export function portOf(address: string): number {
  const [, , port] = listenAddressPattern.exec(address) ?? [];
  return port === undefined ? Number.NaN : Number(port);
}

/** The name of a container's port. */
export const portNamePattern = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;

/** A name that Kubernetes and DNS take as one label. */
export const dnsLabel = /^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

export const notDnsLabel =
  'is no DNS label; write at most 63 lower-case letters, digits and "-", a letter or digit at both ends';

/** Labels with dots between them: the name of most objects. */
export const dnsSubdomain = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

export const notDnsSubdomain =
  'is no name of a Kubernetes object; write at most 253 lower-case letters, digits, "-" and ".", a letter or digit at both ends';

/** The key of a Secret or a ConfigMap, which is the name of a file too. */
export const dataKeyPattern = /^(?!\.$|\.\.)[-._A-Za-z0-9]{1,253}$/;

/** The name of a container's environment variable, as the API server takes it. */
export const variableNamePattern = /^(?!\.$|\.\.)[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/** The key of a label: a name, and maybe a domain before it. */
export const labelKeyPattern =
  /^(?=[^/]{1,63}$|[^/]{1,253}\/[^/]{1,63}$)(?:[a-z0-9]([-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9]([-\w.]*[A-Za-z0-9])?$/;

export const notLabelKey =
  "is no name of a label; write letters, digits and - _ . between them, at most 63, and before them a domain and / or nothing";

/** The value of a label. */
export const labelValuePattern = /^(?=.{0,63}$)([A-Za-z0-9]([-\w.]*[A-Za-z0-9])?)?$/;

export const notLabelValue =
  "is no value of a label; write at most 63 letters, digits and - _ . between them";
