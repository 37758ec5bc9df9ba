/**
 * Remembers which terminal modes a program has switched on, from its output alone, so that they can be
 * switched off when it dies without doing so. Not a parser: it looks at a handful of sequences and skips the rest.
 *
 *   text --ESC--> escape --[--> control --final byte--> text
 *
 * Reset rules (the bytes of a clean exit are never touched):
 *   killed by a signal      everything that is still on
 *   exit code other than 0  what makes a shell unusable: alternate screen, mouse, keyboard protocols, paste, focus
 *   exit code 0             nothing: a program that leaves a mode on and says it went well meant it
 */
import type { ChildExit } from "./child-exit.ts";

/** A longer parameter list is none of ours: the sequences watched for have at most a few numbers. */
const MAX_PARAMETERS = 64;
const ESC = 0x1b;
const BRACKET = 0x5b;
const SCROLL_REGION = 0x72;
const MOUSE_AND_INPUT = [1000, 1002, 1003, 1005, 1006, 1015, 1016, 1004, 2004] as const;
const ALTERNATE_SCREENS = [47, 1047, 1049] as const;
const SYNCHRONISED_OUTPUT = 2026;
const APPLICATION_CURSOR_KEYS = 1;
const WATCHED_ON: ReadonlySet<number> = new Set([
	...MOUSE_AND_INPUT,
	...ALTERNATE_SCREENS,
	SYNCHRONISED_OUTPUT,
	APPLICATION_CURSOR_KEYS,
]);
/** Modes that are on by default and annoy when left off: cursor visible, automatic wrap. */
const WATCHED_OFF: ReadonlySet<number> = new Set([25, 7]);

type Screen = "main" | "alternate";

/** The sequences in `bytes`, from that place on, that may concern it; undefined where it is to look for them itself. */
export type PickSequences = (bytes: Uint8Array, from: number) => Uint8Array | undefined;

const NOTHING_PICKED: PickSequences = () => undefined;

export class ModeTracker {
	#state: "text" | "escape" | "control" = "text";
	#parameters = "";
	#on = new Set<number>();
	#off = new Set<number>();
	#kittyDepth: Record<Screen, number> = { main: 0, alternate: 0 };
	#kittySet: Record<Screen, boolean> = { main: false, alternate: false };
	#modifyOtherKeys = false;
	#applicationKeypad = false;
	#scrollRegion = false;
	readonly #pick: PickSequences;

	/** `pick` may spare it a look at each byte. */
	constructor(pick: PickSequences = NOTHING_PICKED) {
		this.#pick = pick;
	}

	feed(bytes: Uint8Array): void {
		let index = 0;
		while (index < bytes.length && this.#state !== "text") {
			this.#step(bytes[index] ?? 0);
			index += 1;
		}
		const picked = index < bytes.length ? this.#pick(bytes, index) : undefined;
		if (picked === undefined) this.#look(bytes, index);
		else this.#look(picked, 0);
	}

	#look(bytes: Uint8Array, from: number): void {
		for (let index = from; index < bytes.length; index += 1) {
			if (this.#state !== "text") this.#step(bytes[index] ?? 0);
			else if (bytes[index] === ESC) {
				const end = endOfCommonSequence(bytes, index);
				if (end === -1) this.#state = "escape";
				else index = end;
			}
		}
	}

	/** The sequences that put the terminal back in order after this end; empty when nothing is to be done. */
	resetFor(exit: ChildExit): string {
		if (exit.signal !== undefined) return this.#resetKeyboardAndScreen() + this.#resetLook();
		if (exit.code !== undefined && exit.code !== 0) return this.#resetKeyboardAndScreen();
		return "";
	}

	#step(byte: number): void {
		if (byte === ESC) this.#state = "escape";
		else if (this.#state === "escape") this.#escape(byte);
		else this.#control(byte);
	}

