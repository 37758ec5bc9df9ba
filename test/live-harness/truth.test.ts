import { describe, expect, it } from "vitest";
import { truthTurns } from "../live/truth.ts";
import {
	assistantLine,
	line,
	textBlock,
	toolResult,
	toolUse,
	transcript,
	userLine,
} from "./transcript-lines.ts";

const prompts = (jsonl: string) => truthTurns(jsonl).map((turn) => `${turn.prompt.kind} ${turn.prompt.text}`);

describe("the truth of a transcript", () => {
	it("gives each prompt with the answers and tools that follow it", () => {
		const [turn, ...others] = truthTurns(
			transcript(
				userLine("Count the beds"),
				assistantLine([textBlock("I count.")]),
				assistantLine([toolUse("t1", "Bash", { command: "wc -l beds.txt" })]),
				userLine([toolResult("t1", "3 beds.txt")]),
				assistantLine([textBlock("Three.")]),
			),
		);
		expect(others).toEqual([]);
		expect(turn?.items).toEqual([
			{ kind: "assistant", text: "I count." },
			{
				kind: "tool",
				name: "Bash",
				input: { command: "wc -l beds.txt" },
				output: "3 beds.txt",
				isError: false,
				isRejected: false,
			},
			{ kind: "assistant", text: "Three." },
		]);
	});

	it("reads slash commands with their arguments, shell commands and memories as what they are", () => {
		const jsonl = transcript(
			userLine("<command-name>/model</command-name>\n<command-args>opus</command-args>"),
			userLine("<local-command-stdout>Set model</local-command-stdout>"),
			userLine("<bash-input>ls -la</bash-input>"),
			userLine("<bash-stdout>beds.txt</bash-stdout><bash-stderr></bash-stderr>"),
			userLine("<user-memory-input>always water at dawn</user-memory-input>"),
			line({ type: "system", subtype: "local_command", content: "<command-name>/help</command-name>" }),
		);
		expect(prompts(jsonl)).toEqual([
			"slash /model opus",
			"bash ls -la",
			"memory always water at dawn",
			"slash /help",
		]);
	});

	it("leaves out what no person typed: meta lines, summaries, subagents, reminders", () => {
		const jsonl = transcript(
			userLine("Caveat", { isMeta: true }),
			userLine("This session is being continued", { isCompactSummary: true }),
			userLine("Count quietly", { isSidechain: true }),
			userLine("<system-reminder>be kind</system-reminder>"),
			userLine("<task-notification>done</task-notification>"),
			line({ type: "file-history-snapshot", snapshot: {} }),
			userLine("The only real one"),
		);
		expect(prompts(jsonl)).toEqual(["prompt The only real one"]);
	});

	it("drops a prompt whose place the next one took, and keeps an unanswered one in its own place", () => {
		const jsonl = transcript(
			userLine("Regretted", { parent: "end" }),
			userLine("Second thought", { parent: "end" }),
			assistantLine([textBlock("Better.")]),
			userLine("Unanswered", { parent: "later" }),
		);
		expect(prompts(jsonl)).toEqual(["prompt Second thought", "prompt Unanswered"]);
	});

	it("marks a stopped answer as interrupted, and a refused tool as refused only", () => {
		const refusal = "The user doesn't want to proceed with this tool use. The tool use was rejected.";
		const [stopped, refused] = truthTurns(
			transcript(
				userLine("Tell me a story"),
				assistantLine([textBlock("Once")]),
				userLine([textBlock("[Request interrupted by user]")]),
				userLine("Delete it"),
				assistantLine([toolUse("t9", "Bash", { command: "rm it" })]),
				userLine([toolResult("t9", refusal, true)]),
				userLine([textBlock("[Request interrupted by user for tool use]")]),
			),
		);
		expect(stopped?.isInterrupted).toBe(true);
		expect(refused?.isInterrupted).toBe(false);
		expect(refused?.items[0]).toMatchObject({ isRejected: true, isError: true });
	});

	it("counts a prompt that was handed over while the model worked", () => {
		const jsonl = transcript(
			userLine("First"),
			line({
				type: "attachment",
				attachment: { type: "queued_command", prompt: "Second", commandMode: "prompt" },
			}),
		);
		expect(prompts(jsonl)).toEqual(["prompt First", "prompt Second"]);
	});

	it("counts it too where only the queue tells of it, and once where both do", () => {
		const queue = (operation: string, content?: string) =>
			line({ type: "queue-operation", operation, ...(content === undefined ? {} : { content }) });
		const attachment = { type: "queued_command", prompt: "Third", commandMode: "prompt" };
		const jsonl = transcript(
			userLine("First"),
			queue("enqueue", "Second"),
			queue("remove"),
			queue("enqueue", "Third"),
			line({ type: "attachment", attachment }),
			queue("remove", "Third"),
			queue("enqueue", "Fourth"),
			queue("dequeue"),
			userLine("Fourth"),
		);
		expect(prompts(jsonl)).toEqual(["prompt First", "prompt Second", "prompt Third", "prompt Fourth"]);
	});

	it("gives a paste as it was, without the marks that are meant for the model", () => {
		const text = 'Sort: \n\n<pasted_content id="5f0c">\npeas\nbeans\n</pasted_content id="5f0c">\n\n please';
		expect(prompts(transcript(userLine(text)))).toEqual(["prompt Sort: peas\nbeans please"]);
	});

	it("reads every line once, in the order of time, however the files lie", () => {
		const first = userLine("First");
		const second = userLine("Second");
		expect(prompts(transcript(second, first, second))).toEqual(["prompt First", "prompt Second"]);
	});

	it("refuses a transcript that is torn", () => {
		expect(() => truthTurns('{"type":"user"')).toThrow();
	});
});
