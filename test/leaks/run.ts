/**
 * `npm run test:leaks`: more than forty kinds of secrets on every way into a record, then every byte that ctrace wrote
 * or printed is searched for them.
 *
 * Exit codes: 0 nothing found; 1 a leak, or the search itself does not work; 2 wrong usage.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { coreFiles, crashed, killed } from "./deaths.ts";
import { KINDS } from "./kinds.ts";
import { type Hit, Needles } from "./needles.ts";
import { collectOutputs } from "./outputs.ts";
import { makePlace, ourFiles, recordersEnded } from "./place.ts";
import { Random } from "./random.ts";
import type { Scene } from "./scene.ts";
import { piped, shown, surroundings, typed } from "./scripted.ts";

const root = process.env.CTRACE_REPOSITORY ?? process.cwd();
const seed = Number(process.env.CTRACE_SEED ?? Date.now() % 2 ** 31);
const only = process.argv[2];

if (!existsSync(join(root, "dist", "recorder.js"))) {
	console.error("ctrace is not built: run `npm run build` first");
	process.exit(2);
}
process.exitCode = await main();

async function main(): Promise<number> {
	const place = makePlace(root);
	const scene: Scene = {
		place,
		random: new Random(seed),
		needles: new Needles(),
		recorders: [],
		count: { value: 0 },
	};
	console.log(`seed ${seed} (CTRACE_SEED=${seed} tries the same again); ${KINDS.length} kinds of secrets`);
	const steps = { shown, piped, typed, surroundings, killed, crashed };
	for (const [name, step] of Object.entries(steps)) {
		if (only !== undefined && only !== name) continue;
		const startedAt = Date.now();
		await step(scene);
		console.log(`${name}: ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
	}
	await recordersEnded(scene.recorders);
	const { outputs, sessions } = await collectOutputs(place);
	console.log(`${sessions} sessions`);
	const sources = [
		...ourFiles(place).map(({ path, bytes }) => ({ name: path.slice(place.root.length + 1), bytes })),
		...outputs,
	];
	const hits = new Map<string, { hit: Hit; count: number; text: string }>();
	let searched = 0;
	for (const { name, bytes } of sources) {
		searched += bytes.length;
		for (const hit of scene.needles.search(bytes)) {
			const key = `${hit.label}\t${hit.form}\t${name.startsWith("ctrace ") ? "printed" : name}`;
			const known = hits.get(key);
			const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
				.subarray(Math.max(0, hit.offset - 60), hit.offset + 40)
				.toString("latin1");
			if (known === undefined) hits.set(key, { hit, count: 1, text });
			else known.count += 1;
		}
	}
	const { secrets, runs } = scene.needles.size;
	console.log(
		`${secrets} secrets, ${runs} runs, ${(searched / 1e6).toFixed(1)} MB in ${sources.length} files and outputs`,
	);
	for (const [key, { count, text }] of hits)
		console.log(`LEAK ${key} ×${count} ${process.env.SHOW ? JSON.stringify(text) : ""}`);
	console.log("core files", coreFiles(scene));
	if (!process.env.KEEP) place.remove();
	return hits.size === 0 ? 0 : 1;
}
