import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** What one run of a command took. */
export interface Run {
  readonly milliseconds: number;
  /** The most memory that it held at once. */
  readonly megabytes: number;
}

const root = join(__dirname, "..");

/** Runs node with these arguments from the project's folder, and measures it. */
export function measure(...args: readonly string[]): Run {
  const start = process.hrtime.bigint();
  const { status, stderr, output } = spawnSync(
    process.execPath,
    ["--require", join(__dirname, "max-memory.js"), ...args],
    { cwd: root, encoding: "utf8", stdio: ["ignore", "ignore", "pipe", "pipe"] },
  );
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`node ${args.join(" ")}: ${stderr}`);
  return { milliseconds, megabytes: Number(output[3] ?? "0") / 1024 };
}

/** The median of several runs of each of the commands, which take turns so that all see the same machine. */
export function medians<Name extends string>(
  runs: number,
  commands: Readonly<Record<Name, readonly string[]>>,
): Readonly<Record<Name, Run>>;
export function medians(runs: number, commands: Readonly<Record<string, readonly string[]>>) {
  const results = new Map<string, Run[]>(Object.keys(commands).map((name) => [name, []]));
  // One run before those that count: it fills the caches.
  for (let run = -1; run < runs; run++) {
    for (const [name, args] of Object.entries(commands)) {
      const result = measure(...args);
      if (run >= 0) results.get(name)?.push(result);
    }
  }
  return Object.fromEntries(
    [...results].map(([name, all]) => [
      name,
      {
        milliseconds: median(all.map(({ milliseconds }) => milliseconds)),
        megabytes: median(all.map(({ megabytes }) => megabytes)),
      },
    ]),
  );
}

/** The middle one of several measurements. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