	#escape(byte: number): void {
		this.#state = "text";
		const char = String.fromCharCode(byte);
		if (char === "[") {
			this.#state = "control";
			this.#parameters = "";
		} else if (char === "=") this.#applicationKeypad = true;
		else if (char === ">") this.#applicationKeypad = false;
		else if (char === "c") this.#forget();
	}

	#control(byte: number): void {
		if (byte < 0x20) return; // control characters inside a sequence act on their own
		if (byte < 0x40) {
			this.#parameters += String.fromCharCode(byte);
			if (this.#parameters.length > MAX_PARAMETERS) this.#state = "text";
			return;
		}
		this.#state = "text";
		this.#sequence(this.#parameters, String.fromCharCode(byte));
	}

	#sequence(parameters: string, final: string): void {
		if ((final === "h" || final === "l") && parameters.startsWith("?")) this.#privateModes(parameters, final);
		else if (final === "u") this.#kitty(parameters);
		else if (final === "m" && parameters.startsWith(">4"))
			this.#modifyOtherKeys = /^>4;[1-9]/.test(parameters);
		else if (final === "r" && /^[\d;]*$/.test(parameters)) this.#scrollRegion = parameters !== "";
		else if (final === "p" && parameters === "!") this.#softReset();
	}

	#privateModes(parameters: string, final: "h" | "l"): void {
		for (const text of parameters.slice(1).split(";")) {
			const mode = Number(text);
			if (WATCHED_ON.has(mode)) toggle(this.#on, mode, final === "h");
			if (WATCHED_OFF.has(mode)) toggle(this.#off, mode, final === "l");
		}
	}

	#kitty(parameters: string): void {
		const screen = this.#screen();
		const count = Number(parameters.slice(1) || "1");
		if (parameters.startsWith(">")) this.#kittyDepth[screen] += 1;
		else if (parameters.startsWith("<")) {
			this.#kittyDepth[screen] = Math.max(0, this.#kittyDepth[screen] - Math.max(1, count));
		} else if (parameters.startsWith("=")) this.#kittySet[screen] = !/^=0?(;|$)/.test(parameters);
	}

	#screen(): Screen {
		return ALTERNATE_SCREENS.some((mode) => this.#on.has(mode)) ? "alternate" : "main";
	}

	#softReset(): void {
		this.#on.delete(APPLICATION_CURSOR_KEYS);
		this.#off.clear();
		this.#applicationKeypad = false;
		this.#scrollRegion = false;
	}

	#forget(): void {
		this.#softReset();
		this.#on.clear();
		this.#kittyDepth = { main: 0, alternate: 0 };
		this.#kittySet = { main: false, alternate: false };
		this.#modifyOtherKeys = false;
	}

	#resetKeyboardAndScreen(): string {
		let text = "";
		if (this.#on.has(SYNCHRONISED_OUTPUT)) text += `\x1b[?${SYNCHRONISED_OUTPUT}l`;
		for (const mode of MOUSE_AND_INPUT) if (this.#on.has(mode)) text += `\x1b[?${mode}l`;
		if (this.#modifyOtherKeys) text += "\x1b[>4;0m";
		text += this.#resetKitty(this.#screen());
		if (this.#screen() === "alternate") {
			// Full height first: leaving the alternate screen does not lift a region set on it.
			if (this.#scrollRegion) text += "\x1b[r";
			for (const mode of ALTERNATE_SCREENS) if (this.#on.has(mode)) text += `\x1b[?${mode}l`;
			text += this.#resetKitty("main");
			if (this.#off.has(25)) text += "\x1b[?25h";
		}
		return text;
	}

	#resetKitty(screen: Screen): string {
		const depth = this.#kittyDepth[screen];
		const pop = depth > 0 ? `\x1b[<${depth}u` : "";
		return pop + (this.#kittySet[screen] ? "\x1b[=0;1u" : "");
	}

	#resetLook(): string {
		let text = "";
		const wasOnMain = this.#screen() === "main";
		// Setting the region moves the cursor home: keep it where the program left it.
		if (this.#scrollRegion && wasOnMain) text += "\x1b7\x1b[r\x1b8";
		if (this.#on.has(APPLICATION_CURSOR_KEYS)) text += "\x1b[?1l";
		if (this.#applicationKeypad) text += "\x1b>";
		if (this.#off.has(7)) text += "\x1b[?7h";
		if (this.#off.has(25) && wasOnMain) text += "\x1b[?25h";
		return text;
	}
}

/**
 * The last byte of a sequence that is none of ours, where that is plain to see; otherwise -1. Nearly all are colours and moves:
 * numbers between a bracket and a letter, of which only the scroll region counts.
 */
function endOfCommonSequence(bytes: Uint8Array, start: number): number {
	if (bytes[start + 1] !== BRACKET) return -1;
	let index = start + 2;
	while (isParameter(bytes[index])) index += 1;
	const final = bytes[index] ?? 0;
	return final >= 0x40 && final < 0x7f && final !== SCROLL_REGION ? index : -1;
}

/** Digits, `:` and `;`. */
function isParameter(byte: number | undefined): boolean {
	return byte !== undefined && byte >= 0x30 && byte <= 0x3b;
}

function toggle(set: Set<number>, value: number, on: boolean): void {
	if (on) set.add(value);
	else set.delete(value);
}
