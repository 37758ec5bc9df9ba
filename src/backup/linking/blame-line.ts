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
	/** Ids that the commit's message gives as `Ctrace-Session`. */
	readonly sessions: readonly string[];
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
		const lines = parseBlame(output.toString("utf8"), now);
		const named = await namedSessions(at, [...new Set(lines.flatMap(({ commit }) => commit ?? []))]);
		return lines.map((one) => ({
			...one,
			top,
			path: relative(top, full),
			sessions: named.get(one.commit ?? "") ?? [],
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

/** As git prints it, and as an id looks: what else stands there is no session. */
const TRAILERS = "%H%x09%(trailers:key=Ctrace-Session,valueonly,separator=%x20)";
const ID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gu;

/** What each commit's message says of the sessions it came from. */
async function namedSessions(
	place: GitPlace,
	commits: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
	if (commits.length === 0) return new Map();
	const asked = Buffer.from(commits.map((commit) => `${commit}\n`).join(""));
	const format = ["--no-walk=unsorted", "--stdin", "--no-show-signature", `--format=${TRAILERS}`];
	const output = await runGit(place, ["log", ...format], [asked]);
	return new Map(
		output
			.toString("utf8")
			.split("\n")
			.map((line) => {
				const [commit = "", trailers = ""] = line.split("\t");
				return [commit, trailers.match(ID) ?? []];
			}),
	);
}

const UNCOMMITTED = /^0+$/u;

/** Of `git blame --line-porcelain`. */
export function parseBlame(output: string, now: number): Omit<BlamedLine, "top" | "path" | "sessions">[] {
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
