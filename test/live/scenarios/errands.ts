/** Work without a question asked, loud output, prompts that begin with a sign, colours that change meanwhile. */
import { answered, ask, bash, needs, press, ready, type Scenario, say, thinking, tool } from "../scenario.ts";
import { longAnswer } from "./words.ts";

/** Nothing is asked for; tools of every kind follow one another. */
export const allAllowed: Scenario = {
	name: "all-allowed",
	rows: 36,
	args: ["--dangerously-skip-permissions"],
	env: { IS_SANDBOX: "1" },
	unsupported: needs("1.0.96", "a superuser without questions"),
	files: { "beds.txt": "tomatoes\nbeans\n", "plan.py": "def f(x):\n    return x + 1\n\nprint(f(2))\n" },
	replies: [
		say(
			thinking("Both files are wanted. I read them side by side and then change one."),
			"I read both.",
			tool("Read", { file_path: "{{cwd}}/beds.txt" }),
			tool("Read", { file_path: "{{cwd}}/plan.py" }),
			bash("grep -n beans beds.txt", "Find the beans"),
		),
		say(
			"Now the change.",
			tool("Edit", { file_path: "{{cwd}}/plan.py", old_string: "x + 1", new_string: "x + 2" }),
		),
		say(bash("python3 plan.py && cat no-such-file", "Run the plan")),
		say(tool("Glob", { pattern: "*.txt" }), tool("Grep", { pattern: "beans" })),
		say("It failed: **no-such-file** is missing, but `f(2)` is 4."),
		say(bash("for i in 1 2 3 4 5; do echo step $i; sleep 0.5; done", "Five steps")),
		say("Five steps.", tool("Write", { file_path: "{{cwd}}/done.md", content: "# Done\n\n- all of it\n" })),
		say("Written."),
	],
	steps: [
		...ready(),
		...ask("Read both files, change the plan and run it"),
		answered(60_000),
		...ask("Now five slow steps, and a note"),
		answered(60_000),
	],
};

const LOUD = [
	"printf '\\033[31mred\\033[0m and \\033[1;44mbold on blue\\033[0m\\n'",
	"for i in 1 2 3 4 5 6 7 8 9; do printf '\\rloading %s0%%' $i; sleep 0.1; done; echo",
	"printf 'a\\tb\\tc\\n'",
	"python3 -c 'print(\"wide \" * 120)'",
	"printf '植物園 🌱 ok\\n'",
].join("; ");

/** Colours, bars, tabs, lines that are longer than the window, in the output of tools and of the person's own commands. */
export const loudOutput: Scenario = {
	name: "loud-output",
	cols: 78,
	args: ["--allowedTools", "Bash"],
	replies: [
		say("I make some noise.", bash(LOUD, "Make noise")),
		say("That was loud."),
		{ ...say("You made some yourself."), when: "<bash-stdout>" },
		say("Quiet again."),
	],
	steps: [
		...ready(),
		...ask("Make some noise"),
		answered(60_000),
		...ask("!seq -s ' ' 1 200; printf '● fake\\n❯ fake\\n'", "bash"),
		{ do: "settle", quietMs: 2500 },
		...ask("And now?"),
		answered(),
	],
};

/** The first sign of a prompt may mean something to the program, and does not here. */
export const signPrompts: Scenario = {
	name: "sign-prompts",
	replies: [
		say("A file."),
		say("An address."),
		say("A tag."),
		say("An amount."),
		say("A tilde."),
		say(longAnswer("gate", 2)),
	],
	steps: [
		...ready(),
		...ask("/etc/hosts is what kind of file?"),
		answered(),
		...ask("ada@example.org is what?"),
		answered(),
		...ask("<bed>north</bed> & so on: what is that?"),
		answered(),
		...ask("$5 or 5% of it?"),
		answered(),
		...ask("~/garden, *or* _not_?"),
		answered(),
		...ask("- describe the gate  with   many    blanks"),
		answered(),
	],
};

/** The theme is changed between two prompts: all is painted anew in other colours. */
export const coloursChanged: Scenario = {
	name: "colours-changed",
	args: ["--allowedTools", "Bash"],
	replies: [
		say("I look.", bash("echo dark", "Look")),
		say("It is dark."),
		say("I look again.", bash("echo bright", "Look again")),
		say("It is bright."),
	],
	steps: [
		...ready(),
		...ask("How dark is it?"),
		answered(),
		...ask("/theme", "slash"),
		{ do: "settle", quietMs: 1200 },
		...press("down", "enter"),
		{ do: "settle", quietMs: 1200 },
		...ask("And now?"),
		answered(),
	],
};

/** The smallest picture there is, in bytes that are text as well. */
const DOT =
	"GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000,\u0000\u0000\u0000\u0000\u0001\u0000\u0001\u0000\u0000\u0002\u0001D\u0000;";

/** The path of a picture is pasted, as a terminal does when one is dropped on it: the box shows a mark for it. */
export const pictures: Scenario = {
	name: "pictures",
	unsupported: needs("2.0.0", "pictures that are dropped on the box"),
	files: { "dot.gif": DOT },
	replies: [say("A dot."), say("Nothing but a dot.")],
	steps: [
		...ready(),
		{ do: "paste", text: "{{cwd}}/dot.gif" },
		{ do: "settle", quietMs: 1200 },
		{ do: "type", text: " what is on it?" },
		{ do: "settle", quietMs: 300 },
		{ do: "submit", text: "[Image #1] what is on it?", kind: "prompt" },
		answered(),
		...ask("Nothing else?"),
		answered(),
	],
};

const AS_ADA = "git -c user.name=Ada -c user.email=ada@example.org";

/** Commits, a branch and a push: newer versions fold them into lines of their own. */
export const commits: Scenario = {
	name: "commits",
	args: ["--allowedTools", "Bash"],
	files: { "beds.txt": "tomatoes\nbeans\n" },
	replies: [
		say("I begin a repository.", bash("git init -b main . && git init --bare ../garden.git", "Begin")),
		say(
			bash(`git add beds.txt && ${AS_ADA} commit -m 'Sow the beds'`, "Commit the beds"),
			bash("git remote add origin ../garden.git && git push -u origin main", "Push them"),
		),
		say("The beds are committed and pushed."),
		say(
			"Now a branch.",
			bash(
				`git checkout -b peas && echo peas >> beds.txt && ${AS_ADA} commit -am 'Sow peas' && git checkout main && git merge peas`,
				"Merge a branch",
			),
		),
		say("Merged."),
		say("Two commits."),
	],
	steps: [
		...ready(),
		...ask("Commit the beds and push them"),
		answered(60_000),
		...ask("Merge a branch with peas"),
		answered(60_000),
		...ask("How many commits?"),
		answered(),
	],
};
