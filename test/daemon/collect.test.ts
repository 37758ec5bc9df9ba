/** Sessions that nobody wrapped: what Claude Code writes down while the daemon runs. */
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createIdMaker } from "../../src/core/ids.ts";
import { planCollection } from "../../src/daemon/collect/plan-collection.ts";
import type { Project, SeenFile } from "../../src/daemon/collect/project-files.ts";
import { type ComponentStatus, daemonStatusSchema } from "../../src/daemon/protocol.ts";
import { openStore } from "../../src/store/open-store.ts";
import { markMasked } from "../support/mark-masked.ts";
import { cleanEnvironment, temporaryHome } from "../support/outside.ts";
import { makeSession } from "../support/stored-session.ts";
import { assistantLine, say, userLine } from "../support/transcripts.ts";
import { eventually } from "./daemon-scene.ts";

// Dozens of processes: on a machine that is busy with other things they take their time.
vi.setConfig({ testTimeout: 60_000 });

const PLACE = resolve(".cache", `daemon-collect-${process.pid}`);
const CTRACE = join(PLACE, "bin", "ctrace.js");
const SESSION = "11111111-2222-4333-8444-555555555555";

beforeAll(() => {
	execFileSync(process.execPath, ["scripts/build.mjs", join(PLACE, "dist")]);
	for (const folder of ["patterns", "bin"]) cpSync(folder, join(PLACE, folder), { recursive: true });
});
afterAll(() => rmSync(PLACE, { recursive: true, force: true }));

function person(settings: NodeJS.ProcessEnv = {}) {
	const temporary = temporaryHome();
	const home = temporary.path;
	const env = { ...cleanEnvironment(), HOME: home, CTRACE_HOME: join(home, "ct"), ...settings };
	const run = (...words: string[]) =>
		spawnSync(process.execPath, [CTRACE, ...words], { env, encoding: "utf8" }).stdout;
	const project = join(home, ".claude", "projects", "-home-ada-app");
	return {
		home,
		env,
		run,
		project,
		transcript: join(project, `${SESSION}.jsonl`),
		start: () => Number(/pid (\d+)/.exec(run("start", "--daemon"))?.[1]),
		collect: (): ComponentStatus => {
			const { daemon } = JSON.parse(run("status", "--json"));
			const found = daemonStatusSchema.parse(daemon).components.find(({ name }) => name === "collect");
			if (found === undefined) throw new Error("no collect");
			return found;
		},
		prompts: () => prompts(home),
		[Symbol.dispose]: () => {
			run("stop");
			temporary.remove();
		},
	};
}

function open(home: string) {
	const clock = { now: () => Date.now() };
	const ids = createIdMaker(clock, (count) => new Uint8Array(count));
	return openStore({ path: join(home, "ct", "data", "ctrace.db"), clock, ids });
}

/** Of all sessions, in their order. */
function prompts(home: string): string[] {
	using store = open(home);
	return store
		.listSessions()
		.flatMap(({ session }) => store.readSession(session.id).turns.map(({ prompt }) => prompt.text));
}

/** What a turn leaves in a transcript; the parts of one conversation have numbers of their own. */
function turn(question: string, part: number, cwd = "/home/ada/app"): string {
	const at = (seconds: number) => new Date(Date.UTC(2026, 2, 4, 10, 0, part * 10 + seconds)).toISOString();
	const text = userLine(`u${part}`, question, { timestamp: at(0), cwd, sessionId: SESSION });
	const answer = { uuid: `a${part}`, parent: `u${part}`, id: `m${part}`, request: `r${part}`, at: at(1) };
	return text + assistantLine({ ...answer, content: [say(`answer to ${question}`)] });
}

