/** Tool calls: allowed, refused, failing, many at once, nested. */
import { answered, ask, bash, decide, ready, type Scenario, say, thinking, tool } from "../scenario.ts";

const FILES = {
	"beds.txt": "tomatoes\nbeans\nsquash\n",
	"plan.py": "def rows(beds):\n    return beds + 1\n\nprint(rows(2))\n",
	"notes/frost.md": "# Frost\n\nThe first frost came late.\n",
};

export const permissions: Scenario = {
	name: "permissions",
	files: FILES,
	rows: 36,
	replies: [
		say(tool("Read", { file_path: "{{cwd}}/plan.py" })),
		say(
			"I change the function.",
			tool("Edit", { file_path: "{{cwd}}/plan.py", old_string: "beds + 1", new_string: "beds + 2" }),
		),
		say("The function adds two now."),
		say(
			"One more edit.",
			tool("Edit", { file_path: "{{cwd}}/plan.py", old_string: "rows(2)", new_string: "rows(3)" }),
		),
		say("The last line prints five."),
		say("I run it.", bash("python3 plan.py --harvest", "Run the plan")),
		say("I can pack the notes instead.", bash("tar cf notes.tar notes", "Pack the notes")),
		say("Fine, everything stays as it is."),
	],
	steps: [
		...ready(),
		...ask("Make rows add two"),
		decide("Edit", "always"),
		answered(),
		...ask("Print rows of three"),
		answered(),
		...ask("Run the plan for the harvest"),
		decide("Bash", "no"),
		{ do: "settle", quietMs: 900 },
		...ask("What else could you do?"),
		decide("Bash", "esc"),
		{ do: "settle", quietMs: 900 },
		...ask("Leave it, then"),
		answered(),
	],
};

export const parallelTools: Scenario = {
	name: "parallel-tools",
	files: FILES,
	replies: [
		say(
			"Three things at once.",
			tool("Read", { file_path: "{{cwd}}/beds.txt" }),
			tool("Read", { file_path: "{{cwd}}/plan.py" }),
			bash("chmod 644 plan.py && python3 plan.py", "Run the plan"),
		),
		say(
			"Now a search and an edit.",
			tool("Grep", { pattern: "frost", path: "{{cwd}}/notes", output_mode: "content" }),
			tool("Edit", { file_path: "{{cwd}}/beds.txt", old_string: "beans", new_string: "peas" }),
		),
		say("The plan prints 3, the frost came late, and peas replace the beans."),
		say("Nothing else is to do."),
	],
	steps: [
		...ready(),
		...ask("Read both files and run the plan, then swap beans for peas"),
		decide("Bash", "yes"),
		decide("Edit", "yes"),
		answered(),
		...ask("Anything left?"),
		answered(),
	],
};

export const failingTools: Scenario = {
	name: "failing-tools",
	files: FILES,
	args: ["--allowedTools", "Bash"],
	replies: [
		say("I try the harvest script.", bash("echo picking; echo 'no ladder' >&2; exit 3", "Run the harvest")),
		say(
			"It failed with exit code 3: there is no ladder.",
			tool("Read", { file_path: "{{cwd}}/missing.txt" }),
		),
		say("That file is missing as well."),
		say(
			"A long output now.",
			bash('for i in $(seq 1 120); do echo "row $i of the log"; done', "Print many rows"),
		),
		say("One hundred and twenty rows were printed."),
		say(bash("sleep 2; echo slow and steady", "A slow command")),
		say("It took two seconds."),
	],
	steps: [
		...ready(),
		...ask("Run the harvest script"),
		answered(),
		...ask("Print many rows"),
		answered(),
		...ask("Now something slow"),
		answered(),
	],
};

export const thinkingFirst: Scenario = {
	name: "thinking",
	files: FILES,
	args: ["--allowedTools", "Bash"],
	replies: [
		say(
			thinking(
				"The person wants to know about frost. I should look at the notes and then answer with care. ".repeat(
					3,
				),
			),
			"Let me look at the notes.",
			bash("cat notes/frost.md", "Read the frost notes"),
		),
		say(thinking("The notes say it came late. That is the answer."), "The first frost came late this year."),
		say("No thinking was needed for this."),
	],
	steps: [...ready(), ...ask("When did the frost come?"), answered(), ...ask("Are you sure?"), answered()],
};

export const subagent: Scenario = {
	name: "subagent",
	files: FILES,
	args: ["--allowedTools", "Bash,Read,Task,Agent"],
	replies: [
		say(
			"A helper can count the lines.",
			tool("Task", {
				description: "Count lines",
				prompt: "Count the lines of beds.txt and report the number only.",
				subagent_type: "general-purpose",
			}),
		),
		{ ...say(bash("wc -l beds.txt", "Count lines of the list")), when: "report the number only" },
		{ ...say("The helper counted three lines in the list."), when: "3 beds.txt" },
		/** Newer versions let the helper work in the background and tell of its end later. */
		{ ...say("The helper has come back with its number."), when: "<task-notification>" },
		say("The list has three lines, says the helper."),
		say("Yes, three."),
	],
	steps: [
		...ready(),
		...ask("Let a helper count the lines of beds.txt"),
		answered(60_000),
		...ask("Three?"),
		answered(),
	],
};

export const todos: Scenario = {
	name: "todo-list",
	files: FILES,
	replies: [
		say(
			"I make a list first.",
			tool("TodoWrite", {
				todos: [
					{ content: "Dig the bed", status: "in_progress", activeForm: "Digging the bed" },
					{ content: "Sow the beans", status: "pending", activeForm: "Sowing the beans" },
				],
			}),
		),
		say(
			"The bed is dug.",
			tool("TodoWrite", {
				todos: [
					{ content: "Dig the bed", status: "completed", activeForm: "Digging the bed" },
					{ content: "Sow the beans", status: "completed", activeForm: "Sowing the beans" },
				],
			}),
		),
		say("Both tasks are done."),
	],
	unsupported: (look) =>
		look.version.startsWith("2.1.") ? "newer versions have other task tools" : undefined,
	steps: [...ready(), ...ask("Plan and do the two tasks"), answered()],
};
