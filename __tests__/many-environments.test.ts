import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import threads, { Worker } from "node:worker_threads";
import { DiagnosticsError } from "../lib/environment";
import { type Fleet, synthesizeFleet } from "../lib/fleet";

// Threads start Node's modules, and compile, anew.
jest.setTimeout(120_000);

const size = 51;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "environments-"));
  for (let number = 0; number < size; number++) write(number);
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** As it is before a test watches it. */
const Original = Worker;

const nameOf = (number: number) => `cluster-${String(number).padStart(2, "0")}`;

function write(number: number, { runtime = "crio", label = nameOf(number) } = {}): void {
  const text = `container_runtime: ${runtime}
host_network: ${number % 2 === 0}
ethtool: {device_include: ens.*}
local:
  endpoint: http://otlp.${number}.example.com
remote:
  endpoint: https://otlp.example.com
  secret: alloy-remote
  scope: api://otlp/.default
  label: ${label}
`;
  writeFileSync(join(folder, `${nameOf(number)}.yaml`), text);
}

/** What comes of the folder with so many processors, and how many threads of their own did a part of it. */
async function fleetOf(processors: number): Promise<{ readonly fleet: Fleet; readonly threads: number }> {
  let count = 0;
  const started = jest.spyOn(threads, "Worker").mockImplementation((program, options) =>
    new Original(program, options).once("message", () => {
      count++;
    }),
  );
  const fleet = await synthesizeFleet({ environments: folder }, processors);
  started.mockRestore();
  return { fleet, threads: count };
}

async function mistakesOf(processors: number): Promise<string> {
  const error: unknown = await fleetOf(processors).catch((thrown: unknown) => thrown);
  if (!(error instanceof DiagnosticsError)) throw error;
  return error.message.replaceAll(`${folder}/`, "");
}

test("the same comes of many environments on any number of processors, in the same order", async () => {
  const alone = await fleetOf(1);
  const shared = await fleetOf(64);
  expect([alone.threads, shared.threads]).toEqual([0, 1]);
  expect([...shared.fleet.manifests.keys()]).toEqual(
    Array.from({ length: size }, (_, number) => nameOf(number)),
  );
  expect([...shared.fleet.manifests]).toEqual([...alone.fleet.manifests]);
  expect(shared.fleet.notices.length).toBeGreaterThan(size / 3);
  expect(shared.fleet.notices).toEqual(alone.fleet.notices);
});

test("all that is wrong is told at once, labels that two parts share too", async () => {
  write(3, { runtime: "cri-o" });
  write(40, { runtime: "dockre" });
  write(50, { label: nameOf(0) });
  const told = await mistakesOf(2);
  expect(told.split("\n")).toEqual([
    expect.stringMatching(/^cluster-03\.yaml:1:1: container_runtime: .*; write crio$/),
    expect.stringMatching(/^cluster-40\.yaml:1:1: container_runtime: .*; write docker$/),
    'cluster-50.yaml:10:3: remote.label: the cluster is "cluster-00" as in cluster-00.yaml:10:3, and a remote couldn\'t tell the two apart; write another label',
  ]);
  expect(await mistakesOf(1)).toBe(told);
});

test("what a thread can't do is done without it", async () => {
  const { fleet } = await fleetOf(1);
  jest
    .spyOn(threads, "Worker")
    .mockImplementation(() => new Original('throw new Error("of a thread")', { eval: true }));
  expect(await synthesizeFleet({ environments: folder }, 2)).toEqual(fleet);
});
