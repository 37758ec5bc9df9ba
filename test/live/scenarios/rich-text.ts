/** Answers with everything at once, in windows of every size. */
import { answered, ask, ready, type Scenario, say } from "../scenario.ts";
import { longAnswer } from "./words.ts";

const RICH = `The bed plan, with everything in it:

- **Spring** 🌱
  - sow beans (豆) in rows of seven
    - water them at dawn, because the old gardener who lives behind the northern fence says that noon is too hot for them
  - sow peas
- **Summer** ☀️
  1. harvest 🫘 twice
  2. cook with the family 👩‍👩‍👧‍👦 on Sunday

| Pflanze | 植物 | Spacing |
|:--------|:----:|--------:|
| Bohnen 🌿 | 豆 | 15 cm |
| Erbsen | 豌豆 | 5 cm |

\`\`\`yaml
beds:
  north:
    - name: beans   # 豆
      rows: 7

  south: []
\`\`\`

Text in שלום and مرحبا runs from the right. A cafe\u0301 with a combined accent, ﬁne ligatures, and 1️⃣ keycaps.

> Quoted: "a > b", 'single', \`code\`, and a path like src/garden/beds/north.ts:42

And one word: ${"donaudampfschifffahrtsgesellschaft".repeat(6)}.

The end of the plan.`;

export const richAnswer: Scenario = {
	name: "rich-answer",
	cols: 80,
	rows: 24,
	replies: [
		{ ...say(RICH), delayMs: 25 },
		{ ...say(`${longAnswer("terrace", 6)}\n\n${RICH}`), delayMs: 20 },
		say("No."),
	],
	steps: [
		...ready(),
		...ask("The whole plan, please"),
		answered(60_000),
		...ask("Once more with the terrace"),
		answered(60_000),
		...ask("Anything missing?"),
		answered(),
	],
};

/** Several screens of Markdown in a window of an old laptop's corner. */
export const smallWindow: Scenario = {
	name: "small-window",
	cols: 60,
	rows: 15,
	replies: [
		{ ...say(`# Notes\n\n${longAnswer("corner", 20)}\n\n${RICH}`), delayMs: 30 },
		say("You are welcome."),
		{ ...say(longAnswer("hall", 12)), delayMs: 30 },
	],
	steps: [
		...ready(),
		...ask("Everything about the corner, in this small window, with lists and tables"),
		answered(90_000),
		...ask("Thank you"),
		answered(),
		...ask("And the hall?"),
		answered(60_000),
	],
};
