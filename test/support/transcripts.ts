/** Transcripts of genuine runs, and invented ones, with what reads them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadPrices } from "../../src/patterns/load-prices.ts";
import { loadTranscriptMarks } from "../../src/patterns/load-transcript-marks.ts";
import { AgentReader, type ReadingTools } from "../../src/transcripts/reading/agent-reader.ts";
import { Conversation, type TranscriptTurn } from "../../src/transcripts/reading/conversation.ts";
import type { FindAgent } from "../../src/transcripts/reading/open-turn.ts";
import { TranscriptParser } from "../../src/transcripts/reading/parse.ts";

const ROOT = join(import.meta.dirname, "../..");
export const TRANSCRIPTS = join(ROOT, "test/fixtures/transcripts");
export const PATTERNS = join(ROOT, "patterns");

export const readingTools: ReadingTools = {
	marks: loadTranscriptMarks(join(PATTERNS, "transcripts.yml")),
	prices: loadPrices(join(PATTERNS, "prices.yml")),
};

export interface TranscriptFixture {
	readonly version: string;
	readonly name: string;
	/** A directory like Claude Code's configuration. */
	readonly folder: string;
}

export function transcriptFixtures(): TranscriptFixture[] {
	return readdirSync(TRANSCRIPTS).flatMap((version) =>
		readdirSync(join(TRANSCRIPTS, version)).map((name) => ({
			version,
			name,
			folder: join(TRANSCRIPTS, version, name),
		})),
	);
}

export function jsonlFiles(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith(".jsonl"))
		.map((name) => join(folder, name))
		.sort();
}

/** The turns of one file, in the order of their prompts; `chunk` is how many bytes are fed at once. */
export function readTurns(
	text: string | Uint8Array,
	options: { readonly findAgent?: FindAgent; readonly chunk?: number } = {},
): TranscriptTurn[] {
	const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
	const { chunk = bytes.length, findAgent = () => undefined } = options;
	const parser = new TranscriptParser();
	const conversation = new Conversation({ ...readingTools, findAgent });
	const turns = new Map<string, TranscriptTurn>();
	const take = (changes: ReturnType<Conversation["flush"]>) => {
		for (const change of changes) {
			if (change.kind === "turn") turns.set(change.turn.anchor, change.turn);
			else turns.delete(change.anchor);
		}
	};
	// One piece of memory for all reads, as a file is read.
	const memory = Buffer.alloc(chunk);
	for (let at = 0; at < bytes.length; at += chunk) {
		memory.set(bytes.subarray(at, at + chunk));
		const read = memory.subarray(0, Math.min(chunk, bytes.length - at));
		for (const placed of parser.feed(read)) take(conversation.feed(placed));
	}
	for (const placed of parser.flush()) take(conversation.feed(placed));
	take(conversation.flush());
	return [...turns.values()];
}

/** Subagents of a fixture, by their ids. */
export function agentsOf(folder: string): FindAgent {
	const agents = new Map<string, AgentReader>();
	for (const file of jsonlFiles(folder)) {
		const id = /agent-(.+)\.jsonl$/u.exec(file)?.[1];
		if (id === undefined) continue;
		const reader = new AgentReader(readingTools);
		const parser = new TranscriptParser();
		for (const { entry } of parser.feed(readFileSync(file))) reader.feed(entry);
		agents.set(id, reader);
	}
	const find: FindAgent = ({ agentId }) => agents.get(agentId ?? "")?.read(find);
	return find;
}

/** An invented line of a transcript. */
export function line(fields: Readonly<Record<string, unknown>>): string {
	return `${JSON.stringify({ sessionId: "s1", version: "2.1.330", cwd: "/home/ada/garden", ...fields })}\n`;
}

export function userLine(
	uuid: string,
	content: unknown,
	more: Readonly<Record<string, unknown>> = {},
): string {
	return line({
		type: "user",
		uuid,
		parentUuid: null,
		timestamp: "2026-03-04T10:00:00.000Z",
		message: { role: "user", content },
		...more,
	});
}

export interface InventedAnswer {
	readonly uuid: string;
	readonly parent?: string;
	readonly id?: string;
	readonly request?: string;
	readonly content: readonly unknown[];
	readonly usage?: Readonly<Record<string, unknown>>;
	readonly model?: string;
	readonly at?: string;
}

export function assistantLine(answer: InventedAnswer): string {
	const { uuid, parent = null, id = "m1", request = "r1", content, at = "2026-03-04T10:00:01.000Z" } = answer;
	const usage = answer.usage ?? { input_tokens: 10, output_tokens: 20 };
	const message = { id, model: answer.model ?? "claude-opus-4-6", stop_reason: "end_turn", content, usage };
	return line({ type: "assistant", uuid, parentUuid: parent, timestamp: at, requestId: request, message });
}

export function say(text: string): unknown {
	return { type: "text", text };
}
