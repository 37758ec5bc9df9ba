/**
 * Recordings as asciicast: reads versions 2 (times since the start) and 3 (times since the event before), writes 3. Pure.
 * Events are `o` output, `i` input, `r` resize, `m` marker, `x` exit; others are skipped.
 */
import { CtraceError } from "../core/errors.ts";
import type { TerminalEvent, TerminalSize } from "../core/event.ts";

export interface Cast {
	readonly size: TerminalSize;
	/** As one line, where the header says it. */
	readonly command: string | undefined;
	readonly events: readonly TerminalEvent[];
}

/** Throws `input` with the number of the line that is none. */
export function readCast(text: string): Cast {
	const lines = text.split("\n").map((line, index) => ({ line: line.trim(), number: index + 1 }));
	const [head, ...rest] = lines.filter(({ line }) => line !== "" && !line.startsWith("#"));
	const { size, version, command } = readHeader(head?.line ?? "");
	let at = 0;
	const events = rest.flatMap(({ line, number }) => {
		const [seconds, code, data] = readEvent(line, number);
		at = version === 3 ? at + seconds * 1000 : seconds * 1000;
		return toEvents(at, code, data);
	});
	return { size, command, events };
}

interface Header {
	readonly size: TerminalSize;
	readonly version: number;
	readonly command: string | undefined;
}

function readHeader(line: string): Header {
	const header = parse(line, 1);
	const version = numberIn(header, "version");
	const terminal = version === 3 ? fieldOf(header, "term") : header;
	const cols = numberIn(terminal, version === 3 ? "cols" : "width");
	const rows = numberIn(terminal, version === 3 ? "rows" : "height");
	const command = fieldOf(header, "command");
	if ((version !== 2 && version !== 3) || cols === undefined || rows === undefined) {
		throw new CtraceError("input", "this is no recording in asciicast version 2 or 3");
	}
	return { size: { cols, rows }, version, command: typeof command === "string" ? command : undefined };
}

function fieldOf(value: unknown, name: string): unknown {
	return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function numberIn(value: unknown, name: string): number | undefined {
	const field = fieldOf(value, name);
	return typeof field === "number" ? field : undefined;
}

function readEvent(line: string, number: number): readonly [seconds: number, code: string, data: string] {
	const event = parse(line, number);
	if (!Array.isArray(event)) throw new CtraceError("input", `line ${number} is no event`);
	const [seconds, code, data]: unknown[] = event;
	if (typeof seconds === "number" && typeof code === "string" && typeof data === "string") {
		return [seconds, code, data];
	}
	throw new CtraceError("input", `line ${number} is no event`);
}

function parse(line: string, number: number): unknown {
	try {
		return JSON.parse(line);
	} catch (cause) {
		throw new CtraceError("input", `line ${number} of the recording is damaged`, { cause });
	}
}

const encoder = new TextEncoder();

function toEvents(at: number, code: string, data: string): readonly TerminalEvent[] {
	switch (code) {
		case "o":
			return [{ kind: "output", at, data: encoder.encode(data) }];
		case "i":
			return [{ kind: "input", at, data: encoder.encode(data) }];
		case "r": {
			const [cols = 0, rows = 0] = data.split("x").map(Number);
			return [{ kind: "resize", at, cols, rows }];
		}
		case "m":
			return [{ kind: "marker", at, label: data }];
		case "x":
			return [{ kind: "exit", at, code: Number(data) }];
		default:
			return [];
	}
}

/** Events with their bytes as text: what an asciicast holds. */
export interface CastLine {
	readonly at: number;
	readonly code: "o" | "i" | "r" | "m" | "x";
	readonly data: string;
}

/** A character that was cut by the end of a chunk moves, whole, into the next one. */
export function toLines(events: readonly TerminalEvent[]): readonly CastLine[] {
	const decoders = { output: new TextDecoder(), input: new TextDecoder() };
	return events.map((event) => toLine(event, decoders)).filter((line) => line !== undefined);
}

type Decoders = Readonly<Record<"output" | "input", InstanceType<typeof TextDecoder>>>;

function toLine(event: TerminalEvent, decoders: Decoders): CastLine | undefined {
	const { at } = event;
	switch (event.kind) {
		case "output":
		case "input": {
			const data = decoders[event.kind].decode(event.data, { stream: true });
			return data === "" ? undefined : { at, code: event.kind === "output" ? "o" : "i", data };
		}
		case "resize":
			return { at, code: "r", data: `${event.cols}x${event.rows}` };
		case "marker":
			return { at, code: "m", data: event.label };
		case "exit":
			return { at, code: "x", data: String(event.code ?? UNKNOWN_EXIT) };
		case "gap":
			return undefined;
	}
}

/** Killed by a signal: a shell would say so too. */
const UNKNOWN_EXIT = 128;

export function writeCast(
	header: { readonly size: TerminalSize; readonly command: string },
	lines: readonly CastLine[],
): string {
	const { size, command } = header;
	const first = { version: 3, term: { cols: size.cols, rows: size.rows, type: "xterm-256color" }, command };
	let before = 0;
	const rest = lines.map(({ at, code, data }) => {
		const now = Math.round(at * MICROSECONDS_A_MS);
		const line = JSON.stringify([(now - before) / MICROSECONDS_A_SECOND, code, data]);
		before = now;
		return line;
	});
	return `${[JSON.stringify(first), ...rest].join("\n")}\n`;
}

const MICROSECONDS_A_MS = 1000;
const MICROSECONDS_A_SECOND = 1_000_000;
