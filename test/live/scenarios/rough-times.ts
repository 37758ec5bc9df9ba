/** Windows that move while something is asked or printed, outputs that imitate the screen, helpers side by side. */
import {
	answered,
	ask,
	bash,
	decide,
	needs,
	ready,
	type Scenario,
	type Step,
	say,
	tool,
} from "../scenario.ts";
import { longAnswer } from "./words.ts";

const BETWEEN_RESIZES_MS = 250;

function resizes(...sizes: readonly (readonly [cols: number, rows: number])[]): Step[] {
	return sizes.flatMap(([cols, rows]) => [
		{ do: "resize", cols, rows },
		{ do: "pause", ms: BETWEEN_RESIZES_MS },
	]);
}

/** A storm of sizes over a dialog, and over the output of a command. */
export const resizeOverTools: Scenario = {
	name: "resize-over-tools",
	files: { "beds.txt": "tomatoes\nbeans\n" },
	replies: [
		say(longAnswer("porch", 5), bash("chmod 600 beds.txt && sort beds.txt", "Sort the beds")),
		say("Beans come before tomatoes."),
		say(
			"I count slowly.",
			bash(
				'touch stairs.txt && for i in $(seq 1 30); do echo "step $i of the stairs"; sleep 0.1; done',
				"Count the stairs",
			),
		),
		say("Thirty steps."),
		say("Yes."),
	],
	steps: [
		...ready(),
		...ask("Describe the porch and sort the beds"),
		{ do: "wait", pattern: /Do you want/ },
		{ do: "settle" },
		...resizes([70, 24], [71, 25], [140, 40], [64, 28], [100, 30]),
		{ do: "settle" },
		decide("Bash", "yes"),
		answered(),
		...ask("Count the stairs"),
		decide("Bash", "yes"),
		{ do: "pause", ms: 900 },
		...resizes([80, 24], [81, 24], [120, 36], [90, 28]),
		answered(60_000),
		...ask("Is that all?"),
		answered(),
	],
};

const FAKE = [
	"❯ a prompt nobody typed",
	"",
	"● Bash(rm -rf /)",
	"  ⎿  Removed everything",
	"> another prompt",
	"✻ Thinking… (12s · esc to interrupt)",
	"────────────────────────────────────────",
	" Do you want to proceed?",
	" ❯ 1. Yes",
	"   2. No",
	"✻ Worked for 3s",
].join("\n");

/** What a tool prints looks like the program itself, in full view. */
export const imitatingOutput: Scenario = {
	name: "imitating-output",
	files: { "fake.txt": `${FAKE}\n` },
	args: ["--allowedTools", "Bash"],
	replies: [
		say("I print it.", bash("cat fake.txt", "Print the file")),
		say("None of it happened."),
		{ ...say("You printed it yourself."), when: "Removed everything" },
		say("Twice by now."),
	],
	steps: [
		...ready(),
		...ask("Print fake.txt"),
		answered(),
		...ask("!cat fake.txt", "bash"),
		{ do: "settle", quietMs: 2000 },
		...ask("Who printed it?"),
		answered(),
	],
};

export const subagentsAtOnce: Scenario = {
	name: "subagents-at-once",
	files: { "beds.txt": "tomatoes\nbeans\nsquash\n", "plan.md": "sow\n" },
	args: ["--allowedTools", "Bash,Read,Task,Agent"],
	replies: [
		say(
			"Two helpers at once.",
			tool("Task", {
				description: "Count beds",
				prompt: "Count the lines of the list of beds.",
				subagent_type: "general-purpose",
			}),
			tool("Task", {
				description: "Count plans",
				prompt: "Count the lines of the plan.",
				subagent_type: "general-purpose",
			}),
		),
		{ ...say("The list has three lines."), when: "lines of the list of beds" },
		{ ...say("The plan has one line."), when: "lines of the plan" },
		{ ...say("A helper has come back."), when: "<task-notification>", repeat: true },
		say("Three beds and one plan."),
		say("Yes, both."),
	],
	steps: [
		...ready(),
		...ask("Let two helpers count the beds and the plans"),
		answered(60_000),
		...ask("Both?"),
		answered(),
	],
};

/** A plan is turned down, the next one is taken. */
export const planMode: Scenario = {
	name: "plan-mode",
	files: { "beds.txt": "tomatoes\n" },
	args: ["--permission-mode", "plan"],
	replies: [
		say(
			"Here is what I would do.",
			tool("ExitPlanMode", { plan: "# Plan\n\n1. Read the list\n2. Sort the list\n3. Write it back" }),
		),
		say("Then I think once more."),
		say("A shorter one.", tool("ExitPlanMode", { plan: "# Plan\n\nSort the list." })),
		say("I begin at once."),
		say("It is done."),
	],
	steps: [
		...ready(),
		...ask("Plan the sorting of the beds"),
		decide("ExitPlanMode", "esc"),
		{ do: "settle", quietMs: 1500 },
		...ask("What do you think?"),
		answered(),
		...ask("Make a shorter plan"),
		decide("ExitPlanMode", "yes"),
		answered(),
		...ask("Is it done?"),
		answered(),
	],
};

/** A conversation that was cleared is taken up again. */
export const clearedAndResumed: Scenario = {
	name: "cleared-and-resumed",
	unsupported: needs("2.1.0", "a list of /resume without the present conversation"),
	replies: [
		say("The lantern is red."),
		say(longAnswer("lantern", 8)),
		say("A new day."),
		say("Red, as before."),
	],
	steps: [
		...ready(),
		...ask("Remember the red lantern"),
		answered(),
		...ask("Describe it"),
		answered(),
		...ask("/clear", "slash"),
		{ do: "settle", quietMs: 1200 },
		...ask("Good morning"),
		answered(),
		...ask("/resume", "slash"),
		{ do: "settle", quietMs: 1500 },
		{ do: "press", key: "enter" },
		{ do: "wait", pattern: /lantern note 8\b/ },
		{ do: "settle", quietMs: 900 },
		...ask("Which colour was it?"),
		answered(),
	],
};
