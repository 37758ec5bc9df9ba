/** What is poured through a terminal: coloured text, genuine Claude Code, noise. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { type CastRecording, readCast } from "../../live/cast.ts";

export function coloured(megabytes: number): Buffer {
	const lines: string[] = [];
	for (let line = 0; line < 4000; line += 1) {
		lines.push(
			`\u001b[3${line % 8}mline ${line}\u001b[0m of \u001b[1msome\u001b[22m text that a build prints, ${line * 7919}\r\n`,
		);
	}
	return repeated(Buffer.from(lines.join("")), megabytes);
}

/** All fixtures, one after the other, again and again. */
export function genuine(root: string, megabytes: number): Buffer {
	return repeated(Buffer.concat(fixtures(root).map(outputOf)), megabytes);
}

/** Every byte there is, in an order that looks like none; the same each time. */
export function noise(megabytes: number): Buffer {
	const bytes = Buffer.alloc(1_000_000);
	let state = 88_172_645;
	for (let index = 0; index < bytes.length; index += 1) {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		bytes[index] = state & 0xff;
	}
	return repeated(bytes, megabytes);
}

export function fixtures(root: string): readonly CastRecording[] {
	const folder = join(root, "test", "fixtures", "claude-code");
	return readdirSync(folder, { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith("session.cast"))
		.sort()
		.map((name) => readCast(join(folder, name)));
}

export function outputOf({ events }: CastRecording): Buffer {
	return Buffer.concat(events.flatMap((event) => (event.kind === "output" ? [event.data] : [])));
}

export interface Painted {
	/** Since the one before. */
	readonly afterMs: number;
	readonly data: Buffer;
}

export interface Spinning {
	/** What was painted until then. */
	readonly screen: Buffer;
	readonly painted: readonly Painted[];
}

/** The longest time in a recording in which Claude Code only moves its spinner, and counts. */
export function spinning(recordings: readonly CastRecording[]): Spinning {
	const none: Spinning = { screen: Buffer.alloc(0), painted: [] };
	return recordings
		.flatMap(spins)
		.filter(({ painted }) => painted.some(({ data }) => SPINNER.test(data.toString())))
		.reduce((best, run) => (lengthOf(run.painted) > lengthOf(best.painted) ? run : best), none);
}

const SPINNER = /[✢✳✶✻✽]/;
/** What each paints beside the spinner's sign: letters of its word as the light moves over them, seconds, tokens. */
const SPIN_LETTERS = 24;
const SPIN_BYTES = 300;
const SPIN_GAP_MS = 400;
const NO_LETTERS = /[\s·*✢✳✶✻✽]/gu;

function spins({ events }: CastRecording): Spinning[] {
	const runs: Spinning[] = [];
	const before: Buffer[] = [];
	let run: Painted[] = [];
	let last = 0;
	const end = () => {
		if (run.length > 0)
			runs.push({ screen: Buffer.concat(before.slice(0, before.length - run.length)), painted: run });
		run = [];
	};
	for (const event of events) {
		if (event.kind !== "output") continue;
		const data = Buffer.from(event.data);
		const letters = stripVTControlCharacters(data.toString()).replace(NO_LETTERS, "");
		const isSpin =
			data.length <= SPIN_BYTES && event.at - last <= SPIN_GAP_MS && letters.length <= SPIN_LETTERS;
		if (!isSpin) end();
		before.push(data);
		if (isSpin) run.push({ afterMs: event.at - last, data });
		last = event.at;
	}
	end();
	return runs;
}

function lengthOf(run: readonly Painted[]): number {
	return run.reduce((sum, { afterMs }) => sum + afterMs, 0);
}

function repeated(block: Buffer, megabytes: number): Buffer {
	const copies = Math.max(1, Math.ceil((megabytes * 1e6) / block.length));
	return Buffer.concat(Array.from({ length: copies }, () => block));
}
