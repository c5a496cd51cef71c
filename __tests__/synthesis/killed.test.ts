import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { type Manifests, publish } from "../../lib/synthesis";

/** How many changes of the file system are left until the run is killed. */
let left = Number.POSITIVE_INFINITY;

// From the kill on nothing reaches the disk, as if the process had ended; a file that is being written is cut off.
jest.mock("node:fs", () => {
  const real = jest.requireActual<typeof fs>("node:fs");
  const killed = () => {
    left -= 1;
    if (left < 0) throw new Error("killed");
  };
  return {
    ...real,
    mkdirSync: (...args: Parameters<typeof fs.mkdirSync>) => {
      killed();
      return real.mkdirSync(...args);
    },
    renameSync: (...args: Parameters<typeof fs.renameSync>) => {
      killed();
      real.renameSync(...args);
    },
    rmdirSync: (path: string) => {
      killed();
      real.rmdirSync(path);
    },
    // Removing a folder takes a step for each file.
    rmSync: (path: string, options: fs.RmOptions) => {
      const entry = real.lstatSync(path, { throwIfNoEntry: false });
      for (const name of entry?.isDirectory()
        ? real.readdirSync(path, { recursive: true, encoding: "utf8" })
        : []) {
        const file = join(path, name);
        if (!real.lstatSync(file).isFile()) continue;
        killed();
        real.rmSync(file);
      }
      killed();
      real.rmSync(path, options);
    },
    writeFileSync: (path: string, text: string, options?: fs.WriteFileOptions) => {
      left -= 1;
      if (left === -1) real.writeFileSync(path, text.slice(0, text.length / 2), options);
      if (left < 0) throw new Error("killed");
      real.writeFileSync(path, text, options);
    },
  };
});

const names = ["a", "b", "c"];
const manifests = fc.dictionary(
  fc.constantFrom("ConfigMap.x.k8s.yaml", "DaemonSet.x.k8s.yaml", "Namespace.x.k8s.yaml"),
  fc.constantFrom("one\n", "two\n"),
  { minKeys: 1, noNullPrototype: true },
);
const fleet = fc.dictionary(fc.constantFrom(...names), manifests, { minKeys: 1, noNullPrototype: true });
/** What others keep in the output: beside environments, in their folders, and below. */
const foreign = fc.dictionary(
  fc.constantFrom(
    "notes.txt",
    "cert-manager/Role.x.k8s.yaml",
    ...names.flatMap((name) => [
      `${name}/kustomization.yaml`,
      `${name}/Role.own.k8s.yaml`,
      `${name}/own/deep.txt`,
    ]),
  ),
  fc.constantFrom("mine", "ours"),
  { noNullPrototype: true },
);

type Fleet = Readonly<Record<string, Readonly<Record<string, string>>>>;

const asManifests = (environments: Fleet): ReadonlyMap<string, Manifests> =>
  new Map(Object.entries(environments).map(([name, files]) => [name, new Map(Object.entries(files))]));

/** Every file below a folder, but the indexes. */
function filesIn(folder: string): Readonly<Record<string, string>> {
  const found = fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => fs.lstatSync(join(folder, name)).isFile() && !name.endsWith(".generated-files"));
  return Object.fromEntries(found.sort().map((name) => [name, fs.readFileSync(join(folder, name), "utf8")]));
}

function expected(
  environments: Fleet,
  others: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const ours = Object.entries(environments).flatMap(([name, files]) =>
    Object.entries(files).map(([file, text]) => [`${name}/${file}`, text] as const),
  );
  return Object.fromEntries([...ours, ...Object.entries(others)].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** As if the process that holds the lock had ended. */
function forgetHolder(output: string): void {
  const lock = join(output, ".synth", "lock");
  if (fs.existsSync(lock)) {
    fs.writeFileSync(lock, "4194305");
    fs.utimesSync(lock, 0, 0);
  }
}

test("a run that is killed anywhere loses nothing of others, leaves each environment whole, and the next run ends it", () => {
  fc.assert(
    fc.property(fleet, fleet, foreign, fc.nat(60), (before, after, others, steps) => {
      const parent = fs.mkdtempSync(join(tmpdir(), "killed-"));
      const output = join(parent, "dist");
      try {
        publish({ environments: "", output }, asManifests(before));
        for (const [file, text] of Object.entries(others)) {
          fs.mkdirSync(dirname(join(output, file)), { recursive: true });
          fs.writeFileSync(join(output, file), text);
        }
        expect(filesIn(output)).toEqual(expected(before, others));

        left = steps;
        let isKilled = false;
        try {
          publish({ environments: "", output }, asManifests(after));
        } catch (error) {
          expect(error).toMatchObject({ message: "killed" });
          isKilled = true;
        }
        left = Number.POSITIVE_INFINITY;
        for (const name of isKilled ? names : []) {
          const folder = join(output, name);
          // For a moment there is none: the next run brings it back.
          if (!fs.existsSync(folder)) continue;
          const ours = Object.entries(filesIn(folder)).filter(([file]) => !(`${name}/${file}` in others));
          expect([before[name] ?? {}, after[name] ?? {}]).toContainEqual(Object.fromEntries(ours));
        }
        forgetHolder(output);
        publish({ environments: "", output }, asManifests(after));
        expect(filesIn(output)).toEqual(expected(after, others));
        expect(fs.existsSync(join(output, ".synth"))).toBe(false);
      } finally {
        left = Number.POSITIVE_INFINITY;
        fs.rmSync(parent, { recursive: true });
      }
    }),
    { numRuns: 150 },
  );
});
