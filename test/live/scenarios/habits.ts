/** What people do all day besides asking: search their history, switch modes, look into settings, go back. */
import {
	answered,
	ask,
	askLines,
	bash,
	needs,
	press,
	ready,
	type Scenario,
	type Step,
	say,
	tool,
} from "../scenario.ts";
import { longAnswer } from "./words.ts";

function open(command: string): Step[] {
	return [...ask(command, "slash"), { do: "settle", quietMs: 1200 }];
}

const PARAGRAPH =
	"The north bed gets four hours of sun in spring and seven in summer, and the wall behind it keeps the frost away until late in the year";

const LIST_OF_BEDS = Array.from({ length: 9 }, (_, index) => `${index + 1}: ${PARAGRAPH}`).join("; ");

/** A letter of several paragraphs, one line that fills half the window, and another one that is changed in its middle. */
export const longPrompts: Scenario = {
	name: "long-prompts",
	replies: [
		say("I have read the letter."),
		say("I have read the line."),
		say("And that."),
		say("All three."),
	],
	steps: [
		...ready(),
		...askLines([
			`${PARAGRAPH}.`,
			"",
			`Last year, we sowed beans there: ${PARAGRAPH.toLowerCase()}, which was good for them.`,
			"",
			"So:",
			"1. what should we sow this year?",
			"2. and when?",
			"",
			`P.S. ${PARAGRAPH}!`,
		]),
		answered(),
		...ask(LIST_OF_BEDS),
		answered(),
		{ do: "type", text: `Once more, ${LIST_OF_BEDS}` },
		{ do: "settle", quietMs: 300 },
		{ do: "press", key: "up", times: 3 },
		{ do: "type", text: " with a change " },
		{ do: "settle", quietMs: 300 },
		{ do: "submit", text: "", kind: "prompt" },
		answered(),
		...ask("Which of them did you like?"),
		answered(),
	],
};

/** Prompts that are taller than the window; one of them is taken back. */
export const tallPrompts: Scenario = {
	name: "tall-prompts",
	cols: 60,
	rows: 16,
	replies: [
		say("Nine beds."),
		{ ...say("Too late."), beforeMs: 20_000 },
		say("A short one."),
		say(longAnswer("orchard", 3)),
		say("That was it."),
	],
	steps: [
		...ready(),
		...ask(LIST_OF_BEDS),
		answered(),
		...ask(`No, rather ${LIST_OF_BEDS}, and nothing else`, "withdrawn"),
		{ do: "busy" },
		{ do: "press", key: "esc" },
		{ do: "settle", quietMs: 900 },
		// Ctrl-U would take one row of it.
		{ do: "press", key: "ctrl-c" },
		{ do: "settle", quietMs: 1200 },
		...ask("A short question"),
		answered(),
		...askLines(Array.from({ length: 18 }, (_, index) => `line ${index + 1} of a poem about an orchard`)),
		answered(),
		...ask("Was that it?"),
		answered(),
	],
};

/** An earlier prompt is found by a word of it, and sent again. */
export const historySearch: Scenario = {
	name: "history-search",
	unsupported: needs("2.0.30", "a search of the history"),
	replies: [say("Roses need sun."), say("So do lilies."), say("Roses still do."), say("Yes.")],
	steps: [
		...ready(),
		...ask("What do roses need?"),
		answered(),
		...ask("And lilies?"),
		answered(),
		...press("ctrl-r"),
		{ do: "type", text: "roses" },
		{ do: "settle", quietMs: 900 },
		...press("tab"),
		{ do: "submit", text: "What do roses need?", kind: "prompt" },
		answered(),
		...ask("Was it the same?"),
		answered(),
	],
};

/** The mode is changed between prompts; what it allows is no longer asked. */
export const modeSwitches: Scenario = {
	name: "mode-switches",
	files: { "beds.txt": "tomatoes\nbeans\n" },
	replies: [
		say("It is raining."),
		say("I write at once.", tool("Write", { file_path: "{{cwd}}/rain.txt", content: "rain\nmore rain\n" })),
		say("The file is there."),
		say("I only think."),
	],
	steps: [
		...ready(),
		...ask("How is the weather?"),
		answered(),
		...press("shift-tab"),
		...ask("Write it down"),
		answered(),
		...press("shift-tab"),
		...ask("What would you do next?"),
		answered(),
	],
};

