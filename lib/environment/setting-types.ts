import * as z from "zod/mini";
import { regexpMistake } from "../alloy/regexp";
import { type UrlUse, urlMistakes } from "./url";

/** What an editor shows of a setting. */
export interface SettingHelp {
  readonly description: string;
  readonly examples?: string[];
}

/** A name that Kubernetes and DNS take as one label. */
export const dnsLabel = /^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Labels with dots between them. */
const dnsSubdomain = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

export function text(help: SettingHelp) {
  return z.string().check(z.meta({ ...help }));
}

/** The name of a namespace, of an AIStore cluster and of what is made of it. */
export function labelName(help: SettingHelp) {
  const error =
    'is no DNS label; write at most 63 lower-case letters, digits and "-", a letter or digit at both ends';
  return z.string().check(z.regex(dnsLabel, { error }), z.meta({ ...help }));
}

/** The name of a Secret. */
export function objectName(help: SettingHelp) {
  const error = 'is no name of a Kubernetes object; write lower-case letters, digits, "-" and "."';
  return z.string().check(z.regex(dnsSubdomain, { error }), z.meta({ ...help }));
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

function mistakes(find: (value: string) => readonly string[]) {
  return z.check<string>(({ value, issues }) => {
    for (const message of find(value)) {
      issues.push({ code: "custom", input: value, message });
    }
  });
}
