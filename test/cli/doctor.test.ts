import { chmodSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import type { Session } from "../../src/core/session.ts";
import { addSession, makeTurn } from "../support/stored-session.ts";
import { buildCli, type CliScene, cliScene, TEST_VERSION } from "./run-built-cli.ts";

let cli: string;
beforeAll(() => {
	cli = buildCli();
});
afterAll(() => rmSync(cli, { force: true }));

const reportSchema = z.object({
	ok: z.boolean(),
	problems: z.array(z.object({ what: z.string(), hint: z.string().min(1) })),
	versions: z.object({ ctrace: z.string(), node: z.string(), sqlite: z.string().optional() }),
	paths: z.array(
		z.object({ name: z.string(), path: z.string(), state: z.string(), mode: z.string().optional() }),
	),
	database: z
		.object({
			schemaVersion: z.number(),
			damage: z.array(z.string()),
			journalMode: z.string(),
			fileBytes: z.number(),
			logBytes: z.number(),
		})
		.optional(),
	patterns: z.object({ secrets: z.number().optional(), looks: z.number().optional() }),
	pseudonymKey: z.string(),
	sessions: z.object({ total: z.number(), running: z.number(), lost: z.number() }),
	recognition: z.array(
		z.object({
			agent: z.string(),
			agentVersion: z.string().optional(),
			sessions: z.number(),
			turns: z.number(),
			lines: z.number(),
			unclaimed: z.number(),
			share: z.number().optional(),
			isUnfamiliar: z.boolean(),
		}),
	),
});

function examine(place: CliScene) {
	const { code, out } = place.run("doctor", "--json");
	return { code, report: reportSchema.parse(JSON.parse(out)) };
}

/** A home whose key exists: a recording was imported into it. */
function usedPlace(): CliScene {
	const place = cliScene(cli);
	const cast = join(place.home, "a.cast");
	writeSync(openSync(cast, "w"), '{"version":2,"width":80,"height":24}\n[0.1,"o","hello"]\n');
	expect(place.run("import", cast).code).toBe(0);
	return place;
}

function addCounted(
	place: CliScene,
	agentVersion: string,
	unclaimed: number,
	changes: Partial<Session> = {},
) {
	const recognition = { lines: 100, unclaimed };
	const done = { status: "complete" as const, agentVersion, recognition, ...changes };
	addSession(place.scene, done, [makeTurn(1), makeTurn(2)]);
}

describe("ctrace doctor", () => {
	test("tells versions, files, database, patterns and key, and that all is well", () => {
		using place = usedPlace();
		addCounted(place, "2.1.9", 0);
		const { code, report } = examine(place);
		expect(report).toMatchObject({ ok: true, problems: [], pseudonymKey: "present" });
		expect(code).toBe(0);
		expect(report.versions).toMatchObject({ ctrace: TEST_VERSION, node: process.versions.node });
		expect(report.versions.sqlite).toMatch(/^3\./);
		expect(report.database).toMatchObject({ damage: [], journalMode: "wal" });
		expect(report.database?.fileBytes).toBeGreaterThan(0);
		expect(report.patterns.secrets).toBeGreaterThan(50);
		expect(report.patterns.looks).toBeGreaterThan(20);
		expect(report.paths.map(({ name, state, mode }) => [name, state, mode])).toEqual([
			["data", "ok", "0700"],
			["database", "ok", "0600"],
			["state", "ok", "0700"],
			["pseudonym key", "ok", "0600"],
			["settings", "absent", undefined],
		]);
		expect(place.run("doctor").out).toContain("All is well.");
	});

	test("in a home that was never used has nothing to complain of, and makes nothing", () => {
		using place = cliScene(cli);
		rmSync(join(place.home, "ct"), { recursive: true });
		const { code, report } = examine(place);
		expect({ code, ok: report.ok }).toEqual({ code: 0, ok: true });
		expect(report.paths.every(({ state }) => state === "absent")).toBe(true);
		expect(report).not.toHaveProperty("database");
		expect(place.run("doctor").code).toBe(0);
		expect(() => readFileSync(join(place.home, "ct", "data", "ctrace.db"))).toThrow();
	});

	test("names what others may read, with the command that mends it", () => {
		using place = usedPlace();
		const data = join(place.home, "ct", "data");
		chmodSync(data, 0o755);
		const { code, report } = examine(place);
		expect(code).toBe(1);
		expect(report.problems).toEqual([{ what: `other users may read ${data}`, hint: `chmod 700 ${data}` }]);
		expect(report.paths.find(({ name }) => name === "data")).toMatchObject({ state: "wrong", mode: "0755" });
		const text = place.run("doctor");
		expect(text.code).toBe(1);
		expect(text.out).toContain(`chmod 700 ${data}`);
	});

	test("finds a damaged database, and still tells all the rest", () => {
		using place = usedPlace();
		for (let index = 0; index < 200; index++) addCounted(place, "2.1.9", 0);
		place.scene.store.close();
		const file = openSync(join(place.home, "ct", "data", "ctrace.db"), "r+");
		for (let page = 3; page < 20; page++) writeSync(file, "damage ".repeat(100), page * 4096 + 200);
		const { code, report } = examine(place);
		expect(code).toBe(1);
		expect(report.problems.some(({ what }) => what.includes("damaged"))).toBe(true);
		expect(report.patterns.secrets).toBeGreaterThan(50);
	});

	test("names a database that is another program's", () => {
		using place = usedPlace();
		place.scene.store.close();
		const path = join(place.home, "ct", "data", "ctrace.db");
		rmSync(path);
		writeSync(openSync(path, "w", 0o600), "my notes\n".repeat(100));
		const { code, report } = examine(place);
		expect(code).toBe(1);
		expect(report.problems[0]?.what).toContain("is not a ctrace database");
	});

	test("misses a key that was there", () => {
		using place = usedPlace();
		rmSync(join(place.home, "ct", "state", "pseudonym.key"));
		const { code, report } = examine(place);
		expect(code).toBe(1);
		expect(report).toMatchObject({
			pseudonymKey: "absent",
			problems: [{ what: "the pseudonym key is gone" }],
		});
	});

	test("counts sessions by version, newest first, and flags a look that is unfamiliar", () => {
		using place = usedPlace();
		addCounted(place, "2.1.9", 0);
		addCounted(place, "2.1.10", 3);
		addCounted(place, "2.1.10", 2);
		addCounted(place, "2.1.11", 1, { status: "lost" });
		addSession(place.scene, { status: "complete" });
		const { code, report } = examine(place);
		expect(report.recognition).toEqual([
			{
				agent: "claude-code",
				agentVersion: "2.1.11",
				sessions: 1,
				turns: 2,
				lines: 100,
				unclaimed: 1,
				share: 0.01,
				isUnfamiliar: false,
			},
			{
				agent: "claude-code",
				agentVersion: "2.1.10",
				sessions: 2,
				turns: 4,
				lines: 200,
				unclaimed: 5,
				share: 0.025,
				isUnfamiliar: true,
			},
			{
				agent: "claude-code",
				agentVersion: "2.1.9",
				sessions: 1,
				turns: 2,
				lines: 100,
				unclaimed: 0,
				share: 0,
				isUnfamiliar: false,
			},
			{ agent: "claude-code", sessions: 1, turns: 0, lines: 0, unclaimed: 0, isUnfamiliar: false },
		]);
		expect(report.sessions).toEqual({ total: 6, running: 0, lost: 1 });
		expect(code).toBe(1);
		expect(report.problems).toEqual([
			{
				what: "claude-code 2.1.10 shows things ctrace does not know: 2.5 % of its lines",
				hint: expect.any(String),
			},
		]);
	});
});
