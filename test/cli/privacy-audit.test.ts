import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { addSession, answer, makeTurn } from "../support/stored-session.ts";
import { buildCli, type CliScene, cliScene } from "./run-built-cli.ts";

let cli = "";
beforeAll(() => {
	cli = buildCli();
});

/** Stored by an older ctrace, whose patterns did not know it. */
const MISSED = ["ghp", "_aB3dE5gH7jK9mN1pQ3rS5tU7vW9xY1zA3bC5"].join("");
const HARMLESS = "the roses need water";

function withMissed(scene: CliScene): string {
	addSession(scene.scene, { status: "complete", cwd: "~/app" }, [makeTurn(1, { items: [answer(HARMLESS)] })]);
	return addSession(scene.scene, { status: "complete", cwd: "~/app", title: `deploy ${MISSED}` }, [
		makeTurn(1, { items: [answer(HARMLESS)] }),
		makeTurn(2, {
			prompt: { text: `use ${MISSED}`, kind: "prompt" },
			items: [
				{
					kind: "tool",
					name: "Bash",
					input: { command: `curl ${MISSED}` },
					output: MISSED,
					status: "ok",
					source: "terminal",
				},
			],
		}),
	]);
}

function rawBytes(scene: CliScene): string {
	const folder = join(scene.home, "ct", "data");
	const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString("latin1"));
	return files.join("\n").toLowerCase();
}

function runs(text: string): string[] {
	return Array.from({ length: text.length - 7 }, (_, at) => text.slice(at, at + 8).toLowerCase());
}

describe("ctrace privacy audit", () => {
	test("counts what today's patterns would mask, by rule, session and turn, without a value, and changes nothing", () => {
		using scene = cliScene(cli);
		const id = withMissed(scene);
		const { code, out, err } = scene.run("privacy", "audit", "--json");
		const report = JSON.parse(out);
		expect({ code, err }).toEqual({ code: 1, err: "" });
		expect(report).toMatchObject({ sessions: 2, remasked: false, stillRecorded: [] });
		expect(report.found).toEqual([
			{ session: id, rule: "github-pat", count: 1 },
			{ session: id, turn: 2, rule: "github-pat", count: 3 },
		]);
		expect(scene.run("privacy", "audit").out).toContain("4  github-pat");
		for (const run of runs(MISSED)) expect(out.toLowerCase()).not.toContain(run);
		expect(rawBytes(scene)).toContain(MISSED.toLowerCase());
	});

	test("--remask masks it everywhere: no eight characters of it are left in any byte, nor in the index", () => {
		using scene = cliScene(cli);
		const id = withMissed(scene);
		expect(scene.run("search", MISSED).out).toContain(id.slice(0, 8));
		const { code, out } = scene.run("privacy", "audit", "--remask");
		expect(code).toBe(0);
		expect(out).toContain("All of it is masked now.");
		scene.scene.store.close();
		const bytes = rawBytes(scene);
		for (const run of runs(MISSED).slice(2)) expect(bytes).not.toContain(run);
		expect(scene.run("search", "roses").out).toContain(id.slice(0, 8));
		expect(scene.run("search", "github", "pat").code).toBe(0);
		expect(scene.run("privacy", "audit")).toMatchObject({ code: 0 });
		const report = JSON.parse(scene.run("privacy", "report", "--session", id, "--json").out);
		expect(report.sessions[0]).toMatchObject({
			id,
			rules: { "github-pat": 4 },
			turns: [{ turn: 2, rules: { "github-pat": 3 } }],
		});
	});

	test("uses the person's own patterns of today", () => {
		using scene = cliScene(cli);
		addSession(scene.scene, { status: "complete", cwd: "~/app" }, [
			makeTurn(1, { items: [answer("hello QUOKKA-1234")] }),
		]);
		expect(scene.run("privacy", "audit")).toMatchObject({ code: 0 });
		mkdirSync(join(scene.home, "ct", "config"), { recursive: true });
		writeFileSync(
			join(scene.home, "ct", "config", "privacy.yml"),
			"custom_patterns: [{ pattern: 'QUOKKA-[0-9]{4}' }]\n",
		);
		expect(scene.run("privacy", "audit")).toMatchObject({ code: 1 });
	});

	test("leaves a session alone that is still being recorded, and says so", () => {
		using scene = cliScene(cli);
		const store = scene.scene.store;
		const id = addSession(
			{
				...scene.scene,
				store: { ...store, beginSession: (session) => store.beginSession(session, { pid: process.pid }) },
			},
			{},
			[makeTurn(1, { items: [answer(MISSED)] })],
		);
		const { code, out } = scene.run("privacy", "audit", "--remask", "--json");
		expect(code).toBe(1);
		expect(JSON.parse(out)).toMatchObject({ sessions: 0, found: [], stillRecorded: [id] });
	});

	test("says when a reader keeps old pages alive", () => {
		using scene = cliScene(cli);
		expect(scene.run("privacy", "audit").out).toBe(
			"Looked through 0 sessions.\nNothing would be masked today that is not masked.\n",
		);
	});
});

describe("ctrace privacy report", () => {
	test("counts by rule and session, of the time asked for", () => {
		using scene = cliScene(cli);
		const old = addSession(scene.scene, { maskedCount: { email: 2 }, startedAt: 1 });
		const id = addSession(scene.scene, { maskedCount: { email: 1, "github-pat": 12 } });
		const all = scene.run("privacy", "report").out;
		expect(all).toMatch(/^12 {2}github-pat {2}MAXIMUM\n {1}3 {2}email {7}MEDIUM\/LOW\n/);
		expect(all).toContain("13 masked");
		const since = JSON.parse(scene.run("privacy", "report", "--since", "2000-01-01", "--json").out);
		expect(since.levels).toEqual({ email: "MEDIUM/LOW", "github-pat": "MAXIMUM" });
		expect(since.sessions.map((session: { id: string }) => session.id)).toEqual([id]);
		expect(all).toContain(old.slice(0, 8));
		expect(scene.run("privacy", "report", "--session", "nosuch").code).toBe(1);
	});

	test("says so when nothing was masked", () => {
		using scene = cliScene(cli);
		expect(scene.run("privacy", "report")).toMatchObject({ code: 0, out: "Nothing was masked.\n" });
	});
});
