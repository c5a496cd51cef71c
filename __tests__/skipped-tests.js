/** Says in the last lines of a run of jest how many tests were skipped for want of what: see `declareMissing`. */
module.exports = class SkippedTests {
  onRunComplete(_contexts, { testResults }) {
    const counts = new Map();
    for (const { ancestorTitles, status } of testResults.flatMap((file) => file.testResults)) {
      const [reason] = ancestorTitles.flatMap((title) => title.match(/(?<= \(skipped: ).*(?=\)$)/s) ?? []);
      if (status === "pending" && reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
    const lines = [...counts]
      .sort()
      .map(([reason, count]) => `${count} ${count === 1 ? "test" : "tests"} skipped: ${reason}\n`);
    // Jest's own summary comes after all reporters.
    process.once("exit", () => process.stderr.write(lines.join("")));
  }
};
