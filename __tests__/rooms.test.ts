import { existsSync, readdirSync, readFileSync } from "node:fs";
import { settingRows } from "../lib/environment";
import { cyclesOfFolders, measures, moduleOf, modulesIn } from "../scripts/rooms";

const modules = modulesIn("lib");
const outside = [...modulesIn("scripts", "bench", "examples"), moduleOf("main.ts")];

/** The room that a path is in: a folder of lib/. */
function roomOf(path: string): string | undefined {
  return /^lib\/([^/.]+)(\/|$)/.exec(path)?.[1];
}

const rooms = [...new Set(modules.flatMap(({ path }) => roomOf(path) ?? []))];

describe("lib/", () => {
  test("is of so many files, of such a size", () => {
    const { files, linesOnAverage, longest, ofAtMost25Lines, filesInLargestFolder } = measures(modules);
    // 130, and what reading Alloy's language, its rules, what it needs, own metrics, alerts, dashboards,
    // switches, the contract, Alloy files, what is remembered over a fleet, its threads and the testing of pipelines brought.
    expect(files).toBeLessThanOrEqual(205);
    expect(linesOnAverage).toBeGreaterThanOrEqual(80);
    expect(linesOnAverage).toBeLessThanOrEqual(150);
    expect(longest).toBeLessThanOrEqual(300);
    expect(ofAtMost25Lines).toBeLessThanOrEqual(7);
    expect(filesInLargestFolder).toBeLessThanOrEqual(20);
  });

  test("has no folder that imports from one that imports from it", () => {
    expect(cyclesOfFolders(modules)).toEqual([]);
  });

  test("has rooms in one order, each of which imports from those before it alone", () => {
    const order = [
      "alloy",
      "testing",
      "schema",
      "chart",
      "environment",
      "pipeline",
      "contract",
      "monitoring",
      "workload",
      "synthesis",
    ];
    expect([...rooms].sort()).toEqual([...order].sort());
    const backwards = modules.flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => {
          const [from, to] = [roomOf(path), roomOf(target)].map((room = "") => order.indexOf(room));
          return from !== undefined && to !== undefined && from >= 0 && to > from;
        })
        .map(({ target }) => `${path} -> ${target}`),
    );
    expect(backwards).toEqual([]);
  });
});

describe("a room", () => {
  const others = [...modules, ...outside];

  test("is entered through its index", () => {
    const deep = others.flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => roomOf(target) !== undefined && roomOf(target) !== roomOf(path))
        .filter(({ target }) => target !== `lib/${roomOf(target)}`)
        .map(({ target }) => `${path} -> ${target}`),
    );
    expect(deep).toEqual([]);
  });

  // These two are a library of their own: what they export is for all who write configs.
  test.each(rooms.filter((room) => room !== "alloy" && room !== "testing"))(
    "%s exports what others take, and no more",
    (room) => {
      const exported = moduleOf(`lib/${room}/index.ts`).imports.flatMap(({ names }) => names);
      const taken = others
        .filter(({ path }) => roomOf(path) !== room)
        .flatMap(({ imports }) => imports.filter(({ target }) => target === `lib/${room}`))
        .flatMap(({ names }) => names);
      expect([...new Set(exported)].sort()).toEqual([...new Set(taken)].sort());
      expect(readFileSync(`lib/${room}/index.ts`, "utf8")).not.toContain("export *");
    },
  );
});

describe("__tests__/", () => {
  const foldersIn = (path: string) =>
    readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

  test("has a folder for each room that has tests, one for scripts/, and those that are of all rooms", () => {
    const ofAll = ["cluster", "docs", "engines", "examples", "field", "fleet"];
    const known = [...rooms, "scripts", ...ofAll];
    expect(foldersIn("__tests__").filter((name) => !known.includes(name))).toEqual([]);
  });

  test("has the folders of a room in the room's, and what is of several of them", () => {
    const ofSeveral = ["fixtures", "mistakes", "least-privilege"];
    const strange = rooms
      .filter((room) => existsSync(`__tests__/${room}`))
      .flatMap((room) =>
        foldersIn(`__tests__/${room}`)
          .filter((name) => !existsSync(`lib/${room}/${name}`))
          .filter((name) => !ofSeveral.includes(name) && name !== "__snapshots__")
          .map((name) => `__tests__/${room}/${name}`),
      );
    expect(strange).toEqual([]);
  });
});

describe("lib/workload and lib/pipeline", () => {
  /** The texts of a module, in quotes of any kind; what is in a comment is for whoever reads the code. */
  const textsIn = (path: string) =>
    readFileSync(path, "utf8")
      .replaceAll(/^\s*(\/\*)?\*.*$|\/\/ .*$/gm, "")
      .match(/"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g) ?? [];

  test("say nothing by the name of a setting: one place knows which setting gives a prop", () => {
    // Names of one word alone, such as `images`, are words of Kubernetes' too.
    const names = settingRows()
      .map(({ key }) => key.join("."))
      .filter((key) => /[._]/.test(key) && !key.includes("<"));
    expect(names.length).toBeGreaterThan(50);
    const named = modules
      .filter(({ path }) => /^lib\/(workload|pipeline)\//.test(path))
      .flatMap(({ path }) =>
        textsIn(path).flatMap((text) =>
          names
            .filter((name) => new RegExp(`(?<![-\\w.])${name.replaceAll(".", "\\.")}(?![\\w.])`).test(text))
            .map((name) => `${path}: ${name}`),
        ),
      );
    expect(named).toEqual([]);
    expect(textsIn("lib/setting-errors.ts").join()).toContain("host_network");
  });

  test("know no environment's file: the one takes props, the other what settings mean", () => {
    const takenBy = (room: string) =>
      modules
        .filter(({ path }) => roomOf(path) === room)
        .flatMap(({ imports }) => imports.filter(({ target }) => target === "lib/environment"))
        .flatMap(({ names }) => names);
    expect(takenBy("workload")).toEqual([]);
    const ofFiles = /Diagnostic|Source|Settings?Row|Schema|read|load/;
    expect(takenBy("pipeline").filter((name) => ofFiles.test(name))).toEqual([]);
  });

  test("take no error about a setting", () => {
    const errors = modules
      .filter(({ path }) => /^lib\/(workload|pipeline|chart)\//.test(path))
      .filter(({ imports }) => imports.some(({ names }) => names.includes("SettingError")));
    expect(errors).toEqual([]);
  });
});
