import { describe, expect, it } from "vitest";
import type { ModelResponse } from "../../src/core/model-response.ts";
import { priced, usageOf } from "../../src/transcripts/reading/usage.ts";
import { assistantLine, readingTools, readTurns, say, userLine } from "../support/transcripts.ts";

const { marks, prices } = readingTools;

function response(changes: Partial<ModelResponse> = {}): ModelResponse {
	return {
		key: "k",
		at: Date.UTC(2026, 9, 1),
		model: "claude-opus-5-5",
		inputTokens: 1_000_000,
		outputTokens: 0,
		cacheReadTokens: 0,
		cacheWrite5mTokens: 0,
		cacheWrite1hTokens: 0,
		isSubagent: false,
		...changes,
	};
}

const costOf = (changes: Partial<ModelResponse>) => priced(response(changes), prices).costUsd;

describe("usage", () => {
	it("counts a response once, however many lines it stands on", () => {
		const [turn] = readTurns(
			userLine("u1", "Dig") +
				assistantLine({ uuid: "a1", parent: "u1", content: [say("First a bed.")] }) +
				assistantLine({ uuid: "a2", parent: "a1", content: [say("Then a path.")] }) +
				assistantLine({ uuid: "a3", parent: "a2", request: "r2", content: [say("Again.")] }),
		);
		expect(turn?.turn.usage).toMatchObject({ inputTokens: 20, outputTokens: 40 });
		expect(turn?.responses.map(({ key }) => key)).toEqual(["m1:r1", "m1:r2"]);
	});

	it("tells what is written to the cache for five minutes from what is kept for an hour", () => {
		const usage = {
			input_tokens: 1,
			output_tokens: 2,
			cache_creation_input_tokens: 100,
			cache_read_input_tokens: 7,
			cache_creation: { ephemeral_1h_input_tokens: 60, ephemeral_5m_input_tokens: 40 },
		};
		const [turn] = readTurns(
			userLine("u1", "Dig") + assistantLine({ uuid: "a1", parent: "u1", content: [say("Yes.")], usage }),
		);
		expect(turn?.responses[0]).toMatchObject({ cacheWrite5mTokens: 40, cacheWrite1hTokens: 60 });
		expect(turn?.turn.usage).toMatchObject({
			cacheWriteTokens: 100,
			cacheWrite1hTokens: 60,
			cacheReadTokens: 7,
		});
	});

	it("prices a response by the prices of its day", () => {
		const model = "claude-sonnet-5-5";
		const cacheReadTokens = 1_000_000;
		expect(costOf({ model, inputTokens: 0, cacheReadTokens, at: Date.UTC(2026, 9, 6, 23) })).toBeCloseTo(0.2);
		expect(costOf({ model, inputTokens: 0, cacheReadTokens, at: Date.UTC(2026, 9, 7) })).toBeCloseTo(0.1);
	});

	it("prices a long prompt as such, all of it", () => {
		const model = "claude-haiku-5-5";
		expect(costOf({ model, inputTokens: 100_000, outputTokens: 1000 })).toBeCloseTo(0.0105);
		expect(costOf({ model, inputTokens: 50_000, cacheReadTokens: 50_001, outputTokens: 0 })).toBeCloseTo(
			0.0275,
		);
	});

	it("knows a model by its family, its release and its provider's name", () => {
		for (const model of [
			"claude-sonnet-4-5-20250929",
			"us.anthropic.claude-sonnet-4-5-20250929-v1:0",
			"claude-sonnet-4-5@20250929",
			"claude-3-7-sonnet-latest",
			"claude-sonnet-4-20250514",
		])
			expect(costOf({ model, inputTokens: 100_000 })).toBeCloseTo(0.3);
		expect(costOf({ model: "claude-opus-4-1-20250805" })).toBeCloseTo(15);
		expect(costOf({ model: "claude-opus-4-5-20251101" })).toBeCloseTo(5);
	});

	it("counts a model without a known price, says so, and guesses nothing", () => {
		for (const model of ["claude-opus-6", "claude-opus-5-5-fast", "gpt-5", "claude-sonnet-4-9"])
			expect(costOf({ model })).toBeUndefined();
		const usage = usageOf([priced(response(), prices), response({ model: "claude-opus-6" })], marks);
		expect(usage).toMatchObject({ inputTokens: 2_000_000, costUsd: 4, unpricedModels: ["claude-opus-6"] });
		const none = usageOf([response({ model: "claude-opus-6" })], marks);
		expect(none).not.toHaveProperty("costUsd");
	});
});
