/** The many ways in which a prompt comes to be, or does not. */
import { answered, ask, bash, ready, type Scenario, type Step, say } from "../scenario.ts";
import { longAnswer } from "./words.ts";

const SMALL_PASTE = "carrots, 3 rows\nonions, 2 rows\nleeks, 1 row";
const BIG_PASTE = Array.from(
	{ length: 32 },
	(_, index) => `bed ${index + 1}: ${index % 2 === 0 ? "beans" : "peas"} sown in week ${index + 10}`,
).join("\n");

function pasteAndSend(before: string, paste: string, after: string): Step[] {
	return [
		{ do: "type", text: before },
		{ do: "settle", quietMs: 200 },
		{ do: "paste", text: paste },
		{ do: "type", text: after },
		{ do: "settle", quietMs: 200 },
		{ do: "submit", text: `${before}${paste}${after}`, kind: "prompt" },
	];
}

export const pastes: Scenario = {
	name: "pastes",
	replies: [
		say("Three kinds of vegetables were listed."),
		say("The long list has thirty two beds."),
		say("One word arrived by paste."),
	],
	steps: [
		...ready(),
		...pasteAndSend("Count these: ", SMALL_PASTE, ""),
		answered(),
		...pasteAndSend("Summarise this list: ", BIG_PASTE, " and be brief"),
		answered(),
		...pasteAndSend("Explain ", "photosynthesis", " in a word"),
		answered(),
	],
};

export const queuedPrompts: Scenario = {
	name: "queued-prompts",
	replies: [
		{ ...say(longAnswer("pond", 20)), delayMs: 30 },
		say("The frogs are well."),
		say("And so is the heron."),
	],
	steps: [
		...ready(),
		...ask("Describe the pond slowly"),
		{ do: "streamed", characters: 350 },
		...ask("How are the frogs?"),
		answered(60_000),
		...ask("And the heron?"),
		answered(),
	],
};

export const takenBack: Scenario = {
	name: "taken-back",
	replies: [
		say("Here is a first answer."),
		{ ...say("This answer comes too late."), beforeMs: 20_000 },
		say("The second thought was better."),
	],
	steps: [
		...ready(),
		...ask("A first question"),
		answered(),
		...ask("A question I regret at once", "withdrawn"),
		{ do: "busy" },
		{ do: "press", key: "esc" },
		{ do: "settle", quietMs: 900 },
		{ do: "press", key: "ctrl-u", times: 3 },
		{ do: "settle" },
		...ask("A second thought"),
		answered(),
		{ do: "type", text: "a draft that is never sent" },
		{ do: "settle" },
	],
};

export const shellCommands: Scenario = {
	name: "shell-commands",
	files: { "beds.txt": "tomatoes\nbeans\n" },
	/** Newer versions ask the model about the output, older ones only show it. */
	replies: [
		{ ...say("The directory holds one list."), when: "<bash-stdout>beds.txt" },
		{ ...say("The list has two lines."), when: "tomatoes" },
		say("You ran two commands yourself."),
	],
	steps: [
		...ready(),
		...ask("!ls", "bash"),
		{ do: "wait", pattern: /beds\.txt/ },
		{ do: "idle" },
		...ask("!cat beds.txt", "bash"),
		{ do: "wait", pattern: /tomatoes/ },
		{ do: "idle" },
		...ask("What did I just run?"),
		answered(),
	],
};

export const interrupts: Scenario = {
	name: "interrupts",
	replies: [
		{ ...say(longAnswer("storm", 40)), delayMs: 40 },
		say("Back to calm weather."),
		say("I will wait a while.", bash("touch waited.txt && sleep 30", "Wait for half a minute")),
		say("Waiting was not necessary."),
	],
	steps: [
		...ready(),
		...ask("Tell me about the storm"),
		{ do: "streamed", characters: 350 },
		{ do: "interrupt" },
		...ask("Something calmer, please"),
		answered(),
		...ask("Wait for half a minute with a command"),
		{ do: "decide", tool: "Bash", choose: "yes" },
		{ do: "busy" },
		{ do: "pause", ms: 1500 },
		{ do: "interrupt" },
		...ask("That was long enough"),
		answered(),
	],
};
