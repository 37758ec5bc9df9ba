/** Writes what one transcript gives: each batch with its place in the file in one transaction. */

import { basename } from "node:path";
import { shortenHome } from "../../core/home.ts";
import type { ModelResponse } from "../../core/model-response.ts";
import type { Session } from "../../core/session.ts";
import { readMadeCommits } from "../../recorder/made-commits.ts";
import { createTurnMasker, type TurnMasker } from "../../recorder/mask-turns.ts";
import type { Stages } from "../../recorder/open-session.ts";
import { toStored } from "../../recorder/store-responses.ts";
import type { Recorder } from "../../store/store.ts";
import type { TranscriptTurn } from "../../transcripts/reading/conversation.ts";
import type { SessionFacts } from "../../transcripts/reading/session-notes.ts";
import type { TranscriptFile, TranscriptGroup } from "./find-transcripts.ts";
import { importedSession } from "./imported-session.ts";
import { type PlacedTurn, prepareTurn, TurnPlacer } from "./place-turns.ts";

export interface WriterParts {
	readonly stages: Stages;
	readonly recorder: Recorder;
	readonly home: string;
	readonly group: TranscriptGroup;
	readonly fingerprint: (file: TranscriptFile) => string;
}

interface BatchToWrite {
	readonly turns: readonly TranscriptTurn[];
	readonly withdrawn: readonly string[];
}

export class SessionWriter {
	readonly #parts: WriterParts;
	readonly #placer: TurnPlacer;
	readonly #maskTurn: TurnMasker;
	readonly #touched = new Set<string>();
	#own: string | undefined;
	#turns = 0;

	constructor(parts: WriterParts) {
		this.#parts = parts;
		this.#maskTurn = createTurnMasker(parts.stages.masker);
		const { store } = parts.stages;
		const known = namesOf(parts.group).flatMap((id) => store.transcripts.sessionsOf(id));
		this.#own = known.find(({ isWrapped }) => !isWrapped)?.id;
		const wrapped = known.filter(({ isWrapped }) => isWrapped).map(({ id }) => id);
		this.#placer = new TurnPlacer(parts.stages, [...new Set([...wrapped, ...this.#sameTimeAndPlace()])]);
	}

	/** Turns that were written. */
	get turns(): number {
		return this.#turns;
	}

