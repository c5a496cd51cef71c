import { posix } from "node:path";

/** Names with a slash before each, and not `.` or `..`; they need no quotes in a URL or anywhere else. */
export const nodePathPattern = /^(\/(?!\.\.?(\/|$))[\w.+@-]+)+$/;

/** What a socket's address has room for, its end aside (unix(7)). */
export const longestSocketPath = 107;

/** What the container has by itself, and would not find any more if something were mounted over it. */
const ownFolders = ["/bin", "/etc", "/lib", "/lib64", "/sbin", "/usr"];

/** Where the agent has something mounted whatever its runtime. */
const mounted = [
  "/ais",
  "/dev",
  "/etc/alloy",
  "/proc",
  "/rootfs",
  "/run/secrets",
  "/sys",
  "/var/lib/alloy",
  "/var/run/secrets",
];

/** What is wrong with a path of the nodes that is mounted at the same path in the container. */
export function nodePathMistakes(path: string, example: string): readonly string[] {
  const misspelt = misspeltPath(path, example);
  if (misspelt !== undefined) return [misspelt];
  const hidden = ownFolders.find((folder) => isAtOrBelow(folder, path));
  const taken = mounted.find((other) => isAtOrBelow(other, path) || isAtOrBelow(path, other));
  if (hidden === undefined && taken === undefined) return [];
  return [`collides with ${hidden ?? taken}, which the agent's container has; write another path`];
}

/** What is wrong with a path of the nodes, wherever it leads. */
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
  const mistakes = nodePathMistakes(path, "/run/containerd/containerd.sock");
  return mistakes.length === 0 && path.length > longestSocketPath
    ? [`is longer than the ${longestSocketPath} characters of a socket's path; write a shorter one`]
    : mistakes;
}

export function isAtOrBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
