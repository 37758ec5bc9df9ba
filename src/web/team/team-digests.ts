/** The team's sessions as the index reads them: what is known of each, numbered in the order in which it came. */
import type { DigestMark, SessionDigest, SessionLine } from "../../store/browse-store.ts";
import type { DigestStore } from "../local/session-index.ts";
import type { TeamSession } from "./team-source.ts";

interface Known {
	readonly digest: SessionDigest;
	readonly line: SessionLine;
	readonly changedAt: string;
}

export class TeamDigests implements DigestStore {
	readonly #known = new Map<number, Known>();
	readonly #keys = new Map<string, number>();
	#version = 0;
	#removals = 0;

	/** What was sent no later than what is known is no change. */
	take(sessions: readonly TeamSession[]): void {
		for (const one of sessions) {
			const key = this.#keys.get(one.session.id) ?? this.#keys.size + 1;
			const old = this.#known.get(key);
			const line = lineOf(key, one);
			const digest = digestOf(key, this.#version + 1, one);
			if (old !== undefined && old.changedAt >= one.changedAt) continue;
			this.#version += 1;
			this.#keys.set(one.session.id, key);
			this.#known.set(key, { digest, line, changedAt: one.changedAt });
		}
	}

	/** What may not be seen any more is gone. */
	keep(ids: ReadonlySet<string>): void {
		for (const [key, { digest }] of this.#known) {
			if (ids.has(digest.id)) continue;
			this.#known.delete(key);
			this.#removals += 1;
		}
	}

	keyOf(id: string): number | undefined {
		const key = this.#keys.get(id);
		return key !== undefined && this.#known.has(key) ? key : undefined;
	}

	line(key: number): SessionLine | undefined {
		return this.#known.get(key)?.line;
	}

	dataVersion(): number {
		return this.#version + this.#removals;
	}

	countSessions(): number {
		return this.#known.size;
	}

	readKeys(): number[] {
		return [...this.#known.keys()];
	}

	readDigests(after: DigestMark, limit: number): SessionDigest[] {
		return [...this.#known.values()]
			.map(({ digest }) => digest)
			.filter(({ version }) => version > after.version)
			.sort((a, b) => a.version - b.version)
			.slice(0, limit);
	}
}

function lineOf(key: number, { session, firstPrompt }: TeamSession): SessionLine {
	return { key, session, ...(firstPrompt === undefined ? {} : { firstPrompt }) };
}

/** Of tool calls the project keeps no count. */
function digestOf(key: number, version: number, { session, turns }: TeamSession): SessionDigest {
	const { usage, startedAt, endedAt } = session;
	const tokens = [usage?.inputTokens, usage?.outputTokens, usage?.cacheReadTokens, usage?.cacheWriteTokens];
	return {
		key,
		version,
		id: session.id,
		agent: session.agent,
		agentVersion: session.agentVersion ?? "",
		cwd: session.cwd,
		branch: session.git?.branch ?? "",
		models: usage?.models ?? [],
		status: session.status,
		startedAt,
		lastAt: endedAt ?? startedAt,
		turns,
		tools: 0,
		tokens: tokens.reduce<number>((sum, count) => sum + (count ?? 0), 0),
		costUsd: usage?.costUsd ?? 0,
		masked: Object.values(session.maskedCount).reduce((sum, count) => sum + count, 0),
	};
}