	write(batch: BatchToWrite, facts: SessionFacts, offset: number): void {
		const { stages, group } = this.#parts;
		const placed = this.#placer.place(batch.turns);
		const prepared = placed.map((turn) => this.#prepare(turn, facts));
		const isNew = prepared.length > 0 || batch.withdrawn.length > 0;
		if (!isNew) return;
		stages.store.transaction(() => {
			for (const save of prepared) save();
			for (const anchor of batch.withdrawn) this.#withdraw(anchor);
			if (group.main !== undefined) this.#note(group.main, { bytes: offset, offset });
		});
		this.#turns += prepared.length;
	}

	/** Gives the session that most of it went to; undefined when there was nothing to keep. */
	finish(rest: readonly ModelResponse[], facts: SessionFacts, badLines: number): string | undefined {
		const { stages, group } = this.#parts;
		const { store } = stages;
		const responses = toStored(stages, rest);
		return store.transaction(() => {
			if (responses.length > 0) store.transcripts.addResponses(this.#target(facts), responses);
			const main = this.#main();
			if (main === undefined) return undefined;
			this.#finishOwn(facts, badLines);
			for (const id of new Set([...this.#touched, main])) this.#addLineage(id);
			for (const id of this.#touched) this.#countUsage(id);
			const offset = group.main === undefined ? 0 : (this.#offset ?? 0);
			for (const file of filesOf(group)) this.#note(file, { bytes: file.bytes, offset });
			return main;
		});
	}

	#offset: number | undefined;

	#main(): string | undefined {
		return this.#own ?? [...this.#touched].at(-1);
	}

	/** Masking takes its time before the store is locked. */
	#prepare(placed: PlacedTurn, facts: SessionFacts): () => void {
		const { stages } = this.#parts;
		const { store } = stages;
		const { turn, counts } = prepareTurn(this.#maskTurn, placed, placed.seq ?? 0);
		const responses = toStored(stages, placed.read.responses);
		return () => {
			const id = placed.sessionId ?? this.#target(facts);
			const seq = placed.seq ?? store.transcripts.lastSeq(id) + 1;
			store.saveTurn(id, { ...turn, seq }, placed.anchor);
			store.transcripts.addResponses(id, responses);
			this.#touched.add(id);
			if (id === this.#own && placed.seq === undefined) this.#count(counts);
		};
	}

	#counts: Record<string, number> = {};

	#count(counts: Readonly<Record<string, number>>): void {
		for (const [rule, count] of Object.entries(counts))
			this.#counts[rule] = (this.#counts[rule] ?? 0) + count;
	}

	#withdraw(anchor: string): void {
		const { store, digest } = this.#parts.stages;
		const known = store.transcripts.findAnchor(digest("transcript turn", anchor));
		if (known !== undefined && known.sessionId === this.#own) store.withdrawTurn(known.sessionId, known.seq);
	}

	/** The session of the transcript's own, begun when it is first needed. */
	#target(facts: SessionFacts): string {
		if (this.#own !== undefined) return this.#own;
		const { stages, recorder, home, group } = this.#parts;
		const id = stages.ids();
		const session = importedSession({ id, facts, names: namesOf(group), home, firstAt: group.main?.firstAt });
		stages.store.beginSession(stages.masker.mask(session).value, recorder);
		this.#own = id;
		this.#touched.add(id);
		return id;
	}

	#finishOwn(facts: SessionFacts, badLines: number): void {
		if (this.#own === undefined) return;
		const { store, masker } = this.#parts.stages;
		const before = store.readHead(this.#own);
		const counts: Record<string, number> = { ...before.maskedCount };
		for (const [rule, count] of Object.entries(this.#counts)) counts[rule] = (counts[rule] ?? 0) + count;
		const endedAt = Math.max(facts.endedAt ?? 0, before.endedAt ?? 0);
		const commits =
			facts.cwd === undefined ? [] : readMadeCommits(facts.cwd, { from: before.startedAt, to: endedAt });
		const patch: Partial<Session> = {
			maskedCount: counts,
			...(commits.length === 0 ? {} : { commits }),
			...(endedAt === 0 ? {} : { endedAt }),
			...(facts.title === undefined ? {} : { title: facts.title }),
			...(facts.version === undefined ? {} : { agentVersion: facts.version }),
			...(badLines === 0
				? {}
				: {
						gaps: [
							{
								at: endedAt,
								reason: `${badLines} ${badLines === 1 ? "line" : "lines"} of the transcript could not be read`,
								lostBytes: 0,
							},
						],
					}),
		};
		store.updateSession(this.#own, masker.mask(patch).value);
	}

	/** So that the session is known by Claude Code's name, and can be resumed by it. */
	#addLineage(id: string): void {
		const { store, masker } = this.#parts.stages;
		const known = store.readHead(id).agentSessionIds;
		const more = namesOf(this.#parts.group).filter((name) => !known.includes(name));
		if (more.length > 0) store.updateSession(id, masker.mask({ agentSessionIds: [...known, ...more] }).value);
	}

	#countUsage(id: string): void {
		const { store, masker, readingTools } = this.#parts.stages;
		const usage = store.transcripts.usageOf(id, readingTools().marks.noModels);
		if (usage !== undefined) store.updateSession(id, masker.mask({ usage }).value);
	}

	#note(file: TranscriptFile, { bytes, offset }: { readonly bytes: number; readonly offset: number }): void {
		const sessionId = this.#main();
		if (sessionId === undefined) return;
		this.#offset = offset;
		const { modifiedAt } = file;
		this.#parts.stages.store.transcripts.note(this.#parts.fingerprint(file), {
			sessionId,
			bytes,
			modifiedAt,
			offset,
		});
	}

	/** Sessions without Claude Code's id, recorded where and when this conversation took place. */
	#sameTimeAndPlace(): string[] {
		const { stages, home, group } = this.#parts;
		const { main } = group;
		if (main?.cwd === undefined || main.firstAt === undefined) return [];
		const cwd = shortenHome(main.cwd, home);
		return stages.store.transcripts.wrappedSessions({ cwd, from: main.firstAt, to: main.modifiedAt });
	}
}

function filesOf({ main, agents }: TranscriptGroup): TranscriptFile[] {
	return [...(main === undefined ? [] : [main]), ...agents];
}

/** Claude Code's names for the session: the file's own, for its lines may be copies of another's. */
function namesOf({ main, agents }: TranscriptGroup): string[] {
	const file = main === undefined ? undefined : basename(main.path, ".jsonl");
	if (main !== undefined)
		return [UUID.test(file ?? "") ? (file ?? "") : (main.sessionId ?? "")].filter((id) => id !== "");
	return [...new Set(agents.map(({ sessionId }) => sessionId).filter((id) => id !== undefined))];
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u;
