/**
 * What the person's keys did, read in memory only and forgotten with the next prompt: pastes (the screen shows
 * `[Pasted text #1 +29 lines]`), the keys that answered a dialog, and the line as far as it was simply typed.
 */

export type Key =
	| { readonly kind: "enter" }
	| { readonly kind: "escape" }
	| { readonly kind: "digit"; readonly digit: number }
	| { readonly kind: "up" }
	| { readonly kind: "down" }
	| { readonly kind: "backtab" }
	| { readonly kind: "other" };

export interface Typed {
	/** The line as typed, as far as no cursor movement or history key made it unknowable. */
	readonly text: string | undefined;
	readonly pastes: readonly string[];
}

const PASTE_START = "\u001b[200~";
const PASTE_END = "\u001b[201~";
/** A paste longer than this is kept in memory no further: the echo on the screen has to do. */
const MAX_PASTE_CHARS = 4_000_000;

const ENTER_KEYS: readonly string[] = ["\r", "\u001b[13u", "\u001b[13;1u", "\u001bOM"];
const ESCAPE_KEYS: readonly string[] = ["\u001b", "\u001b[27u", "\u001b[27;1u"];
const MOVING_KEYS: Readonly<Record<string, "up" | "down" | "backtab">> = {
	"\u001b[A": "up",
	"\u001bOA": "up",
	"\u001b[B": "down",
	"\u001bOB": "down",
	"\u001b[Z": "backtab",
	"\u001b[9;2u": "backtab",
};
const NEWLINE_KEYS: readonly string[] = ["\n", "\u001b\r", "\u001b[13;2u", "\u001b[27;2;13~"];
/** Answers of the terminal to questions of the program, focus and mouse reports: nothing the person typed. */
const REPORT =
	/^\u001b(?:\[[?>=]?[\d;]*[cRnyt]|\[[IO]|\[\?[\d;$]+[uy]|\[<[\d;]+[Mm]|\[M[\s\S]{3}|P[\s\S]*?\u001b\\|\][\s\S]*?(?:\u0007|\u001b\\)|_[\s\S]*?\u001b\\)/u;
const SEQUENCE = /^\u001b(?:\[[\d;:<=>?]*[ -/]*[@-~]|O[ -~]|[^[\u001b])/u;

export class Typing {
	readonly #decoder = new TextDecoder("utf-8");
	#line: string | undefined = "";
	#pastes: string[] = [];
	#open: string | undefined;
	#isUsed = false;
	/** The last byte may be half a character. */
	#isInsideCharacter = false;

	get typed(): Typed {
		return { text: this.#line, pastes: this.#pastes };
	}

	/** There are keys at all: a recording of output alone has none. */
	get isUsed(): boolean {
		return this.#isUsed;
	}

	/** Keys in a stretch of input, in order. */
	feed(data: Uint8Array): readonly Key[] {
		this.#isUsed = true;
		const byte = data[0] ?? 0;
		const isPlain = data.length === 1 && byte >= 0x20 && byte < 0x7f && this.#open === undefined;
		if (isPlain && !this.#isInsideCharacter) return [this.#type(String.fromCharCode(byte))];
		this.#isInsideCharacter = (data.at(-1) ?? 0) >= 0x80;
		return this.#read(this.#decoder.decode(data, { stream: true }));
	}

	/** The line was sent or given up: what was typed is forgotten. Pastes are numbered on, as Claude Code does. */
	forgetLine(): void {
		this.#line = "";
	}

	#read(input: string): readonly Key[] {
		const keys: Key[] = [];
		let rest = input;
		while (rest !== "") {
			if (this.#open !== undefined) rest = this.#readPaste(rest);
			else {
				const [key, length] = this.#readKey(rest);
				if (key !== undefined) keys.push(key);
				rest = rest.slice(length);
			}
		}
		return keys;
	}

	#readPaste(rest: string): string {
		const end = rest.indexOf(PASTE_END);
		const piece = end < 0 ? rest : rest.slice(0, end);
		this.#open = ((this.#open ?? "") + piece).slice(0, MAX_PASTE_CHARS);
		if (end < 0) return "";
		const paste = this.#open.replace(/\r\n?/gu, "\n");
		this.#pastes.push(paste);
		if (this.#line !== undefined) this.#line += paste;
		this.#open = undefined;
		return rest.slice(end + PASTE_END.length);
	}

	#readKey(rest: string): [Key | undefined, number] {
		if (rest.startsWith(PASTE_START)) {
			this.#open = "";
			return [undefined, PASTE_START.length];
		}
		const report = REPORT.exec(rest);
		if (report !== null) return [undefined, report[0].length];
		const sequence = rest.startsWith("\u001b") ? (SEQUENCE.exec(rest)?.[0] ?? "\u001b") : [...rest][0];
		const text = sequence ?? "";
		return [this.#press(text), Math.max(1, text.length)];
	}

	#press(text: string): Key {
		if (ENTER_KEYS.includes(text)) return this.#enter();
		if (NEWLINE_KEYS.includes(text)) return this.#type("\n");
		if (ESCAPE_KEYS.includes(text)) return { kind: "escape" };
		if (text === "\u007f" || text === "\b") return this.#erase();
		if (text === "\u0015" || text === "\u0003") {
			this.#line = "";
			return { kind: "other" };
		}
		const moving = MOVING_KEYS[text];
		if (moving !== undefined) {
			this.#line = undefined;
			return { kind: moving };
		}
		if (text < " " || text.startsWith("\u001b")) {
			this.#line = undefined;
			return { kind: "other" };
		}
		return this.#type(text);
	}

	/** A backslash before Enter makes a new line instead of sending. */
	#enter(): Key {
		if (this.#line?.endsWith("\\") === true) {
			this.#line = `${this.#line.slice(0, -1)}\n`;
			return { kind: "other" };
		}
		return { kind: "enter" };
	}

	#type(text: string): Key {
		if (this.#line !== undefined) this.#line += text;
		return text.length === 1 && text >= "0" && text <= "9"
			? { kind: "digit", digit: Number(text) }
			: { kind: "other" };
	}

	#erase(): Key {
		if (this.#line !== undefined) this.#line = [...this.#line].slice(0, -1).join("");
		return { kind: "other" };
	}
}
