/**
 * What sessions are narrowed by and counted from, as columns of numbers: going over 100,000 of them reads a few megabytes
 * in a row, where going over as many objects would fetch each from another place.
 */
import type { SessionDigest } from "../../store/browse-store.ts";
import { FACETS, type Facet, type Sort } from "../api/session-list.ts";

const FIRST_CAPACITY = 1024;
const AMOUNTS = ["key", "startedAt", "lastAt", "turns", "tools", "tokens", "costUsd", "masked"] as const;
export type Amount = (typeof AMOUNTS)[number];

type Columns = {
	readonly facets: { readonly [Name in Facet]: Int32Array };
	readonly amounts: { readonly [Name in Amount]: Float64Array };
	readonly isThere: Uint8Array;
};

export class SessionColumns {
	#columns = columnsOf(FIRST_CAPACITY);
	#size = 0;
	readonly #values = Object.fromEntries(FACETS.map((facet) => [facet, new FacetValues()])) as {
		readonly [Name in Facet]: FacetValues;
	};

	/** One more than the last place. */
	get size(): number {
		return this.#size;
	}

	/** They are replaced when they become too small: ask for them anew each time. */
	get columns(): Columns {
		return this.#columns;
	}

	/** Which values each code of a facet stands for: one, or all the models of a session; the empty one where it is unknown. */
	values(facet: Facet): readonly (readonly string[])[] {
		return this.#values[facet].all;
	}

	add(digest: SessionDigest): number {
		if (this.#size === this.#columns.isThere.length) this.#grow();
		this.#size += 1;
		this.set(this.#size - 1, digest);
		return this.#size - 1;
	}

	set(slot: number, digest: SessionDigest): void {
		const { facets, amounts, isThere } = this.#columns;
		for (const facet of FACETS) facets[facet][slot] = this.#values[facet].code(valuesOf(digest, facet));
		for (const amount of AMOUNTS) amounts[amount][slot] = digest[amount];
		isThere[slot] = 1;
	}

	remove(slot: number): void {
		this.#columns.isThere[slot] = 0;
	}

	/** Of two places: the greater value first, of equals what began later, and then the greater key: as sessions are compared. */
	comparison(sort: Sort): (a: number, b: number) => number {
		const { key, startedAt, lastAt } = this.#columns.amounts;
		const durations = () => lastAt.map((last, slot) => Math.max(0, last - (startedAt[slot] ?? 0)));
		const values = sort === "durationMs" ? durations() : this.#columns.amounts[sort];
		const of = (column: Float64Array, slot: number) => column[slot] ?? 0;
		return (a, b) =>
			of(values, b) - of(values, a) || of(startedAt, b) - of(startedAt, a) || of(key, b) - of(key, a);
	}

	#grow(): void {
		const old = this.#columns;
		const grown = columnsOf(old.isThere.length * 2);
		for (const facet of FACETS) grown.facets[facet].set(old.facets[facet]);
		for (const amount of AMOUNTS) grown.amounts[amount].set(old.amounts[amount]);
		grown.isThere.set(old.isThere);
		this.#columns = grown;
	}
}

function columnsOf(capacity: number): Columns {
	return {
		facets: Object.fromEntries(FACETS.map((facet) => [facet, new Int32Array(capacity)])) as Columns["facets"],
		amounts: Object.fromEntries(
			AMOUNTS.map((amount) => [amount, new Float64Array(capacity)]),
		) as Columns["amounts"],
		isThere: new Uint8Array(capacity),
	};
}

function valuesOf(digest: SessionDigest, facet: Facet): readonly string[] {
	if (facet === "model") return digest.models.length === 0 ? [""] : digest.models;
	return [facet === "project" ? digest.cwd : digest[facet]];
}

class FacetValues {
	readonly all: (readonly string[])[] = [];
	readonly #codes = new Map<string, number>();

	code(values: readonly string[]): number {
		const name = values.length === 1 ? (values[0] ?? "") : values.join("\n");
		const known = this.#codes.get(name);
		if (known !== undefined) return known;
		const code = this.all.push(values) - 1;
		this.#codes.set(name, code);
		return code;
	}
}
