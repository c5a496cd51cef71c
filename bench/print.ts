/** Prints one measured value, and what it may be at most. */
export function print(what: string, value: string, limit = ""): void {
  console.log(`${what.padEnd(58)} ${value.padStart(10)}${limit === "" ? "" : `   at most ${limit}`}`);
}

export function milliseconds(value: number): string {
  return `${value.toFixed(value < 100 ? 1 : 0)} ms`;
}
