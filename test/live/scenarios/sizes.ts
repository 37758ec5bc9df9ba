/** The smallest and the largest terminals. */
import { answered, ask, bash, decide, ready, type Scenario, say } from "../scenario.ts";
import { longAnswer } from "./words.ts";

export const tiny: Scenario = {
	name: "tiny-terminal",
	cols: 40,
	rows: 10,
	replies: [
		say("A small window is enough for a small garden, as long as the words may wrap."),
		// A fast model's pace. The first rows of an answer may never find room in ten rows: a short line stands there.
		{ ...say(`Look:\n\n${longAnswer("window", 36)}`), delayMs: 30 },
		say("Even ten rows can be a lot."),
	],
	steps: [
		...ready(),
		...ask("Is this window large enough for you?"),
		answered(),
		...ask("Show me more"),
		answered(60_000),
		...ask("Enough"),
		answered(),
	],
};

export const huge: Scenario = {
	name: "huge-terminal",
	cols: 300,
	rows: 100,
	files: { "beds.txt": "tomatoes\nbeans\n" },
	replies: [
		say(longAnswer("field", 50)),
		say("I count.", bash("chmod 600 beds.txt && wc -l beds.txt", "Count the beds")),
		say("Two beds in a very large field."),
	],
	steps: [
		...ready(),
		...ask("Describe the field"),
		answered(60_000),
		...ask("How many beds are there?"),
		decide("Bash", "yes"),
		answered(),
	],
};
