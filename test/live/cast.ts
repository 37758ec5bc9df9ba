/**
 * Writes and reads a recording as asciicast v2: times in seconds since the start, events `o` output, `i` input
 * (the terminal's own answers included), `r` resize, `m` marker, and `x` exit as version 3 has it.
 */
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import * as z from "zod";
import type { TerminalEvent, TerminalSize } from "../../src/core/event.ts";

export type CastCode = "o" | "i" | "r" | "m" | "x";

export interface CastHeader {
	readonly width: number;
	readonly height: number;
	readonly timestamp: number;
	readonly command: string;
	readonly env: Readonly<Record<string, string>>;
}

export class CastWriter {
	readonly #file: number;
	readonly #seconds: () => number;

	/** `seconds` gives the time since the session started. */
	constructor(path: string, header: CastHeader, seconds: () => number) {
		this.#file = openSync(path, "w");
		this.#seconds = seconds;
		writeSync(this.#file, `${JSON.stringify({ version: 2, ...header })}\n`);
	}

	write(code: CastCode, data: string): void {
		writeSync(this.#file, `${JSON.stringify([Number(this.#seconds().toFixed(6)), code, data])}\n`);
	}

	close(): void {
		closeSync(this.#file);
	}
}

const eventSchema = z.tuple([z.number(), z.string(), z.string()]);
const headerSchema = z.looseObject({ version: z.literal(2), width: z.number(), height: z.number() });

export interface CastRecording {
	readonly size: TerminalSize;
	readonly events: readonly TerminalEvent[];
}

/** A recording of `CastWriter` as the events that the recorder would have been given. */
export function readCast(path: string): CastRecording {
	const [head = "", ...lines] = readFileSync(path, "utf8").trimEnd().split("\n");
	const header = headerSchema.parse(JSON.parse(head));
	const events = lines.flatMap((line) => toEvent(...eventSchema.parse(JSON.parse(line))));
	return { size: { cols: header.width, rows: header.height }, events };
}

function toEvent(seconds: number, code: string, data: string): readonly TerminalEvent[] {
	const at = seconds * 1000;
	switch (code) {
		case "o":
			return [{ kind: "output", at, data: encoder.encode(data) }];
		case "i":
			return [{ kind: "input", at, data: encoder.encode(data) }];
		case "r": {
			const [cols = 0, rows = 0] = data.split("x").map(Number);
			return [{ kind: "resize", at, cols, rows }];
		}
		case "x":
			return [{ kind: "exit", at, code: Number(data) }];
		default:
			return [];
	}
}

const encoder = new TextEncoder();
