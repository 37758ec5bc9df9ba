/** Where a repository's hook lies, as the person's own git has it. */
import { realpathSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { GitFailure } from "../../backup/git/git-failure.ts";
import { type GitPlace, runGit } from "../../backup/git/run-git.ts";
import { CtraceError } from "../../core/errors.ts";
import { HOOK_NAME } from "./hook-script.ts";

export interface HookPlace {
	readonly path: string;
	/** It lies among the project's own files, and is everybody's who works on it. */
	readonly isShared: boolean;
}

/** Throws `input` where there is no work tree. */
export async function findHook(place: GitPlace): Promise<HookPlace> {
	try {
		const lines = (await runGit(place, ["rev-parse", "--show-toplevel", "--git-common-dir"]))
			.toString()
			.split("\n");
		const [top = "", common = ""] = lines;
		const usual = join(resolve(place.directory, common), "hooks");
		const chosen = await hooksPath(place);
		const path = join(chosen === undefined ? usual : resolve(top, chosen), HOOK_NAME);
		const lies = whereItLies(path);
		return { path, isShared: isBelow(lies, top) && !isBelow(lies, resolve(place.directory, common)) };
	} catch (error) {
		if (!(error instanceof GitFailure) || error.kind === "no-git") throw error;
		throw new CtraceError("input", `${place.directory} is in no work tree of git`, {
			hint: "Go to the repository whose commits are to name their sessions.",
		});
	}
}

/** `core.hooksPath` of the person's own files: with ours, every command that we run has another one. */
async function hooksPath(place: GitPlace): Promise<string | undefined> {
	const asked = ["config", "--null", "--show-origin", "--path", "--get-all", "core.hooksPath"];
	const fields = (await runGit(place, asked)).toString().split("\0");
	const values = fields.flatMap((field, index) =>
		index % 2 === 0 && field.startsWith("file:") ? (fields[index + 1] ?? []) : [],
	);
	return values.at(-1);
}

function whereItLies(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		return path; // not there yet
	}
}

function isBelow(path: string, folder: string): boolean {
	const way = relative(folder, path);
	return way !== "" && !way.startsWith("..");
}
