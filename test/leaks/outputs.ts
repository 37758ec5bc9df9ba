/** What ctrace prints about what it has stored. */
import { spawn } from "node:child_process";
import { z } from "zod";
import type { Place } from "./place.ts";

export interface Output {
	readonly name: string;
	readonly bytes: Uint8Array;
}

const FORMATS = ["json", "markdown", "html", "text", "cast", "svg", "txt"];
const NEWEST = 2;
const OF_ALL = [
	["doctor"],
	["doctor", "--json"],
	["privacy", "patterns"],
	["privacy", "report"],
	["privacy", "report", "--json"],
	["privacy", "audit"],
	["privacy", "audit", "--json"],
];
const listSchema = z.array(z.object({ id: z.string() }));

/** Every command that tells of sessions, for every session. */
export async function collectOutputs(
	place: Place,
): Promise<{ readonly outputs: Output[]; readonly sessions: number }> {
	const outputs: Output[] = [];
	const ask = async (...words: string[]): Promise<string> => {
		const bytes = await printed([...place.ctrace, ...words], place);
		outputs.push({ name: `ctrace ${words.join(" ")}`, bytes });
		return bytes.toString("utf8");
	};
	const ids = listSchema.parse(JSON.parse(await ask("sessions", "list", "--json"))).map(({ id }) => id);
	await ask("sessions", "list");
	for (const words of [["garden"], ["token", "key"], ["password"], ["export"]]) await ask("search", ...words);
	for (const words of OF_ALL) await ask(...words);
	for (const [index, id] of ids.entries()) {
		await ask("sessions", "show", id, "--json");
		// The formats are made from the same record: each session in one, and the newest, the genuine client's, in all.
		const formats = index < NEWEST ? FORMATS : [FORMATS[index % FORMATS.length] ?? "text"];
		for (const format of formats) await ask("export", id, "--format", format);
	}
	return { outputs, sessions: ids.length };
}

/** Both of its streams. */
function printed([file = "", ...args]: readonly string[], place: Place): Promise<Buffer> {
	const child = spawn(file, args, {
		cwd: place.theirs,
		env: { ...place.env },
		stdio: ["ignore", "pipe", "pipe"],
	});
	const chunks: Buffer[] = [];
	for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => chunks.push(chunk));
	return new Promise((done, failed) => {
		child.on("error", failed);
		child.on("close", () => done(Buffer.concat(chunks)));
	});
}
