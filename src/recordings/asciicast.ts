/**
 * Asciicast versions 2 and 3: a header line, then one event a line.
 *
 *   2   {"version":2,"width":80,"height":24,…}        [seconds since the start, code, data]
 *   3   {"version":3,"term":{"cols":80,"rows":24},…}  [seconds since the event before, code, data]; # comment
 */
import * as z from "zod";
import type { TerminalEvent } from "../core/event.ts";
import { timeAfter, toEvent } from "./asciicast-events.ts";
import { broken } from "./broken.ts";
import { ByteReader } from "./byte-reader.ts";
import type { Chunks, Recording } from "./recording.ts";
import { splitShellWords } from "./shell-words.ts";

const size = z.number().int().min(0).max(100_000);
const text = z.string().nullish();
const known = {
	/** Seconds since the Unix epoch. */
	timestamp: z.number().min(0).max(1e11).nullish(),
	command: text,
	title: text,
	env: z.looseObject({ SHELL: text, PWD: text }).nullish(),
};
const headerSchema = z.discriminatedUnion("version", [
	z.looseObject({ version: z.literal(2), width: size, height: size, ...known }),
	z.looseObject({ version: z.literal(3), term: z.looseObject({ cols: size, rows: size }), ...known }),
]);
type Header = z.infer<typeof headerSchema>;

export function openAsciicast(chunks: Chunks): Recording {
	const reader = new ByteReader(chunks);
	const header = readHeader(reader);
	const isRelative = header.version === 3;
	return {
		format: isRelative ? "asciicast-v3" : "asciicast-v2",
		size:
			header.version === 3
				? { cols: header.term.cols, rows: header.term.rows }
				: { cols: header.width, rows: header.height },
		...headFacts(header),
		hasTimes: true,
		events: readEvents(reader, isRelative),
	};
}

/** What versions 1 to 3 say alike. */
export function headFacts(
	header: Pick<Header, "timestamp" | "command" | "title" | "env">,
): Pick<Recording, "startedAt" | "command" | "cwd" | "title"> {
	const { timestamp, command, title, env } = header;
	const shell = env?.SHELL;
	const line = command ?? "";
	const words = line.trim() !== "" ? splitShellWords(line) : shell ? [shell] : [];
	return {
		...(timestamp === undefined || timestamp === null ? {} : { startedAt: Math.round(timestamp * 1000) }),
		command: words,
		cwd: env?.PWD ?? "",
		...(title === undefined || title === null || title === "" ? {} : { title }),
	};
}

/** Fields that versions 1 to 3 have in common, for the first one's schema. */
export const HEAD_FIELDS = { ...known, size };

function readHeader(reader: ByteReader): Header {
	const line = reader.takeLine();
	const parsed = headerSchema.safeParse(parseJson(line?.bytes ?? new Uint8Array(0), 1));
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw broken(`line 1 is no asciicast header: ${issue?.path.join(".") || "it"}: ${issue?.message ?? ""}`);
}

function* readEvents(reader: ByteReader, isRelative: boolean): Generator<TerminalEvent, void> {
	let at = 0;
	for (let number = 2; ; number++) {
		const line = reader.takeLine();
		if (line === undefined) return;
		if (isNoEvent(line.bytes)) continue;
		const [seconds, code, data] = parseEvent(line.bytes, number, line.isWhole);
		at = timeAfter(at, isRelative ? at / 1000 + seconds : seconds);
		const event = toEvent(code, data, at);
		if (event !== undefined) yield event;
	}
}

const HASH = 35;
const decoder = new TextDecoder();

/** Comments, and the blank lines that editors leave at the end. */
function isNoEvent(line: Uint8Array): boolean {
	return line[0] === HASH || line.every((byte) => byte === 32 || byte === 13 || byte === 9);
}

function parseEvent(
	line: Uint8Array,
	number: number,
	isWhole: boolean,
): readonly [seconds: number, code: string, data: string] {
	const value = parseJson(line, number, isWhole);
	if (Array.isArray(value)) {
		const [seconds, code, data]: unknown[] = value;
		if (typeof seconds === "number" && typeof code === "string" && typeof data === "string")
			return [seconds, code, data];
	}
	throw broken(`line ${number} is no event: [time, code, data] was expected`);
}

function parseJson(line: Uint8Array, number: number, isWhole = true): unknown {
	try {
		return JSON.parse(decoder.decode(line));
	} catch {
		if (isWhole) throw broken(`line ${number} is not JSON`);
		throw broken(
			`it breaks off in line ${number}`,
			"Without that unfinished line, what comes before it can be imported.",
		);
	}
}
