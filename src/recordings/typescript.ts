/**
 * What `script` writes: a line about itself, the terminal's output, a line about its end.
 *
 *   Script started on 2026-01-02 03:04:05+00:00 [COMMAND="claude" TERM="…" TTY="…" COLUMNS="80" LINES="24"]
 *   …
 *   Script done on 2026-01-02 03:14:05+00:00 [COMMAND_EXIT_CODE="0"]
 */
import type { TerminalEvent, TerminalSize } from "../core/event.ts";
import { broken } from "./broken.ts";
import { ByteReader, concat } from "./byte-reader.ts";
import { paceOutput } from "./pace.ts";
import type { Recording, RecordingSource } from "./recording.ts";
import { splitShellWords } from "./shell-words.ts";
import { readTiming, type TimingEntry } from "./timing.ts";

/** Longer than any line of `script` about itself, a long command included. */
const MAX_HEAD_BYTES = 64 * 1024;
const HEAD = /^(?:Script started on (?<date>[^[\n]*?)|[^\n]*?)\s*(?:\[(?<facts>[^\n]*)\])?$/u;
const IS_HEAD = /^Script started|\[(?:COMMAND|TERM|TTY|COLUMNS|LINES)="/u;
const TRAILER = /\n?Script done[^\n]*\n?$/u;
const MAX_TRAILER_BYTES = 512;
const NEEDS_SIZE = "Say how large the terminal was: --size COLSxROWS";

type Facts = Readonly<Record<string, string>>;

export function openTypescript(source: RecordingSource): Recording {
	const reader = new ByteReader(source.chunks);
	const head = readHead(reader);
	const timing = source.timing === undefined ? undefined : readTiming(source.timing);
	const first = timing === undefined ? undefined : takeFacts(timing);
	const facts: Facts = { ...head.facts, ...first?.facts };
	const startedAt = parseDate(facts.START_TIME ?? head.date);
	const size = sizeOf(facts) ?? source.size;
	if (size === undefined) throw broken("it does not tell the terminal's size", NEEDS_SIZE);
	return {
		format: "typescript",
		size,
		...(startedAt === undefined ? {} : { startedAt }),
		command: commandOf(facts),
		cwd: "",
		hasTimes: timing !== undefined,
		events:
			timing === undefined || first === undefined
				? untimed(reader)
				: timed(reader, chain(first.entry, timing), facts.INPUT_LOG === facts.OUTPUT_LOG),
	};
}

/** Some versions write no such line when told to be quiet. */
function readHead(reader: ByteReader): { readonly date: string; readonly facts: Facts } {
	const line = new TextDecoder().decode(reader.peek(MAX_HEAD_BYTES)).split("\n", 1)[0] ?? "";
	if (!IS_HEAD.test(line)) return { date: "", facts: {} };
	reader.takeLine(MAX_HEAD_BYTES);
	const groups = HEAD.exec(line.trimEnd())?.groups;
	return {
		date: groups?.date ?? "",
		facts: { ...readCommandLine(reader), ...parseFacts(groups?.facts ?? "") },
	};
}

/** BSD and macOS put the command on a line of its own. */
function readCommandLine(reader: ByteReader): Facts {
	const next = new TextDecoder().decode(reader.peek(MAX_HEAD_BYTES)).split("\n", 1)[0] ?? "";
	if (!next.startsWith("Command: ")) return {};
	reader.takeLine(MAX_HEAD_BYTES);
	return { COMMAND: next.slice("Command: ".length).trim() };
}

function parseFacts(text: string): Facts {
	return Object.fromEntries(
		Array.from(text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/gu), ([, name = "", value = ""]) => [name, value]),
	);
}

function commandOf(facts: Facts): readonly string[] {
	if (facts.COMMAND !== undefined && facts.COMMAND !== "") return splitShellWords(facts.COMMAND);
	return facts.SHELL === undefined || facts.SHELL === "" ? [] : [facts.SHELL];
}

function sizeOf(facts: Facts): TerminalSize | undefined {
	const [cols, rows] = [Number(facts.COLUMNS), Number(facts.LINES)];
	return cols > 0 && rows > 0 ? { cols, rows } : undefined;
}

/** ISO with a blank, or a date as C writes it; anything in another language stays unknown. */
function parseDate(text: string): number | undefined {
	const iso = text.trim().replace(/^(\d{4}-\d{2}-\d{2}) (\d{2}:)/u, "$1T$2");
	const parsed = iso === "" ? Number.NaN : Date.parse(iso);
	return Number.isNaN(parsed) ? undefined : parsed;
}

/** The facts stand before the first thing that happened. */
function takeFacts(timing: Iterator<TimingEntry>): {
	readonly facts: Facts;
	readonly entry: TimingEntry | undefined;
} {
	const facts: Record<string, string> = {};
	for (;;) {
		const next = timing.next();
		if (next.done === true) return { facts, entry: undefined };
		if (next.value.kind !== "head") return { facts, entry: next.value };
		facts[next.value.name] = next.value.value;
	}
}

function* chain(first: TimingEntry | undefined, rest: Iterable<TimingEntry>): Generator<TimingEntry, void> {
	if (first !== undefined) yield first;
	yield* rest;
}

/** `isInputHere`: both streams were logged into the one file. */
function* timed(
	reader: ByteReader,
	timing: Iterable<TimingEntry>,
	isInputHere: boolean,
): Generator<TerminalEvent, void> {
	let at = 0;
	for (const entry of timing) {
		at += entry.delayMs;
		if (entry.kind === "output") yield* takeEvents(reader, entry, at);
		if (entry.kind === "input" && isInputHere) yield* takeEvents(reader, entry, at);
		if (entry.kind === "resize") yield { kind: "resize", at, cols: entry.cols, rows: entry.rows };
		if (entry.kind === "head" && entry.name === "EXIT_CODE") yield exitWith(entry.value, at);
	}
	const left = reader.peek(MAX_TRAILER_BYTES);
	if (left.length > 0 && !TRAILER.test(new TextDecoder().decode(left)))
		throw broken("the timing file tells of less output than there is", BELONGS);
}

const BELONGS = "Is it the timing file of this very typescript?";

function* takeEvents(
	reader: ByteReader,
	entry: Extract<TimingEntry, { kind: "output" | "input" }>,
	at: number,
): Generator<TerminalEvent, void> {
	let left = entry.bytes;
	for (const data of reader.take(entry.bytes)) {
		left -= data.length;
		yield { kind: entry.kind, at, data };
	}
	if (left > 0) throw broken("the timing file tells of more output than there is", BELONGS);
}

function exitWith(word: string, at: number): TerminalEvent {
	return { kind: "exit", at, ...(/^\d{1,3}$/u.test(word) ? { code: Number(word) } : {}) };
}

/** All output but the last line, which is `script`'s own. */
function* untimed(reader: ByteReader): Generator<TerminalEvent, void> {
	let trailer = "";
	function* output(): Generator<Uint8Array, void> {
		let held: Uint8Array = new Uint8Array(0);
		for (const chunk of reader.rest()) {
			const bytes = held.length === 0 ? chunk : concat([held, chunk]);
			const end = Math.max(0, bytes.length - MAX_TRAILER_BYTES);
			if (end > 0) yield bytes.subarray(0, end);
			held = bytes.slice(end);
		}
		const text = new TextDecoder("latin1").decode(held);
		const at = TRAILER.exec(text)?.index ?? text.length;
		trailer = text.slice(at);
		yield held.subarray(0, at);
	}
	let last = 0;
	for (const event of paceOutput(output())) {
		last = event.at;
		yield event;
	}
	const code = /COMMAND_EXIT_CODE="(\d{1,3})"/u.exec(trailer)?.[1];
	if (trailer !== "") yield exitWith(code ?? "", last);
}
