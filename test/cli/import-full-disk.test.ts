import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeCorpus } from "../bench/transcript-corpus.ts";
import { buildCli, cliScene } from "./run-built-cli.ts";

/** A file system of a few megabytes needs a mount namespace, which not every machine grants. */
const canMount = spawnSync("unshare", ["-m", "true"]).status === 0;
const DISK = "3m";
/** The one finds room, the other does not. */
const BYTES = { early: 150_000, late: 3_000_000 } as const;
let cli: string;
let past: string;

beforeAll(() => {
	cli = buildCli();
	past = mkdtempSync(join(tmpdir(), "ctrace-past-"));
	for (const [seed, name] of (["early", "late"] as const).entries())
		writeCorpus(join(past, name), BYTES[name], seed + 1);
});

afterAll(() => {
	rmSync(cli, { force: true });
	rmSync(past, { recursive: true, force: true });
});

interface Kept {
	readonly damage: string;
	readonly turns: number;
	readonly items: number;
	/** Texts in the index, and texts that should be. */
	readonly indexed: number;
	readonly toIndex: number;
	/** Turns without a prompt's row. */
	readonly torn: number;
}

/** Of a session, as it is printed when it was imported. */
interface Printed {
	readonly id: string;
	readonly turns: number;
}

function printedIn(stdout: string): Printed[] {
	return Array.from(stdout.matchAll(/^([0-9a-f-]+) {2}(\d+) turns? /gmu), ([, id = "", turns]) => ({
		id,
		turns: Number(turns),
	}));
}

/** The sessions that were printed, as the database has them. */
function storedOf(database: string, printed: readonly Printed[]): Printed[] {
	const db = new Database(database);
	try {
		const count = db
			.prepare(
				"SELECT count(*) FROM turns t JOIN sessions s ON s.key = t.session_key WHERE s.id LIKE ? || '%'",
			)
			.pluck();
		return printed.map(({ id }) => ({ id, turns: Number(count.get(id)) }));
	} finally {
		db.close();
	}
}

function look(database: string): Kept {
	const db = new Database(database);
	try {
		const count = (sql: string) => Number(db.prepare(`SELECT count(*) FROM ${sql}`).pluck().get());
		return {
			damage: String(db.pragma("integrity_check", { simple: true })),
			turns: count("turns"),
			items: count("items"),
			indexed: count("search_docsize"),
			toIndex: count("items WHERE is_indexed = 1"),
			torn: count("turns WHERE key NOT IN (SELECT turn_key FROM items WHERE position = 0)"),
		};
	} finally {
		db.close();
	}
}

describe("ctrace import onto a disk that fills up", () => {
	test.skipIf(!canMount)(
		"says so, keeps whole turns that are found, and goes on where there is room",
		() => {
			using place = cliScene(cli);
			using other = cliScene(cli);
			const home = join(place.home, "ct");
			const database = join(home, "data", "ctrace.db");
			const disk = join(place.home, "disk");
			rmSync(home, { recursive: true });
			for (const directory of [home, disk]) mkdirSync(directory);
			const script = `mount -t tmpfs -o size=${DISK} none "$1" && export CTRACE_HOME="$1" && "$2" "$3" import "$4"
			"$2" "$3" import "$5"
			code=$?; cp -r "$1"/. "$6"; exit $code`;
			const [early, late] = [join(past, "early"), join(past, "late")];
			const shell = ["-m", "sh", "-c", script, "sh", disk, process.execPath, cli, early, late, home];
			const { status, stdout, stderr } = spawnSync("unshare", shell, { env: place.env, encoding: "utf8" });
			expect(stderr).toContain("no space left on the disk that holds");
			expect(stderr).not.toContain("mistake of its own");
			expect(status).toBe(1);

			const kept = look(database);
			expect(kept).toMatchObject({ damage: "ok", torn: 0, indexed: kept.toIndex, toIndex: kept.items });
			expect(kept.turns).toBeGreaterThan(0);
			const printed = printedIn(stdout);
			expect(printed.length).toBeGreaterThan(0);
			expect(storedOf(database, printed)).toEqual(printed);

			expect(place.run("import", early, late)).toMatchObject({ code: 0, err: "" });
			other.run("import", early, late);
			const whole = look(database);
			expect(whole).toEqual(look(join(other.home, "ct", "data", "ctrace.db")));
			expect(whole.turns).toBeGreaterThan(kept.turns);
		},
		120_000,
	);
});
