/** What a backup needs of the rest of ctrace, handed in by composition. */
import type { Masked } from "../core/masked.ts";
import type { Session } from "../core/session.ts";
import type { Turn } from "../core/turn.ts";
import type { StoredSession } from "../store/store.ts";

/** How a session is written down; both texts are the same for the same session, on every machine. */
export interface SessionTexts {
	readonly title: string;
	readonly project: string;
	readonly page: string;
	readonly json: string;
}

export type WriteSession = (stored: StoredSession) => SessionTexts;

/** Rules that find something in what is about to leave, by name; empty: nothing. */
export type FindSecrets = (leaving: RestoredSession) => readonly string[];

export interface RestoredSession {
	readonly session: Session;
	readonly turns: readonly Turn[];
}

/** Throws `input` when it is no export. */
export type ReadSession = (json: string) => RestoredSession;

export interface MaskedSession {
	readonly session: Masked<Session>;
	readonly turns: readonly Masked<Turn>[];
	/** Whether today's rules found something. */
	readonly isChanged: boolean;
}

export type MaskSession = (restored: RestoredSession) => MaskedSession;
