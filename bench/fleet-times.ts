import { threadsHere } from "../lib/fleet";
import { app } from "./app";
import { fleet } from "./fleet";
import { medians } from "./measure";
import { milliseconds, print } from "./print";

/**
 * The sizes at which an environment more is measured, and how often: the more noise beside what it costs, the oftener.
 * The first environments cost more, for nothing that they run is optimized yet.
 */
const sizes = [
  { size: 1, runs: 21, limit: "" },
  { size: 10, runs: 41 },
  { size: 100, runs: 9 },
  { size: 1000, runs: 3 },
];

/** What a thousand environments may take in one thread, and with each further thread. */
const megabytes = 250 + 100 * (threadsHere() - 1);

/**
 * What an environment more costs beside some that are there: what it costs on the way to twice as many. It shows
 * whether the time grows with the square.
 */
export function printFleetTimes(): void {
  for (const { size, runs, limit = "5 ms" } of sizes) {
    const { some, twice } = medians(runs, { some: synth(size), twice: synth(2 * size) });
    print(size === 1 ? "1 environment" : `${size} environments`, milliseconds(some.milliseconds));
    print("  one more", milliseconds((twice.milliseconds - some.milliseconds) / size), limit);
    print("  memory", `${some.megabytes.toFixed(0)} MB`, size === 1000 ? `${megabytes} MB` : "");
  }
}

function synth(size: number): readonly string[] {
  const { environments, output } = fleet(size);
  return [...app, "--environments", environments, "--output", output];
}
