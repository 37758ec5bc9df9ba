/** Tells what changes, by asking again and again whether anything did. */
import { setTimeout as sleep } from "node:timers/promises";
import type { DigestMark, SessionDigest, TurnStamp } from "../../store/browse-store.ts";
import type { LiveEvent } from "../api/live.ts";
import type { ApiTurn, SessionSummary } from "../api/session.ts";
import type { SessionIndex } from "./session-index.ts";

/** More sessions than this changed at one look: somebody imports, and telling each would only slow both down. */
const MOST_CHANGED = 200;
const MOST_RUNNING = 100;

export interface Watched {
	/** Caught up with the source. */
	readonly current: () => Promise<SessionIndex>;
	readonly summaries: (digests: readonly SessionDigest[]) => SessionSummary[];
	/** Those that changed after the mark. */
	readonly changed: (after: DigestMark, limit: number) => readonly SessionDigest[];
	/** Which turns a session has, and how often each was changed. */
	readonly stamps: (id: string) => Awaitable<readonly TurnStamp[]>;
	readonly turn: (id: string, seq: number) => Awaitable<ApiTurn>;
	readonly lookEveryMs: number;
}

type Awaitable<T> = T | Promise<T>;

export async function* watchSessions(
	watched: Watched,
	sessionId: string | undefined,
	signal: AbortSignal,
): AsyncIterable<LiveEvent> {
	const turns = sessionId === undefined ? undefined : new TurnWatch(watched, sessionId);
	let index = await watched.current();
	let seen = index.seen;
	let deletions = index.deletions;
	await turns?.begin();
	const running = index.running.slice(0, MOST_RUNNING);
	yield { event: "hello", data: { running: watched.summaries(running) } };
	while (await isStillWanted(watched.lookEveryMs, signal)) {
		index = await watched.current();
		for (const { id } of index.deletedSince(deletions)) yield { event: "deleted", data: { id } };
		deletions = index.deletions;
		if (index.seen.version === seen.version && index.seen.key === seen.key) continue;
		const changed = watched.changed(seen, MOST_CHANGED + 1);
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

	async begin(): Promise<void> {
		this.#stamps = await this.#read();
	}

	async *changes(): AsyncIterable<LiveEvent> {
		const before = this.#stamps;
		this.#stamps = await this.#read();
		for (const seq of before.keys())
			if (!this.#stamps.has(seq)) yield { event: "withdrawn", data: { sessionId: this.#id, seq } };
		for (const [seq, revision] of this.#stamps) {
			if (before.get(seq) === revision) continue;
			const turn = await this.#watched.turn(this.#id, seq);
			yield { event: "turn", data: { sessionId: this.#id, turn } };
		}
	}

	async #read(): Promise<ReadonlyMap<number, number>> {
		const stamps = await this.#watched.stamps(this.#id);
		return new Map(stamps.map(({ seq, revision }) => [seq, revision]));
	}
}

async function isStillWanted(ms: number, signal: AbortSignal): Promise<boolean> {
	try {
		await sleep(ms, undefined, { signal });
		return true;
	} catch {
		return false; // Nobody listens any more.
	}
}
