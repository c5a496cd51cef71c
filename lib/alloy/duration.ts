/** Nanoseconds of each unit that Go or Prometheus has for a duration. */
const nanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
  d: 24 * 3600e9,
  w: 7 * 24 * 3600e9,
  y: 365 * 24 * 3600e9,
};

// Go's time.ParseDuration.
const pattern = /^[-+]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;

/** Whether Go takes a text as a duration: one that it can hold. */
export function isGoDuration(text: string): boolean {
  return pattern.test(text) && fitsGo(text);
}

/** Whether a duration is one that Go can hold, as nanoseconds in 64 bits: somewhat more than 2,562,047 hours. */
export function fitsGo(duration: string): boolean {
  const parts = [...duration.matchAll(/(\d+\.?\d*|\.\d+)([a-zµμ]+)/g)];
  const sum = parts.reduce(
    (all, [, amount, unit = ""]) => all + Number(amount) * (nanoseconds[unit] ?? 0),
    0,
  );
  return sum < 2 ** 63;
}
