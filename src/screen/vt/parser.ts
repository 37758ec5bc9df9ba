/** Bytes → characters and sequences, wherever the stream is cut between two characters. */
import { runControlSequence } from "./control-sequence.ts";
import { codePointOf, DAMAGED, decode, lengthOf } from "./decode.ts";
import { runControl, runEscapeSequence } from "./escape-sequence.ts";
import { Params } from "./params.ts";
import { printAscii, printCodePoint, printRepeated } from "./print.ts";
import type { TerminalState } from "./terminal-state.ts";
import { TitleCommand } from "./title.ts";
import {
	actionOf,
	CLEAR,
	COLLECT,
	CSI_DISPATCH,
	CSI_PARAM,
	ESC_DISPATCH,
	ESCAPE,
	EXECUTE,
	FIRST_PRINTABLE,
	GROUND,
	OSC_END,
	OSC_PUT,
	OSC_START,
	PARAM,
	PRINT,
	STRING,
	stateAfter,
	transition,
} from "./transitions.ts";

const ESC = 0x1b;
const BRACKET = 0x5b;
const FIRST_PREFIX = 0x3c;
const LAST_PREFIX = 0x3f;
const FIRST_FINAL = 0x40;
const NONE = -1;
const SPACE = 0x20;
const DEL = 0x7f;
const CAN = 0x18;
const SUB = 0x1a;
/** More prefix and intermediate bytes than any known sequence has. */
const TOO_MANY = 0xff;

export class Parser {
	readonly #terminal: TerminalState;
	readonly #params = new Params();
	readonly #title = new TitleCommand();
	#state = GROUND;
	#collected = 0;

	constructor(terminal: TerminalState) {
		this.#terminal = terminal;
	}

	/** A sequence has begun and not ended. */
	get isInside(): boolean {
		return this.#state !== GROUND;
	}

	/** Whole characters; a sequence may go on in the next call. */
	parse(bytes: Uint8Array): void {
		let at = 0;
		while (at < bytes.length) {
			if (this.#state === GROUND) at = this.#ground(bytes, at);
			else if (this.#state === CSI_PARAM) at = this.#parameters(bytes, at);
			else if (this.#state === STRING) at = this.#string(bytes, at);
			else at = this.#next(bytes, at);
		}
	}

	/** Text and control characters, up to a sequence that is not plain. */
	#ground(bytes: Uint8Array, from: number): number {
		const terminal = this.#terminal;
		let at = from;
		while (at < bytes.length && this.#state === GROUND) {
			const byte = bytes[at] ?? 0;
			if (byte >= SPACE && byte < DEL) {
				const start = at;
				at = endOfAscii(bytes, at + 1);
				printAscii(terminal, bytes, start, at);
			} else if (byte === ESC) at = this.#escape(bytes, at);
			else if (byte < SPACE) {
				runControl(terminal, byte);
				at++;
			} else if (byte === DEL) at++;
			else at = this.#nonAscii(bytes, at);
		}
		return at;
	}

	#escape(bytes: Uint8Array, at: number): number {
		this.#clear();
		const end = bytes[at + 1] === BRACKET ? this.#plainSequence(bytes, at + 2) : NONE;
		if (end !== NONE) return end;
		this.#state = ESCAPE;
		return at + 1;
	}

	/**
	 * `CSI`, a prefix or none, numbers, the last byte: nearly all sequences are that and no more, and stand in one piece. Where
	 * it ends; nothing is done where it is anything else.
	 */
	#plainSequence(bytes: Uint8Array, from: number): number {
		const first = bytes[from] ?? 0;
		const prefix = first >= FIRST_PREFIX && first <= LAST_PREFIX ? first : 0;
		const at = this.#params.read(bytes, prefix === 0 ? from : from + 1);
		const final = bytes[at] ?? 0;
		if (final < FIRST_FINAL || final >= DEL) {
			this.#params.reset();
			return NONE;
		}
		runControlSequence(this.#terminal, prefix, final, this.#params);
		return at + 1;
	}

	#nonAscii(bytes: Uint8Array, at: number): number {
		const decoded = decode(bytes, at);
		const codePoint = codePointOf(decoded);
		const length = lengthOf(decoded);
		if (codePoint >= FIRST_PRINTABLE && codePoint !== DAMAGED) {
			const count = length === 3 ? repeatsOf(bytes, at) : 1;
			if (count > 1) printRepeated(this.#terminal, codePoint, count);
			else printCodePoint(this.#terminal, codePoint);
			return at + count * length;
		}
		if (codePoint !== DAMAGED) this.#take(codePoint);
		return at + length;
	}

	/** Digits and separators, as many as there are. */
	#parameters(bytes: Uint8Array, from: number): number {
		const at = this.#params.read(bytes, from);
		return at < bytes.length ? this.#next(bytes, at) : at;
	}

	/** Skipped up to what may end it. */
	#string(bytes: Uint8Array, from: number): number {
		let at = from;
		while (at < bytes.length) {
			const byte = bytes[at] ?? 0;
			if (byte === ESC || byte === CAN || byte === SUB || byte >= DEL) return this.#next(bytes, at);
			at++;
		}
		return at;
	}

	#next(bytes: Uint8Array, at: number): number {
		const byte = bytes[at] ?? 0;
		if (byte < 0x80) {
			this.#take(byte);
			return at + 1;
		}
		const decoded = decode(bytes, at);
		if (codePointOf(decoded) !== DAMAGED) this.#take(codePointOf(decoded));
		return at + lengthOf(decoded);
	}

	/** One code point, by the table. */
	#take(codePoint: number): void {
		const step = transition(this.#state, codePoint);
		this.#state = stateAfter(step);
		if (this.#state === STRING) this.#terminal.preceding = 0;
		switch (actionOf(step)) {
			case PRINT:
				printCodePoint(this.#terminal, codePoint);
				break;
			case EXECUTE:
				runControl(this.#terminal, codePoint);
				break;
			case CLEAR:
				this.#clear();
				break;
			case COLLECT:
				this.#collected = this.#collected === 0 ? codePoint : TOO_MANY;
				break;
			case PARAM:
				this.#params.add(codePoint);
				break;
			case CSI_DISPATCH:
				runControlSequence(this.#terminal, this.#collected, codePoint, this.#params);
				break;
			case ESC_DISPATCH:
				runEscapeSequence(this.#terminal, this.#collected, codePoint);
				break;
			default:
				this.#takeForTitle(actionOf(step), codePoint);
		}
	}

	#takeForTitle(action: number, codePoint: number): void {
		if (action === OSC_START) this.#title.start();
		if (action === OSC_PUT) this.#title.put(codePoint);
		if (action !== OSC_END) return;
		const title = this.#title.end();
		if (title !== undefined && codePoint !== CAN && codePoint !== SUB) this.#terminal.title = title;
		this.#terminal.preceding = 0;
		this.#clear();
	}

	#clear(): void {
		this.#params.reset();
		this.#collected = 0;
	}
}

/** How often the three bytes here stand here, one after the other: rules and frames are drawn so. */
function repeatsOf(bytes: Uint8Array, from: number): number {
	const [first, second, third] = [bytes[from], bytes[from + 1], bytes[from + 2]];
	let at = from + 3;
	while (at + 2 < bytes.length && bytes[at] === first && bytes[at + 1] === second && bytes[at + 2] === third)
		at += 3;
	return (at - from) / 3;
}

function endOfAscii(bytes: Uint8Array, from: number): number {
	let at = from;
	while (at < bytes.length) {
		const byte = bytes[at] ?? 0;
		if (byte < SPACE || byte >= DEL) return at;
		at++;
	}
	return at;
}
