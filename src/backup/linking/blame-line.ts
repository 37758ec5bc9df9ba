/** What git knows of a line: which commit brought it in, and when. */
import { dirname, relative, resolve } from "node:path";
import { CtraceError } from "../../core/errors.ts";
import { GitFailure } from "../git/git-failure.ts";
import { type GitPlace, runGit } from "../git/run-git.ts";

export interface BlamedLine {
	/** From the repository's top. */
	readonly path: string;
	/** The repository's top. */
	readonly top: string;
	/** Absent: the line is not committed yet. */
	readonly commit?: string;
	/** Milliseconds since the Unix epoch: when it was written, by its author's clock. */
	readonly at: number;
	readonly summary: string;
	readonly text: string;
}

/** Of a whole file: its lines; of one line: that line. Throws `input` where git knows nothing of it. */
export async function blameLines(
	file: string,
	line: number | undefined,
	{ cwd, now, ...place }: Omit<GitPlace, "directory"> & { readonly cwd: string; readonly now: number },
): Promise<BlamedLine[]> {
	const full = resolve(cwd, file);
	const at: GitPlace = { ...place, directory: dirname(full) };
	try {
		const top = (await runGit(at, ["rev-parse", "--show-toplevel"])).toString().trim();
		const range = line === undefined ? [] : ["-L", `${line},${line}`];
		const output = await runGit(at, ["blame", "--line-porcelain", ...range, "--", full]);
		return parseBlame(output.toString("utf8"), now).map((one) => ({
			...one,
			top,
			path: relative(top, full),
		}));
	} catch (error) {
		if (!(error instanceof GitFailure) || error.kind === "no-git") throw error;
		throw new CtraceError(
			"input",
			`git knows nothing of ${file}${line === undefined ? "" : `, line ${line}`}`,
			{
				hint: "It must be a file of a Git repository, with a commit.",
			},
		);
	}
}

const UNCOMMITTED = /^0+$/u;

/** Of `git blame --line-porcelain`. */
export function parseBlame(output: string, now: number): Omit<BlamedLine, "top" | "path">[] {
	return output
		.split(/^(?=[0-9a-f]{40} \d)/mu)
		.filter((part) => part !== "")
		.map((part) => {
			const commit = part.slice(0, part.indexOf(" "));
			const seconds = Number(/^author-time (\d+)$/mu.exec(part)?.[1] ?? 0);
			const isCommitted = !UNCOMMITTED.test(commit);
			return {
				...(isCommitted ? { commit } : {}),
				at: isCommitted ? seconds * 1000 : now,
				summary: isCommitted ? (/^summary (.*)$/mu.exec(part)?.[1] ?? "") : "not committed yet",
				text: /^\t(.*)$/mu.exec(part)?.[1] ?? "",
			};
		});
}
