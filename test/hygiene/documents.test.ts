// The documents promise commands, files and tests: each promise is looked up.
import { existsSync } from "node:fs";
import { posix } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { migrate } from "../../src/store/migrations.ts";
import { STAGES } from "../architecture/rules.ts";
import { pages, projectFiles, ROOT, read, scripts } from "./repository.ts";

interface Mention {
	readonly at: string;
	readonly text: string;
}

/** Every match of the first group of `pattern` in the pages, with its place. */
function mentions(pattern: RegExp): Mention[] {
	return pages().flatMap((page) =>
		read(page)
			.split("\n")
			.flatMap((line, index) =>
				Array.from(line.matchAll(pattern), (match) => ({ at: `${page}:${index + 1}`, text: match[1] ?? "" })),
			),
	);
}

/** GitHub's way from a heading to its anchor. */
function anchors(page: string): string[] {
	return Array.from(read(page).matchAll(/^#+ (.+)$/gm), (match) =>
		(match[1] ?? "")
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, "")
			.replaceAll(" ", "-"),
	);
}

test.each([
	"LICENSE",
	"README.md",
	"CHANGELOG.md",
	"CONTRIBUTING.md",
	"SECURITY.md",
	"Dockerfile",
	".env.example",
	".ci/run",
	"docs/architecture.md",
	"docs/known-limitations.md",
])("the repository has its %s", (path) => {
	expect(projectFiles()).toContain(path);
});

test("every relative link in the documents leads to a file, and to a heading in it", () => {
	const links = mentions(/\]\((?!https?:|mailto:)([^)\s]+)\)/g);
	const broken = links.filter(({ at, text }) => {
		const page = at.slice(0, at.lastIndexOf(":"));
		const [path = "", anchor] = text.split("#");
		const target = path === "" ? page : posix.join(posix.dirname(page), path);
		if (!existsSync(posix.join(ROOT, target))) return true;
		return anchor !== undefined && target.endsWith(".md") && !anchors(target).includes(anchor);
	});
	expect(links.length).toBeGreaterThan(5);
	expect(broken).toEqual([]);
});

test("every npm script that a document names exists", () => {
	const named = mentions(/\bnpm run ([a-z][\w:-]*)/g);
	expect(named.length).toBeGreaterThan(3);
	expect(named.filter(({ text }) => scripts()[text] === undefined)).toEqual([]);
});

test("every test that a document calls as a witness exists under that title", () => {
	const tests = projectFiles()
		.filter((path) => /^test\/.*\.ts$/.test(path) && path !== "test/hygiene/documents.test.ts")
		.map(read);
	const named = mentions(/Enforced by: [`“"](.+?)[`”"]/g);
	expect(named.length).toBeGreaterThan(3);
	expect(named.filter(({ text }) => !tests.some((source) => source.includes(text)))).toEqual([]);
});

test("every stage of the code has its row in docs/architecture.md, and every row is a stage of the rules", () => {
	const rows = Array.from(
		read("docs/architecture.md").matchAll(/^\| `src\/([a-z]+)`/gm),
		(match) => match[1] ?? "",
	);
	const inCode = projectFiles().flatMap((path) => /^src\/([a-z-]+)\//.exec(path)?.[1] ?? []);
	expect(rows).toEqual(expect.arrayContaining([...new Set(inCode)]));
	expect(rows.filter((stage) => STAGES[stage] === undefined)).toEqual([]);
});

test("every document is on the index of documents, and every table of the database in its description", () => {
	const index = read("docs/README.md");
	const documents = projectFiles().filter(
		(path) => /^docs\/[\w-]+\.md$/.test(path) && path !== "docs/README.md",
	);
	expect(documents.filter((path) => !index.includes(`(${posix.basename(path)})`))).toEqual([]);

	const db = new Database(":memory:");
	migrate(db);
	const tables = db
		.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type <> 'shadow'")
		.pluck();
	const names = tables.all().map(String);
	const text = read("docs/database.md");
	const isSaid = (name: string) =>
		text.includes(`\`${name}\``) || name.startsWith("figures_of_") || name.startsWith("sqlite_");
	expect(names.length).toBeGreaterThan(10);
	expect(names.filter((name) => !isSaid(name))).toEqual([]);
	db.close();
});

test("the continuous run installs and tests with the very line the README gives", () => {
	const lines = Array.from(read("README.md").matchAll(/^npm ci && .*$/gm), (match) =>
		match[0].split(" #")[0]?.trim(),
	);
	expect(lines).toHaveLength(2);
	expect(read(".ci/run")).toContain(`readonly INSTALL_AND_TEST='${lines[1]}'`);
});

test("every setting of .env.example is one that the code reads", () => {
	const named = Array.from(read(".env.example").matchAll(/^# ?([A-Z_]+)=/gm), (match) => match[1] ?? "");
	const sources = projectFiles()
		.filter((path) => path.startsWith("src/"))
		.map(read);
	expect(named.length).toBeGreaterThan(0);
	expect(
		named.filter((name) => !sources.some((text) => text.includes(`"${name}"`) || text.includes(`.${name}`))),
	).toEqual([]);
});

test("the version on top of the changelog's released sections, if any, is the package's", () => {
	const released = /^## \[?(\d+\.\d+\.\d+)/m.exec(read("CHANGELOG.md"))?.[1];
	const manifest: { version: string } = JSON.parse(read("package.json"));
	expect(read("CHANGELOG.md")).toMatch(/^## Unreleased$/m);
	expect(released ?? manifest.version).toBe(manifest.version);
});
