/** The genuine recording of the tests, and what it would be had another recorder written it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

const FIXTURE = join(import.meta.dirname, "..", "fixtures", "recordings", "shell-commands.cast");

const headSchema = z.looseObject({
	width: z.number(),
	height: z.number(),
	timestamp: z.number(),
	command: z.string(),
	env: z.record(z.string(), z.string()),
});
const eventSchema = z.tuple([z.number(), z.string(), z.string()]);
export type CastEvent = z.infer<typeof eventSchema>;

export interface Cast {
	readonly head: z.infer<typeof headSchema>;
	readonly events: readonly CastEvent[];
}

/** Asciicast version 2, Claude Code 2.1.197, 100×30: two `!` commands and a question. */
export function genuineCast(): Cast {
	const [head = "", ...lines] = readFileSync(FIXTURE, "utf8").trimEnd().split("\n");
	return {
		head: headSchema.parse(JSON.parse(head)),
		events: lines.map((line) => eventSchema.parse(JSON.parse(line))),
	};
}

export function toV1({ head, events }: Cast): string {
	const { width, height, command } = head;
	const output = events.filter(([, code]) => code === "o");
	const stdout = output.map(([at, , data], index) => [at - (output[index - 1]?.[0] ?? 0), data]);
	return JSON.stringify({ version: 1, width, height, duration: 9, command, title: null, env: {}, stdout });
}

export function toV2({ head, events }: Cast): string {
	return [{ ...head, version: 2 }, ...events].map((line) => `${JSON.stringify(line)}\n`).join("");
}

export function toV3({ head, events }: Cast): string {
	const { width, height, timestamp, command, env } = head;
	const first = { version: 3, term: { cols: width, rows: height }, timestamp, command, env };
	const lines = events.map(([at, code, data], index) =>
		JSON.stringify([at - (events[index - 1]?.[0] ?? 0), code, data]),
	);
	return [JSON.stringify(first), "# a comment", ...lines, ""].join("\n");
}

/** Output alone, without times. */
export function toRaw({ events }: Cast): string {
	return events.flatMap(([, code, data]) => (code === "o" ? [data] : [])).join("");
}

export function toTypescript(cast: Cast, facts: string): string {
	const head = `Script started on 2026-01-02 03:04:05+00:00 [${facts}]\n`;
	return `${head}${toRaw(cast)}\nScript done on 2026-01-02 03:05:05+00:00 [COMMAND_EXIT_CODE="3"]\n`;
}

/** `0.104211 57`, a line for each piece of output. */
export function toClassicTiming({ events }: Cast): string {
	const output = events.filter(([, code]) => code === "o");
	return output
		.map(([at, , data], index) => {
			const delay = at - (output[index - 1]?.[0] ?? 0);
			return `${delay.toFixed(6)} ${Buffer.byteLength(data)}\n`;
		})
		.join("");
}

/** Both streams in one log, as `script --logging-format advanced --log-io` writes them. */
export function toMultiStream({ head, events }: Cast): { readonly log: string; readonly timing: string } {
	const streams = events.filter(([, code]) => code === "o" || code === "i");
	const lines = streams.map(([at, code, data], index) => {
		const delay = (at - (streams[index - 1]?.[0] ?? 0)).toFixed(6);
		return `${code.toUpperCase()} ${delay} ${Buffer.byteLength(data)}`;
	});
	const facts = [
		"START_TIME 2026-01-02 03:04:05+00:00",
		`COLUMNS ${head.width}`,
		`LINES ${head.height}`,
		`COMMAND ${head.command}`,
		"OUTPUT_LOG io",
		"INPUT_LOG io",
	].map((fact) => `H 0.000000 ${fact}`);
	const last = ["H 0.000000 DURATION 9", "H 0.000000 EXIT_CODE 3", ""];
	return {
		log: `Script started on 2026-01-02 03:04:05+00:00 [TERM="xterm"]\n${streams.map(([, , data]) => data).join("")}\nScript done on 2026-01-02 03:05:05+00:00\n`,
		timing: [...facts, ...lines, ...last].join("\n"),
	};
}