/** Dialogs of the program itself are opened, looked at and left. */
export const settingsLookedAt: Scenario = {
	name: "settings-looked-at",
	replies: [say("The soil is wet."), say("Still wet."), say("And still.")],
	steps: [
		...ready(),
		...ask("How is the soil?"),
		answered(),
		...open("/model"),
		...press("down", "up", "esc"),
		...open("/config"),
		...press("down", "down", "esc", "esc"),
		{ do: "settle", quietMs: 900 },
		{ do: "press", key: "ctrl-u" },
		{ do: "settle" },
		...ask("And now?"),
		answered(),
		...open("/permissions"),
		...press("esc", "esc"),
		...open("/status"),
		...press("esc"),
		...ask("And after that?"),
		answered(),
	],
};

/** The conversation goes on from an earlier prompt, which is changed and sent. */
export const wentBack: Scenario = {
	name: "went-back",
	unsupported: needs("2.0.0", "a way back with what was changed"),
	replies: [say("Peas climb."), say(longAnswer("fence", 3)), say("Beans climb too."), say("Indeed.")],
	steps: [
		...ready(),
		...ask("Do peas climb?"),
		answered(),
		...ask("Describe their fence"),
		answered(),
		...open("/rewind"),
		...press("up"),
		...press("enter"),
		{ do: "settle", quietMs: 900 },
		...press("enter"),
		{ do: "settle", quietMs: 1200 },
		{ do: "press", key: "ctrl-u", times: 2 },
		{ do: "settle", quietMs: 600 },
		...ask("Do beans climb?"),
		answered(),
		...ask("So both do?"),
		answered(),
	],
};

/** A prompt is put aside, another one sent, and the first comes back into the box by itself. */
export const putAside: Scenario = {
	name: "put-aside",
	unsupported: needs("2.1.0", "a box whose text can be put aside"),
	replies: [say("Quickly done."), say("Slowly done."), say("Good.")],
	steps: [
		...ready(),
		{ do: "type", text: "A long question about" },
		...press("ctrl-s"),
		...ask("A quick question first"),
		answered(),
		{ do: "type", text: " many things" },
		{ do: "settle", quietMs: 300 },
		{ do: "submit", text: "A long question about many things", kind: "prompt" },
		answered(),
		...ask("Thank you"),
		answered(),
	],
};

/** A command of the person's own, kept in a file. */
export const ownCommand: Scenario = {
	name: "own-command",
	files: { ".claude/commands/water.md": "Water the $ARGUMENTS twice a day.\n" },
	replies: [say("The beans were watered."), say("Twice.")],
	steps: [...ready(), ...ask("/water beans", "slash"), answered(), ...ask("How often?"), answered()],
};

/** The window has light colours. */
export const lightColours: Scenario = {
	name: "light-colours",
	args: ["--settings", '{"theme":"light"}'],
	unsupported: needs("1.0.60", "--settings"),
	files: { "beds.txt": "tomatoes\nbeans\n" },
	replies: [
		say("I look.", bash("sort -r beds.txt > sorted.txt", "Sort the beds")),
		say("Tomatoes come last.\n\n- one **bold** word\n- `code`\n\n> quoted"),
		say("It is bright here."),
		say("Two."),
	],
	steps: [
		...ready(),
		...ask("Sort the beds"),
		{ do: "decide", tool: "Bash", choose: "yes" },
		answered(),
		...ask("Is it bright?"),
		answered(),
		...ask("!wc -l < beds.txt", "bash"),
		{ do: "settle", quietMs: 2000 },
	],
};

/** A status line of several rows that looks like a conversation, and every tool in full. */
export const ownStatusLine: Scenario = {
	name: "own-status-line",
	unsupported: needs("1.0.80", "a status line of one's own"),
	args: [
		"--verbose",
		"--allowedTools",
		"Bash",
		"--settings",
		JSON.stringify({
			statusLine: { type: "command", command: "printf '> not a prompt\\n● not an answer\\n'" },
		}),
	],
	files: { "beds.txt": "tomatoes\nbeans\n" },
	replies: [
		say("I look.", bash("cat beds.txt", "Print the beds")),
		say("There are two."),
		say(longAnswer("porch", 8)),
	],
	steps: [...ready(), ...ask("What is in the list?"), answered(), ...ask("Describe the porch"), answered()],
};
