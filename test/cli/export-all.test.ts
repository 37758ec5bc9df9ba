import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importV1 } from "../../src/store/import-v1.ts";
import { addSession, answer, makeTurn } from "../support/stored-session.ts";
import { buildCli, type CliScene, cliScene } from "./run-built-cli.ts";

let cli: string;
beforeAll(() => {
	cli = buildCli();
});
afterAll(() => rmSync(cli, { force: true }));

/** Two sessions, and a third that has a recording. */
function filled(): CliScene {
	const place = cliScene(cli);
	for (const text of ["the first answer", "the second, ünd more"])
		addSession(place.scene, { status: "complete", startedAt: Date.UTC(2026, 1, 3) }, [
			makeTurn(1, { items: [answer(text)] }),
		]);
	const cast = join(place.home, "a.cast");
	writeFileSync(cast, '{"version":2,"width":80,"height":24}\n[0.1,"o","hello"]\n');
	expect(place.run("import", cast).code).toBe(0);
	return place;
}

function filesBelow(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
		statSync(join(folder, name)).isFile(),
	);
}

test("a folder with everything: exports that can be read back, pages, an index", () => {
	using place = filled();
	const folder = join(place.home, "all", "of it");
	expect(place.run("export", "--all", "-o", folder)).toMatchObject({
		code: 0,
		out: expect.stringMatching(/^3 sessions, .+: /),
	});
	const index: readonly { id: string; files: readonly string[] }[] = JSON.parse(
		readFileSync(join(folder, "index.json"), "utf8"),
	);
	const named = index.flatMap(({ files }) => files);
	expect(filesBelow(folder).sort()).toEqual([...named, "README.txt", "index.json"].sort());
	expect(index).toHaveLength(3);
	for (const { id, files } of index) {
		const [json = "", page = ""] = files.map((name) => readFileSync(join(folder, name), "utf8"));
		expect(importV1(json).session.id).toBe(id);
		expect(page.length).toBeGreaterThan(50);
	}
	expect(named.some((name) => name.startsWith("sessions/2026/02/"))).toBe(true);
	for (const name of filesBelow(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
});

test("an archive holds the same, and every tar reads it", () => {
	using place = filled();
	expect(place.run("export", "--all", "-o", "all").code).toBe(0);
	expect(place.run("export", "--all", "-o", "all.tar.gz").code).toBe(0);
	const unpacked = join(place.home, "unpacked");
	mkdirSync(unpacked);
	execFileSync("tar", ["-xzf", join(place.home, "all.tar.gz"), "-C", unpacked]);
	const [folder, archive] = [join(place.home, "all"), join(unpacked, "ctrace")];
	expect(filesBelow(archive).sort()).toEqual(filesBelow(folder).sort());
	for (const name of filesBelow(folder))
		expect(readFileSync(join(archive, name), "utf8")).toBe(readFileSync(join(folder, name), "utf8"));
	expect(statSync(join(place.home, "all.tar.gz")).mode & 0o777).toBe(0o600);
	expect(existsSync(join(place.home, "all.tar.gz.part"))).toBe(false);
});

test.each([
	[["--all"], "--output was not given"],
	[["--all", "-o", "a.cast"], "is there already"],
	[["--all", "-o", "x", "--format", "html"], "--all writes every form"],
])("export %j says what is wrong", (words, said) => {
	using place = filled();
	expect(place.run("export", ...words)).toMatchObject({ code: 2, err: expect.stringContaining(said) });
});
