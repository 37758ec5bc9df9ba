/** What works beside the conversation: commands in the background, servers of tools, questions of the model's, hooks, editors. */
import { answered, ask, bash, decide, needs, press, ready, type Scenario, say, tool } from "../scenario.ts";

/** A command runs in the background from the start, another one is sent there with Ctrl-B. */
export const backgroundTasks: Scenario = {
	name: "background-tasks",
	unsupported: needs("2.0.0", "commands that are sent into the background"),
	args: ["--allowedTools", "Bash"],
	replies: [
		say(
			"I start the pump.",
			tool("Bash", { command: "sleep 25; echo pumped", description: "Pump", run_in_background: true }),
		),
		say("The pump runs."),
		say("This takes a while.", bash("sleep 20; echo filled", "Fill the pond")),
		say("It goes on in the background."),
		{ ...say("It is over."), when: "<task-notification>", repeat: true },
		say("Both run."),
	],
	steps: [
		...ready(),
		...ask("Start the pump"),
		answered(),
		...ask("Fill the pond"),
		{ do: "busy" },
		{ do: "pause", ms: 4000 },
		{ do: "press", key: "ctrl-b" },
		answered(),
		...ask("What runs?"),
		answered(),
	],
};

const SERVER = `
const reply = (id, result) => process.stdout.write(JSON.stringify({ jsonrpc: "2.0", id, result }) + "\\n");
const tool = { name: "count_beds", description: "Counts beds", inputSchema: { type: "object", properties: { side: { type: "string" } } } };
require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
	const { id, method, params } = JSON.parse(line);
	if (method === "initialize")
		reply(id, { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: "garden", version: "1" } });
	else if (method === "tools/list") reply(id, { tools: [tool] });
	else if (method === "tools/call") reply(id, { content: [{ type: "text", text: "seven beds on the " + params.arguments.side + " side" }] });
	else if (id !== undefined) reply(id, {});
});
`;

/** A server of tools that the person brought along. */
export const ownTools: Scenario = {
	name: "own-tools",
	files: {
		"server.cjs": SERVER,
		"tools.json": '{"mcpServers":{"garden":{"command":"node","args":["server.cjs"]}}}',
	},
	args: ["--mcp-config", "tools.json", "--strict-mcp-config"],
	unsupported: needs("1.0.73", "--strict-mcp-config"),
	replies: [
		say("I count.", tool("mcp__garden__count_beds", { side: "north" })),
		say("Seven in the north."),
		say("And the others.", tool("mcp__garden__count_beds", { side: "south" })),
		say("Then I do not."),
	],
	steps: [
		...ready(),
		...ask("How many beds are in the north?"),
		decide("mcp__garden__count_beds", "yes"),
		answered(),
		...ask("And in the south?"),
		decide("mcp__garden__count_beds", "no"),
		{ do: "settle", quietMs: 900 },
		...ask("Leave it"),
		answered(),
	],
};

/** The model asks the person in words that permissions are asked for, too; the person chooses among its options. */
export const questions: Scenario = {
	name: "questions",
	unsupported: needs("2.0.50", "questions of the model's"),
	replies: [
		say(
			"One question first.",
			tool("AskUserQuestion", {
				questions: [
					{
						question: "Do you want beans or leeks in the north bed?",
						header: "Vegetable",
						multiSelect: false,
						options: [
							{ label: "Beans", description: "They climb" },
							{ label: "Leeks", description: "They stand" },
						],
					},
					{
						question: "How would you like to water it?",
						header: "Water",
						multiSelect: false,
						options: [
							{ label: "By can", description: "Slowly" },
							{ label: "By hose", description: "All at once" },
						],
					},
				],
			}),
		),
		say("Leeks it is."),
		say("Yes, leeks."),
	],
	steps: [
		...ready(),
		...ask("Plant something in the north bed"),
		{ do: "wait", pattern: /They stand/ },
		{ do: "settle" },
		...press("down", "enter"),
		{ do: "wait", pattern: /All at once/ },
		...press("enter"),
		{ do: "wait", pattern: /Submit answers/ },
		...press("enter"),
		answered(),
		...ask("Leeks?"),
		answered(),
	],
};

