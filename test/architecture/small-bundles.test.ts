/** What makes a program slow to start without anybody noticing. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import { expect, it } from "vitest";
import { COMMANDS } from "../../scripts/bundle.mjs";

const SOURCES = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((name) =>
	name.endsWith(".ts"),
);
/** The name that zod gives itself brings all of it along, with its messages in sixty languages. */
const WHOLE_ZOD = /^import \{[^}]*\} from "zod(?:\/[^"]*)?"/mu;

it("of zod only what is used is built in", () => {
	expect(SOURCES.filter((name) => WHOLE_ZOD.test(readFileSync(join("src", name), "utf8")))).toEqual([]);
	expect(WHOLE_ZOD.test('import { z } from "zod";')).toBe(true);
});

/** Read and compiled by every `ctrace sessions list`; with the whole of zod it was 263,000. */
const MOST_BYTES = 200_000;

it("a look at the sessions reads little, and of Node only what is there already", async () => {
	const { metafile } = await build({
		...COMMANDS,
		entryPoints: { cli: "src/cli/main.ts" },
		outdir: "dist/.test",
		minify: true,
		metafile: true,
		write: false,
	});
	const read = ["src/cli/main.ts", "src/cli/commands/sessions-list.ts"].flatMap((entry) =>
		filesOf(metafile, entry),
	);
	const files = [...new Set(read)].map((name) => metafile.outputs[name]);
	const bytes = files.reduce((sum, file) => sum + (file?.bytes ?? 0), 0);
	expect(bytes).toBeGreaterThan(MOST_BYTES / 2);
	expect(bytes).toBeLessThan(MOST_BYTES);
	const imported = files
		.flatMap((file) => file?.imports ?? [])
		.filter(({ kind }) => kind !== "dynamic-import");
	const late = imported.filter(
		({ path, kind }) => kind !== "require-call" && /crypto|child_process|readline/u.test(path),
	);
	expect(late).toEqual([]);
});

/** What is read with an entry, at once. */
function filesOf({ outputs }: Metafile, entry: string): string[] {
	const first = Object.keys(outputs).find((name) => outputs[name]?.entryPoint === entry) ?? "";
	const found = new Set([first]);
	for (const name of found)
		for (const { path, kind } of outputs[name]?.imports ?? [])
			if (kind === "import-statement" && path in outputs) found.add(path);
	return [...found];
}
