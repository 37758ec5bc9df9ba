/** `npm run accept:transcripts -- DIR/LOOK/CASE…`: transcripts of recordings (npm run test:live -- --record DIR) become fixtures. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { readMeta } from "../live/evidence.ts";
import { neutralTranscript } from "../live/neutral-transcript.ts";

const FIXTURES = "test/fixtures/transcripts";

for (const recording of process.argv.slice(2)) {
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
}

function onlyCall(text: string): string {
	const { toolUseId } = JSON.parse(text) as { toolUseId?: string };
	return toolUseId === undefined ? "" : `${JSON.stringify({ toolUseId })}\n`;
}