/** Pages are fetched, which has to be allowed, and fails. */
export const pagesFetched: Scenario = {
	name: "pages-fetched",
	args: ["--settings", '{"skipWebFetchPreflight":true}'],
	unsupported: needs("1.0.60", "--settings"),
	replies: [
		say("I fetch it.", tool("WebFetch", { url: "https://127.0.0.1:1/weather", prompt: "Tell the weather" })),
		say("Nobody answers there."),
		say("Once more.", tool("WebFetch", { url: "https://127.0.0.1:1/frost", prompt: "Tell of frost" })),
		say("Then not."),
	],
	steps: [
		...ready(),
		...ask("What does the page say?"),
		decide("WebFetch", "yes"),
		answered(60_000),
		...ask("And of frost?"),
		decide("WebFetch", "esc"),
		{ do: "settle", quietMs: 900 },
		...ask("Leave it"),
		answered(),
	],
};

/** Hooks say something before and after tools, and turn one away. */
export const hooks: Scenario = {
	name: "hooks",
	args: ["--allowedTools", "Bash", "--settings", JSON.stringify({ hooks: hooksOf() })],
	unsupported: needs("1.0.60", "--settings"),
	files: {
		"guard.sh": 'grep -q forbidden && { echo "no such words here" >&2; exit 2; }; exit 0\n',
		"fence.sh": 'grep -q "rm " && { echo "removing is not allowed" >&2; exit 2; }; exit 0\n',
	},
	replies: [
		say("I list.", bash("echo one two", "List")),
		say("I remove.", bash("rm -f nothing.txt", "Remove nothing")),
		say("The fence did not let me."),
		say("Nothing else."),
	],
	steps: [...ready(), ...ask("List and remove"), answered(), ...ask("Anything else?"), answered()],
};

function hooksOf() {
	const run = (command: string) => [{ hooks: [{ type: "command", command }] }];
	return {
		PreToolUse: [{ matcher: "Bash", ...run("sh fence.sh")[0] }],
		UserPromptSubmit: run("sh guard.sh"),
		Stop: run("true"),
	};
}

/** The prompt is written in an editor, with keys that no terminal sees. */
export const editorPrompt: Scenario = {
	name: "editor-prompt",
	unsupported: needs("2.1.0", "a prompt that is written in an editor"),
	env: { EDITOR: "./edit.sh", VISUAL: "./edit.sh" },
	files: { "edit.sh": '#!/bin/sh\nprintf "%s of the year\\nand a second line" "$(cat "$1")" > "$1"\n' },
	replies: [
		say("It came late."),
		say("Two lines."),
		{ ...say("It can be run now."), when: "<bash-stdout>", unless: "frost" },
	],
	steps: [
		...ready(),
		...ask("!chmod +x edit.sh", "bash"),
		{ do: "settle", quietMs: 2500 },
		{ do: "type", text: "The first frost" },
		...press("ctrl-g"),
		{ do: "wait", pattern: /second line/ },
		{ do: "settle" },
		{ do: "submit", text: "The first frost of the year\nand a second line", kind: "prompt" },
		answered(),
		...ask("How many lines?"),
		answered(),
	],
};

/** Keys of an editor: what is typed is not always text. */
export const vimKeys: Scenario = {
	name: "vim-keys",
	unsupported: needs("1.0.60", "--settings"),
	args: ["--settings", '{"editorMode":"vim"}'],
	replies: [say("Green."), say("Blue."), say("Red.")],
	steps: [
		...ready(),
		...ask("Which colour has the gate?"),
		answered(),
		{ do: "type", text: "And teh fence??" },
		...press("esc"),
		...press("x"),
		{ do: "submit", text: "And teh fence?", kind: "prompt" },
		answered(),
		...press("i"),
		...ask("And the shed?"),
		answered(),
	],
};

/** The list of tasks of newer versions. */
export const tasks: Scenario = {
	name: "task-list",
	unsupported: needs("2.1.30", "tasks as tools"),
	args: ["--allowedTools", "Bash,TaskCreate,TaskUpdate,TaskList"],
	replies: [
		say(
			"I make a list first.",
			tool("TaskCreate", { subject: "Dig the bed", description: "Dig", activeForm: "Digging the bed" }),
			tool("TaskCreate", { subject: "Sow the beans", description: "Sow", activeForm: "Sowing the beans" }),
		),
		say(tool("TaskUpdate", { taskId: "1", status: "in_progress" }), bash("sleep 2; echo dug", "Dig")),
		say(
			"The bed is dug.",
			tool("TaskUpdate", { taskId: "1", status: "completed" }),
			tool("TaskUpdate", { taskId: "2", status: "completed" }),
		),
		say("Both tasks are done."),
		say("No."),
	],
	steps: [
		...ready(),
		...ask("Plan and do the two tasks"),
		answered(),
		...press("ctrl-t", "ctrl-t"),
		...ask("Is anything left?"),
		answered(),
	],
};
