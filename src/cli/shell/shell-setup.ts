/** ctrace in a shell's files: put in, looked at, taken out. */
import { rmSync } from "node:fs";
import { SHELLS, type Shell } from "../completion-scripts.ts";
import { backUp, backupPath, dropBackup, readTextFile, replaceTextFile } from "./edit-file.ts";
import { type Launch, renderInitScript } from "./init-scripts.ts";
import { addBlock, hasBlock, removeBlock } from "./rc-block.ts";
import { type ShellFacts, type ShellFiles, shellFiles } from "./shell-files.ts";

/** A file as it is and as it is to be. */
export interface Edit {
	readonly path: string;
	readonly before: string | undefined;
	readonly after: string;
	/** The file is the person's: a copy of it is kept. */
	readonly isTheirs: boolean;
	/** The lines that come in, for showing. */
	readonly added: string;
}

/** Empty: all of it is there already. */
export function planInstall(shell: Shell, facts: ShellFacts, launch: Launch): Edit[] {
	const { script, rc } = shellFiles(shell, facts);
	const text = renderInitScript(shell, launch);
	const edits: Edit[] = [
		{
			path: script,
			before: readTextFile(script),
			after: text,
			isTheirs: false,
			added: "(the function and the completion)",
		},
	];
	if (rc !== undefined) {
		const before = readTextFile(rc.path);
		edits.push({
			path: rc.path,
			before,
			after: addBlock(before ?? "", rc.line),
			isTheirs: true,
			added: rc.line,
		});
	}
	return edits.filter(({ before, after }) => before !== after);
}

export function carryOut(edits: readonly Edit[]): void {
	for (const { path, before, after, isTheirs, added } of edits) {
		if (isTheirs && before !== undefined && !hasBlock(before)) backUp(path);
		replaceTextFile(path, after, `Add this line to it by hand: ${added}`);
	}
}

export interface Removal {
	/** Files that were changed or removed. */
	readonly changed: readonly string[];
	/** Copies that say something else than their file, and stay. */
	readonly keptBackups: readonly string[];
}

/** What any shell's files hold of ours. */
export function findInstalled(facts: ShellFacts): string[] {
	return SHELLS.flatMap((shell) => {
		const { script, rc } = shellFiles(shell, facts);
		const found = readTextFile(script) === undefined ? [] : [script];
		return rc !== undefined && hasBlock(readTextFile(rc.path) ?? "") ? [...found, rc.path] : found;
	});
}

export function removeFromShells(facts: ShellFacts): Removal {
	const all = SHELLS.map((shell) => shellFiles(shell, facts));
	const changed = all.flatMap((files) => removeOne(files));
	const keptBackups = all.flatMap(({ rc }) =>
		rc === undefined || dropBackup(rc.path) ? [] : [backupPath(rc.path)],
	);
	return { changed, keptBackups };
}

function removeOne({ script, rc }: ShellFiles): string[] {
	const changed: string[] = [];
	// The shell's own file first: it must never read a script that is not there.
	const text = rc === undefined ? undefined : readTextFile(rc.path);
	if (rc !== undefined && text !== undefined && hasBlock(text)) {
		const rest = removeBlock(text);
		// Without a copy of it there was no file before us.
		if (rest === "" && readTextFile(backupPath(rc.path)) === undefined) rmSync(rc.path);
		else replaceTextFile(rc.path, rest, "Remove the lines between the two marks of ctrace by hand.");
		changed.push(rc.path);
	}
	if (readTextFile(script) !== undefined) {
		rmSync(script);
		changed.push(script);
	}
	return changed;
}
