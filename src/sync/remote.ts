/** The remote side as syncing sees it: a port, with one implementation over Supabase's own client. */

import type { Upsert } from "./plan-push.ts";
import type { Row } from "./plan-rows.ts";
import { describeFailure, type Failure, type Verdict, verdictOf } from "./plan-verdict.ts";

export interface Remote {
	/** Resolves when the rows are there for certain. Throws `RemoteFailure`. */
	upsert(request: Upsert): Promise<void>;
	/** Sessions that another machine sent or changed after the moment, oldest change first. */
	changedSessions(query: ChangeQuery): Promise<readonly Row[]>;
	/** Sessions that another machine deleted after the moment, oldest first. */
	deletedSessions(query: ChangeQuery): Promise<readonly Row[]>;
	/** Sessions whose turns changed after the moment: `session_id` and `synced_at`, oldest change first. */
	changedTurns(query: ChangeQuery): Promise<readonly Row[]>;
	session(id: string): Promise<Row | undefined>;
	turns(sessionId: string): Promise<readonly Row[]>;
	items(sessionId: string): Promise<readonly Row[]>;
}

export interface ChangeQuery {
	/** As the remote side wrote it; its clock, not ours. */
	readonly since: string;
	readonly userId: string;
	readonly machineId: string;
	readonly limit: number;
}

/** Why the remote side did not do it. Holds nothing of what was sent. */
export class RemoteFailure extends Error {
	readonly failure: Failure;
	readonly verdict: Verdict;
	/** What the server asked for, in milliseconds. */
	readonly retryAfterMs: number | undefined;

	constructor(failure: Failure, retryAfterMs?: number) {
		super(describeFailure(failure));
		this.name = "RemoteFailure";
		this.failure = failure;
		this.verdict = verdictOf(failure);
		this.retryAfterMs = retryAfterMs;
	}
}
