/** Changes a file of the person's: whole or not at all, where it really lies, with its permissions and a copy beside it. */
import {
	chmodSync,
	copyFileSync,
	mkdirSync,
	readFileSync,
	realpathSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { CtraceError } from "../../core/errors.ts";

const PERMISSIONS = 0o777;
const NEW_FILE_MODE = 0o644;

/** Undefined: it is not there. */
export function readTextFile(path: string): string | undefined {
	try {
		return readFileSync(path, "utf8");
	} catch (cause) {
		if (codeOf(cause) === "ENOENT") return undefined;
		throw new CtraceError("permission", `${path} cannot be read`, { cause });
	}
}

/** Throws `permission` with `byHand` as what to do instead. */
export function replaceTextFile(path: string, text: string, byHand: string): void {
	try {
		mkdirSync(dirname(path), { recursive: true });
		const target = whereItLies(path);
		const draft = `${target}.ctrace-draft`;
		writeFileSync(draft, text, { mode: NEW_FILE_MODE });
		const mode = statSync(target, { throwIfNoEntry: false })?.mode;
		if (mode !== undefined) chmodSync(draft, mode & PERMISSIONS);
		renameSync(draft, target);
	} catch (cause) {
		throw new CtraceError("permission", `${path} cannot be changed`, { cause, hint: byHand });
	}
}

export function backupPath(path: string): string {
	return `${path}.before-ctrace`;
}

export function backUp(path: string): void {
	copyFileSync(path, backupPath(path));
}

/** Takes the copy away when it says nothing that the file itself does not say. False: it does, and stays. */
export function dropBackup(path: string): boolean {
	const copy = readTextFile(backupPath(path));
	if (copy === undefined) return true;
	if (copy !== (readTextFile(path) ?? "")) return false;
	rmSync(backupPath(path));
	return true;
}

/** Files kept elsewhere and linked into the home directory stay links. */
function whereItLies(path: string): string {
	try {
		return realpathSync(path);
	} catch (error) {
		if (codeOf(error) === "ENOENT") return path;
		throw error;
	}
}

function codeOf(error: unknown): unknown {
	return error instanceof Error && "code" in error ? error.code : undefined;
}
