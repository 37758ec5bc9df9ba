/** Long working sessions: code, tables, many tools at once, refusals, a queue of several, the same words again and again. */
import {
	answered,
	ask,
	askLines,
	bash,
	decide,
	ready,
	type Scenario,
	type Step,
	say,
	thinking,
	tool,
} from "../scenario.ts";
import { longAnswer } from "./words.ts";

const CODE = Array.from({ length: 70 }, (_, index) => {
	const depth = index % 5;
	return `${"    ".repeat(depth)}step_${index} = measure(${index}, unit="cm")${depth === 4 ? "  # the deepest one" : ""}`;
}).join("\n");

const NESTED = `- tools
  - spade
    - handle of ash
      - oiled twice a year
    - blade
  - rake
- seeds
  1. beans
     1. runner beans
     2. broad beans
  2. peas
- [ ] an open task
- [x] a done task`;

const SCRIPTS = `植物园的计划：春天播种豆子，夏天收获，秋天整理土地。每一行都要留出十五厘米的距离，这样根系才有足够的空间生长。
日本語の文章も長い行で折り返されるはずです。庭の北側には古い梨の木があり、その下に小さな池があります。
한국어 문장도 있습니다. 정원의 남쪽에는 호박이 자라고 있습니다.
Emoji: 🌱🌿🌻 👩‍🌾 👨‍👩‍👧‍👦 🇩🇪 ✅ ⚠️ 1️⃣ — und Umlaute: Größe, Gärtner, Äpfel; naïve café, Ελληνικά, кириллица.`;

const WIDE_TABLE = `| Nr. | Pflanze | Standort | Abstand | Bemerkung |
|---:|:---|:---:|---:|---|
| 1 | Bohne | sonnig | 15 cm | braucht eine Stange und im Sommer jeden Morgen Wasser |
| 2 | 豌豆 | halbschattig | 5 cm | süß |
| 3 | Kürbis 🎃 | sonnig | 120 cm | \`kriecht\` über **alles** |`;

export const longCode: Scenario = {
	name: "long-code",
	cols: 90,
	rows: 26,
	replies: [
		{ ...say(`Here is the whole file:\n\n\`\`\`python\n${CODE}\n\`\`\`\n\nThat was it.`), delayMs: 10 },
		{ ...say(`The lists:\n\n${NESTED}\n\nAnd the table:\n\n${WIDE_TABLE}\n\nDone.`), delayMs: 12 },
		{ ...say(`${SCRIPTS}\n\n---\n\n### Last\n\n${SCRIPTS}`), delayMs: 12 },
		say("All of it."),
	],
	steps: [
		...ready(),
		...ask("Write the file of measures"),
		answered(60_000),
		...ask("Now lists and a table"),
		answered(60_000),
		...ask("请用几种文字写 🌱 and in others too"),
		answered(60_000),
		...ask("Was that everything?"),
		answered(),
	],
};

const SHEDS = Object.fromEntries(
	Array.from({ length: 8 }, (_, index) => [`shed-${index + 1}.txt`, `tool ${index + 1}\nrope\n`]),
);

export const manyAtOnce: Scenario = {
	name: "many-at-once",
	files: SHEDS,
	args: ["--allowedTools", "Bash,Read,Grep"],
	replies: [
		say(
			thinking("Twelve calls, side by side."),
			"I look into all the sheds.",
			...Array.from({ length: 6 }, (_, index) =>
				tool("Read", { file_path: `{{cwd}}/shed-${index + 1}.txt` }),
			),
			tool("Grep", { pattern: "rope", path: "{{cwd}}", output_mode: "content" }),
			...Array.from({ length: 5 }, (_, index) =>
				bash(`wc -l shed-${index + 1}.txt; echo counted ${index + 1}`, `Count shed ${index + 1}`),
			),
		),
		say("Each shed has two lines. One more look.", tool("Read", { file_path: "{{cwd}}/shed-7.txt" })),
		say(bash("cat shed-8.txt", "Print the last shed")),
		say("Rope is everywhere."),
		say("Nothing is left."),
	],
	steps: [
		...ready(),
		...ask("Look into all the sheds at once"),
		answered(60_000),
		...ask("Anything left?"),
		answered(),
	],
};

const LETTER = Array.from({ length: 24 }, (_, index) => `line ${index + 1} of the letter`).join("\n");

export const filesAndRefusals: Scenario = {
	name: "files-and-refusals",
	cols: 110,
	rows: 44,
	files: { "beds.md": "# Beds\n\n- north\n- south\n" },
	replies: [
		say("I write the letter.", tool("Write", { file_path: "{{cwd}}/letter.txt", content: `${LETTER}\n` })),
		say("The letter is written."),
		say("I read first.", tool("Read", { file_path: "{{cwd}}/beds.md" })),
		say(
			"Now the change.",
			tool("Edit", { file_path: "{{cwd}}/beds.md", old_string: "- south", new_string: "- south\n- west" }),
		),
		say("A bed in the west."),
		say("I tidy up.", bash("rm -f beds.md letter.txt && echo 'all gone'", "Remove everything")),
		say("Then I leave it."),
		say("Both files are there."),
	],
	steps: [
		...ready(),
		...ask("Write a letter of 24 lines"),
		decide("Write", "yes"),
		answered(),
		...ask("Add a bed in the west"),
		decide("Edit", "yes"),
		answered(),
		...ask("Tidy up"),
		decide("Bash", "no"),
		{ do: "settle", quietMs: 900 },
		...ask("No, do not remove anything"),
		answered(),
		...ask("What is there now?"),
		answered(),
	],
};

