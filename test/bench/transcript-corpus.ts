/**
 * An invented past, as large as asked for: what sessions of Claude Code are made of, in the mix that they have. About
 * two thirds of the bytes are results of tools, a tenth of it is said, the rest is what the format repeats on each line.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const MODELS = ["claude-opus-4-6", "claude-sonnet-4-5-20250929", "claude-haiku-4-5-20251001"];
const FIRST_DAY = Date.UTC(2026, 0, 5, 8);
const VOCABULARY = 20_000;
const FREQUENT =
	"the a of to and in that it is for with as on be this we from by not are can which file test value when then if all one error return type data line user time path code new use set function result".split(
		" ",
	);

export interface Corpus {
	readonly bytes: number;
	readonly files: number;
}

/** Writes `directory/projects`, deterministic for a seed. */
export function writeCorpus(directory: string, bytes: number, seed = 1): Corpus {
	const random = new Random(seed);
	let written = 0;
	let files = 0;
	for (let n = 0; written < bytes; n += 1) {
		const session = new Session(random, FIRST_DAY + n * 7_200_000, n);
		const folder = join(directory, "projects", `-home-ada-project-${n % 12}`);
		mkdirSync(folder, { recursive: true });
		const turns = 3 + random.below(25);
		for (let turn = 0; turn < turns; turn += 1) session.turn();
		const text = session.lines.join("");
		writeFileSync(join(folder, `${session.id}.jsonl`), text);
		written += Buffer.byteLength(text);
		files += 1;
		if (session.agent.length > 0) {
			const agents = join(folder, session.id, "subagents");
			mkdirSync(agents, { recursive: true });
			const agent = session.agent.join("");
			writeFileSync(join(agents, `agent-${session.agentId}.jsonl`), agent);
			written += Buffer.byteLength(agent);
			files += 1;
		}
	}
	return { bytes: written, files };
}

