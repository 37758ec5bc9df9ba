/**
 * One line of a transcript, as far as it is understood. The format is Claude Code's own and changes with every release:
 * an unknown field is left out, a field of an unexpected shape counts as absent, an unknown kind is an entry that nobody
 * reads. Only what is no JSON object with a `type` is a bad line.
 *
 * Read by hand, for a past has lines by the million; a test compares it with the schema that says the same.
 */

/** A field that is absent, or of an unexpected shape, is undefined. */
export interface Entry {
	readonly type: string;
	readonly uuid: string | undefined;
	readonly parentUuid: string | null | undefined;
	readonly sessionId: string | undefined;
	readonly timestamp: string | undefined;
	readonly cwd: string | undefined;
	readonly version: string | undefined;
	readonly gitBranch: string | undefined;
	readonly isSidechain: boolean | undefined;
	readonly isMeta: boolean | undefined;
	readonly isCompactSummary: boolean | undefined;
	readonly agentId: string | undefined;
	readonly requestId: string | undefined;
	readonly subtype: string | undefined;
	readonly operation: string | undefined;
	readonly content: string | undefined;
	readonly summary: string | undefined;
	readonly aiTitle: string | undefined;
	readonly customTitle: string | undefined;
	readonly message: Message | undefined;
	readonly toolUseResult: ReportedResult | undefined;
	readonly attachment: Attachment | undefined;
}

interface Message {
	readonly id: string | undefined;
	readonly model: string | undefined;
	readonly stop_reason: string | undefined;
	readonly content: Content | undefined;
	readonly usage: ReportedUsage | undefined;
}

type Content = string | readonly ContentBlock[];

export interface ContentBlock {
	readonly type: string;
	readonly text?: string | undefined;
	readonly thinking?: string | undefined;
	readonly id?: string | undefined;
	readonly name?: string | undefined;
	readonly input?: Readonly<Record<string, unknown>> | undefined;
	readonly tool_use_id?: string | undefined;
	readonly is_error?: boolean | undefined;
	readonly content?: unknown;
}

interface ReportedUsage {
	readonly input_tokens: number;
	readonly output_tokens: number;
	readonly cache_creation_input_tokens: number | undefined;
	readonly cache_read_input_tokens: number | undefined;
	readonly cache_creation:
		| {
				readonly ephemeral_1h_input_tokens: number | undefined;
				readonly ephemeral_5m_input_tokens: number | undefined;
		  }
		| undefined;
	readonly speed: string | undefined;
}

interface Attachment {
	readonly type: string;
	readonly prompt: Content | undefined;
	readonly commandMode: string | undefined;
}

