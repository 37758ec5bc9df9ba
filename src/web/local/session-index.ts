/**
 * All sessions' digests in memory, kept up with the store: narrowing, ordering and counting 100,000 of them takes a few
 * milliseconds here, whatever is asked. Some twenty megabytes at that number; read once, then only what changed.
 */
import type { BrowseStore, DigestMark, SessionDigest } from "../../store/browse-store.ts";
import type { Facet, Sort } from "../api/session-list.ts";

/** Read at one go: the server answers others in between. */
const CHUNK = 4000;
/** Deletions that are remembered for those who watch. */
const REMEMBERED = 1000;

/** A digest with its values as numbers: places in the list of the values that there are. */
export interface IndexedSession extends SessionDigest {
	readonly codes: FacetCodes;
}

/** For most facets one value, for models any number; where it is unknown, the empty one. */
export type FacetCodes = { readonly [Name in Facet]: readonly number[] };

interface Order {
	readonly digests: readonly IndexedSession[];
	/** How many of those that were added are in it. */
	readonly added: number;
	isFresh: boolean;
}

export interface Deleted {
	readonly id: string;
	/** Counts the deletions seen. */
	readonly number: number;
}

class FacetValues {
	readonly all: string[] = [];
	readonly #codes = new Map<string, readonly number[]>();

	/** The same list for the same text. */
	one(text: string): readonly number[] {
		const known = this.#codes.get(text);
		if (known !== undefined) return known;
		const codes = [this.all.push(text) - 1];
		this.#codes.set(text, codes);
		return codes;
	}

	text([code = 0]: readonly number[]): string {
		return this.all[code] ?? "";
	}
}

export class SessionIndex {
	readonly #store: BrowseStore;
	readonly #byKey = new Map<number, IndexedSession>();
	readonly #orders = new Map<Sort, Order>();
	/** Keys in the order in which they were first seen. */
	readonly #added: number[] = [];
	readonly #running = new Set<number>();
	/** One string, and one number, for each value that many sessions have. */
	readonly #values: { readonly [Name in Facet]: FacetValues } = {
		project: new FacetValues(),
		branch: new FacetValues(),
		agent: new FacetValues(),
		agentVersion: new FacetValues(),
		status: new FacetValues(),
		model: new FacetValues(),
	};
	#seen = { version: -1, key: -1 };
	#dataVersion: number | undefined;
	#deleted: readonly Deleted[] = [];
	#deletions = 0;

	constructor(store: BrowseStore) {
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

	all(): Iterable<IndexedSession> {
		return this.#byKey.values();
	}

	/** Every value of a facet that a session has, or had; a code is a place in it. */
	values(facet: Facet): readonly string[] {
		return this.#values[facet].all;
	}

	/** All sessions by one of their values, the greatest first; of equals the newest first. */
	ordered(sort: Sort): readonly IndexedSession[] {
		const known = this.#orders.get(sort);
		if (known?.isFresh === true) return known.digests;
		// What was in order before is nearly so now: sorting that takes a fraction of sorting anew.
		const kept = (known?.digests ?? []).map(({ key }) => this.#byKey.get(key));
		const added = this.#added.slice(known?.added ?? 0).map((key) => this.#byKey.get(key));
		const digests = [...kept, ...added].filter((digest) => digest !== undefined).sort(comparison(sort));
		this.#orders.set(sort, { digests, added: this.#added.length, isFresh: true });
		return digests;
	}

	#readChunk(): number {
		const read = this.#store.readDigests(this.#seen, CHUNK);
		for (const digest of read) {
			if (!this.#byKey.has(digest.key)) this.#added.push(digest.key);
			this.#byKey.set(digest.key, this.#pooled(digest));
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

	#pooled(digest: SessionDigest): IndexedSession {
		const { project, branch, agent, agentVersion, status, model } = this.#values;
		const codes = {
			project: project.one(digest.cwd),
			branch: branch.one(digest.branch),
			agent: agent.one(digest.agent),
			agentVersion: agentVersion.one(digest.agentVersion),
			status: status.one(digest.status),
			model: digest.models.length === 0 ? model.one("") : digest.models.flatMap((name) => model.one(name)),
		};
		return {
			...digest,
			agent: agent.text(codes.agent),
			agentVersion: agentVersion.text(codes.agentVersion),
			cwd: project.text(codes.project),
			branch: branch.text(codes.branch),
			models: digest.models.map((name) => model.text(model.one(name))),
			codes,
		};
	}

	#dropDeleted(): void {
		const left = new Set(this.#store.readKeys());
		for (const [key, { id }] of this.#byKey) {
			if (left.has(key)) continue;
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
