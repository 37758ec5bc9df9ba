import { readFileSync } from "node:fs";
import { basename } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TranscriptParser } from "../../src/transcripts/reading/parse.ts";
import { truthTurns } from "../live/truth.ts";
import {
	agentsOf,
	assistantLine,
	jsonlFiles,
	line,
	readTurns,
	say,
	transcriptFixtures,
	userLine,
} from "../support/transcripts.ts";

const FIXTURES = transcriptFixtures();

describe("a transcript of a genuine run", () => {
	it.each(FIXTURES.map((fixture) => [`${fixture.version} ${fixture.name}`, fixture] as const))(
		"%s gives the turns that an independent reader finds",
		(_, { folder, name, version }) => {
			// 1.0 copies a resumed conversation with new times: what goes by times alone cannot read that.
			if (version.startsWith("1.") && name === "resumed") return;
			const files = jsonlFiles(folder).filter((file) => !basename(file).startsWith("agent-"));
			expect(files.length).toBeGreaterThan(0);
			for (const file of files) {
				const text = readFileSync(file, "utf8");
				const truth = truthTurns(text);
				const turns = readTurns(text, { findAgent: agentsOf(folder) })
					.map(({ turn }) => turn)
					.filter(({ prompt }) => prompt.kind !== "none")
					.sort((a, b) => a.startedAt - b.startedAt);
				expect(turns.map(({ prompt }) => prompt)).toEqual(truth.map(({ prompt }) => prompt));
				expect(turns.map((turn) => turn.status === "interrupted")).toEqual(
					truth.map(({ isInterrupted }) => isInterrupted),
				);
				for (const [index, turn] of turns.entries()) {
					const isOwnCommand = (item: (typeof turn.items)[number]) =>
						turn.prompt.kind === "bash" && item.kind === "tool" && item === turn.items[0];
					const said = turn.items.flatMap((item): unknown[] =>
						item.kind === "assistant"
							? [item.text]
							: item.kind === "tool" && !isOwnCommand(item)
								? [{ name: item.name, input: item.input, output: item.output ?? "" }]
								: [],
					);
					const wanted = truth[index]?.items.map((item) =>
						item.kind === "assistant"
							? item.text
							: { name: item.name, input: item.input, output: item.output ?? "" },
					);
					expect(said).toEqual(wanted);
				}
			}
		},
	);

	it("says of 1.0.35 what its screen shows: no keys in prompts, no empty lines below memories, stopped answers", () => {
		const lines = [
			userLine("u1", "What do tuli\u007f\u007f\u007f\u007froses need?"),
			assistantLine({ uuid: "a1", parent: "u1", content: [say("API Error: Request was aborted.")] }),
			userLine("u2", "<user-memory-input>always water at dawn</user-memory-input>", { parentUuid: "a1" }),
			userLine("u3", "(no content)", { parentUuid: "u2" }),
		];
		expect(readTurns(lines.join("")).map(({ turn }) => turn)).toMatchObject([
			{ prompt: { text: "What do tuliroses need?", kind: "prompt" }, status: "interrupted", items: [] },
			{ prompt: { text: "always water at dawn", kind: "memory" }, items: [] },
		]);
	});

	it("knows a conversation again that was copied when it was resumed", () => {
		const { folder = "" } =
			FIXTURES.find(({ name, version }) => name === "resumed" && version === "1.0.128") ?? {};
		const [copy = [], original = []] = jsonlFiles(folder).map((file) => readTurns(readFileSync(file)));
		expect(copy).toHaveLength(3);
		expect(original.map(({ anchor }) => anchor)).toEqual(copy.slice(0, 2).map(({ anchor }) => anchor));
		const keys = (turns: typeof copy) => turns.flatMap(({ responses }) => responses.map(({ key }) => key));
		expect(keys(copy)).toEqual(expect.arrayContaining(keys(original)));
		expect(copy.map(({ turn }) => turn.items[0])).toMatchObject([
			{ text: "The blue watering can is remembered." },
			{ text: expect.stringMatching(/^rack note 1:/u) },
			{ text: "It is still blue." },
		]);
	});

	it("nests what a subagent did under the call that started it, in each generation of the format", () => {
		for (const { folder } of FIXTURES.filter(({ name }) => name === "subagent")) {
			const files = jsonlFiles(folder).filter((file) => !basename(file).startsWith("agent-"));
			const turns = files.flatMap((file) => readTurns(readFileSync(file), { findAgent: agentsOf(folder) }));
			const call = turns.flatMap(({ turn }) => turn.items).find((item) => item.kind === "tool" && item.items);
			const inner = call?.kind === "tool" ? call.items : undefined;
			expect(inner?.map((item) => (item.kind === "tool" ? item.name : item.kind))).toEqual([
				"Bash",
				"assistant",
			]);
			expect(inner?.[0]).toMatchObject({ output: "3 beds.txt", status: "ok" });
			expect(turns[0]?.turn.usage?.subagentTokens).toBeGreaterThan(0);
		}
	});
});

