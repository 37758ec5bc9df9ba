/** Tells what changes, by asking the store a few times a second whether anybody wrote: one number, as long as nobody did. */
import { setTimeout as sleep } from "node:timers/promises";
import type { BrowseStore, SessionDigest } from "../../store/browse-store.ts";
import type { LiveEvent } from "../api/live.ts";
import type { SessionSummary } from "../api/session.ts";
import type { SessionIndex } from "./session-index.ts";
import { type Exports, toTurn } from "./to-answers.ts";

/** A finished turn has a second to be on the page; its recorder takes a part of that. */
const LOOK_EVERY_MS = 250;
/** More sessions than this changed at one look: somebody imports, and telling each would only slow both down. */
const MOST_CHANGED = 200;
const MOST_RUNNING = 100;

export interface Watched {
	readonly browse: BrowseStore;
	/** Caught up with the store. */
	readonly current: () => Promise<SessionIndex>;
	readonly summaries: (digests: readonly SessionDigest[]) => SessionSummary[];
	readonly exports: Exports;
}

export async function* watchSessions(
	watched: Watched,
	sessionId: string | undefined,
	signal: AbortSignal,
): AsyncIterable<LiveEvent> {
	const { browse } = watched;
	const turns = sessionId === undefined ? undefined : new TurnWatch(watched, sessionId);
	let index = await watched.current();
	let seen = index.seen;
	let deletions = index.deletions;
	turns?.begin();
	const running = index.running.slice(0, MOST_RUNNING);
	yield { event: "hello", data: { running: watched.summaries(running) } };
	while (await isStillWanted(signal)) {
		index = await watched.current();
		for (const { id } of index.deletedSince(deletions)) yield { event: "deleted", data: { id } };
		deletions = index.deletions;
		if (index.seen.version === seen.version && index.seen.key === seen.key) continue;
		const changed = browse.readDigests(seen, MOST_CHANGED + 1);
		seen = index.seen;
		if (changed.length > MOST_CHANGED) {
			yield { event: "reload", data: {} };
			continue;
		}
		for (const session of watched.summaries(changed)) yield { event: "session", data: { session } };
		if (changed.some(({ id }) => id === sessionId)) yield* turns?.changes() ?? [];
	}
}

/** Which turns of one session have changed since they were last told. */
class TurnWatch {
	readonly #watched: Watched;
	readonly #id: string;
	#stamps: ReadonlyMap<number, number> = new Map();

	constructor(watched: Watched, id: string) {
		this.#watched = watched;
		this.#id = id;
	}

	begin(): void {
		this.#stamps = this.#read();
	}

	*changes(): Iterable<LiveEvent> {
		const { browse, exports } = this.#watched;
		const before = this.#stamps;
		this.#stamps = this.#read();
		for (const seq of before.keys())
			if (!this.#stamps.has(seq)) yield { event: "withdrawn", data: { sessionId: this.#id, seq } };
		for (const [seq, revision] of this.#stamps) {
			if (before.get(seq) === revision) continue;
			const turn = toTurn(browse.readTurn(this.#id, seq), exports, false);
			yield { event: "turn", data: { sessionId: this.#id, turn } };
		}
	}

	#read(): ReadonlyMap<number, number> {
		return new Map(this.#watched.browse.readStamps(this.#id).map(({ seq, revision }) => [seq, revision]));
	}
}

async function isStillWanted(signal: AbortSignal): Promise<boolean> {
	try {
		await sleep(LOOK_EVERY_MS, undefined, { signal });
		return true;
	} catch {
		return false; // Nobody listens any more.
	}
}
