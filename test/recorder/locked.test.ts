/** A session whose store another process holds locked, for as long as it likes. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { TerminalEvent } from "../../src/core/event.ts";
import { openSession, openStages, type Stages } from "../../src/recorder/open-session.ts";
import { createTurnSource } from "../../src/recorder/turn-source.ts";
import { bundleScript } from "../support/bundle-script.ts";
import { STARTED_AT, shellStart } from "../support/recorded-shell.ts";

const PATIENCE_MS = 20;

let home: string;
let path: string;
let stages: Stages;

beforeEach(() => {
	home = mkdtempSync(join(tmpdir(), "ctrace-locked-"));
	path = join(home, "ctrace.db");
	stages = openStages({
		paths: { privacy: join(home, "privacy.yml"), state: home, database: path },
		patterns: join(process.cwd(), "patterns"),
		env: {},
		clock: { now: () => STARTED_AT },
		randomBytes,
		privacyMode: undefined,
		projectDir: home,
	});
	stages.store.waitAtMost(PATIENCE_MS);
});

afterEach(() => {
	stages.store.close();
	rmSync(home, { recursive: true, force: true });
});

function begin() {
	const id = stages.ids();
	const start = shellStart("garden");
	const session = openSession(stages, {
		id,
		start,
		source: createTurnSource(start, stages.look, { pictures: true }),
		recorder: { pid: process.pid },
		isScreenKept: true,
		facts: {},
	});
	let at = 0;
	const say = (text: string): TerminalEvent => ({ kind: "output", at, data: Buffer.from(text) });
	return {
		id,
		/** Says a line and lets a second pass, which is more than a save waits for. */
		line: (text: string) => {
			session.feed(say(`${text}\r\n`));
			for (const end = at + 1000; at < end; at += 250) session.tick(at);
		},
		close: () => session.close(at, "complete"),
	};
}

function textOf(id: string): string {
	return JSON.stringify(stages.store.readSession(id).turns);
}

test("a lock in the middle of a session costs nothing: what could not be saved is saved with what comes after", () => {
	const { id, line, close } = begin();
	line("before");
	const other = new Database(path);
	other.exec("BEGIN EXCLUSIVE");
	line("meanwhile one");
	line("meanwhile two");
	expect(textOf(id)).not.toContain("meanwhile");
	other.exec("ROLLBACK");
	other.close();
	line("after");
	close();
	for (const text of ["before", "meanwhile one", "meanwhile two", "after"])
		expect(textOf(id)).toContain(text);
	expect(stages.store.readHead(id)).toMatchObject({ status: "complete", gaps: [] });
});

test("what a lock kept back is saved without a further word", () => {
	const { id, line } = begin();
	const other = new Database(path);
	other.exec("BEGIN EXCLUSIVE");
	line("the last word");
	other.exec("ROLLBACK");
	other.close();
	line("");
	expect(textOf(id)).toContain("the last word");
});

test("a session that begins while the store is locked is there in the end", () => {
	const other = new Database(path);
	other.exec("BEGIN EXCLUSIVE");
	const { id, line, close } = begin();
	line("early");
	other.exec("ROLLBACK");
	other.close();
	line("later");
	close();
	for (const text of ["early", "later"]) expect(textOf(id)).toContain(text);
});

test("the end of a session waits for the lock", async () => {
	const { id, line, close } = begin();
	line("before");
	const script = bundleScript("test/scripts/hold-lock.ts");
	const holder = spawn(process.execPath, [script, path, "100"], { stdio: ["ignore", "pipe", "inherit"] });
	await once(holder.stdout, "data");
	line("meanwhile");
	close();
	expect(textOf(id)).toContain("meanwhile");
	expect(stages.store.readHead(id).status).toBe("complete");
	rmSync(script);
});