describe("the reader of a transcript", () => {
	const conversation = [
		userLine("u1", "How deep do I dig?"),
		assistantLine({ uuid: "a1", parent: "u1", content: [say("Two spades deep. 🌱")] }),
		userLine("u2", "Thank you", { timestamp: "2026-03-04T10:01:00.000Z", parentUuid: "a1" }),
		assistantLine({ uuid: "a2", parent: "u2", id: "m2", request: "r2", content: [say("Good digging!")] }),
	];

	it("gives the same turns however the bytes are cut", () => {
		const whole = readTurns(conversation.join(""));
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 300 }), (chunk) => {
				expect(strip(readTurns(conversation.join(""), { chunk }))).toEqual(strip(whole));
			}),
			{ numRuns: 40 },
		);
	});

	it("loses one line to one bad line, and counts it", () => {
		const broken = ['{"type":"assistant","mess\n', "\u0000\u0001\n", "[1,2]\n", '"text"\n', "{}\n"];
		for (const bad of broken) {
			const parser = new TranscriptParser();
			const bytes = new TextEncoder().encode([conversation[0], bad, ...conversation.slice(1)].join(""));
			expect(parser.feed(bytes)).toHaveLength(4);
			expect(parser.badLines).toBe(1);
		}
		const text = [conversation[0], "{broken\n", ...conversation.slice(1)].join("");
		expect(strip(readTurns(text))).toEqual(strip(readTurns(conversation.join(""))));
	});

	it("loses no other turn to a line that is missing, whichever it is", () => {
		const { folder = "" } =
			FIXTURES.find(({ name, version }) => name === "permissions" && version === "2.1.330") ?? {};
		const lines = readFileSync(jsonlFiles(folder)[0] ?? "", "utf8")
			.trimEnd()
			.split("\n");
		const prompts = (text: string) =>
			readTurns(text).flatMap(({ turn }) => (turn.prompt.kind === "none" ? [] : [turn.prompt.text]));
		const whole = prompts(lines.join("\n"));
		for (const index of lines.keys()) {
			const left = prompts(lines.toSpliced(index, 1).join("\n"));
			expect(whole.filter((prompt) => !left.includes(prompt)).length).toBeLessThan(2);
			expect(left).toEqual(whole.filter((prompt) => left.includes(prompt)));
		}
	});

	it("awaits a torn last line and reads it when it is whole", () => {
		const parser = new TranscriptParser();
		const bytes = new TextEncoder().encode(conversation[0]);
		expect(parser.feed(bytes.subarray(0, 50))).toEqual([]);
		expect(parser.badLines).toBe(0);
		expect(parser.feed(bytes.subarray(50))).toHaveLength(1);
	});

	it("never throws, whatever the lines hold", () => {
		const value = fc.letrec((tie) => ({
			any: fc.oneof(
				{ maxDepth: 3 },
				fc.string(),
				fc.integer(),
				fc.boolean(),
				fc.constant(null),
				fc.array(tie("any"), { maxLength: 3 }),
				fc.dictionary(
					fc.constantFrom("content", "type", "text", "id", "usage", "input", "tool_use_id", "model"),
					tie("any"),
				),
			),
		})).any;
		const entry = fc.record(
			{
				type: fc.constantFrom("user", "assistant", "system", "queue-operation", "attachment", "new"),
				uuid: value,
				parentUuid: value,
				timestamp: value,
				message: value,
				content: value,
				attachment: value,
				toolUseResult: value,
				operation: fc.constantFrom("enqueue", "dequeue", "remove"),
			},
			{ requiredKeys: ["type"] },
		);
		fc.assert(
			fc.property(fc.array(entry, { maxLength: 12 }), (entries) => {
				readTurns(entries.map((one) => `${JSON.stringify(one)}\n`).join(""));
			}),
		);
	});

	it("puts an answer that was written before its prompt behind it", () => {
		const [first = "", answer = "", ...rest] = conversation;
		const note = line({ type: "system", uuid: "s1", parentUuid: "a1", subtype: "turn_duration" });
		expect(strip(readTurns([answer, note, first, ...rest].join("")))).toEqual(
			strip(readTurns([first, answer, note, ...rest].join(""))),
		);
		expect(strip(readTurns([answer, first, ...rest].join("")))).toEqual(
			strip(readTurns(conversation.join(""))),
		);
	});

	it("gives a prompt that was taken back before any answer no turn", () => {
		const text =
			userLine("u0", "No, wrong") + userLine("u1", "This one", { timestamp: "2026-03-04T10:00:05Z" });
		expect(readTurns(text).map(({ turn }) => turn.prompt.text)).toEqual(["This one"]);
	});

	it("cuts an endless output and says how long it was", () => {
		const output = "x".repeat(300 * 1024);
		const call = { type: "tool_use", id: "t1", name: "Bash", input: { command: "yes" } };
		const [turn] = readTurns(
			userLine("u1", "Go") +
				assistantLine({ uuid: "a1", parent: "u1", content: [call] }) +
				userLine("u2", [{ type: "tool_result", tool_use_id: "t1", content: output }], { parentUuid: "a1" }),
		);
		const tool = turn?.turn.items[0];
		expect(tool).toMatchObject({ truncated: true, observedChars: output.length, status: "ok" });
		expect(tool?.kind === "tool" ? tool.output?.length : 0).toBe(256 * 1024);
	});
});

function strip(turns: ReturnType<typeof readTurns>) {
	return turns.map(({ again: _again, offset: _offset, ...rest }) => rest);
}
