import fc from "fast-check";
import { expect, test } from "vitest";
import { exportV1 } from "../../src/store/export-v1.ts";
import { importV1 } from "../../src/store/import-v1.ts";
import { arbSession, arbTurns } from "../support/arb-session.ts";
import { holds, limitOf } from "../support/laws.ts";

const RUNS = { runs: 60 };

test(
	"an export read back exports the same again",
	() => {
		holds(
			fc.property(arbSession, arbTurns, (session, turns) => {
				const json = JSON.stringify(exportV1(session, turns, { home: "/home/ada" }));
				const read = importV1(json);
				expect(JSON.stringify(exportV1(read.session, read.turns, { home: "/home/ada" }))).toBe(json);
			}),
			RUNS,
		);
	},
	limitOf(RUNS),
);

test("what is no export is refused, with the place that is wrong", () => {
	expect(() => importV1("no json")).toThrow(/no export of version 1/u);
	expect(() => importV1('{"version": 2}')).toThrow(/version/u);
});
