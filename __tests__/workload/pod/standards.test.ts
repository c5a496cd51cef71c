import { describeWithProgram } from "../../engines/describe";
import { cases } from "./pods";

// Building the program takes a while.
jest.setTimeout(60_000);

describeWithProgram("the API server's own code says the same of", { folder: "podsecurity" }, (ask) => {
  test.each(Object.entries(cases))("%s", async (_, { level, pod }) => {
    expect(await ask("level", { pod })).toEqual({ ok: true, value: level });
  });
});
