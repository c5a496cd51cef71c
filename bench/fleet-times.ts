import { app } from "./app";
import { fleet } from "./fleet";
import { medians } from "./measure";
import { print } from "./print";

/** What an environment more costs, in fleets of several sizes: it shows whether the time grows with the square. */
export function printFleetTimes(): void {
  const fleets = [1, 10, 100, 1000].map((size) => {
    const { environments, output } = fleet(size);
    const run = medians(size < 1000 ? 5 : 3, {
      synth: [...app, "--environments", environments, "--output", output],
    });
    return { size, ...run.synth };
  });
  fleets.slice(1).forEach(({ size, milliseconds, megabytes }, index) => {
    const before = fleets[index];
    if (before === undefined) return;
    const each = (milliseconds - before.milliseconds) / (size - before.size);
    print(`an environment more, from ${before.size} to ${size}`, `${each.toFixed(2)} ms`, "5 ms");
    print(`  memory at ${size}`, `${megabytes.toFixed(0)} MB`, size === 1000 ? "250 MB" : "");
  });
}