export const queueOfThree: Scenario = {
	name: "queue-of-three",
	cols: 72,
	rows: 22,
	replies: [
		{ ...say(longAnswer("mill", 22)), delayMs: 30 },
		say("It turns by water.", "And by wind."),
		say("The miller is well."),
		say("Flour, mostly."),
		say("That was all."),
	],
	steps: [
		...ready(),
		...ask("Describe the mill slowly"),
		{ do: "streamed", characters: 300 },
		...ask("What turns it?"),
		{ do: "pause", ms: 400 },
		answered(60_000),
		...ask("And the miller?"),
		answered(),
		...ask("What does he sell?"),
		answered(),
	],
};

/** The same words, asked and answered over and over, in a window that moves between. */
export const sameAgain: Scenario = {
	name: "same-again",
	cols: 64,
	rows: 18,
	replies: [
		say("Done. The next step is the same as before, and it is small."),
		say("Done. The next step is the same as before, and it is small."),
		say("Done. The next step is the same as before, and it is small."),
		say("Done."),
		say("Done."),
		say("Done. The next step is the same as before, and it is small."),
	],
	steps: [
		...ready(),
		...ask("continue"),
		answered(),
		...ask("continue"),
		answered(),
		{ do: "resize", cols: 90, rows: 24 },
		{ do: "settle", quietMs: 500 },
		...ask("continue"),
		answered(),
		...ask("yes"),
		answered(),
		...ask("yes"),
		answered(),
		{ do: "resize", cols: 50, rows: 16 },
		{ do: "settle", quietMs: 500 },
		...ask("continue"),
		answered(),
	],
};

/** Stopped in the middle, cleared, summed up: what comes after belongs to itself. */
export const stoppedAndCleared: Scenario = {
	name: "stopped-and-cleared",
	replies: [
		say(longAnswer("quarry", 9)),
		{ ...say(longAnswer("canal", 60)), delayMs: 40 },
		say("A new beginning."),
		{ ...say("Forty numbers, one on each line."), when: "<bash-stdout>" },
		say("Gladly."),
	],
	steps: [
		...ready(),
		...ask("Describe the quarry"),
		answered(),
		...ask("And the canal"),
		{ do: "streamed", characters: 900 },
		{ do: "interrupt" },
		...ask("/clear", "slash"),
		{ do: "settle", quietMs: 1200 },
		...ask("Let us begin anew"),
		answered(),
		...shell("!printf 'a  b\\n'; seq 1 40"),
		...ask("Go on with it"),
		answered(),
	],
};

function shell(command: string): Step[] {
	return [...ask(command, "bash"), { do: "settle", quietMs: 1800 }];
}

/** Several lines, code and signs in prompts, in a narrow window. */
export const narrowPrompts: Scenario = {
	name: "narrow-prompts",
	cols: 40,
	rows: 16,
	replies: [say("Understood."), say("短い答え。"), say(longAnswer("ditch", 5)), say("* one\n* two\n* three")],
	steps: [
		...ready(),
		...askLines([
			"First a line that is longer than this window is wide, so that it wraps",
			"    indented by four",
			"- an item",
			"",
			"the end",
		]),
		answered(),
		...ask("庭の北側には古い梨の木があり、その下に小さな池がありますか？はい、いいえ"),
		answered(),
		...ask("Tell me about a_b_c and **stars** and `ticks` and <tags> & [links](x.md) in one go"),
		answered(60_000),
		...ask("* a star at the start"),
		answered(),
	],
};

/** Words that some versions paint in a colour of their own, and files named in a prompt. */
export const markedWords: Scenario = {
	name: "marked-words",
	cols: 84,
	rows: 30,
	files: { "beds.txt": "tomatoes\nbeans\n" },
	replies: [
		say("I think so."),
		say("Hard thought."),
		say("Tomatoes and beans."),
		say("A long thought."),
		say("No."),
	],
	steps: [
		...ready(),
		...ask("What do you think?"),
		answered(),
		...ask("think hard, and tell me whether the beans need a stronger pole this summer, or megathink"),
		answered(),
		{ do: "type", text: "What is in @beds.txt " },
		{ do: "settle", quietMs: 700 },
		{ do: "type", text: "today?" },
		{ do: "settle", quietMs: 300 },
		{ do: "submit", text: "What is in @beds.txt today?", kind: "prompt" },
		answered(),
		...ask("ultrathink about the peas"),
		answered(),
		...ask("Is there more?"),
		answered(),
	],
};
