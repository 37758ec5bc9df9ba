/**
 * What `script --timing` writes, line by line, in both of its forms:
 *
 *   classic       0.104211 57                                   seconds since the line before, bytes of output
 *   multi-stream  O 0.104211 57 · I 0.2 1 · S 0.3 SIGWINCH ROWS=40 COLS=100 · H 0.0 START_TIME 2026-01-02 03:04:05+00:00
 */
import { broken } from "./broken.ts";
import { ByteReader } from "./byte-reader.ts";
import type { Chunks } from "./recording.ts";

export type TimingEntry =
	| { readonly kind: "output" | "input"; readonly delayMs: number; readonly bytes: number }
	| { readonly kind: "resize"; readonly delayMs: number; readonly cols: number; readonly rows: number }
	| { readonly kind: "head"; readonly delayMs: number; readonly name: string; readonly value: string }
	| { readonly kind: "other"; readonly delayMs: number };

/** A line of it is a number or two, or one fact. */
const MAX_TIMING_LINE = 64 * 1024;
const CLASSIC = /^(?<seconds>\d+(?:[.,]\d+)?) (?<bytes>\d+)$/u;
const MULTI = /^(?<stream>[A-Z]) (?<seconds>\d+(?:[.,]\d+)?)(?: (?<rest>.*))?$/u;

export function* readTiming(chunks: Chunks): Generator<TimingEntry, void> {
	const reader = new ByteReader(chunks);
	const decoder = new TextDecoder();
	for (let number = 1; ; number++) {
		const line = reader.takeLine(MAX_TIMING_LINE);
		if (line === undefined) return;
		const text = decoder.decode(line.bytes).trim();
		if (text !== "") yield parseLine(text, number);
	}
}

function parseLine(text: string, number: number): TimingEntry {
	const classic = CLASSIC.exec(text)?.groups;
	if (classic !== undefined)
		return { kind: "output", delayMs: toMs(classic.seconds), bytes: Number(classic.bytes) };
	const multi = MULTI.exec(text)?.groups;
	if (multi === undefined) throw broken(`line ${number} of the timing file is neither a delay nor a fact`);
	return parseMulti(multi.stream ?? "", toMs(multi.seconds), multi.rest ?? "", number);
}

function parseMulti(stream: string, delayMs: number, rest: string, number: number): TimingEntry {
	if (stream === "O" || stream === "I") {
		if (!/^\d+$/u.test(rest)) throw broken(`line ${number} of the timing file has no number of bytes`);
		return { kind: stream === "O" ? "output" : "input", delayMs, bytes: Number(rest) };
	}
	if (stream === "H") {
		const [, name = "", value = ""] = /^(\S+)\s*(.*)$/u.exec(rest) ?? [];
		return { kind: "head", delayMs, name, value };
	}
	const rows = /\bROWS=(\d{1,5})\b/u.exec(rest)?.[1];
	const cols = /\bCOLS=(\d{1,5})\b/u.exec(rest)?.[1];
	if (stream === "S" && rest.startsWith("SIGWINCH") && rows !== undefined && cols !== undefined)
		return { kind: "resize", delayMs, cols: Number(cols), rows: Number(rows) };
	return { kind: "other", delayMs };
}

/** Some locales write the decimal point as a comma. */
function toMs(seconds: string | undefined): number {
	return Number((seconds ?? "0").replace(",", ".")) * 1000;
}
