import {
	chmodSync,
	mkdirSync,
	openSync,
	readFileSync,
	rmSync,
	utimesSync,
	writeFileSync,
	writeSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addSession } from "../support/stored-session.ts";
import { addCounted, comfort, examine, usedPlace } from "./doctor-scene.ts";
import { buildCli, type CliScene, cliScene, TEST_VERSION } from "./run-built-cli.ts";

let cli: string;
beforeAll(() => {
	cli = buildCli();
});
afterAll(() => rmSync(cli, { force: true }));

describe("ctrace doctor", () => {
	test("tells versions, files, database, patterns and key, and that all is well", () => {
		using place = usedPlace(cli);
		comfort(place);
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
		using place = usedPlace(cli);
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
		using place = usedPlace(cli);
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
		using place = usedPlace(cli);
		place.scene.store.close();
		const path = join(place.home, "ct", "data", "ctrace.db");
		rmSync(path);
		writeSync(openSync(path, "w", 0o600), "my notes\n".repeat(100));
		const { code, report } = examine(place);
		expect(code).toBe(1);
		expect(report.problems[0]?.what).toContain("is not a ctrace database");
	});

	test("misses a key that was there", () => {
		using place = usedPlace(cli);
		rmSync(join(place.home, "ct", "state", "pseudonym.key"));
		const { code, report } = examine(place);
		expect(code).toBe(1);
		expect(report).toMatchObject({
			pseudonymKey: "absent",
			problems: [{ what: "the pseudonym key is gone" }],
		});
	});

	test("counts sessions by version, newest first, and flags a look that is unfamiliar", () => {
		using place = usedPlace(cli);
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

describe("the checks of ctrace doctor", () => {
	const checked = (place: CliScene, area: string) => {
		const { code, report } = examine(place);
		return { code, found: report.checks.filter((check) => check.area === area) };
	};

	test("cover everything, each with ok, warning or error, and what mends it", () => {
		using place = usedPlace(cli);
		comfort(place);
		addCounted(place, "2.1.9", 0, { terminal: { cols: 80, rows: 24, renderer: "fullscreen" } });
		const { report } = examine(place);
		const areas = new Set(report.checks.map(({ area }) => area));
		for (const area of "versions settings files database space patterns key recognition claude renderer shell sync backup daemon locale terminal".split(
			" ",
		))
			expect([area, areas.has(area)]).toEqual([area, true]);
		expect(report.checks.filter(({ level }) => level !== "ok")).toEqual([]);
		expect(report.checks.find(({ area }) => area === "claude")?.what).toContain("2.1.9, ");
		expect(report.checks.find(({ area }) => area === "renderer")?.what).toContain(
			"the newest record is fullscreen",
		);
	});

	test("name what is missing around ctrace, as warnings that fail nothing", () => {
		using place = usedPlace(cli);
		place.env.PATH = join(place.home, "empty");
		place.env.LANG = "C";
		const { code, report } = examine(place);
		expect(code).toBe(0);
		const warnings = report.checks.filter(({ level }) => level === "warning");
		expect(warnings.map(({ area }) => area)).toEqual(["claude", "locale"]);
		for (const { fix } of warnings) expect(fix).toMatch(/^(?:npm install|export LANG=)/);
		const text = place.run("doctor").out;
		expect(text).toContain("→ npm install -g @anthropic-ai/claude-code");
		expect(text).toContain("2 warnings above");
	});

	test("say who chose the renderer", () => {
		using place = usedPlace(cli);
		comfort(place);
		const settings = join(place.home, ".claude", "settings.json");
		mkdirSync(join(place.home, ".claude"));
		writeFileSync(settings, JSON.stringify({ tui: "default" }));
		expect(checked(place, "renderer").found[0]?.what).toContain("classic, says its settings");
		place.env.CLAUDE_CODE_NO_FLICKER = "1";
		expect(checked(place, "renderer").found[0]?.what).toContain("fullscreen, says CLAUDE_CODE_NO_FLICKER");
	});

	test("name a wrong setting, and still look at everything else", () => {
		using place = usedPlace(cli);
		comfort(place);
		place.env.CTRACE_RETENTION_DAYS = "soon";
		const { code, report } = examine(place);
		expect(code).toBe(1);
		expect(report.problems[0]).toEqual({
			what: 'CTRACE_RETENTION_DAYS must be a whole number of days, not "soon"',
			hint: "CTRACE_RETENTION_DAYS is set in the environment.",
		});
		expect(report.checks.find(({ area }) => area === "settings")?.level).toBe("error");
		expect(report.database?.damage).toEqual([]);
	});

	test("warn when something is to be done in the background and nobody does it", () => {
		using place = usedPlace(cli);
		place.env.CTRACE_RETENTION_DAYS = "30";
		expect(checked(place, "daemon").found).toMatchObject([
			{ level: "warning", fix: "ctrace start --daemon" },
		]);
	});

	test("warn of a project that nobody is signed in to, and count what a backup has not got", () => {
		using place = usedPlace(cli);
		Object.assign(place.env, {
			CTRACE_SUPABASE_URL: "http://127.0.0.1:9",
			CTRACE_SUPABASE_KEY: "sb_publishable_made_up",
			CTRACE_BACKUP_REMOTE: join(place.home, "nowhere.git"),
		});
		expect(checked(place, "sync").found).toMatchObject([
			{ level: "warning", fix: expect.stringContaining("ctrace login") },
		]);
		expect(checked(place, "backup").found).toMatchObject([
			{ level: "ok", what: expect.stringContaining("1 session to be saved") },
		]);
	});

	test("warn of transcripts that Claude Code is about to delete", () => {
		using place = usedPlace(cli);
		const project = join(place.home, ".claude", "projects", "-x");
		mkdirSync(project, { recursive: true });
		const file = join(project, "0190c3f2-7a00-4000-8000-000000000000.jsonl");
		writeFileSync(file, "{}\n");
		const old = new Date(Date.now() - 28 * 24 * 3600_000);
		utimesSync(file, old, old);
		expect(checked(place, "transcripts").found).toMatchObject([
			{
				level: "warning",
				what: expect.stringContaining("30 days: 1 that"),
				fix: expect.stringContaining("ctrace import"),
			},
		]);
	});
});
