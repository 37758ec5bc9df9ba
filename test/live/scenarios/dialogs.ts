/** Dialogs beyond a plain yes or no, and views that lay themselves over the conversation. */
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
	thinking,
	tool,
} from "../scenario.ts";
import { longAnswer } from "./words.ts";

/** The person refuses and says what to do instead; the model goes on with that. */
export const refusedWithWords: Scenario = {
	name: "refused-with-words",
	files: { "beds.txt": "tomatoes\nbeans\n" },
	replies: [
		say("I remove the file.", bash("rm -f beds.txt", "Remove the list")),
		say("Understood, the list stays and I say nothing more."),
		say("It is still there."),
	],
	unsupported: needs("2.1.0", "a refusal with words of its own"),
	steps: [
		...ready(),
		...ask("Tidy up the list"),
		{ do: "decide", tool: "Bash", choose: "amend", words: "keep the list, please" },
		answered(),
		...ask("Is the list still there?"),
		answered(),
	],
};

/** `#` keeps a memory; the program asks where. Later versions dropped it. */
export const memory: Scenario = {
	name: "memory",
	replies: [say("The beans are fine."), say("I will.")],
	unsupported: (look) =>
		needs("2.0.70", "")(look) === undefined ? "memories with # were dropped before 2.0.70" : undefined,
	steps: [
		...ready(),
		...ask("How are the beans?"),
		answered(),
		...ask("#always water at dawn", "memory"),
		{ do: "settle", quietMs: 900 },
		{ do: "press", key: "enter" },
		{ do: "settle", quietMs: 900 },
		...ask("Do you remember?"),
		answered(),
	],
};

/** The detailed view shows the whole conversation again, and goes away again. */
export const detailedView: Scenario = {
	name: "detailed-view",
	files: { "beds.txt": "tomatoes\nbeans\n", "plan.md": "sow in May\n" },
	replies: [
		say(
			thinking("The person wants both files. I read them one after the other."),
			"I read both.",
			tool("Read", { file_path: "{{cwd}}/beds.txt" }),
			tool("Read", { file_path: "{{cwd}}/plan.md" }),
		),
		say("Two beds, and sowing comes in May."),
		say("You have looked behind the curtain."),
	],
	steps: [
		...ready(),
		...ask("Read both files"),
		answered(),
		{ do: "press", key: "ctrl-o" },
		{ do: "settle", quietMs: 900 },
		{ do: "press", key: "ctrl-o" },
		{ do: "settle", quietMs: 900 },
		...ask("What did I just see?"),
		answered(),
	],
};

/** A prompt is half typed, changed, deleted, fetched from the history, and sent in the end. */
export const editedPrompt: Scenario = {
	name: "edited-prompt",
	replies: [say("Roses need sun."), say("So do lilies."), say("Roses still need sun.")],
	steps: [
		...ready(),
		{ do: "type", text: "What do tulips " },
		{ do: "press", key: "backspace", times: 7 },
		...typedOn("roses need?", "What do roses need?"),
		answered(),
		{ do: "type", text: "a thought that goes nowhere" },
		{ do: "press", key: "ctrl-u", times: 2 },
		{ do: "settle" },
		...ask("And lilies?"),
		answered(),
		{ do: "press", key: "up", times: 2 },
		{ do: "settle" },
		{ do: "submit", text: "What do roses need?", kind: "prompt" },
		answered(),
	],
};

/** While one answer streams, two prompts are queued; another comes while a tool runs. */
export const busyQueue: Scenario = {
	name: "busy-queue",
	unsupported: needs("2.0.0", "a transcript that tells of prompts handed over during a tool"),
	args: ["--allowedTools", "Bash"],
	replies: [
		say("I wait first.", bash("sleep 4; echo waited", "Wait a little")),
		{ ...say(longAnswer("hedge", 6)), delayMs: 10 },
		say("The gate is green."),
		say("That is everything."),
	],
	steps: [
		...ready(),
		...ask("Wait a little and then describe the hedge"),
		{ do: "wait", pattern: /Waiting|Running|sleep 4/ },
		...ask("What colour is the gate?"),
		answered(60_000),
		...ask("Anything else?"),
		answered(),
	],
};

function typedOn(rest: string, whole: string): Step[] {
	return [
		{ do: "type", text: rest },
		{ do: "settle", quietMs: 150 },
		{ do: "submit", text: whole, kind: "prompt" },
	];
}

/** The second option of a dialog holds for the rest of the session. */
export const allowedForGood: Scenario = {
	name: "allowed-for-good",
	files: { "a.txt": "one\n", "b.txt": "two\n" },
	replies: [
		say("First.", bash("python3 -c 'print(1 + 1)'", "Add one and one")),
		say("Two.", bash("python3 -c 'print(1 + 1)'", "Add them again")),
		say("Still two."),
		say("A third time.", bash("tar cf both.tar a.txt b.txt", "Pack both files")),
		say("Packed."),
	],
	steps: [
		...ready(),
		...ask("Add one and one, twice"),
		decide("Bash", "always"),
		answered(),
		...ask("Now pack both files"),
		decide("Bash", "yes"),
		answered(),
	],
};
