/** Answers that stream while the terminal changes under them. */
import { answered, ask, ready, type Scenario, type Step, say } from "../scenario.ts";
import { longAnswer } from "./words.ts";

/** People do not drag a window edge in one go: each size stays long enough for some frames. */
const BETWEEN_RESIZES_MS = 250;

function resizes(...sizes: readonly (readonly [cols: number, rows: number])[]): Step[] {
	return sizes.flatMap(([cols, rows]) => [
		{ do: "resize", cols, rows },
		{ do: "pause", ms: BETWEEN_RESIZES_MS },
	]);
}

export const resizeWhileStreaming: Scenario = {
	name: "resize-while-streaming",
	replies: [
		say("A short answer before the window moves."),
		{ ...say(longAnswer("orchard", 70)), delayMs: 12 },
		say("The window is quiet again."),
	],
	steps: [
		...ready(),
		...ask("Say something short first"),
		answered(),
		...ask("Describe the orchard in many notes while I arrange my windows"),
		{ do: "streamed", characters: 500 },
		...resizes([60, 20]),
		{ do: "streamed", characters: 1500 },
		...resizes([140, 45], [139, 44], [138, 44]),
		{ do: "streamed", characters: 3200 },
		...resizes([80, 24]),
		answered(90_000),
		...resizes([100, 30]),
		{ do: "settle" },
		...ask("Is all well?"),
		answered(),
	],
};

export const resizeWhileIdle: Scenario = {
	name: "resize-while-idle",
	replies: [say(longAnswer("meadow", 14)), say(longAnswer("brook", 14)), say("Nothing was lost.")],
	steps: [
		...ready(),
		...ask("Tell me about the meadow with fourteen notes"),
		answered(),
		...resizes([52, 30], [53, 18], [120, 40]),
		{ do: "settle" },
		...ask("Now the brook, and please keep the same number of notes as before so that I can compare them"),
		answered(),
		...resizes([70, 30], [100, 30]),
		{ do: "settle" },
		...ask("Anything else?"),
		answered(),
	],
};

export const fastStream: Scenario = {
	name: "fast-stream",
	replies: [{ ...say(longAnswer("river", 120)), chunk: 32, delayMs: 14 }, say("That was quick.")],
	steps: [
		...ready(),
		...ask("All the river notes at once"),
		answered(60_000),
		...ask("How was that?"),
		answered(),
	],
};

/** In fullscreen the wheel and the page keys move the conversation while the answer goes on below. */
export const scrollBack: Scenario = {
	name: "scroll-back-while-streaming",
	replies: [
		say(longAnswer("cellar", 20)),
		{ ...say(longAnswer("attic", 50)), delayMs: 14 },
		say("You have seen the whole house."),
	],
	unsupported: (look) =>
		look.renderer === "fullscreen" ? undefined : "the classic renderer leaves scrolling to the terminal",
	steps: [
		...ready(),
		...ask("Show me the cellar"),
		answered(),
		...ask("And now the attic"),
		{ do: "streamed", characters: 900 },
		{ do: "press", key: "page-up", times: 3 },
		{ do: "pause", ms: 900 },
		{ do: "press", key: "wheel-up", times: 4 },
		{ do: "pause", ms: 600 },
		{ do: "press", key: "page-down", times: 12 },
		answered(60_000),
		...ask("Was that all?"),
		answered(),
	],
};
