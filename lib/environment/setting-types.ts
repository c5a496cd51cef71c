import * as z from "zod/mini";
import { regexpMistake } from "../alloy/regexp";
import { pinnedChartVersions } from "./chart-schema";
import { imageVersionPattern } from "./image-version";
import { wrongWord } from "./kind";
import { listenAddressMistakes, listenAddressPattern } from "./listen-address";
import { longestSocketPath, nodePathPattern, socketPathMistakes } from "./node-path";
import { quantityPattern } from "./resources";
import { type UrlUse, urlMistakes } from "./url";

/** What an editor shows of a setting. */
export interface SettingHelp {
  readonly description: string;
  readonly examples?: string[];
}

/** A name that Kubernetes and DNS take as one label. */
export const dnsLabel = /^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Labels with dots between them. */
export const dnsSubdomain = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** A host that is told from a path by a dot, a port or its name, and the path below which images are. */
export const registryAddress =
  /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+|[a-z0-9.-]+(?=:))(?::\d{1,5})?(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*$/;

/** @param missing what to say where it is missing, and may not be. @default - that it is, and of what kind */
export function text(help: SettingHelp, missing?: string) {
  return required(missing).check(z.meta({ ...help }));
}

function required(missing: string | undefined) {
  return z.string({ error: ({ input }) => (input === undefined ? missing : undefined) });
}

/** The name of a namespace, of an AIStore cluster and of what is made of it. */
export function labelName(help: SettingHelp) {
  const error =
    'is no DNS label; write at most 63 lower-case letters, digits and "-", a letter or digit at both ends';
  return z.string().check(z.regex(dnsLabel, { error }), z.meta({ ...help }));
}

/** The name of a Secret. */
export function objectName(help: SettingHelp, missing?: string) {
  const error = 'is no name of a Kubernetes object; write lower-case letters, digits, "-" and "."';
  return required(missing).check(z.regex(dnsSubdomain, { error }), z.meta({ ...help }));
}

/** The name of a key in a Secret. */
export function secretKey(help: SettingHelp) {
  const error = 'is no key of a Secret; write letters, digits, "-", "_" and ".", and not ".." first';
  return z.string().check(z.regex(/^(?!\.$|\.\.)[-._A-Za-z0-9]{1,253}$/, { error }), z.meta({ ...help }));
}

/** The name of a host, or its address; one of IPv6 has no port behind it. */
export function hostName(help: SettingHelp) {
  const error = "is no name of a host; write it without https://, port or path, such as otlp.example.com";
  const host =
    /^(?=.{1,253}$)([A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\.|$))*$|^(?=.*:.*:)[\da-fA-F:]+[\d.]*$/;
  return z.string().check(z.regex(host, { error }), z.meta({ ...help }));
}

/** A registry of container images, or a path in one. */
export function registry(help: SettingHelp) {
  const error =
    "is no registry; write its host, and its path if it has one, such as registry.example.com/mirror, without https:// and without / at the end";
  return z.string().check(z.regex(registryAddress, { error }), z.meta({ ...help }));
}

/** The tag or digest of a container image. */
export function imageVersion(help: SettingHelp) {
  const error =
    "is neither tag nor digest; write a tag, a digest such as sha256: and 64 hex digits, or both with @ between them";
  return z.string().check(z.regex(imageVersionPattern, { error }), z.meta({ ...help }));
}

/** An amount of a resource of a node, or none. */
export function quantity(help: SettingHelp) {
  const error = "is no quantity; write a number with or without a unit, such as 500m or 512Mi, or none";
  return z
    .string()
    .check(z.regex(new RegExp(`${quantityPattern.source}|^none$`), { error }), z.meta({ ...help }));
}

/** A number of nodes, or a percentage of them. */
export function nodeCount(help: SettingHelp) {
  const error =
    "is neither a number nor a percentage of nodes; write a whole number from 1, or a percentage such as 10%";
  const count = z.int({ error }).check(z.minimum(1, { error }));
  const percentage = z.string({ error }).check(z.regex(/^([1-9]\d?|100)%$/, { error }));
  return z.union([count, percentage], { error }).check(z.meta({ ...help }));
}

/** A TCP port. */
export function port(help: SettingHelp) {
  const error = "is no port; write a whole number from 1 to 65535";
  return z.int({ error }).check(z.minimum(1, { error }), z.maximum(65535, { error }), z.meta({ ...help }));
}

/** A TCP port that a process without capabilities can listen on. */
export function listenPort(help: SettingHelp) {
  const error = "is no port that the agent may listen on; write a whole number from 1024 to 65535";
  return z.int({ error }).check(z.minimum(1024, { error }), z.maximum(65535, { error }), z.meta({ ...help }));
}

/** An IP address and a port to listen on. */
export function listenAddress(help: SettingHelp) {
  return z
    .string()
    .check(mistakes(listenAddressMistakes), z.meta({ ...help, pattern: listenAddressPattern.source }));
}

/** A version of the Alloy chart that is pinned. */
export function chartVersion(help: SettingHelp) {
  const error = ({ input }: { readonly input?: unknown }) => {
    const message = wrongWord(input, pinnedChartVersions);
    return typeof input === "string" && /^\d+\.\d+\.\d+/.test(input)
      ? `${message}, or pin it: npm run chart:upgrade -- ${input}, and the environment's name`
      : message;
  };
  return z.enum(pinnedChartVersions, { error }).check(z.meta({ ...help }));
}

/** The path of a socket of the nodes. */
export function socketPath(help: SettingHelp) {
  return z
    .string()
    .check(
      mistakes(socketPathMistakes),
      z.meta({ ...help, pattern: nodePathPattern.source, maxLength: longestSocketPath }),
    );
}

export function url(use: UrlUse, help: SettingHelp) {
  const pattern = use.credentials ? "^https://" : "^https?://";
  return z.string().check(
    mistakes((value) => urlMistakes(value, use)),
    z.meta({ ...help, format: "uri", pattern }),
  );
}

export function regexp(help: SettingHelp) {
  return z.string().check(mistakes(regexpMistakes), z.meta({ ...help }));
}

function regexpMistakes(value: string): readonly string[] {
  const mistake = regexpMistake(value);
  return mistake === undefined ? [] : [`${mistake}; write it in RE2's syntax`];
}

/** Reports what is found in a text. */
export function mistakes(find: (value: string) => readonly string[]) {
  return z.check<string>(({ value, issues }) => {
    for (const message of find(value)) {
      issues.push({ code: "custom", input: value, message });
    }
  });
}
