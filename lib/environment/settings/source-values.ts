import * as z from "zod/mini";
import { type Duration, nanosecondsOf, regexpFinds, regexpMistake } from "../../alloy";
import { durationPattern, isDuration, meantDuration, portNamePattern } from "../../schema";
import { mistakes, regexp, worded } from "../schema/setting-types";

// The types of values that the settings of sources have.

/** How often sources of metrics are read where nothing else is set. */
export const usualInterval: Duration = "30s";

/** Alloy gives a scrape up after 10 seconds, which may not be longer than until the next one. */
const shortestInterval: Duration = "10s";

/**
 * Prometheus takes a series for gone that has had no sample for 5 minutes. So one scrape may fail, and the next one still
 * comes in time.
 */
const longestInterval: Duration = "2m";

/** How often something is scraped. */
export function interval() {
  const error = ({ input }: { readonly input?: unknown }) =>
    typeof input === "number" ? intervalMistakes(String(input))[0] : undefined;
  return worded(
    z.string({ error }).check(mistakes(intervalMistakes), z.meta({ pattern: durationPattern.source })),
    `duration from \`${shortestInterval}\` to \`${longestInterval}\``,
  );
}

function intervalMistakes(text: string): readonly string[] {
  if (!isDuration(text)) {
    const meant = meantDuration(text);
    if (meant === undefined || !isDuration(meant)) {
      return ["is no duration; write a number with m or s, such as 1m"];
    }
    const wrong = intervalMistakes(meant);
    return wrong.length > 0 ? wrong : [`is no duration; write ${meant}`];
  }
  const time = nanosecondsOf(text);
  if (time < nanosecondsOf(shortestInterval)) {
    return [`is less than a scrape may take, ${shortestInterval}; write that or more`];
  }
  return time > nanosecondsOf(longestInterval)
    ? [
        `is too long: Prometheus takes a series for gone after 5 minutes, and a scrape may fail; write ${longestInterval} or less`,
      ]
    : [];
}

/** A port of a container, as a pod names or numbers it. */
export function containerPort() {
  const error = ({ input }: { readonly input?: unknown }) =>
    typeof input === "string" && /^\d+$/.test(input) && Number(input) >= 1 && Number(input) <= 65535
      ? `is the string "${input}"; write ${Number(input)} without quotes`
      : "is no port of a container; write its name, of at most 15 lower-case letters, digits and - with a letter among them, or a whole number from 1 to 65535";
  const name = z.string({ error }).check(z.regex(portNamePattern, { error }));
  const number = z.int({ error }).check(z.minimum(1, { error }), z.maximum(65535, { error }));
  return worded(z.union([name, number], { error }), "name or number of a port");
}

/** A pattern for the names of interfaces. Where it stands in a rule of labels, it is for the whole of the name. */
export function interfaces() {
  return worded(regexp().check(mistakes(interfaceMistakes)), "RE2 regexp for names");
}

function interfaceMistakes(pattern: string): readonly string[] {
  if (regexpMistake(pattern) !== undefined) return [];
  const isOpen = regexpMistake(`(${pattern})`) !== undefined;
  if (isOpen) return ["is right by itself alone; end what \\Q begins with \\E"];
  return regexpFinds(pattern, "")
    ? [
        "matches a name without characters, and with it all that is of no interface; write one that matches names alone, such as ^none$ for none",
      ]
    : [];
}

const timePattern = /^20\d\d-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?$/;

/** A date, of which the first second is meant, or a time; both in UTC. */
export function time() {
  return worded(
    z.string().check(mistakes(timeMistakes), z.meta({ pattern: timePattern.source })),
    "date, or time in UTC",
  );
}

function timeMistakes(text: string): readonly string[] {
  const meant = /^(20\d\d-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(\.\d+)?Z?$/.exec(text);
  const example = "write a date such as 2026-03-31, or a time in UTC such as 2026-03-31T12:00:00Z";
  if (!timePattern.test(text)) {
    const [, date, minutes, seconds = ":00"] = meant ?? [];
    return [`is no time; ${date === undefined ? example : `write ${date}T${minutes}${seconds}Z`}`];
  }
  return isoOf(secondsOf(text)).startsWith(text.replace("Z", ""))
    ? []
    : [`is no day or hour that there is; ${example}`];
}

/** The seconds since 1970 of a time; no number where there is no such time. */
export function secondsOf(text: string): number {
  return Date.parse(text) / 1000;
}

function isoOf(seconds: number): string {
  return Number.isNaN(seconds) ? "" : new Date(seconds * 1000).toISOString();
}

/** An interval as the pipeline takes it. @param text without mistakes */
export function durationOf(text: string): Duration {
  return isDuration(text) ? text : usualInterval;
}
