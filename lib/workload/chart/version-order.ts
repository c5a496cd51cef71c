/** Orders semantic versions, the newest first. A pre-release comes after the release that it leads to. */
export function newestFirst(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  const differing = left.numbers.findIndex((number, index) => number !== right.numbers[index]);
  if (differing !== -1) {
    return (right.numbers[differing] ?? 0) - (left.numbers[differing] ?? 0);
  }
  return Number(isPrerelease(a)) - Number(isPrerelease(b)) || (left.rest < right.rest ? 1 : -1);
}

export function isPrerelease(version: string): boolean {
  return /^[\d.]+-/.test(version);
}

function parts(version: string): { readonly numbers: readonly number[]; readonly rest: string } {
  const [numbers = "", ...rest] = version.split(/(?=[-+])/);
  return { numbers: numbers.split(".").map(Number), rest: rest.join("") };
}
