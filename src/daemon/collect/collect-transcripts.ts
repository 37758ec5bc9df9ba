/** Brings in what Claude Code wrote down since the last time. How it is read, masked and stored is the import's. */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { peek } from "../../transcripts/files/peek.ts";
import type { Work, WorkContext } from "../component.ts";
import type { Collection } from "./plan-collection.ts";
import { planNow } from "./plan-now.ts";
import type { SeenFile } from "./project-files.ts";

/** One process's work: it remembers what it has read, for not all of it leaves something in the store. */
export function createCollecting(): Work {
	const read = new Map<string, string>();
	const isRead = (file: SeenFile) => read.get(file.path) === stateOf(file);
	return async (context) => {
		const plan = planNow(context.config, { isRead, home: homedir(), env: process.env });
		const counts = await bringInAll(byPatterns(plan.collections), context, (files) => {
			for (const file of files) read.set(file.path, stateOf(file));
		});
		if (counts.failed > 0) context.log("warn", "files-not-read", { failed: counts.failed });
		const left = plan.collections.flatMap(({ files }) => files).filter((file) => !isRead(file));
		return { counts, queue: plan.held + left.length };
	};
}

/** Throws the first failure, after the others had their turn: one project's own patterns may be broken. */
async function bringInAll(
	groups: readonly Group[],
	{ config, signal }: WorkContext,
	onRead: (files: readonly SeenFile[]) => void,
): Promise<Record<"imported" | "turns" | "failed", number>> {
	const counts = { imported: 0, turns: 0, failed: 0 };
	const failures: unknown[] = [];
	for (const { projectDir, paths, files } of groups) {
		if (signal.aborted) break;
		try {
			// The stages are many: they are loaded when there is something to bring in.
			const { bringIn } = await import("./bring-in.ts");
			const now = await bringIn({ config, projectDir, paths, isCancelled: () => signal.aborted });
			for (const name of ["imported", "turns", "failed"] as const) counts[name] += now[name];
			if (!now.isCancelled) onRead(files);
		} catch (error) {
			failures.push(error);
		}
	}
	if (failures.length > 0) throw failures[0];
	return counts;
}

function stateOf({ bytes, modifiedAt }: SeenFile): string {
	return `${bytes} ${modifiedAt}`;
}

interface Group {
	/** Where its own patterns are looked for. */
	readonly projectDir: string;
	readonly paths: readonly string[];
	readonly files: readonly SeenFile[];
}

/** A project's own patterns count for its sessions; all projects without any are brought in together. */
function byPatterns(collections: readonly Collection[]): Group[] {
	const groups = new Map<string, Collection[]>();
	for (const collection of collections) {
		const cwd = cwdOf(collection.files[0]);
		const projectDir = cwd !== undefined && hasOwnPatterns(cwd) ? cwd : "/";
		groups.set(projectDir, [...(groups.get(projectDir) ?? []), collection]);
	}
	return Array.from(groups, ([projectDir, group]) => ({
		projectDir,
		paths: group.flatMap((one) => one.paths),
		files: group.flatMap((one) => one.files),
	}));
}

function cwdOf({ path }: SeenFile): string | undefined {
	try {
		return peek(path)?.cwd;
	} catch {
		return undefined; // the import says why it cannot be read
	}
}

function hasOwnPatterns(directory: string): boolean {
	if (existsSync(join(directory, ".ctrace.yml"))) return true;
	const above = dirname(directory);
	return above !== directory && hasOwnPatterns(above);
}
