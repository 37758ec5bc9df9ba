/**
 * A turn source that adds what Claude Code itself writes down. It looks at the transcript several times a second and never
 * waits for it; whatever goes wrong with it, the terminal's turns go on as they are.
 */
import type { TurnChange } from "../core/change.ts";
import type { TerminalEvent } from "../core/event.ts";
import { TranscriptFollower } from "../transcripts/files/follow.ts";
import { findLiveTranscripts, type LiveProcess } from "../transcripts/files/live-session.ts";
import { type MergedTurn, MergedTurns } from "../transcripts/merge/merged-turns.ts";
import type { ReadingTools } from "../transcripts/reading/agent-reader.ts";
import type { TranscriptTurn } from "../transcripts/reading/conversation.ts";
import type { Shown, TurnSource } from "./turn-source.ts";

/** A line is seen within this time after it was written. */
const LOOK_EVERY_MS = 250;
/** The clock of the screen and that of the transcript are read at different moments. */
const SLACK_MS = 2000;

export class MergedSource implements TurnSource {
	readonly #source: TurnSource;
	readonly #live: LiveProcess;
	readonly #tools: ReadingTools;
	readonly #merged = new MergedTurns();
	readonly #followed = new Map<string, Followed>();
	#lookedAt = Number.NEGATIVE_INFINITY;
	#isBroken = false;
	#toldIds = "";

	constructor(source: TurnSource, live: LiveProcess, tools: ReadingTools) {
		this.#source = source;
		this.#live = live;
		this.#tools = tools;
	}

	feed(event: TerminalEvent): readonly TurnChange[] {
		return this.#merge(this.#source.feed(event), event.at, false);
	}

	tick(at: number): readonly TurnChange[] {
		return this.#merge(this.#source.tick(at), at, false);
	}

	end(at: number, isLost: boolean): readonly TurnChange[] {
		return this.#merge(this.#source.end(at, isLost), at, true);
	}

	newOnScreen(): Shown {
		return this.#source.newOnScreen();
	}

	pause(at: number): readonly TurnChange[] {
		return this.#merge(this.#source.pause(at), at, false);
	}

	resume(at: number): readonly TurnChange[] {
		return this.#merge(this.#source.resume(at), at, false);
	}

	#merge(shown: readonly TurnChange[], at: number, isOver: boolean): readonly TurnChange[] {
		if (this.#isBroken) return shown;
		const isLookDue = isOver || at - this.#lookedAt >= LOOK_EVERY_MS;
		if (!isLookDue && shown.length === 0) return shown;
		for (const change of shown) this.#note(change);
		try {
			return [...this.#others(shown), ...this.#news(isLookDue, at, isOver)];
		} catch {
			// A mistake of ours over the transcript must not cost the record of the terminal.
			this.#isBroken = true;
			return shown;
		}
	}

	#note(change: TurnChange): void {
		if (change.kind === "turn") this.#merged.show(change.turn);
		if (change.kind === "withdrawn") this.#merged.withdraw(change.seq);
	}

	#others(shown: readonly TurnChange[]): readonly TurnChange[] {
		return shown.filter(({ kind }) => kind !== "turn");
	}

	#news(isLookDue: boolean, at: number, isOver: boolean): TurnChange[] {
		if (isLookDue) {
			this.#lookedAt = at;
			this.#look(isOver);
		}
		const turns = isOver ? this.#merged.finish() : this.#merged.changes();
		return [...turns.map(toChange), ...this.#lineage()];
	}

	#look(isOver: boolean): void {
		for (const { path, isCertain } of findLiveTranscripts(this.#live)) {
			const known = this.#followed.get(path);
			if (known === undefined)
				this.#followed.set(path, { follower: new TranscriptFollower(path, this.#tools), isCertain });
			else known.isCertain ||= isCertain;
		}
		let isNew = false;
		for (const { follower } of this.#followed.values()) isNew = follower.poll(isOver) || isNew;
		if (isNew) this.#merged.write(this.#written());
	}

	/** What was said since this session began, in the transcripts that are this session's. */
	#written(): TranscriptTurn[] {
		const since = this.#live.startedAt - SLACK_MS;
		const own = [...this.#followed.values()].flatMap(({ follower, isCertain }) => {
			const turns = follower.turns.filter(({ turn }) => turn.startedAt >= since);
			return isCertain || this.#isOurs(turns) ? turns : [];
		});
		const unique = new Map(own.map((turn) => [turn.anchor, turn]));
		return [...unique.values()].sort((a, b) => a.turn.startedAt - b.turn.startedAt);
	}

	/** Another Claude Code may be at work in the same directory: a transcript proves itself by a prompt that was shown here. */
	#isOurs(turns: readonly TranscriptTurn[]): boolean {
		return this.#merged.shows(turns);
	}

	#lineage(): TurnChange[] {
		const own = [...this.#followed.values()].filter(
			({ follower, isCertain }) => isCertain || this.#isOurs(follower.turns),
		);
		const ids = own.map(({ follower }) => /(?<id>[^/]+)\.jsonl$/u.exec(follower.path)?.groups?.id ?? "");
		const told = ids.join(" ");
		if (told === this.#toldIds) return [];
		this.#toldIds = told;
		const version = own.at(-1)?.follower.facts.version;
		return [
			{
				kind: "session",
				agentSessionIds: ids,
				...(version === undefined ? {} : { agentVersion: version }),
			},
		];
	}
}

interface Followed {
	readonly follower: TranscriptFollower;
	isCertain: boolean;
}

function toChange({ turn, written }: MergedTurn): TurnChange {
	if (written === undefined) return { kind: "turn", turn };
	return { kind: "turn", turn, written: { anchor: written.anchor, responses: written.responses } };
}
