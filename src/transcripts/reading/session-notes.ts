/** What the entries say of the session as a whole. */
import { type Entry, timeOf } from "./entry.ts";

export interface SessionFacts {
	/** Claude Code's own ids in the order they were met. */
	readonly agentSessionIds: readonly string[];
	readonly cwd?: string;
	readonly version?: string;
	readonly branch?: string;
	readonly title?: string;
	readonly startedAt?: number;
	readonly endedAt?: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export class SessionNotes {
	readonly #ids: string[] = [];
	readonly #facts: Mutable<Omit<SessionFacts, "agentSessionIds">> = {};
	#isTitleGiven = false;

	get facts(): SessionFacts {
		return { agentSessionIds: [...this.#ids], ...this.#facts };
	}

	feed(entry: Entry): void {
		const { sessionId, cwd, version, gitBranch } = entry;
		if (sessionId !== undefined && !this.#ids.includes(sessionId)) this.#ids.push(sessionId);
		this.#facts.cwd ??= cwd ?? this.#facts.cwd ?? "";
		if (this.#facts.cwd === "") delete this.#facts.cwd;
		if (version !== undefined) this.#facts.version = version;
		if (gitBranch !== undefined && gitBranch !== "" && gitBranch !== "HEAD") this.#facts.branch = gitBranch;
		this.#noteTitle(entry);
		const at = timeOf(entry);
		if (at === undefined) return;
		this.#facts.startedAt = Math.min(this.#facts.startedAt ?? at, at);
		this.#facts.endedAt = Math.max(this.#facts.endedAt ?? at, at);
	}

	/** The person's own title wins over one that was made up for it. */
	#noteTitle({ type, customTitle, aiTitle, summary }: Entry): void {
		if (type === "custom-title" && customTitle !== undefined) {
			this.#facts.title = customTitle;
			this.#isTitleGiven = true;
		}
		const made = type === "ai-title" ? aiTitle : type === "summary" ? summary : undefined;
		if (made !== undefined && !this.#isTitleGiven) this.#facts.title = made;
	}
}
