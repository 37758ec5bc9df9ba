/** Slash commands, and what they do to the screen and to the session. */
import { answered, ask, ready, type Scenario, type Step, say } from "../scenario.ts";
import { longAnswer } from "./words.ts";

const SUMMARY =
	"<summary>\nThe person asked about the greenhouse. Fourteen notes were given. Nothing is left to do.\n</summary>";

function run(command: string): Step[] {
	return [...ask(command, "slash"), { do: "settle", quietMs: 1200 }];
}

export const slashCommands: Scenario = {
	name: "slash-commands",
	replies: [say("The greenhouse is warm."), say("It is still warm.")],
	steps: [
		...ready(),
		...ask("How is the greenhouse?"),
		answered(),
		...run("/cost"),
		{ do: "press", key: "esc" },
		{ do: "settle" },
		...run("/help"),
		{ do: "press", key: "esc" },
		{ do: "settle", quietMs: 900 },
		...ask("And now?"),
		answered(),
	],
};

export const clear: Scenario = {
	name: "clear",
	replies: [say(longAnswer("shed", 12)), say("A fresh start."), say("Still fresh.")],
	steps: [
		...ready(),
		...ask("Describe the shed"),
		answered(),
		...run("/clear"),
		...ask("Who are you after the clearing?"),
		answered(),
		...ask("And now?"),
		answered(),
	],
};

export const compact: Scenario = {
	name: "compact",
	replies: [
		say(longAnswer("greenhouse", 14)),
		say("The panes are clean."),
		say("The door is shut."),
		{ ...say(SUMMARY), when: "summary of the conversation", repeat: true, isAside: true },
		say("We spoke about the greenhouse."),
	],
	steps: [
		...ready(),
		...ask("Describe the greenhouse"),
		answered(),
		...ask("Are the panes clean?"),
		answered(),
		...ask("And the door?"),
		answered(),
		...run("/compact"),
		{ do: "wait", pattern: /ompacted|ctrl\+[or] (to see|for) .*summary/i },
		{ do: "settle", quietMs: 1500 },
		...ask("What did we speak about?"),
		answered(),
	],
};
