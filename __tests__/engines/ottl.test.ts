import { describeWithEngines } from "./engines";

describeWithEngines("ottl", (engines) => {
  const log = { context: "log" } as const;
  const datapoint = { context: "datapoint" } as const;

  test.each([
    [log, 'set(attributes["a"], resource.attributes["b"]) where IsMatch(body, "^I")'],
    [datapoint, 'set(attributes["cluster"], resource.attributes["cluster"])'],
    [{ context: "resource" } as const, 'set(attributes["cluster"], "c")'],
    [{ context: "metric" } as const, 'convert_sum_to_gauge() where name == "up"'],
    [{ context: "span" } as const, 'set(name, "x")'],
    [{ signal: "log" } as const, "set(log.severity_number, SEVERITY_NUMBER_INFO)"],
  ])("takes a statement in %j", async (place, text) => {
    expect(await engines.ottl("statement", place, text)).toMatchObject({ ok: true });
  });

  test.each([
    [log, 'resource.attributes["a"] == "b" and not IsMatch(body, "x.*")'],
    [datapoint, 'metric.name == "up" and attributes["a"] == 1'],
    [{ context: "resource" } as const, 'attributes["a"] == nil'],
    [{ signal: "metric" } as const, 'datapoint.attributes["a"] == "b"'],
  ])("takes a condition in %j", async (place, text) => {
    expect(await engines.ottl("condition", place, text)).toMatchObject({ ok: true });
  });

  test.each([
    ["a misspelt path", log, 'set(attributes["a"], resource.atributes["b"])', 'segment "atributes"'],
    ["a path of another context", datapoint, 'set(attributes["a"], body)', 'segment "body"'],
    ["an unknown function", log, 'sett(attributes["a"], 1)', 'undefined function "sett"'],
    ["a condition", log, 'body == "x"', "invalid syntax"],
    [
      "a lookahead",
      log,
      'set(body, "x") where IsMatch(body, "a(?=b)")',
      "invalid or unsupported Perl syntax",
    ],
    ["an open string", log, 'set(body, "x)', "invalid syntax"],
    ["no statement", log, "", "invalid syntax"],
  ])("refuses %s as a statement", async (_, place, text, error) => {
    expect(await engines.ottl("statement", place, text)).toEqual({
      ok: false,
      error: expect.stringContaining(error),
    });
  });

  test("refuses a statement as a condition", async () => {
    const answer = await engines.ottl("condition", log, 'set(body, "x")');

    expect(answer).toMatchObject({ ok: false });
  });

  test("rejects a request for a signal that is none", async () => {
    const request = engines.runOttl({ context: "span", statements: ['set(name, "x")'], records: [{}] });

    await expect(request).rejects.toThrow('ottl_run: no records of signal "trace"');
  });
});

describeWithEngines("runOttl", (engines) => {
  test("returns log records as the statements leave them", async () => {
    const answer = await engines.runOttl({
      context: "log",
      statements: [
        'set(severity_number, SEVERITY_NUMBER_WARN) where IsMatch(body, "^W ")',
        'set(severity_text, "WARN") where severity_number == 13',
        'set(resource.attributes["n"], attributes["n"] + 1)',
        'delete_key(attributes, "n")',
      ],
      records: [
        { body: "W disk", attributes: { n: 1, list: ["a", 2] } },
        { body: "I disk", attributes: { n: 2 }, resource: { a: "b" }, severity_number: 9 },
      ],
    });

    expect(answer).toEqual({
      ok: true,
      value: [
        {
          resource: { n: 2 },
          attributes: { list: ["a", 2] },
          body: "W disk",
          severity_number: 13,
          severity_text: "WARN",
        },
        { resource: { a: "b", n: 3 }, attributes: {}, body: "I disk", severity_number: 9 },
      ],
    });
  });

  test("returns data points too", async () => {
    const answer = await engines.runOttl({
      context: "datapoint",
      statements: ['set(attributes["cluster"], resource.attributes["cluster"])'],
      records: [{ name: "up", value: 1, resource: { cluster: "c" } }],
    });

    expect(answer).toEqual({
      ok: true,
      value: [{ name: "up", value: 1, resource: { cluster: "c" }, attributes: { cluster: "c" } }],
    });
  });

  test("runs a block's statements only where its conditions hold", async () => {
    const answer = await engines.runOttl({
      context: "log",
      conditions: ['body == "a"'],
      statements: ['set(body, "changed")'],
      records: [{ body: "a" }, { body: "b" }],
    });

    expect(answer).toMatchObject({ ok: true, value: [{ body: "changed" }, { body: "b" }] });
  });

  const failing = {
    context: "log",
    statements: ['set(attributes["a"], ParseJSON(body))', 'set(attributes["b"], 1)'],
    records: [{ body: "{}" }, { body: "no JSON" }],
  } as const;

  test("reports a statement that fails on a record", async () => {
    expect(await engines.runOttl(failing)).toEqual({
      ok: false,
      error: expect.stringContaining("record 1: failed to execute statement"),
    });
  });

  test("goes on after it when told to ignore errors, as Alloy does", async () => {
    const answer = await engines.runOttl({ ...failing, error_mode: "ignore" });

    expect(answer).toMatchObject({ ok: true, value: [{}, { attributes: { b: 1 } }] });
  });
});

describeWithEngines("matchOttl", (engines) => {
  test("tells which log records any condition drops", async () => {
    const answer = await engines.matchOttl({
      context: "log",
      conditions: ['body == "a"', 'resource.attributes["k"] == 3'],
      records: [{ body: "a" }, { body: "b" }, { resource: { k: 3 } }],
    });

    expect(answer).toEqual({ ok: true, value: [true, false, true] });
  });

  test("tells which data points they drop", async () => {
    const answer = await engines.matchOttl({
      context: "datapoint",
      conditions: ['metric.name == "up"'],
      records: [{ name: "up" }, { name: "down" }],
    });

    expect(answer).toEqual({ ok: true, value: [true, false] });
  });

  test("refuses a condition that does not parse", async () => {
    const answer = await engines.matchOttl({ context: "log", conditions: ['body = "a"'], records: [] });

    expect(answer).toMatchObject({ ok: false });
  });
});