interface ReportedResult {
	readonly agentId: string | undefined;
	readonly durationMs: number | undefined;
	readonly totalDurationMs: number | undefined;
	readonly interrupted: boolean | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** Undefined for a line that is no entry. */
export function readEntry(line: string): Entry | undefined {
	try {
		const fields = fieldsOf(JSON.parse(line));
		return fields === undefined || typeof fields.type !== "string" ? undefined : entryOf(fields, fields.type);
	} catch {
		return undefined; // No JSON: the caller counts it.
	}
}

function entryOf(fields: Fields, type: string): Entry {
	const { parentUuid } = fields;
	return {
		type,
		uuid: text(fields.uuid),
		parentUuid: parentUuid === null ? null : text(parentUuid),
		sessionId: text(fields.sessionId),
		timestamp: text(fields.timestamp),
		cwd: text(fields.cwd),
		version: text(fields.version),
		gitBranch: text(fields.gitBranch),
		isSidechain: flag(fields.isSidechain),
		isMeta: flag(fields.isMeta),
		isCompactSummary: flag(fields.isCompactSummary),
		agentId: text(fields.agentId),
		requestId: text(fields.requestId),
		subtype: text(fields.subtype),
		operation: text(fields.operation),
		content: text(fields.content),
		summary: text(fields.summary),
		aiTitle: text(fields.aiTitle),
		customTitle: text(fields.customTitle),
		message: messageOf(fieldsOf(fields.message)),
		toolUseResult: resultOf(fieldsOf(fields.toolUseResult)),
		attachment: attachmentOf(fieldsOf(fields.attachment)),
	};
}

function messageOf(fields: Fields | undefined): Message | undefined {
	if (fields === undefined) return undefined;
	return {
		id: text(fields.id),
		model: text(fields.model),
		stop_reason: text(fields.stop_reason),
		content: contentOf(fields.content),
		usage: usageOf(fieldsOf(fields.usage)),
	};
}

/** A list in which anything is no block is no content. */
function contentOf(content: unknown): Content | undefined {
	if (typeof content === "string") return content;
	if (!Array.isArray(content)) return undefined;
	const blocks: ContentBlock[] = [];
	for (const one of content) {
		const fields = fieldsOf(one);
		if (fields === undefined) return undefined;
		blocks.push(blockOf(fields));
	}
	return blocks;
}

function blockOf(fields: Fields): ContentBlock {
	return {
		type: text(fields.type) ?? "",
		text: text(fields.text),
		thinking: text(fields.thinking),
		id: text(fields.id),
		name: text(fields.name),
		input: inputOf(fieldsOf(fields.input)),
		tool_use_id: text(fields.tool_use_id),
		is_error: flag(fields.is_error),
		content: fields.content,
	};
}

/** One name is no property of a tool's input in any language that could have written it. */
function inputOf(fields: Fields | undefined): Fields | undefined {
	if (fields === undefined || !Object.hasOwn(fields, "__proto__")) return fields;
	return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== "__proto__"));
}

/** Without both of its counts it is none. */
function usageOf(fields: Fields | undefined): ReportedUsage | undefined {
	const input = number(fields?.input_tokens);
	const output = number(fields?.output_tokens);
	if (fields === undefined || input === undefined || output === undefined) return undefined;
	const created = fieldsOf(fields.cache_creation);
	return {
		input_tokens: input,
		output_tokens: output,
		cache_creation_input_tokens: count(fields.cache_creation_input_tokens),
		cache_read_input_tokens: count(fields.cache_read_input_tokens),
		cache_creation:
			created === undefined
				? undefined
				: {
						ephemeral_1h_input_tokens: count(created.ephemeral_1h_input_tokens),
						ephemeral_5m_input_tokens: count(created.ephemeral_5m_input_tokens),
					},
		speed: text(fields.speed),
	};
}

function resultOf(fields: Fields | undefined): ReportedResult | undefined {
	if (fields === undefined) return undefined;
	return {
		agentId: text(fields.agentId),
		durationMs: count(fields.durationMs),
		totalDurationMs: count(fields.totalDurationMs),
		interrupted: flag(fields.interrupted),
	};
}

function attachmentOf(fields: Fields | undefined): Attachment | undefined {
	if (fields === undefined) return undefined;
	return {
		type: text(fields.type) ?? "",
		prompt: contentOf(fields.prompt),
		commandMode: text(fields.commandMode),
	};
}

function fieldsOf(value: unknown): Fields | undefined {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
	return value as Fields;
}

function text(value: unknown): string | undefined {
	return typeof value === "string" ? value : undefined;
}

function flag(value: unknown): boolean | undefined {
	return typeof value === "boolean" ? value : undefined;
}

function number(value: unknown): number | undefined {
	return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

function count(value: unknown): number | undefined {
	const known = number(value);
	return known !== undefined && known >= 0 ? known : undefined;
}

export function blocksOf(content: Content | undefined): readonly ContentBlock[] {
	if (content === undefined) return [];
	return typeof content === "string" ? [{ type: "text", text: content }] : content;
}

/** The text of a tool's result or of a queued prompt, whatever its blocks. */
export function textOf(content: unknown): string {
	return blocksOf(contentOf(content))
		.map((block) => block.text ?? (block.type === "text" ? "" : `[${block.type}]`))
		.join("\n");
}

/** Milliseconds since the Unix epoch. */
export function timeOf(entry: Entry): number | undefined {
	const at = Date.parse(entry.timestamp ?? "");
	return Number.isNaN(at) ? undefined : at;
}
