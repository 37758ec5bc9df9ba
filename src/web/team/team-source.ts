/** What is asked of the team's project. Composition hands it in, with rows made into sessions and turns. */
import type { Session } from "../../core/session.ts";
import type { StoredTurn } from "../../store/stored-shapes.ts";

export interface TeamSession {
	readonly session: Session;
	readonly turns: number;
	readonly firstPrompt?: string;
	/** When it, or one of its turns, was sent last. */
	readonly changedAt: string;
}

export interface TeamTurns {
	readonly session: Session;
	/** In their order. */
	readonly turns: readonly StoredTurn[];
}

/** Throws `CtraceError`s: `offline`, `signed-out`, `remote`. Moments are those of the project's clock. */
export interface TeamSource {
	/** All that may be seen, in no order. */
	all(): AsyncIterable<readonly TeamSession[]>;
	/** Of the last change of any; undefined: there is nothing. */
	lastChange(): Promise<string | undefined>;
	/** Those that changed, or a turn of which did, at the moment or later. */
	changedSince(moment: string): Promise<readonly TeamSession[]>;
	count(): Promise<number>;
	ids(): Promise<ReadonlySet<string>>;
	/** Undefined: it is gone, or may not be seen any more. */
	whole(id: string): Promise<TeamTurns | undefined>;
	/** How often each turn was changed. */
	versions(id: string): Promise<readonly { readonly seq: number; readonly revision: number }[]>;
	/** Prompts that hold all the words, the newest first. */
	findPrompts(
		words: readonly string[],
		limit: number,
	): Promise<
		readonly {
			readonly sessionId: string;
			readonly seq: number;
			readonly prompt: string;
			readonly at: number;
		}[]
	>;
}
