/** The database that every test file's own is copied from: a fresh Supabase project with ctrace's migrations in it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { startAuth } from "./auth.ts";
import type { Postgres } from "./postgres.ts";
import { TEMPLATE } from "./stack.ts";

/** The repository, from here and from a bundle two folders deep. */
const ROOT = join(import.meta.dirname, "../..");
const SOURCES = join(ROOT, "test-stack/src");
export const MIGRATIONS_FOLDER = join(ROOT, "supabase/migrations");

export async function createTemplate(postgres: Postgres): Promise<void> {
	await run(postgres.uri(), [`create database ${TEMPLATE}`]);
	const uri = postgres.uri(TEMPLATE);
	await run(uri, [readFileSync(join(SOURCES, "bootstrap.sql"), "utf8")]);
	const auth = await startAuth(uri);
	await auth.createTables();
	await auth.stop();
	// After Auth, which brings helpers of its own that read an older form of the claims.
	await run(uri, [readFileSync(join(SOURCES, "auth-claims.sql"), "utf8"), ...readMigrations()]);
}

export function readMigrations(): string[] {
	const names = readdirSync(MIGRATIONS_FOLDER).filter((name) => name.endsWith(".sql"));
	return names.sort().map((name) => readFileSync(join(MIGRATIONS_FOLDER, name), "utf8"));
}

async function run(uri: string, statements: readonly string[]): Promise<void> {
	const client = new pg.Client({ connectionString: uri });
	await client.connect();
	try {
		for (const sql of statements) await client.query(sql);
	} finally {
		await client.end();
	}
}
