/** Which branch and commit the command was started at, read from the repository's own files: no program is run. */
import { join } from "node:path";
import type { GitState } from "../core/session.ts";
import { commonDirectory, findGitDirectory, readGitFile } from "./git-directory.ts";

export function readGitState(cwd: string): GitState | undefined {
	const directory = findGitDirectory(cwd);
	const head = directory === undefined ? undefined : readGitFile(join(directory, "HEAD"))?.trim();
	if (directory === undefined || head === undefined) return undefined;
	const common = commonDirectory(directory);
	const reference = /^ref: (?<name>\S+)$/u.exec(head)?.groups?.name;
	const commit = reference === undefined ? head : resolveReference(common, directory, reference);
	const remote = readRemote(readGitFile(join(common, "config")));
	return {
		...(remote === undefined ? {} : { remote }),
		...(reference === undefined ? {} : { branch: reference.replace(/^refs\/heads\//u, "") }),
		...(commit === undefined ? {} : { commit }),
	};
}

function resolveReference(common: string, directory: string, reference: string): string | undefined {
	const loose = readGitFile(join(directory, reference)) ?? readGitFile(join(common, reference));
	if (loose !== undefined) return loose.trim();
	const packed = readGitFile(join(common, "packed-refs"))
		?.split("\n")
		.find((line) => line.endsWith(` ${reference}`));
	return packed?.split(" ")[0];
}

function readRemote(config: string | undefined): string | undefined {
	return /^\[remote "origin"\]$[^[]*?^\s*url = (?<url>.+)$/mu.exec(config ?? "")?.groups?.url?.trim();
}
