/** Bytes → characters and sequences, wherever the stream is cut between two characters. */
import { runControlSequence } from "./control-sequence.ts";
import { codePointOf, DAMAGED, decode, lengthOf } from "./decode.ts";
import { runControl, runEscapeSequence } from "./escape-sequence.ts";
import { Params } from "./params.ts";
import { printAscii, printCodePoint } from "./print.ts";
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

	/** Text and control characters, up to the next sequence. */
	#ground(bytes: Uint8Array, from: number): number {
		const terminal = this.#terminal;
		let at = from;
		while (at < bytes.length) {
			const byte = bytes[at] ?? 0;
			if (byte >= SPACE && byte < DEL) {
				const start = at;
				at = endOfAscii(bytes, at + 1);
				printAscii(terminal, bytes, start, at);
			} else if (byte === ESC) {
				this.#clear();
				this.#state = ESCAPE;
				return at + 1;
			} else if (byte < SPACE) {
				runControl(terminal, byte);
				at++;
			} else if (byte === DEL) at++;
			else {
				at = this.#nonAscii(bytes, at);
				if (this.#state !== GROUND) return at;
			}
		}
		return at;
	}

	#nonAscii(bytes: Uint8Array, at: number): number {
		const decoded = decode(bytes, at);
		const codePoint = codePointOf(decoded);
		if (codePoint >= FIRST_PRINTABLE && codePoint !== DAMAGED) printCodePoint(this.#terminal, codePoint);
		else if (codePoint !== DAMAGED) this.#take(codePoint);
		return at + lengthOf(decoded);
	}

	/** Digits and separators, as many as there are. */
	#parameters(bytes: Uint8Array, from: number): number {
		let at = from;
		while (at < bytes.length) {
			const byte = bytes[at] ?? 0;
			if (byte < 0x30 || byte > 0x3b) return this.#next(bytes, at);
			this.#params.add(byte);
			at++;
		}
		return at;
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

function endOfAscii(bytes: Uint8Array, from: number): number {
	let at = from;
	while (at < bytes.length) {
		const byte = bytes[at] ?? 0;
		if (byte < SPACE || byte >= DEL) return at;
		at++;
	}
	return at;
}