class Random {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0 || 1;
	}

	next(): number {
		this.#state ^= this.#state << 13;
		this.#state >>>= 0;
		this.#state ^= this.#state >>> 17;
		this.#state ^= this.#state << 5;
		this.#state >>>= 0;
		return this.#state / 0x1_0000_0000;
	}

	below(limit: number): number {
		return Math.floor(this.next() * limit);
	}

	pick<T>(list: readonly T[]): T {
		return list[this.below(list.length)] as T;
	}

	/** A few words very often, most of them rarely. */
	word(): string {
		if (this.next() < 0.5) return this.pick(FREQUENT);
		return WORDS[Math.floor(VOCABULARY ** this.next()) - 1] ?? "garden";
	}

	words(count: number): string {
		return Array.from({ length: count }, () => this.word()).join(" ");
	}

	hex(length: number): string {
		return Array.from({ length }, () => this.below(16).toString(16)).join("");
	}

	uuid(): string {
		return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-a${this.hex(3)}-${this.hex(12)}`;
	}
}

const SYLLABLES =
	"ba be bi bo da de di do fa fe ga go ka ke ko la le li lo ma me mi mo na ne no pa pe po ra re ri ro sa se si so ta te ti to va ve".split(
		" ",
	);
const WORDS = Array.from({ length: VOCABULARY }, (_, n) => {
	const random = new Random(n * 2_654_435_761 + 97);
	return Array.from({ length: 2 + random.below(3) }, () => random.pick(SYLLABLES)).join("");
});

class Session {
	readonly id: string;
	readonly agentId: string;
	readonly lines: string[] = [];
	readonly agent: string[] = [];
	readonly #random: Random;
	readonly #cwd: string;
	readonly #model: string;
	#at: number;
	#parent: string | null = null;
	#count = 0;

	constructor(random: Random, at: number, n: number) {
		this.#random = random;
		this.#at = at;
		this.id = random.uuid();
		this.agentId = random.hex(17);
		this.#cwd = `/home/ada/project-${n % 12}`;
		this.#model = random.pick(MODELS);
	}

	turn(): void {
		const random = this.#random;
		this.#user(random.words(5 + random.below(60)));
		const steps = random.below(9);
		for (let step = 0; step < steps; step += 1) this.#step(step === 0 && random.next() < 0.08);
		this.#answer([{ type: "text", text: markdown(random) }], "end_turn");
		this.#line({ type: "system", subtype: "turn_duration", durationMs: 900 + random.below(60_000) });
	}

	#step(isAgent: boolean): void {
		const random = this.#random;
		const id = `toolu_${random.hex(24)}`;
		const thinking = {
			type: "thinking",
			thinking: random.words(30 + random.below(150)),
			signature: random.hex(600),
		};
		const call = isAgent && this.agent.length === 0 ? this.#agentCall(id) : toolCall(random, id);
		const blocks = random.next() < 0.4 ? [thinking, call.block] : [call.block];
		this.#answer(
			random.next() < 0.5 ? [{ type: "text", text: random.words(20) }, ...blocks] : blocks,
			"tool_use",
		);
		const content = [{ type: "tool_result", tool_use_id: id, content: call.result }];
		this.#line({ type: "user", message: { role: "user", content }, toolUseResult: call.facts });
	}

	#agentCall(id: string) {
		const random = this.#random;
		const prompt = random.words(40);
		const [lines, parent] = [this.lines.length, this.#parent];
		this.#parent = null;
		this.#user(prompt);
		for (let step = 0; step < 3; step += 1) this.#step(false);
		const report = random.words(80);
		this.#answer([{ type: "text", text: report }], "end_turn");
		const own = this.lines.splice(lines).map((line) => JSON.parse(line) as object);
		this.#parent = parent;
		for (const one of own)
			this.agent.push(`${JSON.stringify({ ...one, isSidechain: true, agentId: this.agentId })}\n`);
		const input = { description: random.words(3), prompt, subagent_type: "general-purpose" };
		return {
			block: { type: "tool_use", id, name: "Task", input },
			result: [{ type: "text", text: report }],
			facts: { agentId: this.agentId, totalDurationMs: 5000 },
		};
	}

	#user(text: string): void {
		this.#line({ type: "user", message: { role: "user", content: text } });
	}

	/** One line a block, as the program writes them, each with the usage of the whole response. */
	#answer(blocks: readonly object[], stop: string): void {
		const random = this.#random;
		this.#count += 1;
		const written = random.below(8000);
		const hour = random.next() < 0.3 ? written : 0;
		const facts = {
			id: `msg_${random.hex(22)}`,
			type: "message",
			role: "assistant",
			model: this.#model,
			stop_reason: stop,
			usage: {
				input_tokens: random.below(40),
				cache_creation_input_tokens: written,
				cache_read_input_tokens: 12_000 + random.below(90_000),
				cache_creation: { ephemeral_5m_input_tokens: written - hour, ephemeral_1h_input_tokens: hour },
				output_tokens: 20 + random.below(1500),
				service_tier: "standard",
			},
		};
		const requestId = `req_${random.hex(24)}`;
		for (const block of blocks)
			this.#line({ type: "assistant", message: { ...facts, content: [block] }, requestId });
	}

	#line(fields: object): void {
		const uuid = this.#random.uuid();
		this.#at += 200 + this.#random.below(8000);
		const line = {
			parentUuid: this.#parent,
			isSidechain: false,
			userType: "external",
			cwd: this.#cwd,
			sessionId: this.id,
			version: "2.1.197",
			gitBranch: "main",
			...fields,
			uuid,
			timestamp: new Date(this.#at).toISOString(),
		};
		this.#parent = uuid;
		this.lines.push(`${JSON.stringify(line)}\n`);
	}
}

function toolCall(random: Random, id: string) {
	const path = `/home/ada/project/src/${random.word()}/${random.word()}.ts`;
	const kind = random.below(4);
	if (kind === 0) {
		const input = { file_path: path };
		const result = numbered(source(random, 40 + random.below(300)));
		return { block: { type: "tool_use", id, name: "Read", input }, result, facts: { type: "text" } };
	}
	if (kind === 1) {
		const [old_string, new_string] = [source(random, 6), source(random, 9)];
		const input = { file_path: path, old_string, new_string };
		const result = `The file ${path} has been updated.\n${numbered(source(random, 14))}`;
		return { block: { type: "tool_use", id, name: "Edit", input }, result, facts: { filePath: path } };
	}
	const input = {
		command: `npm run ${random.word()} -- --${random.word()} ${path}`,
		description: random.words(5),
	};
	const result = kind === 2 ? log(random, 20 + random.below(250)) : source(random, 5 + random.below(30));
	const facts = { stdout: result, stderr: "", interrupted: false };
	return { block: { type: "tool_use", id, name: "Bash", input }, result, facts };
}

function markdown(random: Random): string {
	const parts = Array.from({ length: 1 + random.below(5) }, () => {
		switch (random.below(4)) {
			case 0:
				return `## ${random.words(4)}\n\n${random.words(60)}`;
			case 1:
				return `\`\`\`ts\n${source(random, 12)}\n\`\`\``;
			case 2:
				return Array.from({ length: 4 }, () => `- **${random.word()}**: ${random.words(12)}`).join("\n");
			default:
				return random.words(80);
		}
	});
	return parts.join("\n\n");
}

function source(random: Random, rows: number): string {
	const lines = Array.from({ length: rows }, (_, n) => {
		const name = random.word();
		switch (n % 5) {
			case 0:
				return `export function ${name}(${random.word()}: string, ${random.word()}: number): ${random.word()} {`;
			case 1:
				return `\tconst ${name} = ${random.word()}.${random.word()}(${random.below(1000)}, "${random.words(3)}");`;
			case 2:
				return `\tif (${name} !== undefined && ${random.word()}.length > ${random.below(50)}) return ${random.word()};`;
			case 3:
				return `\t// ${random.words(9)}`;
			default:
				return "}";
		}
	});
	return lines.join("\n");
}

function numbered(text: string): string {
	return text
		.split("\n")
		.map((row, index) => `${String(index + 1).padStart(6)}\t${row}`)
		.join("\n");
}

function log(random: Random, rows: number): string {
	return Array.from(
		{ length: rows },
		(_, n) =>
			`2026-03-04T10:${String(n % 60).padStart(2, "0")}:11.${random.below(900) + 100}Z INFO ${random.word()}/${random.word()} ${random.words(8)} (${random.below(400)} ms)`,
	).join("\n");
}
