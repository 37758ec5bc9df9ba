/** Pages for people who look at the repository: what it is, and its sessions by month and by project. Pure. */
import { byStart, type Entry } from "./entry.ts";
import { slugOf } from "./paths.ts";

export const README_PATH = "README.md";
const PROJECTS = "projects";

export function monthIndexPath(month: string): string {
	return `index/${month}.json`;
}

export function monthPagePath(month: string): string {
	return `index/${month}.md`;
}

/** Directories that differ in signs alone share a page. */
export function projectPagePath(project: string): string {
	return `${PROJECTS}/${slugOf(project) || "other"}.md`;
}

export function renderMonthPage(month: string, entries: readonly Entry[]): string {
	return `# ${month}\n\n${list(entries)}\n`;
}

export function renderProjectPage(entries: readonly Entry[]): string {
	const names = [...new Set(entries.map(({ project }) => project))].sort();
	return `# ${names.map(escape).join(", ")}\n\n${list(entries)}\n`;
}

function list(entries: readonly Entry[]): string {
	return [...entries]
		.sort(byStart)
		.reverse()
		.map(({ startedAt, title, path, project, turns }) => {
			const when = startedAt.slice(0, 16).replace("T", " ");
			return `- ${when} [${inline(title) || "session"}](../${path}.md) · ${inline(project)} · ${turns} turns`;
		})
		.join("\n");
}

export function renderReadme(months: readonly string[], projects: readonly string[]): string {
	return `# Sessions of Claude Code

Kept by ctrace, the flight recorder for Claude Code. Secrets were masked before anything was stored.

- \`sessions/YEAR/MONTH/\`: a page for each session, to be read, and beside it the same as compressed JSON (export version 1), to be restored.
- \`index/\`: the sessions of each month, as a page and as JSON. \`projects/\`: the sessions of each directory.
- \`ctrace restore --from ADDRESS\` brings them back into an empty ctrace.

## Months

${[...months]
	.sort()
	.reverse()
	.map((month) => `- [${month}](${monthPagePath(month)})`)
	.join("\n")}

## Projects

${[...projects]
	.sort()
	.map((path) => `- [${inline(path.slice(PROJECTS.length + 1, -3))}](${path})`)
	.join("\n")}
`;
}

/** Titles are people's words: they link to nothing and run nothing. */
function inline(text: string): string {
	return text
		.replace(/\s+/gu, " ")
		.trim()
		.replace(/[\\`*_{}[\]<>()#+!|~]/gu, "\\$&");
}
