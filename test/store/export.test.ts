import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { shortenHome } from "../../src/core/home.ts";
import { exportV1 } from "../../src/store/export-v1.ts";
import { arbSession, arbTurns } from "../support/arb-session.ts";
import { answer, makeSession, makeTurn, STARTED_AT } from "../support/stored-session.ts";

const schemaFile = join(import.meta.dirname, "..", "..", "schema", "export-v1.schema.json");
const published: unknown = JSON.parse(readFileSync(schemaFile, "utf8"));
/** Readers must ignore fields they do not know; we may not print any the schema does not name. */
const strict = z.fromJSONSchema(closed(published) as Parameters<typeof z.fromJSONSchema>[0]);

describe("the export, version 1", () => {
	test("of any session keeps to the published schema, field for field, also after JSON", () => {
		fc.assert(
			fc.property(arbSession, arbTurns, (session, turns) => {
				const exported: unknown = JSON.parse(JSON.stringify(exportV1(session, turns, { home: "/home/ada" })));
				const { error } = strict.safeParse(exported);
				expect(error).toBeUndefined();
				expect(JSON.stringify(exported)).not.toContain(":null");
			}),
			{ numRuns: 200 },
		);
	});

	test("has ISO times, whole milliseconds and a home directory shown as ~", () => {
		const turn = makeTurn(1, {
			endedAt: STARTED_AT + 2000,
			durations: { toolMs: 1.6 },
			recording: { fromMs: 0.4, toMs: 2000.5 },
			recogniser: "claude-code/2.1",
			items: [{ ...answer("hi"), confidence: 0.5 }],
		});
		expect(exportV1(makeSession("id-1", { status: "complete" }), [turn], { home: "/home/ada/" })).toEqual({
			version: 1,
			session: {
				id: "id-1",
				agent: "claude-code",
				agentSessionIds: [],
				command: ["claude"],
				cwd: "~/app",
				startedAt: "2026-01-02T03:04:05.678Z",
				status: "complete",
				terminal: { cols: 80, rows: 24, renderer: "classic" },
				maskedCount: {},
				gaps: [],
			},
			turns: [
				{
					seq: 1,
					prompt: { text: "question 1", kind: "prompt" },
					startedAt: "2026-01-02T03:04:06.678Z",
					endedAt: "2026-01-02T03:04:07.678Z",
					status: "complete",
					durations: { toolMs: 2 },
					source: "terminal",
					recording: { fromMs: 0, toMs: 2001 },
					items: [{ kind: "assistant", text: "hi", source: "terminal" }],
				},
			],
		});
	});

	test.each([
		["/home/ada", "~"],
		["/home/ada/x", "~/x"],
		["/home/adam", "/home/adam"],
		["/srv", "/srv"],
	])("a path %s is shown as %s", (path, shown) => {
		expect(shortenHome(path, "/home/ada")).toBe(shown);
		expect(shortenHome(path, "")).toBe(path);
		expect(shortenHome(path, "/")).toBe(path);
	});

	test.each([
		["a missing version", { version: undefined }],
		["another version", { version: 2 }],
		["an unknown field", { extra: 1 }],
		["a null", { turns: null }],
		["a wrong status", { session: { status: "done" } }],
		["a time that is a number", { session: { startedAt: 1 } }],
	])("the schema refuses %s", (_title, change) => {
		const good = exportV1(makeSession("id"), [makeTurn(1)], { home: "/" });
		const session = { ...good.session, ...("session" in change ? change.session : {}) };
		const bad: unknown = JSON.parse(JSON.stringify({ ...good, ...change, session }));
		expect(strict.safeParse(bad).success).toBe(false);
		expect(strict.safeParse(JSON.parse(JSON.stringify(good))).success).toBe(true);
	});
});

/** The schema with every object closed to fields it does not name. */
function closed(schema: unknown): unknown {
	if (Array.isArray(schema)) return schema.map(closed);
	if (typeof schema !== "object" || schema === null) return schema;
	const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
	return "properties" in inner && "type" in inner ? { additionalProperties: false, ...inner } : inner;
}
