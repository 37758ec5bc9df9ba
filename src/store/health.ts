/** What the database tells about its own condition, and how well each version of an agent was understood. */
import { statSync } from "node:fs";
import type Database from "better-sqlite3";
import { userVersion } from "./migrations.ts";
import { optional } from "./optional.ts";
import type { StoreHealth, StoreSpace, VersionRecognition } from "./store.ts";

/** Findings named; the first one already says that the file is not to be trusted. */
const NAMED_FINDINGS = 5;

export function checkHealth(db: Database.Database, path: string): StoreHealth {
	const found = db.pragma(`quick_check(${NAMED_FINDINGS})`) as { readonly quick_check: string }[];
	return {
		...describeFile(db, path),
		damage: found.map((row) => row.quick_check).filter((word) => word !== "ok"),
		journalMode: String(db.pragma("journal_mode", { simple: true })),
	};
}

export function describeFile(db: Database.Database, path: string) {
	const version = db.prepare<[], { version: string }>("SELECT sqlite_version() AS version").get();
	return {
		sqliteVersion: version?.version ?? "",
		schemaVersion: userVersion(db),
		fileBytes: sizeOf(path),
		logBytes: sizeOf(`${path}-wal`),
	};
}

export function checkSpace(db: Database.Database, path: string): StoreSpace {
	const [free, size] = ["freelist_count", "page_size"].map((name) =>
		Number(db.pragma(name, { simple: true })),
	);
	return {
		fileBytes: sizeOf(path),
		logBytes: sizeOf(`${path}-wal`),
		freeBytes: (free ?? 0) * (size ?? 0),
	};
}

function sizeOf(path: string): number {
	return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

interface VersionRow {
	readonly agent: string;
	readonly agent_version: string | null;
	readonly sessions: number;
	readonly turns: number;
	readonly lines: number;
	readonly unclaimed: number;
	readonly compared: number;
	readonly fidelity: number | null;
}

export function recognitionByVersion(db: Database.Database): VersionRecognition[] {
	const rows = db
		.prepare<[], VersionRow>(
			`SELECT agent, agent_version, count(*) AS sessions, sum(asked) AS turns, sum(lines) AS lines,
				sum(unclaimed) AS unclaimed, sum(compared) AS compared,
				CASE WHEN sum(compared) > 0 THEN sum(agreement) / sum(compared) END AS fidelity
			FROM session_digests WHERE agent <> 'generic' GROUP BY agent, agent_version`,
		)
		.all();
	return rows
		.map(({ agent_version, fidelity, ...row }) => ({
			...row,
			...optional("agentVersion", agent_version),
			...optional("fidelity", fidelity),
		}))
		.sort(byVersion);
}

/** `2.1.100` after `2.1.9`; what has no version comes last. */
function byVersion(a: VersionRecognition, b: VersionRecognition): number {
	if (a.agentVersion === undefined || b.agentVersion === undefined)
		return Number(a.agentVersion === undefined) - Number(b.agentVersion === undefined);
	return b.agentVersion.localeCompare(a.agentVersion, "en", { numeric: true });
}
