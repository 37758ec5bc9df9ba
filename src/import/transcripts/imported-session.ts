/** What a transcript says of the session as a whole. Who sat at which machine it does not tell: that is left out. */

import { shortenHome } from "../../core/home.ts";
import type { Session } from "../../core/session.ts";
import type { SessionFacts } from "../../transcripts/reading/session-notes.ts";

export interface ImportedFacts {
	readonly id: string;
	readonly facts: SessionFacts;
	readonly names: readonly string[];
	readonly home: string;
	readonly firstAt: number | undefined;
}

export function importedSession({ id, facts, names, home, firstAt }: ImportedFacts): Session {
	const { version, branch, title, startedAt, endedAt } = facts;
	return {
		id,
		agent: "claude-code",
		...(version === undefined ? {} : { agentVersion: version }),
		agentSessionIds: names,
		command: ["claude"],
		cwd: facts.cwd === undefined ? "" : shortenHome(facts.cwd, home),
		...(branch === undefined ? {} : { git: { branch } }),
		startedAt: firstAt ?? startedAt ?? 0,
		...(endedAt === undefined ? {} : { endedAt }),
		status: "complete",
		terminal: { cols: 0, rows: 0, renderer: "none" },
		maskedCount: {},
		gaps: [],
		...(title === undefined ? {} : { title }),
	};
}
