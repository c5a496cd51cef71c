import { posix } from "node:path";

/** Names with a slash before each, and not `.` or `..`; they need no quotes in a URL or anywhere else. */
export const nodePathPattern = /^(\/(?!\.\.?(\/|$))[\w.+@-]+)+$/;

/** What a socket's address has room for, its end and the root's place in the container aside (unix(7)). */
export const longestSocketPath = 107 - "/rootfs".length;

/** What is wrong with a path of the nodes. */
export function misspeltPath(path: string, example: string): string | undefined {
  if (!path.startsWith("/")) {
    return `is no absolute path; write it from the root on, such as ${example}`;
  }
  const shortest = shortestPath(path);
  if (shortest === "/") {
    return "is the root of the node; write the path of what is meant in it";
  }
  if (path !== shortest) {
    return `has ., .., // or a / at its end; write ${shortest}`;
  }
  if (!nodePathPattern.test(path)) {
    return "may only have letters, digits and the signs . _ + @ - between its slashes; write such a path";
  }
  return undefined;
}

/** A path without what changes nothing of where it leads. */
export function shortestPath(path: string): string {
  return posix.normalize(path).replace(/(?<=.)\/$/, "");
}

/** What is wrong with the path of a socket of the nodes. */
export function socketPathMistakes(path: string): readonly string[] {
  const misspelt = misspeltPath(path, "/run/containerd/containerd.sock");
  if (misspelt !== undefined) return [misspelt];
  return path.length > longestSocketPath
    ? [`is longer than the ${longestSocketPath} characters of a socket's path; write a shorter one`]
    : [];
}

export function isAtOrBelow(path: string, folder: string): boolean {
  return path === folder || folder === "/" || path.startsWith(`${folder}/`);
}
