/** What the store says of its texts one by one. */
import type { Masked } from "../core/masked.ts";

/** A text with its place. */
export interface StoredText {
	readonly table: string;
	readonly column: string;
	/** Number of the turn it belongs to; absent for what belongs to the session as a whole. */
	readonly turnSeq?: number;
	/** The text, or what it says where it is JSON. */
	readonly value: unknown;
	readonly cell: Cell;
}

export interface Cell {
	/** Names and values of the row's primary key. */
	readonly key: Readonly<Record<string, string | number>>;
	readonly raw: string;
	readonly isJson: boolean;
	readonly turnKey?: number;
}

export interface Replacement {
	readonly text: StoredText;
	readonly value: Masked<unknown>;
}

/** Of one rule; without a turn, in the session as a whole. */
export interface MaskedCount {
	readonly turn?: number;
	readonly rule: string;
	readonly count: number;
}
