/** A text that several searches look at, with what more than one of them needs: each is found out once. */
import type { Range } from "./finding.ts";
import { runsOf, TOKEN_CHARACTERS } from "./token-runs.ts";

/** Zeros behind the last character, so that what begins at the very end is seen, too. */
export const CODES_BEHIND = 4;
/** What stands for a character beyond the 256th: no set holds it, and no keyword. */
const WIDE_CODE = 255;
const HAS_WIDE = /[^\x00-\xff]/; // costs nothing where the text is kept as bytes
/** Of wide characters these have no width: nobody sees them. */
const HIDDEN_WIDE = /[\u200b-\u200d\u2060\ufeff\ufffd]/;

/** What a text may hold, told by its single characters. */
export const SIGNS = {
	/** Anything that may move a cursor or begin a payload. */
	control: 1,
	/** Anything that nobody sees. */
	hidden: 2,
	/** What escapes begin with: `%`, `&`, `\`. */
	escape: 4,
	/** What placeholders begin with. */
	bracket: 8,
} as const;

export class Reading {
	readonly text: string;
	#codes: Uint8Array | undefined;
	#signs: number | undefined;
	#runs: readonly Range[] | undefined;

	constructor(text: string) {
		this.text = text;
	}

	/** A byte a character, and `CODES_BEHIND` zeros: an array is read several times faster than a text. */
	get codes(): Uint8Array {
		this.#codes ??= codesOf(this.text);
		return this.#codes;
	}

	/** Whether a sign stands anywhere in it. */
	has(sign: keyof typeof SIGNS): boolean {
		this.#signs ??= signsOf(this.text, this.codes);
		return (this.#signs & SIGNS[sign]) !== 0;
	}

	/** Long unbroken runs of what keys are made of. */
	get tokenRuns(): readonly Range[] {
		this.#runs ??= runsOf(this, TOKEN_CHARACTERS, SHORTEST_RUN);
		return this.#runs;
	}
}

/** A shorter token is nothing without a name beside it. */
export const SHORTEST_RUN = 16;

/** See `Reading`: what stands for each character, and zeros behind the last one. */
export function codesOf(text: string): Uint8Array {
	const codes = Buffer.allocUnsafe(text.length + CODES_BEHIND);
	codes.fill(0, codes.write(text, 0, "latin1"));
	if (HAS_WIDE.test(text)) hideWide(text, codes);
	return codes;
}

/** The lowest byte of a wide character would pass for another one. */
function hideWide(text: string, codes: Uint8Array): void {
	const bytes = Buffer.from(text, "utf16le");
	const units = new Uint16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
	for (let i = 0; i < units.length; i += 1) if ((units[i] as number) > WIDE_CODE) codes[i] = WIDE_CODE;
}

function signsOf(text: string, codes: Uint8Array): number {
	let signs = 0;
	const last = codes.length - CODES_BEHIND;
	for (let i = 0; i < last; i += 1) signs |= SIGN_OF[codes[i] as number] as number;
	const isHidden = HAS_WIDE.test(text) && HIDDEN_WIDE.test(text);
	return isHidden ? signs | SIGNS.hidden : signs;
}

const SIGN_OF = Uint8Array.from({ length: 256 }, (_, code) => {
	const character = String.fromCharCode(code);
	const isHidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad]/.test(character);
	return (
		(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(character) ? SIGNS.control : 0) |
		(isHidden ? SIGNS.hidden : 0) |
		("%&\\".includes(character) ? SIGNS.escape : 0) |
		(character === "[" ? SIGNS.bracket : 0)
	);
});
