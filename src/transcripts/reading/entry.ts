/**
 * One line of a transcript, as far as it is understood. The format is Claude Code's own and changes with every release:
 * an unknown field is left out, a field of an unexpected shape counts as absent, an unknown kind is an entry that nobody
 * reads. Only what is no JSON object with a `type` is a bad line.
 */
import * as z from "zod";

const text = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const count = z.number().nonnegative().optional().catch(undefined);

const blockSchema = z.object({
	type: z.string().catch(""),
	text,
	thinking: text,
	id: text,
	name: text,
	input: z.record(z.string(), z.unknown()).optional().catch(undefined),
	tool_use_id: text,
	is_error: flag,
	content: z.unknown().optional(),
});

const contentSchema = z.union([z.string(), z.array(blockSchema)]);

const usageSchema = z.object({
	input_tokens: z.number(),
	output_tokens: z.number(),
	cache_creation_input_tokens: count,
	cache_read_input_tokens: count,
	cache_creation: z
		.object({ ephemeral_1h_input_tokens: count, ephemeral_5m_input_tokens: count })
		.optional()
		.catch(undefined),
	speed: text,
});

const messageSchema = z.object({
	id: text,
	model: text,
	stop_reason: text.or(z.null()).catch(undefined),
	content: contentSchema.optional().catch(undefined),
	usage: usageSchema.optional().catch(undefined),
});

const attachmentSchema = z.object({
	type: z.string().catch(""),
	prompt: contentSchema.optional().catch(undefined),
	commandMode: text,
});

const resultSchema = z.object({
	agentId: text,
	durationMs: count,
	totalDurationMs: count,
	interrupted: flag,
});

const entrySchema = z.object({
	type: z.string(),
	uuid: text,
	parentUuid: z.string().nullish().catch(undefined),
	sessionId: text,
	timestamp: text,
	cwd: text,
	version: text,
	gitBranch: text,
	isSidechain: flag,
	isMeta: flag,
	isCompactSummary: flag,
	agentId: text,
	requestId: text,
	subtype: text,
	operation: text,
	content: text,
	summary: text,
	aiTitle: text,
	customTitle: text,
	message: messageSchema.optional().catch(undefined),
	toolUseResult: resultSchema.optional().catch(undefined),
	attachment: attachmentSchema.optional().catch(undefined),
});

export type Entry = z.infer<typeof entrySchema>;
export type ContentBlock = z.infer<typeof blockSchema>;
export type ReportedUsage = z.infer<typeof usageSchema>;

/** Undefined for a line that is no entry. */
export function readEntry(line: string): Entry | undefined {
	try {
		const parsed = entrySchema.safeParse(JSON.parse(line));
		return parsed.success ? parsed.data : undefined;
	} catch {
		return undefined; // No JSON: the caller counts it.
	}
}

export function blocksOf(content: string | readonly ContentBlock[] | undefined): readonly ContentBlock[] {
	if (content === undefined) return [];
	return typeof content === "string" ? [{ type: "text", text: content }] : content;
}

/** The text of a tool's result or of a queued prompt, whatever its blocks. */
export function textOf(content: unknown): string {
	const parsed = contentSchema.safeParse(content);
	if (!parsed.success) return "";
	return blocksOf(parsed.data)
		.map((block) => block.text ?? (block.type === "text" ? "" : `[${block.type}]`))
		.join("\n");
}

/** Milliseconds since the Unix epoch. */
export function timeOf(entry: Entry): number | undefined {
	const at = Date.parse(entry.timestamp ?? "");
	return Number.isNaN(at) ? undefined : at;
}
