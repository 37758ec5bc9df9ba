/** Menus, pickers and plans: what comes and goes without being said by anybody. */
import { answered, ask, bash, decide, ready, type Scenario, type Step, say, tool } from "../scenario.ts";
import { longAnswer } from "./words.ts";

function look(...keys: readonly string[]): Step[] {
	return keys.flatMap((key): Step[] => [
		{ do: "press", key },
		{ do: "settle", quietMs: 400 },
	]);
}

export const menus: Scenario = {
	name: "menus",
	files: { "beds.txt": "tomatoes\n", "plan.md": "sow\n", "notes/frost.md": "late\n" },
	replies: [say("The list is short."), say("Menus come and go."), say("The help was helpful.")],
	steps: [
		...ready(),
		{ do: "type", text: "What stands in @bed" },
		{ do: "settle" },
		...look("tab"),
		// Older versions put no blank behind what they complete, and leave their menu open.
		{ do: "type", text: " today" },
		{ do: "settle" },
		{ do: "submit", text: "What stands in @beds.txt today", kind: "prompt" },
		answered(),
		{ do: "type", text: "/co" },
		{ do: "settle" },
		...look("down", "down", "esc"),
		{ do: "press", key: "ctrl-u" },
		{ do: "press", key: "backspace", times: 3 },
		{ do: "settle" },
		...ask("What did the menu offer?"),
		answered(),
		{ do: "type", text: "?" },
		{ do: "settle" },
		{ do: "press", key: "backspace", times: 2 },
		{ do: "settle" },
		...ask("Thank you for the shortcuts"),
		answered(),
	],
};

/** The program is started with its first prompt. */
export const promptAsArgument: Scenario = {
	name: "prompt-as-argument",
	args: ["How many bees live in a hive, and why?"],
	replies: [
		say("Some fifty thousand in summer, because the work is much."),
		say("In winter it is a tenth of that."),
	],
	steps: [
		{ do: "wait", pattern: /fifty thousand/, timeoutMs: 60_000 },
		answered(),
		...ask("And in winter?"),
		answered(),
	],
};

/** Several texts and tools in one reply, and an answer that says nothing before its tool. */
export const mixedReply: Scenario = {
	name: "mixed-reply",
	files: { "beds.txt": "tomatoes\nbeans\n" },
	args: ["--allowedTools", "Bash"],
	replies: [
		say(
			"First a look around.",
			bash("sleep 0.6; ls", "List the files"),
			bash("sleep 0.6; cat beds.txt", "Show the beds"),
			bash("sleep 0.6; echo 'a \"quoted\" word and a $SIGN' | tr a-z A-Z", "Shout"),
		),
		say(bash("sleep 0.6; cat no-such-bed.txt", "Show a bed that is not there")),
		say(
			longAnswer("report", 3),
			bash("sleep 0.6; printf 'one\\ntwo\\nthree\\nfour\\nfive\\nsix\\n'", "Count to six"),
		),
		say("That is the whole report."),
	],
	steps: [...ready(), ...ask("Report on everything you can find"), answered(60_000)],
};

export const filesWritten: Scenario = {
	name: "files-written",
	replies: [
		say(
			"A long file first.",
			tool("Write", {
				file_path: "{{cwd}}/calendar.md",
				content: Array.from({ length: 40 }, (_, week) => `- week ${week + 1}: turn the compost`).join("\n"),
			}),
		),
		say(
			"Now its title.",
			tool("Edit", {
				file_path: "{{cwd}}/calendar.md",
				old_string: "- week 1: turn the compost",
				new_string: "# Calendar\n\n- week 1: rest",
			}),
		),
		say("The calendar has a title and forty weeks."),
		say(
			"A file in a folder.",
			tool("Write", { file_path: "{{cwd}}/beds/north/list.txt", content: "● beans\n❯ peas\n" }),
		),
		say("Both are written."),
	],
	steps: [
		...ready(),
		...ask("Write a calendar for the compost, with a title"),
		decide("Write", "yes"),
		decide("Edit", "yes"),
		answered(),
		...ask("And a list for the northern bed"),
		decide("Write", "yes"),
		answered(),
	],
};

/** The program is left with a command, not with keys. */
export const leftByCommand: Scenario = {
	name: "left-by-command",
	replies: [say("Until tomorrow.")],
	steps: [...ready(), ...ask("Good night"), answered(), ...ask("/exit", "slash"), { do: "ended" }],
};
