/** Lines read by hand give what the schema of the format gives: whatever shape their fields have. */
import fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod";
import { readEntry } from "../../src/transcripts/reading/entry.ts";

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

/** What the schema makes of a line. */
function expectedOf(line: string): unknown {
	const parsed = entrySchema.safeParse(JSON.parse(line));
	return parsed.success ? parsed.data : undefined;
}

const arbStray = fc.oneof(
	fc.constantFrom(null, true, false, "", "words", 0, -0, -1, 1.5, 3_000_000_000),
	fc.constant([]),
	fc.constant({}),
	fc.jsonValue({ maxDepth: 2 }),
);
/** Mostly of the shape that is expected, often not. */
const mostly = (arb: fc.Arbitrary<unknown>) =>
	fc.oneof({ weight: 4, arbitrary: arb }, { weight: 1, arbitrary: arbStray });
const fields = (shape: Record<string, fc.Arbitrary<unknown>>) =>
	fc.record(Object.fromEntries(Object.entries(shape).map(([name, arb]) => [name, mostly(arb)])), {
		requiredKeys: [],
	});

const word = fc.string();
const amount = fc.integer({ min: -5, max: 100_000 });
const arbInput = fc.dictionary(fc.constantFrom("command", "file_path", "__proto__"), fc.jsonValue());
const arbBlock = fields({
	type: fc.constantFrom("text", "thinking", "tool_use", "tool_result"),
	text: word,
	thinking: word,
	id: word,
	name: word,
	input: arbInput,
	tool_use_id: word,
	is_error: fc.boolean(),
	content: fc.jsonValue(),
	signature: word,
});
const arbContent = fc.oneof(word, fc.array(mostly(arbBlock), { maxLength: 4 }));
const arbUsage = fields({
	input_tokens: amount,
	output_tokens: amount,
	cache_creation_input_tokens: amount,
	cache_read_input_tokens: amount,
	cache_creation: fields({ ephemeral_1h_input_tokens: amount, ephemeral_5m_input_tokens: amount }),
	speed: word,
	service_tier: word,
});
const words = Object.fromEntries(
	[
		..."uuid parentUuid sessionId timestamp cwd version gitBranch agentId requestId".split(" "),
		..."subtype operation content summary aiTitle customTitle somethingNew".split(" "),
	].map((name) => [name, word]),
);
const flags = Object.fromEntries(
	["isSidechain", "isMeta", "isCompactSummary"].map((name) => [name, fc.boolean()]),
);
const arbEntry = fields({
	type: fc.constantFrom("user", "assistant", "system"),
	...words,
	...flags,
	message: fields({ id: word, model: word, stop_reason: word, content: arbContent, usage: arbUsage }),
	toolUseResult: fields({
		agentId: word,
		durationMs: amount,
		totalDurationMs: amount,
		interrupted: fc.boolean(),
	}),
	attachment: fields({ type: word, prompt: arbContent, commandMode: word }),
});

test("an entry is what the schema makes of its line", () => {
	let understood = 0;
	fc.assert(
		fc.property(arbEntry, (entry) => {
			const line = JSON.stringify(entry);
			expect(readEntry(line)).toEqual(expectedOf(line));
			if (readEntry(line)?.message?.usage !== undefined) understood += 1;
		}),
		{ numRuns: 2000 },
	);
	expect(understood).toBeGreaterThan(100);
});

test.each(["null", "[]", "7", '"words"', "{}", '{"type":7}', '[{"type":"user"}]', "{", ""])(
	"%s is no entry",
	(line) => expect(readEntry(line)).toBeUndefined(),
);

test("a number that is too large for a number counts as absent", () => {
	const line = '{"type":"assistant","message":{"usage":{"input_tokens":1e999,"output_tokens":1}}}';
	expect(readEntry(line)).toEqual(expectedOf(line));
	expect(readEntry(line)?.message?.usage).toBeUndefined();
});
