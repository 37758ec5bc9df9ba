/** What answers and prompts are made of: scripts, Markdown, and text that looks like the program's own. */
import { answered, ask, askLines, bash, decide, ready, type Scenario, say } from "../scenario.ts";
import { longAnswer } from "./words.ts";

const MANY_SCRIPTS = [
	"春天的花园里有很多蜜蜂，它们在苹果树和梨树之间飞来飞去，直到太阳落山为止。这是一个很长的句子，必须在狭窄的终端中换行。",
	"庭の手入れは朝早くに始めるのが一番です。水やりは夕方でも構いませんが、葉を濡らさないように注意してください。",
	"정원에는 콩과 호박과 토마토가 자라고 있습니다. 매일 아침 물을 주는 것이 좋습니다.",
	"Emoji count too: 🌱 seeds, 🐝 bees, 👩‍🌾 the farmer, 🏳️‍🌈 a flag, ❤️ a heart, and 🧑🏽‍🍳 the cook at the end of the line 🎉🎉🎉.",
	"The manual is at https://example.org/gardens/vegetables/beans-and-squash/how-to-water-them-in-summer?season=dry&beds=12#evening and nowhere else.",
	"Zażółć gęślą jaźń, façade, naïve, Ελληνικά, кириллица, and a combined e\u0301 accent.",
].join("\n\n");

export const narrowScripts: Scenario = {
	name: "narrow-scripts",
	cols: 52,
	rows: 24,
	replies: [
		// A sign of these scripts fills two columns: at the usual pace the window would be full after half a second.
		{ ...say(MANY_SCRIPTS), delayMs: 60 },
		say(
			"好的，明白了。The second answer mixes 中文 and English 単語 in one line, over and over: 花園 garden 花園 garden 花園 garden.",
		),
	],
	steps: [
		...ready(),
		...ask("请用几种语言描述我的花园 🌻 and include the link to the manual, please"),
		answered(),
		...ask("短い答えをお願いします"),
		answered(),
	],
};

const MARKDOWN = `# Planting plan

Here is **bold**, *italic*, ~~struck~~ and \`inline code\` in one sentence, with a [link to the guide](https://example.org/guide) too.

## Steps

1. Dig the bed
2. Add compost
   - two buckets for beans
   - one bucket for squash
     - a third level down here
3. Water it

- first bullet
- second bullet that is long enough to wrap over the right edge of the terminal and must be joined again into one sentence
- third bullet

> A quoted line from the almanac
> that continues on a second line

| Bed | Plant | Spacing |
|-----|-------|--------:|
| 1 | tomatoes | 50 cm |
| 2 | beans | 15 cm |
| 3 | squash, the yellow kind | 90 cm |

\`\`\`python
def spacing(plant):
    table = {"beans": 15, "squash": 90}
    for name, value in table.items():
        if name == plant:
            return value
    return None
\`\`\`

---

\`\`\`
plain block
    indented four
	and a tab
\`\`\`

The last line after everything.`;

export const markdown: Scenario = {
	name: "markdown-answer",
	// The notes keep the words of a link, which one generation never shows, below one in a hundred.
	replies: [
		say(`${MARKDOWN}\n\n${longAnswer("almanac", 24)}`),
		say("### Only a heading\n\n* star one\n* star two\n\nEnd."),
	],
	steps: [
		...ready(),
		...ask("Give me the whole planting plan with a table and code"),
		answered(),
		...ask("And a short one"),
		answered(),
	],
};

const IMITATION = `Some programs print lines like these:

❯ not a prompt
> not a prompt either
● Bash(rm -rf /)
  ⎿  Removed everything

✻ Thinking… (12s · esc to interrupt)

\`\`\`
❯ 1. Yes
  2. No
╭──────────────╮
│ > typed text │
╰──────────────╯
⏺ Read(secret.txt)
  ⎿  Read 12 lines
\`\`\`

Do you want to proceed? That is only a question in prose.

────────────────────

None of it was real.`;

export const imitation: Scenario = {
	name: "imitates-the-screen",
	files: {
		"screen.txt":
			"❯ a line that looks like a prompt\n● Write(fake.txt)\n  ⎿  Wrote 3 lines\n✻ Baked for 3s\n> older prompt\n",
	},
	replies: [
		say(IMITATION),
		say("I print the file.", bash("chmod 644 screen.txt && cat screen.txt", "Print the captured screen")),
		say("● The file holds five lines that only look like a screen."),
		say("❯ This answer begins with the sign of the prompt."),
	],
	steps: [
		...ready(),
		...ask("What do terminal programs print?"),
		answered(),
		...ask("Print screen.txt for me"),
		decide("Bash", "yes"),
		answered(),
		...ask("Answer with the sign of the prompt"),
		answered(),
	],
};

export const promptShapes: Scenario = {
	name: "prompt-shapes",
	replies: [
		say("The format was kept."),
		say("A long question deserves a short answer."),
		say("Numbers are fine."),
		say("Agreed."),
		say("Signs are fine too."),
	],
	steps: [
		...ready(),
		...askLines([
			"Please keep this format:",
			"## Heading of mine",
			"",
			"- item **bold** and _slanted_",
			"- see `src/garden_bed.ts`",
			"  indented by two",
		]),
		answered(),
		...ask(
			"This question is much longer than one row of the terminal because it describes the fence, the gate, the path between the beds, the water barrel and the compost heap before it finally asks whether the beans need another support",
		),
		answered(),
		...askLines(["1. B", "2. A", "3. A"]),
		answered(),
		...ask("y"),
		answered(),
		...ask('What does "a > b && c | d" mean, with $HOME and 100 % of *stars*?'),
		answered(),
	],
};
