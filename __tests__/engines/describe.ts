import { build, type Program, traceProgram } from "../../scripts/go-program";
import { type Answer, Connection } from "./connection";

/** Asks the program of a `describe` block: see {@link Connection.ask}. */
export type Ask = <Value>(op: string, fields: object) => Promise<Answer<Value>>;

/**
 * A `describe` block whose tests ask a Go program, which runs from the first test of the block to the last.
 *
 * Where the program cannot be built the tests are missing: see {@link declareMissing}.
 */
export function describeWithProgram(title: string, program: Program, define: (ask: Ask) => void): void {
  const built = build(program);
  if ("missing" in built) {
    declareMissing(title, built.missing, () => define(() => Promise.reject(new Error(built.missing))));
    return;
  }
  describe(title, () => {
    let connection: Connection | undefined;
    beforeAll(() => {
      connection = new Connection(built.executable);
    });
    afterAll(() => connection?.close());
    define(async (op, fields) => {
      if (connection === undefined) {
        throw new Error("the program runs only while the block's tests do: ask it in a test");
      }
      return connection.ask(op, fields);
    });
  });
}

/** A `describe` block whose tests trace data through configs, by the engine of lib/testing. */
export function describeTraces(title: string, define: () => void): void {
  const built = build(traceProgram);
  if ("missing" in built) {
    declareMissing(title, built.missing, define);
    return;
  }
  describe(title, () => {
    const before = process.env.ALLOY_ENGINE;
    beforeAll(() => {
      process.env.ALLOY_ENGINE = built.executable;
    });
    afterAll(() => {
      if (before === undefined) delete process.env.ALLOY_ENGINE;
      else process.env.ALLOY_ENGINE = before;
    });
    define();
  });
}

/**
 * Declares the tests of a block as skipped because something is missing; where `CI` is set, as failed. The last lines of a run
 * count them by the reason: see `skipped-tests.js`.
 */
export function declareMissing(title: string, reason: string, define: () => void): void {
  if (process.env.CI) {
    test(title, () => {
      throw new Error(reason);
    });
    return;
  }
  describe.skip(`${title} (skipped: ${reason})`, define);
}