describe("the daemon", () => {
	test("brings in what is there, and each turn within five seconds of its end", async () => {
		using ada = person();
		mkdirSync(ada.project, { recursive: true });
		writeFileSync(ada.transcript, turn("first", 1));
		ada.start();
		await eventually(() => ada.collect().lastSuccess !== undefined);
		expect(ada.prompts()).toEqual(["first"]);
		const ended = performance.now();
		appendFileSync(ada.transcript, turn("second", 3));
		await eventually(() => ada.prompts().includes("second"));
		expect(performance.now() - ended).toBeLessThan(5_000);
		expect(ada.prompts()).toEqual(["first", "second"]);
	});

	test("sees projects that are new, and a directory that comes, goes and comes back", async () => {
		using ada = person();
		ada.start();
		await eventually(() => ada.collect().lastSuccess !== undefined);
		mkdirSync(ada.project, { recursive: true });
		writeFileSync(ada.transcript, turn("first", 1));
		ada.run("daemon", "reload"); // it looks by itself every half minute
		await eventually(() => ada.prompts().length === 1);
		const other = join(dirname(ada.project), "-home-ada-other");
		mkdirSync(other);
		writeFileSync(join(other, "21111111-2222-4333-8444-555555555555.jsonl"), turn("elsewhere", 5));
		await eventually(() => ada.prompts().includes("elsewhere"));
		const claude = join(ada.home, ".claude");
		renameSync(claude, `${claude}-away`);
		expect(ada.run("daemon", "run", "collect")).toBe("collect: imported 0, turns 0, failed 0\n");
		renameSync(`${claude}-away`, claude);
		appendFileSync(ada.transcript, turn("second", 3));
		ada.run("daemon", "reload");
		await eventually(() => ada.prompts().includes("second"));
		expect(ada.prompts()).toHaveLength(3);
		expect(ada.collect().failures).toBe(0);
	});

	test("killed in the middle it loses and doubles nothing", async () => {
		using ada = person();
		mkdirSync(ada.project, { recursive: true });
		const questions = Array.from({ length: 40 }, (_, index) => `question ${index}`);
		writeFileSync(ada.transcript, "");
		for (const [index, question] of questions.entries()) {
			appendFileSync(ada.transcript, turn(question, index * 2 + 1));
			if (index % 10 !== 0) continue;
			process.kill(ada.start(), "SIGKILL");
		}
		ada.start();
		ada.run("daemon", "run", "collect");
		expect(ada.prompts()).toEqual(questions);
	});

	test("what was deleted does not come back by itself, also when it grows; asked for by name it does", async () => {
		using ada = person();
		mkdirSync(ada.project, { recursive: true });
		writeFileSync(ada.transcript, turn("first", 1));
		ada.start();
		await eventually(() => ada.prompts().length === 1);
		ada.run("sessions", "delete", "last", "--yes");
		ada.run("restart");
		expect(ada.run("daemon", "run", "collect")).toContain("imported 0, turns 0");
		appendFileSync(ada.transcript, turn("second", 3));
		expect(ada.run("daemon", "run", "collect")).toContain("imported 0, turns 0");
		expect(ada.prompts()).toEqual([]);
		ada.run("import", ada.transcript);
		expect(ada.prompts()).toEqual(["first", "second"]);
		appendFileSync(ada.transcript, turn("third", 5));
		await eventually(() => ada.prompts().length === 3);
	});

	test("leaves to a recorder what it follows, and brings it in afterwards", async () => {
		using ada = person();
		mkdirSync(ada.project, { recursive: true });
		writeFileSync(ada.transcript, turn("first", 1));
		using store = open(ada.home);
		const running = makeSession("019b7c00-0000-7000-8000-00000000000a", {
			agent: "claude-code",
			cwd: "/home/ada/app",
			status: "running",
			startedAt: Date.now() - 60_000,
		});
		store.beginSession(markMasked(running), { pid: process.pid });
		ada.start();
		ada.run("daemon", "run", "collect");
		expect(ada.collect().queue).toBe(1);
		expect(ada.prompts()).toEqual([]);
		store.updateSession(running.id, markMasked({ status: "complete", endedAt: Date.now() }));
		ada.run("daemon", "run", "collect");
		expect(ada.collect().queue).toBe(0);
		expect(ada.prompts()).toEqual(["first"]);
	});

	test("leaves a run alone that the person wanted no record of", () => {
		using ada = person();
		mkdirSync(ada.project, { recursive: true });
		const cwd = join(ada.home, "app");
		const bin = join(ada.home, "bin");
		for (const folder of [cwd, bin]) mkdirSync(folder);
		// A `claude` that writes one turn down, as the genuine one does.
		writeFileSync(
			join(bin, "claude"),
			`#!/bin/sh\nexec "${process.execPath}" -e 'const fs = require("fs"); const at = new Date().toISOString();
			fs.writeFileSync(process.env.FILE, fs.readFileSync(process.env.DRAFT, "utf8").replaceAll(/2026-03-04T[^"]*/g, at));'\n`,
			{ mode: 0o755 },
		);
		const wrapped = (name: string, more: NodeJS.ProcessEnv) => {
			const id = `${name.padEnd(8, "0").replaceAll(/[^0-9a-f]/g, "0")}-2222-4333-8444-555555555555`;
			const draft = join(ada.home, `draft-${name}`);
			writeFileSync(draft, turn(name, name.length, realpathSync(cwd)));
			const env = { ...ada.env, ...more, FILE: join(ada.project, `${id}.jsonl`), DRAFT: draft };
			const path = `${bin}:${process.env.PATH}`;
			spawnSync(process.execPath, [CTRACE, "claude"], { env: { ...env, PATH: path }, cwd });
		};
		wrapped("private", { CTRACE_OFF: "1" });
		writeFileSync(ada.transcript, turn("first", 30));
		ada.start();
		ada.run("daemon", "run", "collect");
		expect(ada.prompts()).toEqual(["first"]);
		appendFileSync(
			join(ada.project, `${"private0".replaceAll(/[^0-9a-f]/g, "0")}-2222-4333-8444-555555555555.jsonl`),
			turn("more", 40),
		);
		ada.run("daemon", "run", "collect");
		expect(ada.prompts()).toEqual(["first"]);
	});

	test.each([{ CTRACE_COLLECT: "off" }, { CTRACE_TRANSCRIPTS: "off" }, { CTRACE_OFF: "1" }])(
		"brings in nothing with %o",
		(settings) => {
			using ada = person(settings);
			mkdirSync(ada.project, { recursive: true });
			writeFileSync(ada.transcript, turn("first", 1));
			ada.start();
			expect(ada.run("daemon", "run", "collect")).toBe("collect: imported 0, turns 0, failed 0\n");
		},
	);

	test("looks where it is told to, and masks what it finds by the project's own patterns, too", () => {
		const name = ["GARDEN", "7777"].join("-");
		using ada = person({ CTRACE_COLLECT: "~/one:~/two" });
		const app = join(ada.home, "app");
		mkdirSync(app);
		writeFileSync(
			join(app, ".ctrace.yml"),
			"custom_patterns:\n  - name: garden\n    pattern: 'GARDEN-\\d{4}'\n    keywords: ['GARDEN-']\n",
		);
		for (const folder of ["one", "two"]) {
			const project = join(ada.home, folder, "projects", "p");
			mkdirSync(project, { recursive: true });
			writeFileSync(
				join(project, `${SESSION.replace("1111", folder === "one" ? "aaaa" : "bbbb")}.jsonl`),
				turn(`${folder} ${name}`, folder === "one" ? 1 : 2, app),
			);
		}
		mkdirSync(ada.project, { recursive: true });
		writeFileSync(ada.transcript, turn("own", 1));
		ada.start();
		ada.run("daemon", "run", "collect");
		const found = ada.prompts().sort();
		expect(found).toHaveLength(2);
		expect(found[0]).toMatch(/^one \[\[/);
		expect(found.join()).not.toContain(name);
	});
});

describe("what is to be brought in", () => {
	const file = (path: string, modifiedAt = 1): SeenFile => ({ path, bytes: 1, modifiedAt });
	const conversation = (path: string, agents: SeenFile[] = []) => ({
		file: file(path, 50),
		agents,
		agentsFolder: `${path}/subagents`,
	});
	const project = (changes: Partial<Project>): Project => ({
		name: "p",
		folder: "/p",
		conversations: [],
		strayAgents: [],
		...changes,
	});
	const none = { isKnown: () => false, followed: [] };

	test("is a conversation with the folder of its subagents, as soon as one of them changed", () => {
		const agent = file("/p/a/subagents/agent-1.jsonl");
		const one = project({ conversations: [conversation("/p/a", [agent]), conversation("/p/b")] });
		expect(planCollection([one], none).collections[0]?.paths).toEqual(["/p/a", "/p/a/subagents", "/p/b"]);
		const isKnown = (known: SeenFile) => known.path !== agent.path;
		expect(planCollection([one], { ...none, isKnown }).collections[0]?.paths).toEqual([
			"/p/a",
			"/p/a/subagents",
		]);
		expect(planCollection([one], { ...none, isKnown: () => true })).toEqual({ collections: [], held: 0 });
	});

	test("is a whole folder where nothing says whose subagents lie in it", () => {
		const old = project({ conversations: [conversation("/p/a")], strayAgents: [file("/p/agent-1")] });
		expect(planCollection([old], none).collections[0]?.paths).toEqual(["/p"]);
	});

	test("is nothing that a recorder follows, by the folder's name and the file's time", () => {
		const one = project({ name: "-home-ada", conversations: [conversation("/p/a")] });
		const held = (folder: string, isCut: boolean, since: number) =>
			planCollection([one], { ...none, followed: [{ folder, isCut, since }] }).held;
		expect(held("-home-ada", false, 50)).toBe(1);
		expect(held("-home", false, 50)).toBe(0);
		expect(held("-home", true, 50)).toBe(1);
		expect(held("-home-ada", false, 51)).toBe(0);
	});
});
