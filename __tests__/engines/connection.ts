import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** What an engine says to an input: what it makes of it, or why it refuses it. */
export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: string };

/** A line of the program: see `.ci/protocol`. */
interface Response {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
  readonly fault?: string;
}

interface Waiting {
  resolve(response: Response): void;
  reject(reason: Error): void;
}

/** A running program that answers JSON lines. It ends when this process does: its input is closed then. */
export class Connection {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private failure: Error | undefined;

  /** @param executable a program built by `build`. */
  constructor(executable: string) {
    // An empty environment: no answer may depend on the machine.
    this.child = spawn(executable, { env: {}, stdio: ["pipe", "pipe", "inherit"] });
    this.child.on("error", (error) => this.fail(error));
    this.child.on("exit", (code, signal) => this.fail(new Error(`${executable} ended: ${signal ?? code}`)));
    this.child.stdin?.on("error", (error) => this.fail(error));
    if (this.child.stdout !== null) {
      createInterface({ input: this.child.stdout }).on("line", (line) => this.receive(line));
    }
  }

  /**
   * Asks the program. `Value` is the type that the Go source gives the operation's result.
   *
   * @throws Error when the request is wrong, not when the input is: that is an answer. Also when the program
   *   has ended.
   */
  async ask<Value>(op: string, fields: object): Promise<Answer<Value>> {
    if (this.failure !== undefined) throw this.failure;
    this.lastId += 1;
    const id = this.lastId;
    const response = await new Promise<Response>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.child.stdin?.write(`${JSON.stringify({ ...fields, id, op })}\n`);
    });
    if (response.fault !== undefined) throw new Error(`${op}: ${response.fault}`);
    if (response.error !== undefined) return { ok: false, error: response.error };
    return { ok: true, value: response.result as Value };
  }

  /** Ends the program. */
  async close(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const exit = once(this.child, "exit");
      this.child.stdin?.end();
      await exit;
    }
  }

  private receive(line: string): void {
    const response: Response = JSON.parse(line);
    this.waiting.get(response.id)?.resolve(response);
    this.waiting.delete(response.id);
  }

  private fail(reason: Error): void {
    this.failure ??= reason;
    for (const { reject } of this.waiting.values()) reject(reason);
    this.waiting.clear();
  }
}
