/** `npm run accept:transcripts -- [--with-screen] DIR/LOOK/CASE…`: transcripts of recordings (npm run test:live -- --record DIR) become fixtures. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { readMeta } from "../live/evidence.ts";
import { neutralHome, neutralTranscript } from "../live/neutral-transcript.ts";

const FIXTURES = "test/fixtures/transcripts";

const withScreen = process.argv.includes("--with-screen");
for (const recording of process.argv.slice(2).filter((word) => !word.startsWith("--"))) {
	const meta = readMeta(recording);
	if (meta === undefined || meta.problems.length > 0) throw new Error(`${recording} is no good`);
	const to = join(FIXTURES, basename(dirname(recording)), basename(recording));
	rmSync(to, { recursive: true, force: true });
	const from = join(recording, "projects");
	const home = dirname(meta.cwd);
	for (const name of readdirSync(from, { recursive: true, encoding: "utf8" })) {
		const isMeta = name.endsWith(".meta.json");
		if (!name.endsWith(".jsonl") && !isMeta) continue;
		const text = readFileSync(join(from, name), "utf8");
		const kept = isMeta ? onlyCall(text) : neutralTranscript(text, home);
		if (kept === "") continue;
		const [, ...rest] = name.split("/");
		const file = join(to, "projects", "-home-ada-garden", ...rest);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, kept);
	}
	if (withScreen) adoptScreen(recording, to, home);
}

/** With the stream of the terminal the two can be merged. */
function adoptScreen(recording: string, to: string, home: string): void {
	const clean = (text: string) => text.replaceAll(home, neutralHome(home));
	const meta = JSON.parse(readFileSync(join(recording, "meta.json"), "utf8")) as Record<string, unknown>;
	const { command, cwd, startedAt } = meta;
	writeFileSync(
		join(to, "meta.json"),
		clean(`${JSON.stringify({ command, cwd, startedAt }, undefined, "\t")}\n`),
	);
	writeFileSync(join(to, "session.cast"), clean(readFileSync(join(recording, "session.cast"), "utf8")));
}

function onlyCall(text: string): string {
	const { toolUseId } = JSON.parse(text) as { toolUseId?: string };
	return toolUseId === undefined ? "" : `${JSON.stringify({ toolUseId })}\n`;
}
