/** What can happen to the database itself. */
import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, statSync, writeSync } from "node:fs";
import Database from "better-sqlite3";
import { databaseOf } from "../facts.ts";
import type { Fault } from "../fault.ts";
import { eventually, processOf, type Stage, signal } from "../stage.ts";
import { monotonic } from "../viewer.ts";

const GROUP = "store";
const LOCKED_MS = 30_000;
const PAGE_BYTES = 4096;

/** The store's file, once something is in it. */
async function existing(stage: Stage): Promise<string> {
	const path = databaseOf(stage);
	await eventually(
		() => (existsSync(path) && existsSync(`${path}-wal`) && statSync(path).size > 0) || undefined,
	);
	return path;
}

/** Held by this process: another one than those that record. */
async function lock(stage: Stage): Promise<void> {
	const path = await existing(stage);
	const db = new Database(path, { timeout: 20_000 });
	db.exec("BEGIN EXCLUSIVE");
	stage.struckAt = monotonic();
	const released = new Promise<void>((resolve) => {
		setTimeout(() => {
			db.exec("ROLLBACK");
			db.close();
			resolve();
		}, LOCKED_MS);
	});
	stage.afterwards.push(() => released);
}

/** Rubbish over some pages behind the first one. */
function scribble({ random }: Stage, path: string): void {
	const file = openSync(path, "r+");
	try {
		const pages = Math.floor(fstatSync(file).size / PAGE_BYTES);
		for (let hit = 0; hit < 4; hit += 1) {
			const page = random.between(1, Math.max(1, pages - 1));
			writeSync(file, Buffer.from(random.text("garden", PAGE_BYTES)), 0, PAGE_BYTES, page * PAGE_BYTES);
		}
	} finally {
		closeSync(file);
	}
}

async function killRecorder(stage: Stage): Promise<void> {
	const [pair] = stage.pairs;
	await existing(stage);
	const pid = pair === undefined ? undefined : await processOf(pair.wrapped, "recorder");
	stage.struckAt = monotonic();
	signal(pid, "SIGKILL");
	if (pid !== undefined) await eventually(() => (signal(pid, "SIGCONT") ? undefined : true));
}

/** As a power cut leaves it: half of the next transaction stands behind the last whole one. */
function tear({ random }: Stage, log: string): void {
	const file = openSync(log, "r+");
	try {
		const bytes = Buffer.from(random.text("0123456789abcdef", random.between(1, 3 * PAGE_BYTES)));
		writeSync(file, bytes, 0, bytes.length, fstatSync(file).size);
	} finally {
		closeSync(file);
	}
}

function cut({ random }: Stage, log: string): void {
	const file = openSync(log, "r+");
	try {
		ftruncateSync(file, random.between(0, fstatSync(file).size));
	} finally {
		closeSync(file);
	}
}

function afterDeath(harm: (stage: Stage, log: string) => void): (stage: Stage) => Promise<void> {
	return async (stage) => {
		await killRecorder(stage);
		const log = `${databaseOf(stage)}-wal`;
		if (existsSync(log)) harm(stage, log);
	};
}

export const STORES: readonly Fault[] = [
	{
		name: "locked",
		group: GROUP,
		what: "another process holds the database locked for 30 seconds",
		runs: { brief: 2, full: 8 },
		strike: lock,
	},
	{
		name: "corrupted",
		isWhenRecorded: true,
		group: GROUP,
		what: "pages of the database are overwritten with rubbish while a session is recorded",
		runs: { brief: 3, full: 15 },
		record: "said",
		destroysStore: true,
		strike: async (stage) => scribble(stage, await existing(stage)),
	},
	{
		name: "log-torn",
		isWhenRecorded: true,
		group: GROUP,
		what: "the recorder dies and leaves half a transaction at the end of the write-ahead log",
		runs: { brief: 4, full: 20 },
		record: "until-the-fault",
		isRecordedAgain: true,
		strike: afterDeath(tear),
	},
	{
		name: "log-cut",
		isWhenRecorded: true,
		group: GROUP,
		what: "the recorder dies, and the write-ahead log is cut off anywhere",
		runs: { brief: 3, full: 15 },
		record: "said",
		isRecordedAgain: true,
		strike: afterDeath(cut),
	},
];
