/** What the test recorder wrote about a session. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface RecordedLine {
	readonly kind: string;
	readonly at?: number;
	readonly data?: string;
	readonly code?: number;
	readonly signal?: string;
	readonly status?: string;
	readonly lostBytes?: number;
	readonly cols?: number;
	readonly rows?: number;
	readonly recorderPid?: number;
	readonly start?: {
		readonly attachment: string;
		readonly command: readonly string[];
		readonly transcripts: boolean;
	};
}

/** On a busy machine a recorder comes last. */
const LIMIT_MS = 15_000;
/** Whoever reads a long record again and again keeps it from being written. */
const LONGEST_REST_MS = 320;

/** Waits until the folder's only session is closed, and gives its lines. */
export async function recorded(home: string): Promise<RecordedLine[]> {
	return untilLines(home, (lines) => lines.some((line) => line.kind === "close"));
}

/** Waits until the lines of the folder's only session fulfil a condition. */
export async function untilLines(
	home: string,
	isEnough: (lines: readonly RecordedLine[]) => boolean,
): Promise<RecordedLine[]> {
	const end = Date.now() + LIMIT_MS;
	for (let rest = 10; Date.now() < end; rest = Math.min(2 * rest, LONGEST_REST_MS)) {
		const lines = readLines(home);
		if (isEnough(lines)) return lines;
		await new Promise((resolve) => setTimeout(resolve, rest));
	}
	throw new Error(`the record never got there: ${JSON.stringify(readLines(home)).slice(0, 1000)}`);
}

export function sessionsIn(home: string): string[] {
	try {
		return readdirSync(home).filter((name) => name.startsWith("session-"));
	} catch {
		return [];
	}
}

/** All bytes of one kind, in order. */
export function bytesOf(lines: readonly RecordedLine[], kind: "output" | "input"): Buffer {
	return Buffer.concat(
		lines.filter((line) => line.kind === kind).map((line) => Buffer.from(line.data ?? "", "base64")),
	);
}

function readLines(home: string): RecordedLine[] {
	const [name] = sessionsIn(home);
	if (name === undefined) return [];
	const text = readFileSync(join(home, name), "utf8");
	return text
		.slice(0, text.lastIndexOf("\n") + 1)
		.split("\n")
		.filter((line) => line !== "")
		.map((line) => JSON.parse(line) as RecordedLine);
}
