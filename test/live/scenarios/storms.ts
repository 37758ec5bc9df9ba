/** Windows that change their size at any moment, at sizes drawn by lot: the same ones each time. */
import { answered, ask, bash, ready, type Scenario, type Step, say } from "../scenario.ts";
import { longAnswer } from "./words.ts";

const PLAN = `## What is where

1. **North**: seven rows of beans, and a path of flat stones that leads from the gate to the shed behind the pear tree
   - one water barrel
   - two spades, one of them without a handle since the winter before last, when it was used as a lever
2. **South**: squash

\`\`\`python
def rows(beds):
    total = 0
    for bed in beds:
        total += bed["rows"]  # a bed without rows counts as none, and that is how it was meant from the beginning
    return total
\`\`\`

| bed | rows | note |
| --- | ---: | --- |
| north | 7 | beans |
| south | 3 | squash, and in the corner some leeks |
`;

/** A generator of its own (Park and Miller's): the drawn sizes must not change from run to run. */
function draws(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (state * 48_271) % 2_147_483_647;
		return state % below;
	};
}

const MOST_PAUSE_MS = 420;

/** Sizes from 40×10 to 180×60, now and then two within one picture. */
function storm(seed: number, count: number, between: (index: number) => Step): Step[] {
	const draw = draws(seed);
	return Array.from({ length: count }, (_, index): Step[] => [
		between(index),
		{ do: "resize", cols: 40 + draw(140), rows: 10 + draw(50) },
		{ do: "pause", ms: draw(MOST_PAUSE_MS) },
	]).flat();
}

function stormOf(seed: number): Scenario {
	return {
		name: `resize-storm-${seed}`,
		args: ["--allowedTools", "Bash"],
		replies: [
			{ ...say(`${longAnswer("harbour", 10)}\n\n${PLAN}`), delayMs: 12 },
			{ ...say(`${longAnswer("island", 40)}\n\n${PLAN}\n${longAnswer("reef", 8)}`), delayMs: 12 },
			say("I count the boats.", bash('for i in $(seq 1 12); do echo "boat $i"; done', "Count the boats")),
			say("Twelve boats, and the window is still."),
		],
		steps: [
			...ready(),
			...ask("Describe the harbour and the plan"),
			...storm(seed * 7 + 1, 3, (index) => ({ do: "streamed", characters: 300 + 500 * index })),
			answered(90_000),
			...storm(seed * 11 + 3, 3, () => ({ do: "pause", ms: 300 })),
			{ do: "resize", cols: 100, rows: 30 },
			{ do: "settle", quietMs: 600 },
			...ask("Now the island, as long as you like"),
			...storm(seed * 13 + 5, 8, (index) => ({ do: "streamed", characters: 300 + 600 * index })),
			answered(90_000),
			{ do: "resize", cols: 90, rows: 28 },
			{ do: "settle", quietMs: 600 },
			...ask("How many boats are there?"),
			answered(),
		],
	};
}

export const storms: readonly Scenario[] = [1, 2, 3].map(stormOf);
