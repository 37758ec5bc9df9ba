/**
 * One of Claude Code's sessions into the store, batch by batch: what a batch holds is stored together with how far the
 * file was read, so that an import can be broken off anywhere and goes on there.
 */
import type { Stages } from "../../recorder/open-session.ts";
import type { Recorder } from "../../store/store.ts";
import { readTranscript } from "../../transcripts/files/read-file.ts";
import {
	Conversation,
	type TranscriptChange,
	type TranscriptTurn,
} from "../../transcripts/reading/conversation.ts";
import type { SessionFacts } from "../../transcripts/reading/session-notes.ts";
import { AgentFiles } from "./agents.ts";
import type { TranscriptFile, TranscriptGroup } from "./find-transcripts.ts";
import { SessionWriter } from "./session-writer.ts";

export interface GroupTools {
	readonly stages: Stages;
	readonly recorder: Recorder;
	readonly home: string;
	/** Tells of bytes that were read, and lets others work; throws to stop where it is. */
	readonly pause: (newBytes: number) => Promise<void>;
}

export interface GroupOutcome {
	readonly kind: "imported" | "unchanged";
	/** The session that most of it went to. */
	readonly sessionId: string;
	/** Turns that are new or were changed. */
	readonly turns: number;
	readonly badLines: number;
}

/** This much text of turns is masked and stored at once: a few hundred milliseconds of work. */
const BATCH_CHARS = 2 * 1024 * 1024;

/** Undefined when there is nothing in it that could be kept. Throws what is wrong with the files, or with the store. */
export async function importGroup(
	group: TranscriptGroup,
	tools: GroupTools,
): Promise<GroupOutcome | undefined> {
	const { stages } = tools;
	const files = [...(group.main === undefined ? [] : [group.main]), ...group.agents];
	const states = files.map((file) => stages.store.transcripts.find(fingerprint(stages, file)));
	const known = states.find((state) => state !== undefined);
	if (known !== undefined && files.every((file, index) => isSame(file, states[index]))) {
		await tools.pause(group.bytes);
		return { kind: "unchanged", sessionId: known.sessionId, turns: 0, badLines: 0 };
	}
	return await readGroup(group, tools);
}

/** By which a file is known again. */
export function fingerprint(
	{ digest }: Pick<Stages, "digest">,
	{ path }: Pick<TranscriptFile, "path">,
): string {
	return digest("transcript file", path);
}

function isSame(
	file: TranscriptFile,
	state: { readonly bytes: number; readonly modifiedAt: number } | undefined,
): boolean {
	return state?.bytes === file.bytes && state.modifiedAt === Math.round(file.modifiedAt);
}

/** Where to go on: at the last turn when the file has only grown, else at the beginning. */
function startOf(group: TranscriptGroup, { store, digest }: Stages): number {
	if (group.main === undefined) return 0;
	const state = store.transcripts.find(digest("transcript file", group.main.path));
	if (state === undefined || state.bytes > group.main.bytes) return 0;
	return state.bytes < group.main.bytes ? state.offset : 0;
}

async function readGroup(group: TranscriptGroup, tools: GroupTools): Promise<GroupOutcome | undefined> {
	const { stages } = tools;
	const agents = new AgentFiles(group.agents, stages.readingTools());
	const writer = new SessionWriter({ group, ...tools, fingerprint: (file) => fingerprint(stages, file) });
	const read = await readMain(group, { ...tools, agents, writer });
	const sessionId = writer.finish(agents.rest(), read.facts, read.badLines);
	await tools.pause(group.bytes - (group.main?.bytes ?? 0));
	if (sessionId === undefined) return undefined;
	return { kind: "imported", sessionId, turns: writer.turns, badLines: read.badLines };
}

async function readMain(
	group: TranscriptGroup,
	tools: GroupTools & { readonly agents: AgentFiles; readonly writer: SessionWriter },
): Promise<{ readonly facts: SessionFacts; readonly badLines: number }> {
	const { stages, agents, writer, pause } = tools;
	if (group.main === undefined) return { facts: { agentSessionIds: [] }, badLines: 0 };
	const conversation = new Conversation({ ...stages.readingTools(), findAgent: agents.find });
	const batch = new Batch();
	let badLines = 0;
	const from = startOf(group, stages);
	if (from > 0) await pause(from);
	for (const piece of readTranscript(group.main.path, from)) {
		for (const placed of piece.entries) batch.add(conversation.feed(placed));
		badLines = piece.badLines;
		if (batch.chars >= BATCH_CHARS) writer.write(batch.take(), conversation.facts, batch.offset);
		if (piece.bytes > 0) await pause(piece.bytes);
	}
	batch.add(conversation.flush());
	writer.write(batch.take(), conversation.facts, batch.offset);
	return { facts: conversation.facts, badLines };
}

/** Closed turns that wait to be stored; of a turn that was closed twice the newer. */
class Batch {
	#turns = new Map<string, TranscriptTurn>();
	#withdrawn: string[] = [];
	#chars = 0;
	/** Where the last turn of the batch begins in the file. */
	offset = 0;

	get chars(): number {
		return this.#chars;
	}

	add(changes: readonly TranscriptChange[]): void {
		for (const change of changes) {
			if (change.kind === "withdrawn") {
				this.#turns.delete(change.anchor);
				this.#withdrawn.push(change.anchor);
			} else {
				this.#turns.set(change.turn.anchor, change.turn);
				this.#chars += sizeOf(change.turn);
				this.offset = Math.max(this.offset, change.turn.offset);
			}
		}
	}

	take(): { readonly turns: readonly TranscriptTurn[]; readonly withdrawn: readonly string[] } {
		const taken = { turns: [...this.#turns.values()], withdrawn: this.#withdrawn };
		this.#turns = new Map();
		this.#withdrawn = [];
		this.#chars = 0;
		return taken;
	}
}

/** About as many characters as its texts have: enough to say when a batch is full. */
function sizeOf({ turn }: TranscriptTurn): number {
	const sizes = turn.items.map((item) =>
		item.kind === "tool" ? (item.output?.length ?? 0) + 200 + (item.items?.length ?? 0) * 2000 : 500,
	);
	return turn.prompt.text.length + sizes.reduce((sum, size) => sum + size, 0);
}
