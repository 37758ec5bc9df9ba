import { rmSync } from "node:fs";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { openDatabase } from "../../src/store/database-file.ts";
import { MIGRATIONS, userVersion } from "../../src/store/migrations.ts";
import { openStore } from "../../src/store/open-store.ts";
import { markMasked } from "../support/mark-masked.ts";
import { addSession, makeTurn, temporaryStore } from "../support/stored-session.ts";

test("a recording's session is found by its fingerprint until the session is deleted", () => {
	using scene = temporaryStore();
	const id = addSession(scene, { status: "complete" });
	scene.store.noteImport(id, "abc");
	expect(scene.store.findImport("abc")).toBe(id);
	expect(scene.store.findImport("abd")).toBeUndefined();
	scene.store.deleteSession(id);
	expect(scene.store.findImport("abc")).toBeUndefined();
});

test("of two imports of one recording at once, the second leaves nothing behind", () => {
	using scene = temporaryStore();
	const first = addSession(scene, { status: "complete" });
	scene.store.noteImport(first, "abc");
	const both = () =>
		scene.store.transaction(() => {
			const id = addSession(scene, { status: "complete" }, [makeTurn(1)]);
			scene.store.noteImport(id, "abc");
		});
	expect(both).toThrow();
	expect(scene.store.listSessions().map(({ session }) => session.id)).toEqual([first]);
});

test("a database of the first schema is brought to this one with its sessions", () => {
	using scene = temporaryStore();
	scene.store.close();
	for (const suffix of ["", "-wal", "-shm"]) rmSync(scene.path + suffix, { force: true });
	const old = openDatabase(scene.path, { migrations: MIGRATIONS.slice(0, 1) });
	old.exec(`INSERT INTO sessions (id, agent, agent_session_ids, command, cwd, started_at, status, terminal,
		masked_count, gaps, recorder_pid, revision, updated_at) VALUES ('a', 'generic', '[]', '["x"]', '/', 5,
		'complete', '{"cols":80,"rows":24,"renderer":"classic"}', '{}', '[]', 1, 1, 1)`);
	expect(userVersion(old)).toBe(1);
	old.close();
	using store = openStore({ path: scene.path, clock: scene.clock, ids: scene.ids });
	expect(store.readSession("a").session).not.toHaveProperty("recognition");
	store.updateSession("a", markMasked({ recognition: { lines: 9, unclaimed: 2 } }));
	expect(store.readSession("a").session.recognition).toEqual({ lines: 9, unclaimed: 2 });
});

test("the file's health is what SQLite says of it", () => {
	using scene = temporaryStore();
	addSession(scene, {}, [makeTurn(1)]);
	const health = scene.store.checkHealth();
	expect(health).toMatchObject({ schemaVersion: MIGRATIONS.length, damage: [], journalMode: "wal" });
	const memory = new Database(":memory:");
	expect(health.sqliteVersion).toBe(memory.prepare("SELECT sqlite_version() AS v").pluck().get());
	memory.close();
	expect(health.fileBytes + health.logBytes).toBeGreaterThan(4096);
});
