/**
 * What must be in no byte: every run of eight characters of every secret, as it is, in lower case, and in base64 at
 * each of the three places where it can begin in a longer text. What everybody knows of a kind (`github_pat_`) is no
 * secret: a run counts when at least `LEAST_SECRET` of its characters are secret ones.
 */
import type { Secret } from "./kinds.ts";

const RUN = 8;
const LEAST_SECRET = 3;
/** Two to the power of 26 bits: most places of a file are dismissed by one look. */
const BITS = 26;
const FACTOR = 0x01000193;

export interface Hit {
	/** Which secret, on which route. */
	readonly label: string;
	readonly form: string;
	readonly offset: number;
}

export class Needles {
	readonly #runs = new Map<string, { readonly label: string; readonly form: string }>();
	readonly #mayBe = new Uint8Array(2 ** (BITS - 3));
	#secrets = 0;

	/** How many secrets, and runs of them, are looked for. */
	get size(): { readonly secrets: number; readonly runs: number } {
		return { secrets: this.#secrets, runs: this.#runs.size };
	}

	add(secret: Pick<Secret, "value" | "isSecret">, label: string): void {
		this.#secrets += 1;
		const { value, isSecret } = secret;
		const counts = (from: number, to: number) =>
			isSecret.slice(Math.max(0, from), to).filter(Boolean).length >= LEAST_SECRET;
		this.#addRuns(value, { label, form: "as it is" }, (at) => counts(at, at + RUN));
		this.#addRuns(value.toLowerCase(), { label, form: "in lower case" }, (at) => counts(at, at + RUN));
		for (const shift of [0, 1, 2]) {
			const coded = Buffer.concat([Buffer.alloc(shift), Buffer.from(value, "latin1")]).toString("base64");
			// The characters at the edges depend on the neighbours.
			const first = shift === 0 ? 0 : shift + 1;
			const last = Math.floor(((shift + value.length) * 4) / 3);
			const byteAt = (character: number) => (character * 3) / 4 - shift;
			this.#addRuns(coded.slice(0, last), { label, form: `in base64, shifted by ${shift}` }, (at) => {
				return at >= first && counts(Math.ceil(byteAt(at)), Math.floor(byteAt(at + RUN)));
			});
		}
	}

	search(bytes: Uint8Array): Hit[] {
		const hits: Hit[] = [];
		const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		for (let at = 0; at + RUN <= bytes.length; at += 1) {
			const slot = hash(bytes, at);
			if (((this.#mayBe[slot >>> 3] ?? 0) & (1 << (slot & 7))) === 0) continue;
			const found = this.#runs.get(text.toString("latin1", at, at + RUN));
			if (found !== undefined) hits.push({ ...found, offset: at });
		}
		return hits;
	}

	#addRuns(text: string, what: { label: string; form: string }, counts: (at: number) => boolean): void {
		const bytes = Buffer.from(text, "latin1");
		for (let at = 0; at + RUN <= bytes.length; at += 1) {
			if (!counts(at)) continue;
			const run = bytes.toString("latin1", at, at + RUN);
			if (!this.#runs.has(run)) this.#runs.set(run, what);
			const slot = hash(bytes, at);
			this.#mayBe[slot >>> 3] = (this.#mayBe[slot >>> 3] ?? 0) | (1 << (slot & 7));
		}
	}
}

function hash(bytes: Uint8Array, at: number): number {
	let value = 0x811c9dc5;
	for (let i = at; i < at + RUN; i += 1) value = Math.imul(value ^ (bytes[i] ?? 0), FACTOR);
	return (value ^ (value >>> 15)) >>> (32 - BITS);
}
