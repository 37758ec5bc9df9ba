/** What a run left behind, as plain values: the checks look at these and at nothing else. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import * as z from "zod";
import type { Needles } from "../leaks/needles.ts";
import { ourFiles } from "../leaks/place.ts";
import { findLeaks, type Leak } from "../leaks/search.ts";
import { countTags, type Stretch, sameStretch, textWithout } from "./large-output.ts";
import { EDGES } from "./sit.ts";
import { notesOf, type Pair, readOr, type Sitting, type Stage } from "./stage.ts";
import { tagsIn } from "./text.ts";

/** What was seen at one terminal. */
export interface SittingFacts {
	/** Between the shell's two marks; to the end, where there is no second one. */
	readonly shown: string;
	/** The code that the shell saw. */
	readonly code: string;
	readonly settings: { readonly before: string; readonly after: string };
	/** How the command ended, in its own words. */
	readonly ended: string | undefined;
	/** Milliseconds from its start to its end. */
	readonly tookMs: number | undefined;
	/** Milliseconds from its end until the shell went on. */
	readonly heldBackMs: number | undefined;
}

export interface ShownTag {
	readonly tag: string;
	/** Monotonic clock. */
	readonly at: number;
}

export interface PairFacts {
	readonly bare: SittingFacts;
	readonly wrapped: SittingFacts;
	/** Of the wrapped one. */
	readonly tags: readonly ShownTag[];
	/** Further ones in the middle of an output that is too large for a text: they count as missing in the record. */
	readonly untold: number;
	readonly record: Record;
	/** Milliseconds for which the wrapper stood ready and others had the processor: nobody's fault but the machine's. */
	readonly waitedMs: number;
}

/** What `ctrace sessions show` tells of it. */
export interface Record {
	readonly status: string | undefined;
	readonly text: string;
	readonly gapBytes: number;
	/** More was shown than is kept, and it is said. */
	readonly isTruncated: boolean;
	/** How far its beginning and its length are from the truth, in milliseconds; absent where it has no end. */
	readonly timesOff?: { readonly start: number; readonly length: number };
	/** What ctrace said instead. */
	readonly refusal: string;
}

/** What was shown this long before a fault has to be in the record. */
export const PROMISED_MS = 1000;

export interface Facts {
	readonly pairs: readonly PairFacts[];
	/** `ok`, `absent`, or what is wrong with it. */
	readonly integrity: string;
	/** The fault struck when everything was over: the run shows little. */
	readonly isLate: boolean;
	readonly leaks: readonly Leak[];
	/** What was shown until then has to be in the record; absent: the fault was there from the beginning. */
	readonly promisedUntil: number | undefined;
	readonly problems: readonly string[];
}

const run = promisify(execFile);
const itemSchema = z.looseObject({ truncated: z.boolean().optional() });
const exportSchema = z.object({
	session: z.looseObject({
		status: z.string(),
		startedAt: z.iso.datetime(),
		endedAt: z.iso.datetime().optional(),
		gaps: z.array(z.looseObject({ lostBytes: z.number() })).optional(),
	}),
	turns: z.array(z.looseObject({ items: z.array(itemSchema) })),
});
const listSchema = z.array(z.looseObject({ id: z.string(), command: z.array(z.string()) }));

interface Seen {
	readonly bytes: Buffer;
	/** Of `viewer.bytes`, where these begin. */
	readonly from: number;
	/** When the shell's second mark was seen. */
	readonly backAt: number | undefined;
}

/** Between the shell's two marks. */
function seenAt({ viewer }: Sitting): Seen {
	const bytes = viewer.bytes;
	const from = bytes.indexOf(EDGES.begin) + 1;
	const end = bytes.indexOf(EDGES.end, from);
	const [backAt] = end === -1 ? [] : viewer.timesAt([end]);
	return { bytes: bytes.subarray(from, end === -1 ? bytes.length : end), from, backAt };
}

function sittingFacts(sitting: Sitting, { bytes, backAt }: Seen, leftOut: Stretch): SittingFacts {
	const { ended } = notesOf(sitting);
	const read = (name: string) => readOr(join(sitting.folder, name), "").trim();
	return {
		shown: textWithout(bytes, leftOut),
		code: read("code"),
		settings: { before: read("before"), after: read("after") },
		ended: ended?.how,
		tookMs: tookMs(sitting),
		heldBackMs: ended === undefined || backAt === undefined ? undefined : backAt - ended.at,
	};
}

function tookMs(sitting: Sitting): number | undefined {
	const { began, ended } = notesOf(sitting);
	return began === undefined || ended === undefined ? undefined : ended.at - began;
}

function shownTags({ viewer }: Sitting, { bytes, from }: Seen, leftOut: Stretch): ShownTag[] {
	const cut = leftOut.to - leftOut.from;
	const found = tagsIn(textWithout(bytes, leftOut));
	const times = viewer.timesAt(found.map(({ end }) => from + end - 1 + (end > leftOut.from ? cut : 0)));
	return found.map(({ tag }, index) => ({ tag, at: times[index] ?? 0 }));
}

