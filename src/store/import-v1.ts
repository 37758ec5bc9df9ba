/** A published export, version 1, back into a session and its turns. Unknown fields are passed over. Pure. */
import * as z from "zod";
import { CtraceError } from "../core/errors.ts";
import type { Session } from "../core/session.ts";
import type { Item, Turn } from "../core/turn.ts";
import {
	durationsColumn,
	exitColumn,
	gitColumn,
	inputColumn,
	maskedCountColumn,
	recordingColumn,
	terminalColumn,
	usageColumn,
} from "./json-columns.ts";

const text = z.string();
const count = z.number();
const time = z.iso.datetime().transform((iso) => Date.parse(iso));
const source = z.enum(["terminal", "transcript", "both"]);

const session: z.ZodType<Session> = z.object({
	id: z.uuid(),
	agent: text,
	agentVersion: text.exactOptional(),
	agentSessionIds: z.array(text),
	command: z.array(text),
	cwd: text,
	git: z.exactOptional(gitColumn),
	host: text.exactOptional(),
	user: text.exactOptional(),
	startedAt: time,
	endedAt: time.exactOptional(),
	status: z.enum(["complete", "running", "lost", "failed"]),
	exit: z.exactOptional(exitColumn),
	terminal: terminalColumn,
	usage: z.exactOptional(usageColumn),
	maskedCount: maskedCountColumn,
	gaps: z.array(z.object({ at: time, reason: text, lostBytes: count })),
	title: text.exactOptional(),
	commits: z.array(z.object({ commit: text, at: time, subject: text })).exactOptional(),
	pinned: z.boolean().exactOptional(),
	tags: z.array(text).exactOptional(),
	note: text.exactOptional(),
});

const spoken = z.object({ kind: z.enum(["assistant", "thinking"]), text, source });

const notice = z.object({
	kind: z.literal("notice"),
	text,
	truncated: z.boolean().exactOptional(),
	observedLines: count.exactOptional(),
	source,
});

const permission = z.object({
	kind: z.literal("permission"),
	question: text,
	tool: text.exactOptional(),
	options: z.array(text),
	choice: text.exactOptional(),
	decisionMs: count.exactOptional(),
	recording: z.exactOptional(recordingColumn),
	source,
});

const tool = z.object({
	kind: z.literal("tool"),
	name: text,
	input: z.union([text, inputColumn]).exactOptional(),
	output: text.exactOptional(),
	status: z.enum(["ok", "error", "rejected", "interrupted", "running"]),
	truncated: z.boolean().exactOptional(),
	observedLines: count.exactOptional(),
	observedChars: count.exactOptional(),
	durationMs: count.exactOptional(),
	recording: z.exactOptional(recordingColumn),
	get items() {
		return z.array(item).exactOptional();
	},
	source,
});

const item: z.ZodType<Item> = z.union([spoken, tool, permission, notice]);

const turn: z.ZodType<Turn> = z.object({
	seq: z.number().int().positive(),
	prompt: z.object({ text, kind: z.enum(["prompt", "slash", "bash", "memory", "none"]) }),
	startedAt: time,
	endedAt: time.exactOptional(),
	status: z.enum(["complete", "interrupted", "running", "lost"]),
	durations: z.exactOptional(durationsColumn),
	usage: z.exactOptional(usageColumn),
	source,
	fidelity: count.exactOptional(),
	recording: z.exactOptional(recordingColumn),
	items: z.array(item),
});

const exported = z.object({ version: z.literal(1), session, turns: z.array(turn) });

export interface ImportedV1 {
	readonly session: Session;
	readonly turns: readonly Turn[];
}

/** Throws `input` when it is no such export. */
export function importV1(json: string): ImportedV1 {
	const parsed = exported.safeParse(parse(json));
	if (parsed.success) return { session: parsed.data.session, turns: parsed.data.turns };
	const [issue] = parsed.error.issues;
	throw new CtraceError(
		"input",
		`no export of version 1: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`,
	);
}

function parse(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}
