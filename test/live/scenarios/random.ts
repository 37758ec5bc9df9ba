/**
 * Sessions of chance: `random-N` is the one that the number N makes, the same each time. They find what nobody thought of;
 * what they find becomes a scenario, or a test, of its own.
 */
import { Chance } from "../../bench/big/chance.ts";
import {
	answered,
	ask,
	askLines,
	type Block,
	bash,
	decide,
	type Reply,
	ready,
	type Scenario,
	type Step,
	say,
	thinking,
	tool,
} from "../scenario.ts";
import { answer, promptLine, sentence, words } from "./random-text.ts";

const NAME = /^random-(?<seed>\d{1,9})$/u;
/** Less than a busy machine draws: what never stood on the screen cannot be read from it. */
const CHARACTERS_A_SECOND = 600;
const FILES = {
	"beds.txt": "tomatoes\nbeans\nsquash\n",
	"plan.py": "print(3)\n",
	"frost.md": "# Frost\n\nIt came late.\n",
};

/** What one exchange adds to a session. */
interface Exchange {
	readonly replies: readonly Reply[];
	readonly steps: readonly Step[];
}

/** The session of that name, or undefined where the name is none of chance. */
export function randomScenario(name: string): Scenario | undefined {
	const seed = NAME.exec(name)?.groups?.seed;
	if (seed === undefined) return undefined;
	const chance = new Chance(Number(seed));
	const cols = 50 + chance.below(110);
	const rows = 16 + chance.below(45);
	const exchanges = Array.from({ length: 3 + chance.below(4) }, () => exchange(chance));
	const last = plain(chance);
	return {
		name,
		cols,
		rows,
		files: FILES,
		args: chance.is(0.5) ? ["--allowedTools", "Bash(printf:*)"] : [],
		replies: [...exchanges, last].flatMap(({ replies }) => replies),
		steps: [...ready(), ...[...exchanges, last].flatMap(({ steps }) => steps)],
	};
}

function exchange(chance: Chance): Exchange {
	return chance.pick([
		plain,
		plain,
		plain,
		lines,
		pasted,
		resized,
		read,
		several,
		written,
		refused,
		thought,
		interrupted,
		queued,
		lookedBack,
	])(chance);
}

function paced(chance: Chance, ...blocks: readonly (Block | string)[]): Reply {
	const chunk = 1 + chance.zipf(120);
	return { ...say(...blocks), chunk, delayMs: Math.max(10, Math.ceil((chunk * 1000) / CHARACTERS_A_SECOND)) };
}

function plain(chance: Chance): Exchange {
	return { replies: [paced(chance, answer(chance))], steps: [...ask(promptLine(chance)), answered(90_000)] };
}

function lines(chance: Chance): Exchange {
	const typed = Array.from({ length: 2 + chance.below(5) }, () => promptLine(chance));
	return { replies: [paced(chance, answer(chance))], steps: [...askLines(typed), answered(90_000)] };
}

function pasted(chance: Chance): Exchange {
	const before = promptLine(chance);
	const text = Array.from({ length: 1 + chance.below(8) }, () => sentence(chance)).join("\n");
	return {
		replies: [paced(chance, answer(chance))],
		steps: [
			{ do: "type", text: `${before} ` },
			{ do: "settle", quietMs: 300 },
			{ do: "paste", text },
			{ do: "settle", quietMs: 900 },
			{ do: "submit", text: `${before} ${text}`, kind: "prompt" },
			answered(90_000),
		],
	};
}

function resized(chance: Chance): Exchange {
	const reply = paced(chance, answer(chance), sentence(chance));
	return {
		replies: [reply],
		steps: [
			...ask(promptLine(chance)),
			{ do: "streamed", characters: 30 },
			{ do: "resize", cols: 50 + chance.below(110), rows: 16 + chance.below(45) },
			answered(90_000),
		],
	};
}

function read(chance: Chance): Exchange {
	const file = chance.pick(Object.keys(FILES));
	return {
		replies: [
			paced(chance, sentence(chance), tool("Read", { file_path: `{{cwd}}/${file}` })),
			paced(chance, answer(chance)),
		],
		steps: [...ask(promptLine(chance)), answered(90_000)],
	};
}

/** Calls at once, then one after the other, with words between them. */
function several(chance: Chance): Exchange {
	const reads = Object.keys(FILES).map((file) => tool("Read", { file_path: `{{cwd}}/${file}` }));
	const once = reads.slice(0, 1 + chance.below(reads.length));
	const rounds = Array.from({ length: chance.below(4) }, () =>
		paced(chance, sentence(chance), tool("Glob", { pattern: `*${chance.pick([".txt", ".md", ".py"])}` })),
	);
	return {
		replies: [paced(chance, sentence(chance), ...once), ...rounds, paced(chance, answer(chance))],
		steps: [...ask(promptLine(chance)), answered(90_000)],
	};
}

function written(chance: Chance): Exchange {
	const content = Array.from({ length: 1 + chance.below(12) }, () => words(chance, 6)).join("\n");
	return {
		replies: [
			paced(
				chance,
				sentence(chance),
				tool("Write", { file_path: `{{cwd}}/new-${chance.hex(6)}.txt`, content: `${content}\n` }),
			),
			paced(chance, answer(chance)),
		],
		steps: [...ask(promptLine(chance)), decide("Write", "yes"), answered(90_000)],
	};
}

function refused(chance: Chance): Exchange {
	const choose = chance.pick(["no", "esc"] as const);
	return {
		replies: [
			paced(chance, sentence(chance), bash(`tar cf new-${chance.hex(6)}.tar beds.txt`, "Pack the beds")),
			paced(chance, answer(chance)),
		],
		steps: [
			...ask(promptLine(chance)),
			decide("Bash", choose),
			{ do: "settle", quietMs: 900 },
			...ask(promptLine(chance)),
			answered(90_000),
		],
	};
}

function thought(chance: Chance): Exchange {
	return {
		replies: [paced(chance, thinking(sentence(chance)), answer(chance))],
		steps: [...ask(promptLine(chance)), answered(90_000)],
	};
}

function interrupted(chance: Chance): Exchange {
	const reply = {
		...say(Array.from({ length: 30 }, () => sentence(chance)).join(" ")),
		chunk: 10,
		delayMs: 40,
	};
	return {
		replies: [reply, paced(chance, answer(chance))],
		steps: [
			...ask(promptLine(chance)),
			{ do: "streamed", characters: 200 },
			{ do: "interrupt" },
			{ do: "settle", quietMs: 900 },
			...ask(promptLine(chance)),
			answered(90_000),
		],
	};
}

/** The next prompt is sent while the answer streams. */
function queued(chance: Chance): Exchange {
	const long = Array.from({ length: 25 }, () => sentence(chance)).join(" ");
	return {
		replies: [{ ...say(long), chunk: 12, delayMs: 40 }, paced(chance, answer(chance))],
		steps: [
			...ask(promptLine(chance)),
			{ do: "streamed", characters: 150 },
			...ask(promptLine(chance)),
			answered(90_000),
		],
	};
}

/** Scrolled back while the answer streams, and down again. */
function lookedBack(chance: Chance): Exchange {
	const reply = paced(chance, answer(chance), sentence(chance), answer(chance));
	const times = 2 + chance.below(4);
	return {
		replies: [{ ...reply, chunk: 25, delayMs: 60 }],
		steps: [
			...ask(promptLine(chance)),
			{ do: "streamed", characters: 60 },
			{ do: "press", key: "page-up", times },
			{ do: "pause", ms: 500 },
			{ do: "press", key: "page-down", times: 4 * times },
			answered(90_000),
		],
	};
}