const NO_RECORD: Record = { status: undefined, text: "", gapBytes: 0, isTruncated: false, refusal: "" };
const MOST_OUTPUT_BYTES = 256 * 1024 * 1024;

async function ctrace(stage: Stage, ...words: string[]): Promise<string> {
	const { place } = stage;
	const [file = "", ...args] = [...place.ctrace, ...words];
	const { stdout } = await run(file, args, {
		cwd: place.theirs,
		env: { ...place.env },
		maxBuffer: MOST_OUTPUT_BYTES,
	});
	return stdout;
}

/** The record of the sitting's session, which is known by the place of its notes on the command line. */
async function readRecord(stage: Stage, sitting: Sitting): Promise<Record> {
	const { folder } = sitting;
	try {
		const all = listSchema.parse(
			JSON.parse(await ctrace(stage, "sessions", "list", "--limit", "1000", "--json")),
		);
		const id = all.find(({ command }) => command.includes(join(folder, "notes")))?.id;
		if (id === undefined) return NO_RECORD;
		const { session, turns } = exportSchema.parse(
			JSON.parse(await ctrace(stage, "sessions", "show", id, "--json")),
		);
		return {
			status: session.status,
			text: JSON.stringify(turns),
			gapBytes: (session.gaps ?? []).reduce((sum, { lostBytes }) => sum + lostBytes, 0),
			isTruncated: turns.some(({ items }) => items.some(({ truncated }) => truncated === true)),
			refusal: "",
			...timesOff(session, sitting),
		};
	} catch (error) {
		if (error instanceof z.ZodError || error instanceof SyntaxError) throw error;
		return {
			...NO_RECORD,
			refusal: error instanceof Error && "stderr" in error ? String(error.stderr) : String(error),
		};
	}
}

interface Times {
	readonly startedAt: string;
	readonly endedAt?: string | undefined;
}

function timesOff({ startedAt, endedAt }: Times, sitting: Sitting): Pick<Record, "timesOff"> {
	const took = tookMs(sitting);
	if (endedAt === undefined || took === undefined) return {};
	const start = Date.parse(startedAt) - sitting.startedAt;
	return { timesOff: { start, length: Date.parse(endedAt) - Date.parse(startedAt) - took } };
}

/** As SQLite itself sees it, with a connection that changes nothing. */
export function integrityOf(path: string): string {
	if (!existsSync(path)) return "absent";
	try {
		const db = new Database(path, { readonly: true });
		try {
			const rows = db.pragma("integrity_check(3)") as { readonly integrity_check: string }[];
			return rows.map((row) => row.integrity_check).join("; ");
		} finally {
			db.close();
		}
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

export function countSessions(stage: Stage): number {
	try {
		const db = new Database(databaseOf(stage), { readonly: true, fileMustExist: true });
		try {
			return db.prepare<[], { count: number }>("SELECT count(*) AS count FROM sessions").get()?.count ?? 0;
		} finally {
			db.close();
		}
	} catch {
		return 0; // not there yet
	}
}

export function databaseOf(stage: Stage): string {
	return join(stage.place.ctraceHome, "data", "ctrace.db");
}

export async function gatherFacts(stage: Stage, needles: Needles): Promise<Facts> {
	const pairs: PairFacts[] = [];
	for (const pair of stage.pairs) pairs.push(await pairFacts(stage, pair));
	const sources = ourFiles(stage.place).map(({ path, bytes }) => ({ name: path, bytes }));
	const told = pairs.map(({ record }) => ({ name: "ctrace sessions show", bytes: Buffer.from(record.text) }));
	return {
		pairs,
		integrity: integrityOf(databaseOf(stage)),
		isLate: isLate(stage),
		leaks: findLeaks(needles, [...sources, ...told]),
		promisedUntil:
			stage.struckAt === undefined ? undefined : stage.waiting.before(stage.struckAt, PROMISED_MS),
		problems: stage.problems,
	};
}

function isLate({ struckAt, pairs }: Stage): boolean {
	const ended = pairs.map(({ wrapped }) => notesOf(wrapped).ended?.at ?? Number.POSITIVE_INFINITY);
	return struckAt !== undefined && ended.every((at) => at < struckAt);
}

async function pairFacts(stage: Stage, { bare, wrapped, waiting }: Pair): Promise<PairFacts> {
	const [seenBare, seenWrapped] = [seenAt(bare), seenAt(wrapped)];
	const leftOut = sameStretch(seenBare.bytes, seenWrapped.bytes);
	return {
		bare: sittingFacts(bare, seenBare, leftOut),
		wrapped: sittingFacts(wrapped, seenWrapped, leftOut),
		tags: shownTags(wrapped, seenWrapped, leftOut),
		untold: countTags(seenWrapped.bytes, leftOut),
		record: await readRecord(stage, wrapped),
		waitedMs: waiting.readyMs,
	};
}
