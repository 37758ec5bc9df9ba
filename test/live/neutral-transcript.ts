/**
 * A genuine transcript as a fixture: the lines of the conversation alone, with what a reader of transcripts looks at.
 * What the program itself told the model is the vendor's, and the machine is nobody's business.
 */
import * as z from "zod";

const KEPT_TYPES = new Set(["user", "assistant", "system", "queue-operation", "summary", "ai-title"]);
const KEPT_FIELDS = [
	"parentUuid",
	"isSidechain",
	"agentId",
	"type",
	"subtype",
	"operation",
	"content",
	"summary",
	"message",
	"requestId",
	"uuid",
	"timestamp",
	"cwd",
	"sessionId",
	"version",
	"gitBranch",
	"isApiErrorMessage",
	"attachment",
];
const KEPT_RESULT_FIELDS = ["agentId", "interrupted", "durationMs", "totalDurationMs"];
const REMINDER = /\s*<system-reminder>[\s\S]*?<\/system-reminder>/gu;
const LONG_NOTE = /(Async agent launched successfully\.)[\s\S]*/u;

const lineSchema = z.looseObject({
	type: z.string(),
	isMeta: z.boolean().optional(),
	isCompactSummary: z.boolean().optional(),
	attachment: z.looseObject({ type: z.string() }).optional(),
	toolUseResult: z.unknown().optional(),
});

/** `home` is the directory that the run had as its home. */
export function neutralTranscript(jsonl: string, home: string): string {
	const lines = jsonl.split("\n").filter((line) => line.trim() !== "");
	const read = lines.map((line) => lineSchema.parse(JSON.parse(line)));
	const kept = read.flatMap((line) => (isConversation(line) ? [reduced(line)] : stub(line)));
	return kept.map((line) => `${neutral(JSON.stringify(line), home)}\n`).join("");
}

function isConversation(line: z.infer<typeof lineSchema>): boolean {
	if (line.isMeta === true || line.isCompactSummary === true) return false;
	return KEPT_TYPES.has(line.type) || line.attachment?.type === "queued_command";
}

/** Where other lines hang on it, its place stays. */
function stub(line: z.infer<typeof lineSchema>): unknown[] {
	if (line.uuid === undefined) return [];
	const { type, uuid, parentUuid, isSidechain, isMeta, isCompactSummary, timestamp } = line;
	return [{ type, uuid, parentUuid, isSidechain, isMeta, isCompactSummary, timestamp }];
}

function reduced(line: z.infer<typeof lineSchema>): unknown {
	const result: Record<string, unknown> = {};
	for (const field of KEPT_FIELDS) if (field in line) result[field] = line[field];
	if (typeof line.toolUseResult === "object" && line.toolUseResult !== null) {
		const facts = Object.entries(line.toolUseResult).filter(([name]) => KEPT_RESULT_FIELDS.includes(name));
		if (facts.length > 0) result.toolUseResult = Object.fromEntries(facts);
	}
	return JSON.parse(JSON.stringify(result), (_key, value: unknown) =>
		typeof value === "string" ? value.replace(REMINDER, "").replace(LONG_NOTE, "$1") : value,
	);
}

function neutral(text: string, home: string): string {
	return text
		.replaceAll(/\/tmp\/claude-\d+\/[^"<\s\\]*/gu, "/tmp/claude/task.output")
		.replaceAll(home, neutralHome(home))
		.replaceAll(home.replace(/[^a-zA-Z0-9]/gu, "-"), neutralHome(home).replaceAll("/", "-"));
}

/** Where a home of the same length is known, rows of a screen keep their width. */
export function neutralHome(home: string): string {
	return home.length === LONG_HOME.length ? LONG_HOME : "/home/ada";
}

/** As long as a temporary home of the live test. */
const LONG_HOME = "/home/ada/kitchengarden";
