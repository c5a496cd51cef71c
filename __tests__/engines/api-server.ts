import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Answer } from "./connection";
import { type Ask, describeWithProgram } from "./describe";

/** A server of a busy machine takes its time to start, and a test runs several commands. */
const testTimeout = 300_000;

/** What a command said. */
export interface Run {
  /** Its exit status. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running kube-apiserver with its etcd. There are no nodes, and no scheduler. */
export class ApiServer {
  constructor(private readonly ask: Ask) {}

  /** Has a reset leave what there is now. */
  async keep(): Promise<void> {
    await this.op("keep");
  }

  /** Makes the cluster as new as it was when it was kept, or started. */
  async reset(): Promise<void> {
    await this.op("reset");
  }

  /** From now on pods are made of DaemonSets, and what an object owns goes with it. */
  async startControllers(): Promise<void> {
    await this.op("controllers");
  }

  /** Joins nodes to the cluster: they run nothing, and say of each DaemonSet's pod that it is ready. */
  async startNodes(count: number): Promise<void> {
    await this.op("nodes", { count });
  }

  /** What the server would make of a new object, or why it refuses it. The object is not made. */
  create(object: object): Promise<Answer<Readonly<Record<string, unknown>>>> {
    return this.ask("create", { object });
  }

  /** Runs kubectl, of the server's own version. */
  kubectl(args: readonly string[], input = ""): Promise<Run> {
    return this.run("kubectl", args, input);
  }

  /** What kubectl prints. @throws Error with what it says when it fails. */
  async succeed(args: readonly string[], input = ""): Promise<string> {
    const { status, stdout, stderr } = await this.kubectl(args, input);
    if (status !== 0) throw new Error(`kubectl ${args.join(" ")}: ${stderr}${stdout}`);
    return stdout;
  }

  /** Runs a client of the cluster, as its administrator: such as helm, or a shell that calls kubectl. */
  async run(command: string, args: readonly string[], input = ""): Promise<Run> {
    const folder = String(await this.op("folder"));
    // What clients keep goes with the server.
    const env = {
      PATH: `${folder}:${process.env.PATH}`,
      HOME: folder,
      KUBECONFIG: join(folder, "kubeconfig"),
    };
    const child = spawn(command === "kubectl" ? join(folder, command) : command, args, { env });
    child.stdin.on("error", () => undefined).end(input);
    const [stdout, stderr, status] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number>((resolve, reject) => {
        child.on("error", reject).on("close", (code) => resolve(code ?? -1));
      }),
    ]);
    return { status, stdout, stderr };
  }

  private async op(name: string, fields: object = {}): Promise<unknown> {
    const answer = await this.ask<unknown>(name, fields);
    if (!answer.ok) throw new Error(`${name}: ${answer.error}`);
    return answer.value;
  }
}

/**
 * A `describe` block whose tests have an API server of their own, from the first to the last.
 *
 * It takes minutes to build, so without `CI` set the tests are skipped until it is built.
 */
export function describeWithApiServer(title: string, define: (server: ApiServer) => void): void {
  jest.setTimeout(testTimeout);
  describeWithProgram(title, { folder: "apiserver", slow: true }, (ask) => define(new ApiServer(ask)));
}
