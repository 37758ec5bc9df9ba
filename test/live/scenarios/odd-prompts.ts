/** Prompts that look like something else, and prompts that come together in odd ways. */
import { answered, ask, askLines, needs, ready, type Scenario, type Step, say } from "../scenario.ts";
import { longAnswer } from "./words.ts";

export const oddPrompts: Scenario = {
	name: "odd-prompts",
	replies: [
		say("A quote."),
		say("A sign."),
		say("A fence and a question."),
		say("Accepted."),
		say("A number."),
		say("Many scripts."),
		say("Signs alone."),
		say("One long word."),
	],
	steps: [
		...ready(),
		...ask("> what does this quoted line mean?"),
		answered(),
		...ask("❯ and this sign?"),
		answered(),
		...askLines([
			"What is this?",
			"",
			"```ts",
			"const bed = { name: 'north' };",
			"```",
			"",
			"1. first",
			"2. second",
		]),
		answered(),
		...ask("accept"),
		answered(),
		...ask("2"),
		answered(),
		...ask("שלום مرحبا caf\u00e9 植物 — ok?"),
		answered(),
		...ask("...?!"),
		answered(),
		...ask("x".repeat(230)),
		answered(),
	],
};

const LIST = Array.from(
	{ length: 200 },
	(_, index) => `row ${index + 1}: ${index % 3 === 0 ? "beans" : "leeks"}`,
).join("\n");
const NOTE = Array.from({ length: 14 }, (_, index) => `note ${index + 1}: keep the gate shut`).join("\n");

function paste(text: string): Step[] {
	return [
		{ do: "paste", text },
		{ do: "settle", quietMs: 300 },
	];
}

export const manyPastes: Scenario = {
	name: "many-pastes",
	unsupported: needs("2.0.0", "a cursor that stands behind what was pasted"),
	replies: [say("Two hundred rows."), say("A list and a note."), say("Short and long.")],
	steps: [
		...ready(),
		...paste(LIST),
		{ do: "type", text: " how many rows?" },
		{ do: "settle", quietMs: 300 },
		{ do: "submit", text: `${LIST} how many rows?`, kind: "prompt" },
		answered(),
		{ do: "type", text: "Compare " },
		{ do: "settle", quietMs: 300 },
		...paste(NOTE),
		{ do: "type", text: " with " },
		{ do: "settle", quietMs: 300 },
		...paste(NOTE.replaceAll("gate", "door")),
		{ do: "submit", text: `Compare ${NOTE} with ${NOTE.replaceAll("gate", "door")}`, kind: "prompt" },
		answered(),
		...paste("one short paste"),
		{ do: "type", text: " then words" },
		{ do: "settle", quietMs: 300 },
		{ do: "submit", text: "one short paste then words", kind: "prompt" },
		answered(),
	],
};

/** While an answer streams a draft is typed, thrown away, and another one sent after the answer. */
export const typingWhileStreaming: Scenario = {
	name: "typing-while-streaming",
	replies: [{ ...say(longAnswer("well", 24)), delayMs: 30 }, say("It is deep."), say("Nothing more.")],
	steps: [
		...ready(),
		...ask("Describe the well slowly"),
		{ do: "streamed", characters: 300 },
		{ do: "type", text: "a draft that will be thrown away" },
		// Keys that a busy program reads together with text are text to it.
		{ do: "pause", ms: 700 },
		{ do: "press", key: "ctrl-u" },
		{ do: "pause", ms: 700 },
		{ do: "streamed", characters: 900 },
		{ do: "type", text: "How deep" },
		{ do: "streamed", characters: 1400 },
		{ do: "type", text: " is it?" },
		answered(60_000),
		{ do: "submit", text: "How deep is it?", kind: "prompt" },
		answered(),
		...ask("Anything else?"),
		answered(),
	],
};

/** Two prompts wait; one is fetched back into the box, changed and sent again. */
export const queueEdited: Scenario = {
	name: "queue-edited",
	unsupported: needs("2.1.0", "a queue that can be edited"),
	replies: [
		{ ...say(longAnswer("creek", 30)), delayMs: 40 },
		say("Cold, and full of trout."),
		say("That was the creek."),
	],
	steps: [
		...ready(),
		...ask("Describe the creek slowly"),
		{ do: "streamed", characters: 300 },
		...ask("How cold is", "withdrawn"),
		{ do: "settle", quietMs: 200 },
		{ do: "press", key: "up" },
		{ do: "pause", ms: 500 },
		{ do: "type", text: " the water?" },
		{ do: "submit", text: "How cold is the water?", kind: "prompt" },
		answered(90_000),
		...ask("Was that all?"),
		answered(),
	],
};

/** Esc before any answer, twice; Ctrl-C over a draft; then an ordinary prompt. */
export const secondThoughts: Scenario = {
	name: "second-thoughts",
	replies: [
		{ ...say("Too late."), beforeMs: 20_000 },
		{ ...say("Too late again."), beforeMs: 20_000 },
		say("At last an answer."),
		say("Good."),
	],
	steps: [
		...ready(),
		...ask("A question I regret", "withdrawn"),
		{ do: "busy" },
		{ do: "press", key: "esc" },
		{ do: "settle", quietMs: 900 },
		{ do: "press", key: "ctrl-u", times: 2 },
		{ do: "settle", quietMs: 700 },
		...ask("Another one I regret", "withdrawn"),
		{ do: "busy" },
		{ do: "press", key: "esc" },
		{ do: "settle", quietMs: 900 },
		{ do: "press", key: "ctrl-c" },
		{ do: "settle", quietMs: 1200 },
		...ask("A question I stand by"),
		answered(),
		{ do: "type", text: "a draft for the bin" },
		{ do: "press", key: "ctrl-c" },
		{ do: "settle", quietMs: 1200 },
		...ask("Thank you"),
		answered(),
	],
};
