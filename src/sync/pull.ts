/**
 * Brings the person's sessions from other machines, and what was deleted there, into this store.
 *
 * Asked is what changed since the last time, a little overlapping; a session comes whole, masked once more on its way in,
 * and only when it has ended: a running one is another machine's to write.
 */
import type { Masked } from "../core/masked.ts";
import type { PulledSession, SyncStore } from "../store/sync-store.ts";
import { pulledSession, rewind } from "./plan-pull.ts";
import type { Row } from "./plan-rows.ts";
import type { ChangeQuery, Remote } from "./remote.ts";

export interface PullParts {
	readonly store: SyncStore;
	readonly remote: Remote;
	readonly userId: string;
	/** Of the project: each has its own place to go on from. */
	readonly url: string;
	readonly mask: (session: PulledSession) => Masked<PulledSession>;
}

export interface PullOptions {
	readonly isStopped?: () => boolean;
	readonly onProgress?: (tally: PullTally) => void;
}

export interface PullTally {
	readonly sessions: number;
	readonly turns: number;
	readonly deletions: number;
	/** Changed here as well and not sent yet: that goes first. */
	readonly waiting: number;
}

const PAGE = 200;
/** Longer than a statement of the project may take: what began before we asked has been written by then. */
const OVERLAP_MS = 15_000;
const THE_BEGINNING = "1970-01-01T00:00:00.000Z";

/** Throws `RemoteFailure`; what came until then is kept, and the next pull goes on from there. */
export async function pullAll(parts: PullParts, options: PullOptions = {}): Promise<PullTally> {
	let tally: PullTally = { sessions: 0, turns: 0, deletions: 0, waiting: 0 };
	const note = (more: Partial<PullTally>) => {
		tally = add(tally, more);
		options.onProgress?.(tally);
	};
	const isHeld = () => tally.waiting > 0;
	const isStopped = () => options.isStopped?.() === true;
	await follow(
		parts,
		"deletions",
		isStopped,
		async (row) => {
			if (parts.store.removePulled(String(row.session_id))) note({ deletions: 1 });
		},
		isHeld,
	);
	const seen = new Set<string>();
	await follow(parts, "sessions", isStopped, async (row) => note(await take(parts, row, seen)), isHeld);
	await follow(
		parts,
		"turns",
		isStopped,
		async (row) => {
			const session = seen.has(String(row.session_id))
				? undefined
				: await parts.remote.session(String(row.session_id));
			if (session !== undefined) note(await take(parts, session, seen));
		},
		isHeld,
	);
	return tally;
}

/** All rows since the last time, in their order; the place is kept after each page. */
async function follow(
	parts: PullParts,
	what: "deletions" | "sessions" | "turns",
	isStopped: () => boolean,
	handle: (row: Row) => Promise<void>,
	isHeld: () => boolean,
): Promise<void> {
	const name = `pulled ${what} ${parts.url} ${parts.userId}`;
	const kept = parts.store.readState(name) ?? THE_BEGINNING;
	let since = rewind(kept, OVERLAP_MS);
	for (;;) {
		const rows = await ask(parts.remote, what, queryOf(parts, since));
		for (const row of rows) {
			if (isStopped()) return;
			await handle(row);
		}
		const last = rows.at(-1)?.synced_at;
		const isNews = typeof last === "string" && last > (parts.store.readState(name) ?? "");
		// What could not be taken yet is asked for again.
		if (isNews && !isHeld()) parts.store.writeState(name, last);
		// A page of one single moment cannot be left by its moment: it is as large as one request made it.
		if (rows.length < PAGE || typeof last !== "string" || last === since) return;
		since = last;
	}
}

function queryOf({ store, userId }: PullParts, since: string): ChangeQuery {
	return { since, userId, machineId: store.machineId(), limit: PAGE };
}

function ask(
	remote: Remote,
	what: "deletions" | "sessions" | "turns",
	query: ChangeQuery,
): Promise<readonly Row[]> {
	if (what === "deletions") return remote.deletedSessions(query);
	return what === "sessions" ? remote.changedSessions(query) : remote.changedTurns(query);
}

async function take(parts: PullParts, session: Row, seen: Set<string>): Promise<Partial<PullTally>> {
	const id = String(session.id);
	if (session.status === "running" || seen.has(id)) return {};
	seen.add(id);
	const turns = await parts.remote.turns(id);
	const pulled = pulledSession(session, turns, await parts.remote.items(id));
	if (!parts.store.savePulled(parts.mask(pulled))) return { waiting: 1 };
	return { sessions: 1, turns: pulled.turns.length };
}

function add(tally: PullTally, more: Partial<PullTally>): PullTally {
	return {
		sessions: tally.sessions + (more.sessions ?? 0),
		turns: tally.turns + (more.turns ?? 0),
		deletions: tally.deletions + (more.deletions ?? 0),
		waiting: tally.waiting + (more.waiting ?? 0),
	};
}
