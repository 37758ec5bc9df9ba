/**
 * The framed copy of a session that the wrapper hands to the recorder over a pipe.
 *
 *   record  := length:u32le kind:u8 at:f64le payload      length counts kind, at and payload
 *   stream  := start-record record*
 *
 * Pure: bytes in, values out. A decoder keeps an incomplete record until the rest arrives, so any
 * chunking gives the same events. An unknown kind is skipped: an older recorder outlives a newer wrapper.
 */
import type { TerminalEvent } from "./event.ts";

/** What the wrapper knows when it starts; sent as the first record. Unmasked: it lives in memory only. */
export interface SessionStart {
	readonly command: readonly string[];
	readonly cwd: string;
	/** Milliseconds since the Unix epoch. */
	readonly startedAt: number;
	readonly cols: number;
	readonly rows: number;
	/** How the child is attached: to a pseudo-terminal, or to plain pipes. */
	readonly attachment: "pty" | "pipe";
	readonly wrapperPid: number;
	/** The wrapped process, when it could be started. */
	readonly childPid?: number | undefined;
	/** `--no-transcript`: keep to the terminal alone. */
	readonly transcripts: boolean;
	/** Absent: from a wrapper that left it to the recorder. */
	readonly sessionId?: string;
}

export type WireMessage =
	| { readonly kind: "start"; readonly start: SessionStart }
	| { readonly kind: "event"; readonly event: TerminalEvent };

const KIND = { start: 0, output: 1, input: 2, resize: 3, marker: 4, gap: 5, exit: 6 } as const;
const PREFIX_BYTES = 4;
const HEAD_BYTES = 9; // kind:u8 + at:f64
/** A record longer than this is damage, not data: the largest read of a terminal is far below it. */
const MAX_RECORD_BYTES = 64 * 1024 * 1024;

export class WireError extends Error {}

export function encodeMessage(message: WireMessage): Uint8Array {
	if (message.kind === "start") return record(KIND.start, 0, json(message.start));
	return encodeEvent(message.event);
}

/** What a record takes besides its bytes. */
export const RECORD_HEAD_BYTES = PREFIX_BYTES + HEAD_BYTES;

/** `room`, where it is given, is the memory that bytes are copied into: it holds `RECORD_HEAD_BYTES` more than they are. */
export function encodeEvent(event: TerminalEvent, room?: Uint8Array): Uint8Array {
	switch (event.kind) {
		case "output":
			return record(KIND.output, event.at, event.data, room);
		case "input":
			return record(KIND.input, event.at, event.data, room);
		case "resize":
			return record(KIND.resize, event.at, json({ cols: event.cols, rows: event.rows }));
		case "marker":
			return record(KIND.marker, event.at, json({ label: event.label }));
		case "gap":
			return record(KIND.gap, event.at, json({ reason: event.reason, lostBytes: event.lostBytes }));
		case "exit":
			return record(
				KIND.exit,
				event.at,
				json({ code: event.code, signal: event.signal, sentBytes: event.sentBytes }),
			);
	}
}

/** `feed(bytes)` gives the messages completed by them; `pending` says whether a torn one is held back. */
export class WireDecoder {
	#held: Uint8Array = new Uint8Array(0);

	get pending(): boolean {
		return this.#held.length > 0;
	}

	feed(chunk: Uint8Array): WireMessage[] {
		const bytes = this.#held.length === 0 ? chunk : concat(this.#held, chunk);
		const messages: WireMessage[] = [];
		let offset = 0;
		while (bytes.length - offset >= PREFIX_BYTES) {
			const view = new DataView(bytes.buffer, bytes.byteOffset + offset);
			const length = view.getUint32(0, true);
			if (length < HEAD_BYTES || length > MAX_RECORD_BYTES) throw new WireError(`record of ${length} bytes`);
			if (bytes.length - offset < PREFIX_BYTES + length) break;
			const payload = bytes.slice(offset + PREFIX_BYTES + HEAD_BYTES, offset + PREFIX_BYTES + length);
			const message = decodeRecord(view.getUint8(4), view.getFloat64(5, true), payload);
			if (message !== undefined) messages.push(message);
			offset += PREFIX_BYTES + length;
		}
		this.#held = bytes.slice(offset);
		return messages;
	}
}

function decodeRecord(kind: number, at: number, payload: Uint8Array): WireMessage | undefined {
	switch (kind) {
		case KIND.start:
			return { kind: "start", start: parse(payload) as SessionStart };
		case KIND.output:
			return { kind: "event", event: { kind: "output", at, data: payload } };
		case KIND.input:
			return { kind: "event", event: { kind: "input", at, data: payload } };
		case KIND.resize:
			return {
				kind: "event",
				event: { kind: "resize", at, ...(parse(payload) as { cols: number; rows: number }) },
			};
		case KIND.marker:
			return { kind: "event", event: { kind: "marker", at, ...(parse(payload) as { label: string }) } };
		case KIND.gap:
			return {
				kind: "event",
				event: { kind: "gap", at, ...(parse(payload) as { reason: string; lostBytes: number }) },
			};
		case KIND.exit:
			return {
				kind: "event",
				event: {
					kind: "exit",
					at,
					...(parse(payload) as { code?: number; signal?: string; sentBytes?: number }),
				},
			};
		default:
			return undefined;
	}
}

function record(kind: number, at: number, payload: Uint8Array, room?: Uint8Array): Uint8Array {
	const length = RECORD_HEAD_BYTES + payload.length;
	const bytes = room?.subarray(0, length) ?? new Uint8Array(length);
	const view = new DataView(bytes.buffer, bytes.byteOffset);
	view.setUint32(0, HEAD_BYTES + payload.length, true);
	view.setUint8(4, kind);
	view.setFloat64(5, at, true);
	bytes.set(payload, RECORD_HEAD_BYTES);
	return bytes;
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
	const joined = new Uint8Array(a.length + b.length);
	joined.set(a, 0);
	joined.set(b, a.length);
	return joined;
}

function json(value: unknown): Uint8Array {
	return new TextEncoder().encode(JSON.stringify(value));
}

function parse(payload: Uint8Array): unknown {
	return JSON.parse(new TextDecoder().decode(payload));
}

/**
 * The way back: one line that says why there is no record any more, and, before it, notes. A note is a line of ours that
 * begins with a character that no reason begins with.
 */
export type Note = "paused" | "resumed";

const NOTE = /^\u0001(?<note>paused|resumed)$/u;

export function noteLine(isPaused: boolean): string {
	return `\u0001${isPaused ? "paused" : "resumed"}\n`;
}

/** Undefined for a line that is none. */
export function readNote(line: string): Note | undefined {
	return NOTE.exec(line)?.groups?.note as Note | undefined;
}
