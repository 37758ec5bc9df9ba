/**
 * The one place that makes a `Masked`. Whatever is stored, logged, exported or sent comes through here; a text
 * that cannot be masked is withheld with the reason, never passed on.
 */
import type { Masked } from "../core/masked.ts";
import type { Span } from "./finding.ts";
import { Fragments } from "./fragments.ts";
import { maskDeep } from "./mask-deep.ts";
import { createMaskStream, type MaskStream } from "./mask-stream.ts";
import { createLineMasker, createPieceMasker, type MaskCounts, type MaskerOptions } from "./mask-text.ts";

export interface MaskedValue<T> {
	readonly value: Masked<T>;
	readonly counts: MaskCounts;
}

export interface MaskedText {
	readonly text: Masked<string>;
	readonly counts: MaskCounts;
	/** Where secrets were in the text handed in, ordered and disjoint. */
	readonly spans: readonly Span[];
}

/** What was found so far, so that pieces of it are masked wherever they turn up again. In memory only. */
export type MaskMemory = Fragments;

export function createMaskMemory(): MaskMemory {
	return new Fragments();
}

export interface Masker {
	/**
	 * Masks every string inside, keys too. Structure, numbers and booleans stay; what did not change keeps its identity.
	 * What belongs together is masked with the same memory.
	 */
	mask<T>(value: T, memory?: MaskMemory): MaskedValue<T>;
	maskText(text: string): MaskedText;
	/** For a text that arrives in pieces; what it gives is masked. */
	stream(): MaskStream;
}

/** A masked value with its own counts inside: they are names of rules and numbers. */
export function withCounts<T extends object>({
	value,
	counts,
}: MaskedValue<T>): Masked<T & { readonly maskedCount?: MaskCounts }> {
	const counted = Object.keys(counts).length === 0 ? value : { ...value, maskedCount: counts };
	return counted as Masked<T & { readonly maskedCount?: MaskCounts }>;
}

/** What is made of a masked value, and of nothing else that was not masked, is masked. */
export function maskedFrom<T, U>(value: Masked<T>, derive: (value: T) => U): Masked<U> {
	return derive(value) as Masked<U>;
}

export function joinMasked<T>(a: Masked<readonly T[]>, b: Masked<readonly T[]>): Masked<readonly T[]> {
	const joined: readonly T[] = [...a, ...b];
	return joined as Masked<readonly T[]>;
}

export function createMasker(options: MaskerOptions): Masker {
	const maskLines = createLineMasker(options);
	const maskPieces = createPieceMasker(options.tag);
	return {
		mask(value, memory = createMaskMemory()) {
			const { masked, counts } = maskDeep(value, { maskLines, maskPieces, fragments: memory });
			return { value: masked as Masked<typeof value>, counts };
		},
		maskText(text) {
			const { lines, counts, spans } = maskLines([text]);
			return { text: (lines[0] ?? "") as Masked<string>, counts, spans };
		},
		stream: () => createMaskStream(maskLines),
	};
}
