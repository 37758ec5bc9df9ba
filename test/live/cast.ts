/**
 * Writes a recording as asciicast v2: times in seconds since the start, events `o` output, `i` input
 * (the terminal's own answers included), `r` resize, `m` marker, and `x` exit as version 3 has it.
 */
import { closeSync, openSync, writeSync } from "node:fs";

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
