/** The team's sessions, loaded with the first question and kept up with the others; and the turns of those that were opened. */
import { CtraceError } from "../../core/errors.ts";
import { SessionIndex } from "../local/session-index.ts";
import { TeamDigests } from "./team-digests.ts";
import type { TeamSource, TeamTurns } from "./team-source.ts";

/** Longer than a statement of the project may take: what was still being written when we asked is asked for again. */
const OVERLAP_MS = 15_000;
/** Sessions whose turns are kept in memory. */
const KEPT = 4;

export interface TeamSessions {
	readonly digests: TeamDigests;
	current(): Promise<SessionIndex>;
	/** As it was known last, while the project cannot be reached. */
	currentOrLast(): Promise<SessionIndex>;
	/** As it is in this version. */
	whole(id: string, version: number): Promise<TeamTurns | undefined>;
}

interface Pace {
	readonly now: () => number;
	/** The project is asked no more often. */
	readonly everyMs: number;
}

export function createTeamSessions(source: TeamSource, { now, everyMs }: Pace): TeamSessions {
	const digests = new TeamDigests();
	const index = new SessionIndex(digests);
	let since: string | undefined;
	let asking: Promise<void> | undefined;
	let askedAt = Number.NEGATIVE_INFINITY;
	const load = async () => {
		const last = await source.lastChange();
		for await (const page of source.all()) digests.take(page);
		since = last;
	};
	const keepUp = async (from: string) => {
		const changed = await source.changedSince(rewind(from));
		digests.take(changed);
		since = changed.reduce((latest, { changedAt }) => (changedAt > latest ? changedAt : latest), from);
		// Nobody says what was deleted, or is not shared any more: the number does.
		if ((await source.count()) !== digests.countSessions()) digests.keep(await source.ids());
	};
	const ask = async () => {
		if (since === undefined) await load();
		else await keepUp(since);
		index.refresh();
		askedAt = now();
	};
	const kept = new Map<
		string,
		{ readonly version: number; readonly whole: Promise<TeamTurns | undefined> }
	>();
	const current = async () => {
		if (now() - askedAt >= everyMs) {
			// One question at a time, whoever asks.
			asking ??= ask().finally(() => {
				asking = undefined;
			});
			await asking;
		}
		return index;
	};
	return {
		digests,
		current,
		currentOrLast: async () => {
			try {
				return await current();
			} catch (error) {
				if (since !== undefined && error instanceof CtraceError && error.retryable) return index;
				throw error;
			}
		},
		whole: (id, version) => {
			const known = kept.get(id);
			if (known?.version === version) return known.whole;
			const whole = source.whole(id);
			kept.delete(id);
			kept.set(id, { version, whole });
			for (const old of [...kept.keys()].slice(0, -KEPT)) kept.delete(old);
			// What failed is asked for again.
			whole.catch(() => kept.delete(id));
			return whole;
		},
	};
}

function rewind(moment: string): string {
	return new Date(Math.max(0, Date.parse(moment) - OVERLAP_MS)).toISOString();
}
