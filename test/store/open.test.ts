import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDatabase } from "../../src/store/database-file.ts";
import { APPLICATION_ID, MIGRATIONS, userVersion } from "../../src/store/migrations.ts";
import { guardStore } from "../../src/store/store-errors.ts";

let directory: string;
let path: string;

beforeEach(() => {
	directory = mkdtempSync(join(tmpdir(), "ctrace-open-"));
	path = join(directory, "ctrace.db");
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

function expectRefusal(code: string, migrations?: readonly string[]): void {
	const before = readFileSync(path);
	const mtime = statSync(path).mtimeMs;
	expect(() => guarded(migrations)).toThrow(expect.objectContaining({ code, hint: expect.any(String) }));
	expect(readFileSync(path).equals(before)).toBe(true);
	expect(statSync(path).mtimeMs).toBe(mtime);
}

function guarded(migrations?: readonly string[]): void {
	guardStore(path, () => openDatabase(path, migrations === undefined ? {} : { migrations })).close();
}

describe("a file that cannot be used is left byte for byte as it was", () => {
	test("some other file", () => {
		writeFileSync(path, "these are my notes, not a database\n".repeat(50));
		expectRefusal("store-foreign");
	});

	test("a file too short to be anything", () => {
		writeFileSync(path, "x");
		expectRefusal("store-foreign");
	});

	test("another program's SQLite database", () => {
		const other = new Database(path);
		other.exec("CREATE TABLE sessions (id); CREATE TABLE turns (id);");
		other.close();
		expectRefusal("store-foreign");
	});

	test("a database of a newer ctrace", () => {
		openDatabase(path, { migrations: [...MIGRATIONS, "CREATE TABLE future (x)"] }).close();
		expectRefusal("store-newer");
	});

	test("a database of a newer ctrace whose new schema is still in the log", () => {
		openDatabase(path).close();
		const newer = openDatabase(path, { migrations: [...MIGRATIONS, "CREATE TABLE future (x)"] });
		expect(readFileSync(path).readUInt32BE(60)).toBe(MIGRATIONS.length);
		expectRefusal("store-newer");
		newer.close();
	});

	test("a database that lost its end", () => {
		openDatabase(path).close();
		truncateSync(path, 8192);
		expectRefusal("store-damaged");
	});

	test("a database whose pages are garbage", () => {
		openDatabase(path).close();
		const bytes = readFileSync(path);
		bytes.fill(0xa5, 100);
		writeFileSync(path, bytes);
		expectRefusal("store-damaged");
	});
});

describe("migrations", () => {
	test("a new database carries our mark, the newest version and write-ahead logging", () => {
		const db = openDatabase(path);
		expect(db.pragma("application_id", { simple: true })).toBe(APPLICATION_ID);
		expect(userVersion(db)).toBe(MIGRATIONS.length);
		expect(db.pragma("journal_mode", { simple: true })).toBe("wal");
		db.close();
	});

	test("an older database is brought to the newest schema, and equals a new one", () => {
		const steps = [...MIGRATIONS, "CREATE TABLE later (x TEXT)", "ALTER TABLE later ADD COLUMN y TEXT"];
		const fresh = join(directory, "fresh.db");
		openDatabase(path).close();
		openDatabase(path, { migrations: steps.slice(0, -1) }).close();
		openDatabase(path, { migrations: steps }).close();
		openDatabase(fresh, { migrations: steps }).close();
		expect(schemaOf(path)).toEqual(schemaOf(fresh));
		expect(schemaOf(path)).toContainEqual({ name: "later", sql: "CREATE TABLE later (x TEXT, y TEXT)" });
	});

	test("a step that fails leaves the database at the step before", () => {
		openDatabase(path).close();
		const failing = [...MIGRATIONS, "CREATE TABLE half (x); SELECT 1 FROM nowhere"];
		expect(() => openDatabase(path, { migrations: failing })).toThrow(/nowhere/);
		const db = openDatabase(path);
		expect(userVersion(db)).toBe(MIGRATIONS.length);
		expect(db.prepare("SELECT name FROM sqlite_schema WHERE name = 'half'").all()).toEqual([]);
		db.close();
	});
});

function schemaOf(file: string): unknown[] {
	const db = new Database(file, { readonly: true });
	const rows = db.prepare("SELECT name, sql FROM sqlite_schema ORDER BY name").all();
	db.close();
	return rows;
}
