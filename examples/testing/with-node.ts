import { deepEqual } from "node:assert/strict";
import { test } from "node:test";
import { trace } from "../../lib/testing";

const config = `
loki.process "shop" {
	forward_to = [otelcol.receiver.loki.shop.receiver]

	stage.multiline {
		firstline = "^\\\\d{4}-"
	}
}

otelcol.receiver.loki "shop" {
	output {
		logs = [otelcol.processor.filter.shop.input]
	}
}

otelcol.processor.filter "shop" {
	logs {
		log_record = [\`IsMatch(log.body, " DEBUG ")\`]
	}

	output {
		logs = [otelcol.exporter.otlphttp.archive.input]
	}
}

otelcol.exporter.otlphttp "archive" {
	client {
		endpoint = "https://otlp.example.com"
	}
}
`;

test("a stack trace is one record, and what is for developers none", () => {
  const lines = [
    "2026-01-05 ERROR no such cart",
    "  at cart.ts:12",
    "  at shop.ts:3",
    "2026-01-05 DEBUG asked again",
  ];
  const run = trace(config, { to: "loki.process.shop.receiver", logs: lines.map((line) => ({ line })) });
  const { records } = run.arrived("otelcol.exporter.otlphttp.archive.input");
  deepEqual(
    records.map(({ body }) => body),
    ["2026-01-05 ERROR no such cart\n  at cart.ts:12\n  at shop.ts:3"],
  );
});
