/**
 * All sessions' digests in memory, kept up with the store: narrowing, ordering and counting 100,000 of them takes a few
 * milliseconds here, whatever is asked. Some twenty megabytes at that number; read once, then only what changed.
 */
import type { BrowseStore, DigestMark, SessionDigest } from "../../store/browse-store.ts";
import type { Sort } from "../api/session-list.ts";
import { SessionColumns } from "./session-columns.ts";
import type { SessionFilter } from "./session-filter.ts";

/** Read at one go: the server answers others in between. */
const CHUNK = 4000;
/** Deletions that are remembered for those who watch. */
const REMEMBERED = 1000;

/** A digest with its place in the columns. */
export interface IndexedSession extends SessionDigest {
	readonly slot: number;
}

interface Order {
	readonly digests: readonly IndexedSession[];
	/** Their places in the columns. */
	readonly slots: Int32Array;
	/** How many of those that were added are in it. */
	readonly added: number;
	isFresh: boolean;
}

export interface Deleted {
	readonly id: string;
	/** Counts the deletions seen. */
	readonly number: number;
}

/** Where digests come from. */
export type DigestStore = Pick<BrowseStore, "dataVersion" | "readDigests" | "countSessions" | "readKeys">;

export class SessionIndex {
	readonly #store: DigestStore;
	readonly #byKey = new Map<number, IndexedSession>();
	readonly #orders = new Map<Sort, Order>();
	/** Keys in the order in which they were first seen. */
	readonly #added: number[] = [];
	readonly #bySlot: IndexedSession[] = [];
	readonly #running = new Set<number>();
	readonly columns = new SessionColumns();
	/** One string for each value that many sessions have. */
	readonly #pool = new Map<string, string>();
	#seen = { version: -1, key: -1 };
	#dataVersion: number | undefined;
	#deleted: readonly Deleted[] = [];
	#deletions = 0;

	constructor(store: DigestStore) {
		this.#store = store;
	}

	/** Reads what is there, a piece at a time. */
	async load(): Promise<void> {
		while (this.#readChunk() === CHUNK) await new Promise((resolve) => setImmediate(resolve));
	}

	/** Catches up with the store; costs next to nothing where nothing has changed. */
	refresh(isForced = false): void {
		const dataVersion = this.#store.dataVersion();
		if (dataVersion === this.#dataVersion && !isForced) return;
		this.#dataVersion = dataVersion;
		while (this.#readChunk() === CHUNK);
		if (this.#store.countSessions() !== this.#byKey.size) this.#dropDeleted();
	}

	/** The last change seen. */
	get seen(): DigestMark {
		return this.#seen;
	}

	/** Those that run. */
	get running(): readonly IndexedSession[] {
		return [...this.#running].map((key) => this.#byKey.get(key)).filter((digest) => digest !== undefined);
	}

	get deletions(): number {
		return this.#deletions;
	}

	deletedSince(number: number): readonly Deleted[] {
		return this.#deleted.filter((one) => one.number > number);
	}

	get(key: number): IndexedSession | undefined {
		return this.#byKey.get(key);
	}

	/** Keys of those that fit. */
	keys({ fits }: SessionFilter): ReadonlySet<number> {
		const keys = new Set<number>();
		for (const [slot, key] of this.#added.entries())
			if (this.columns.columns.isThere[slot] === 1 && fits(slot)) keys.add(key);
		return keys;
	}

	/** Those that fit, by one of their values, the greatest first; of equals the newest first. */
	narrowed(sort: Sort, filter: SessionFilter): readonly IndexedSession[] {
		const { digests, slots } = this.#ordered(sort);
		return filter.isWide ? digests : digests.filter((_, at) => filter.fits(slots[at] ?? 0));
	}

	#ordered(sort: Sort): Order {
		const known = this.#orders.get(sort);
		if (known?.isFresh === true) return known;
		const { isThere } = this.columns.columns;
		// What was in order before is nearly so now: sorting that takes a fraction of sorting anew.
		const before = known?.slots ?? new Int32Array();
		const slots = new Int32Array(this.columns.size);
		slots.set(before);
		for (let slot = known?.added ?? 0, at = before.length; slot < this.columns.size; slot += 1, at += 1)
			slots[at] = slot;
		const length = before.length + this.columns.size - (known?.added ?? 0);
		const left = slots.subarray(0, length).filter((slot) => isThere[slot] === 1);
		left.sort(this.columns.comparison(sort));
		const digests = Array.from(left, (slot) => this.#bySlot[slot]).filter((digest) => digest !== undefined);
		const order = { digests, slots: left, added: this.columns.size, isFresh: true };
		this.#orders.set(sort, order);
		return order;
	}

	#readChunk(): number {
		const read = this.#store.readDigests(this.#seen, CHUNK);
		for (const digest of read) {
			const indexed = { ...this.#pooled(digest), slot: this.#place(digest) };
			this.#byKey.set(digest.key, indexed);
			this.#bySlot[indexed.slot] = indexed;
			if (digest.status === "running") this.#running.add(digest.key);
			else this.#running.delete(digest.key);
		}
		const last = read.at(-1);
		if (last !== undefined) {
			this.#seen = { version: last.version, key: last.key };
			this.#outdate();
		}
		return read.length;
	}

	#outdate(): void {
		for (const order of this.#orders.values()) order.isFresh = false;
	}

	/** Keys are added in the order of their slots. */
	#place(digest: SessionDigest): number {
		const known = this.#byKey.get(digest.key)?.slot;
		if (known === undefined) {
			this.#added.push(digest.key);
			return this.columns.add(digest);
		}
		this.columns.set(known, digest);
		return known;
	}

	#pooled(digest: SessionDigest): SessionDigest {
		return {
			...digest,
			agent: this.#one(digest.agent),
			agentVersion: this.#one(digest.agentVersion),
			cwd: this.#one(digest.cwd),
			branch: this.#one(digest.branch),
			models: digest.models.map((model) => this.#one(model)),
		};
	}

	#one(text: string): string {
		const known = this.#pool.get(text);
		if (known !== undefined) return known;
		this.#pool.set(text, text);
		return text;
	}

	#dropDeleted(): void {
		const left = new Set(this.#store.readKeys());
		for (const [key, { id, slot }] of this.#byKey) {
			if (left.has(key)) continue;
			this.columns.remove(slot);
			this.#byKey.delete(key);
			this.#running.delete(key);
			this.#deletions += 1;
			this.#deleted = [...this.#deleted.slice(-REMEMBERED), { id, number: this.#deletions }];
		}
		this.#outdate();
	}
}

export function durationOf(digest: SessionDigest): number {
	return Math.max(0, digest.lastAt - digest.startedAt);
}

export function sortValue(digest: SessionDigest, sort: Sort): number {
	return sort === "durationMs" ? durationOf(digest) : digest[sort];
}

/** Total: no two sessions are equal. */
export function comparison(sort: Sort) {
	return (a: SessionDigest, b: SessionDigest): number =>
		sortValue(b, sort) - sortValue(a, sort) || b.startedAt - a.startedAt || b.key - a.key;
}
