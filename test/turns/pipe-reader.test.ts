import { describe, expect, it } from "vitest";
import type { Turn } from "../../src/core/turn.ts";
import { PipeReader } from "../../src/turns/pipe-reader.ts";
import { look } from "../support/sitting.ts";

const encoder = new TextEncoder();

interface Piped {
	readonly args?: readonly string[];
	readonly given?: readonly string[];
	readonly printed?: readonly string[];
	readonly isClaude?: boolean;
	readonly isLost?: boolean;
}

function turnOf({
	args = [],
	given = [],
	printed = [],
	isClaude = true,
	isLost = false,
}: Piped): Turn | undefined {
	const reader = new PipeReader({ look: look(), isClaude, args, startedAt: 1000 });
	for (const text of given) reader.input(encoder.encode(text));
	for (const text of printed) reader.feed(encoder.encode(text));
	const [change] = reader.report(500, isLost);
	return change?.kind === "turn" ? change.turn : undefined;
}

const line = (value: object) => `${JSON.stringify(value)}\n`;
const says = (...content: readonly object[]) => line({ type: "assistant", message: { content } });
const hears = (...content: readonly object[]) => line({ type: "user", message: { content } });

describe("claude -p", () => {
	it("is one turn: the words of the command line and the printed answer", () => {
		expect(
			turnOf({ args: ["-p", "Why is the sky blue?"], printed: ["Because of ", "the air.\n"] }),
		).toMatchObject({
			prompt: { text: "Why is the sky blue?", kind: "prompt" },
			status: "complete",
			endedAt: 1500,
			items: [{ kind: "assistant", text: "Because of the air." }],
		});
	});

	it("takes the value of an option for no prompt", () => {
		expect(turnOf({ args: ["--model", "opus", "-p", "hi"], printed: ["hello"] })?.prompt.text).toBe("hi");
	});

	it("has what came through the pipe below the words of the command line", () => {
		const turn = turnOf({
			args: ["-p", "Explain this"],
			given: ["line one\n", "line two\n"],
			printed: ["ok"],
		});
		expect(turn?.prompt.text).toBe("Explain this\nline one\nline two");
	});

	it("is a turn too when everything came through the pipe", () => {
		expect(turnOf({ given: ["what now?"], printed: ["this"] })).toMatchObject({
			prompt: { text: "what now?" },
			items: [{ text: "this" }],
		});
	});

	it("reads the answer and the usage out of one JSON value", () => {
		const result = {
			type: "result",
			result: "Forty-two.",
			total_cost_usd: 0.01,
			usage: { input_tokens: 5, output_tokens: 7 },
		};
		expect(
			turnOf({ args: ["-p", "q", "--output-format", "json"], printed: [JSON.stringify(result)] }),
		).toMatchObject({
			usage: { inputTokens: 5, outputTokens: 7, costUsd: 0.01 },
			items: [{ kind: "assistant", text: "Forty-two." }],
		});
	});

	it("reads text, tool calls and their results out of stream-json, however it is cut", () => {
		const stream = [
			line({ type: "system", subtype: "init", session_id: "s-1", claude_code_version: "2.1.330" }),
			says(
				{ type: "text", text: "I look." },
				{ type: "tool_use", id: "t1", name: "Bash", input: { command: "ls" } },
			),
			hears({ type: "tool_result", tool_use_id: "t1", content: "beds.txt" }),
			says({ type: "text", text: "One file." }),
			line({ type: "result", result: "One file." }),
		].join("");
		const pieces = stream.match(/[\s\S]{1,17}/gu) ?? [];
		expect(
			turnOf({ args: ["-p", "--output-format=stream-json", "look"], printed: pieces })?.items,
		).toMatchObject([
			{ kind: "assistant", text: "I look." },
			{ kind: "tool", name: "Bash", input: { command: "ls" }, output: "beds.txt", status: "ok" },
			{ kind: "assistant", text: "One file." },
		]);
	});

	it("passes over lines of stream-json that it does not know", () => {
		const printed = ["not json at all\n", line({ type: "weather" }), says({ type: "text", text: "Fine." })];
		expect(turnOf({ args: ["-p", "x", "--output-format", "stream-json"], printed })?.items).toMatchObject([
			{ text: "Fine." },
		]);
	});

	it("takes the prompts out of stream-json on its input", () => {
		const args = ["-p", "--input-format", "stream-json", "--output-format", "stream-json"];
		const given = [hears({ type: "text", text: "first" }), hears({ type: "text", text: "second" })];
		expect(turnOf({ args, given, printed: [says({ type: "text", text: "both" })] })?.prompt.text).toBe(
			"first\n\nsecond",
		);
	});

	it("is marked lost when nobody saw its end", () => {
		expect(turnOf({ args: ["-p", "x"], printed: ["half an ans"], isLost: true })?.status).toBe("lost");
	});
});

describe("any other program in a pipe", () => {
	it("is one turn without a prompt, with its text and without its colours", () => {
		const printed = ["\u001b[32mok\u001b[0m one\r\n", "ok two\n"];
		expect(turnOf({ isClaude: false, args: ["test"], printed })).toMatchObject({
			prompt: { text: "", kind: "none" },
			items: [{ kind: "notice", text: "ok one\nok two" }],
		});
	});

	it("is no turn when it printed nothing", () => {
		expect(turnOf({ isClaude: false })).toBeUndefined();
	});

	it("is cut in the middle, and says so, when it floods", () => {
		const lines = Array.from({ length: 10_000 }, (_, n) => `line ${n}\n`);
		const [item] = turnOf({ isClaude: false, printed: [lines.join("")] })?.items ?? [];
		expect(item).toMatchObject({ kind: "notice", truncated: true, observedLines: 10_000 });
		expect(item?.kind === "notice" && item.text.startsWith("line 0\n")).toBe(true);
		expect(item?.kind === "notice" && item.text.endsWith("line 9999")).toBe(true);
	});
});
