/** What the screen tells about the session as a whole: which version runs, and what it is about. */
import type { TurnChange } from "../core/change.ts";
import type { Frame, Row } from "../core/frame.ts";
import { type Look, matchRow } from "../core/look.ts";
import { topicOf } from "./progress.ts";

export class ScreenFacts {
	readonly #look: Look;
	#title: string | undefined;
	/** The window's title as it was painted last. */
	#painted: string | undefined;
	#version: string | undefined;
	/** The screen that was searched last. */
	#rows: readonly Row[] = [];

	constructor(look: Look) {
		this.#look = look;
	}

	/** The screen said that it is Claude Code's. */
	get isTold(): boolean {
		return this.#version !== undefined;
	}

	/** What is new with this frame. */
	note(frame: Frame): TurnChange[] {
		const changes: TurnChange[] = [];
		const title = frame.title === this.#painted ? undefined : topicOf(frame.title);
		this.#painted = frame.title;
		if (title !== undefined && title !== this.#title) {
			this.#title = title;
			changes.push({ kind: "session", title });
		}
		const version = this.#version === undefined ? this.#findVersion(frame) : undefined;
		if (version !== undefined) {
			this.#version = version;
			changes.push({ kind: "session", agent: this.#look.id, agentVersion: version });
		}
		return changes;
	}

	#findVersion(frame: Frame): string | undefined {
		const before = this.#rows;
		this.#rows = frame.rows;
		for (const [y, row] of frame.rows.entries()) {
			// What said nothing says nothing again.
			if (row === before[y]) continue;
			const version = matchRow(this.#look, "version", row)?.groups.version;
			if (version !== undefined) return version;
		}
		return undefined;
	}
}
