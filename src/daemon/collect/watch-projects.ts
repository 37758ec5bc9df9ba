/** Tells when something is written in Claude Code's project folders: one watch a folder, none a file. */
import { type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import { join } from "node:path";
import { projectsDir } from "../../transcripts/files/claude-paths.ts";
import type { Watch } from "../component.ts";

/** A turn is written in a burst of lines; its end is to be seen within five seconds. */
const GATHER_MS = 1_500;

/** Throws what the file system throws when one of the directories cannot be watched, or is not there yet. */
export function watchProjects(configDirs: readonly string[], wake: () => void): Watch {
	let timer: NodeJS.Timeout | undefined;
	const gather = () => {
		timer ??= setTimeout(() => {
			timer = undefined;
			wake();
		}, GATHER_MS);
	};
	const roots: ProjectsWatch[] = [];
	const close = () => {
		clearTimeout(timer);
		for (const root of roots) root.close();
	};
	try {
		for (const configDir of configDirs) roots.push(new ProjectsWatch(projectsDir(configDir), gather));
	} catch (error) {
		close();
		throw error;
	}
	wake(); // what was written while nobody looked
	return {
		get isOpen() {
			return roots.every((root) => root.isOpen);
		},
		[Symbol.dispose]: close,
	};
}

class ProjectsWatch {
	readonly #root: string;
	readonly #inode: number;
	readonly #onEvent: () => void;
	readonly #watcher: FSWatcher;
	readonly #folders = new Map<string, FSWatcher>();

	constructor(root: string, onEvent: () => void) {
		this.#root = root;
		this.#onEvent = onEvent;
		this.#inode = statSync(root).ino;
		this.#watcher = watch(root, { persistent: false }, () => {
			this.#watchFolders();
			onEvent();
		});
		this.#watcher.on("error", () => {}); // seen by `isOpen`
		this.#watchFolders();
	}

	get isOpen(): boolean {
		return statSync(this.#root, { throwIfNoEntry: false })?.ino === this.#inode;
	}

	close(): void {
		this.#watcher.close();
		for (const watcher of this.#folders.values()) watcher.close();
		this.#folders.clear();
	}

	/** A folder that cannot be watched (the system allows so many and no more) is left to the slow look at all of them. */
	#watchFolders(): void {
		for (const name of foldersIn(this.#root)) {
			if (this.#folders.has(name)) continue;
			try {
				const watcher = watch(join(this.#root, name), { persistent: false }, this.#onEvent);
				this.#folders.set(name, watcher);
				watcher.on("error", () => this.#forget(name));
			} catch {
				return;
			}
		}
	}

	#forget(name: string): void {
		this.#folders.get(name)?.close();
		this.#folders.delete(name);
	}
}

function foldersIn(root: string): string[] {
	try {
		return readdirSync(root, { withFileTypes: true })
			.filter((entry) => entry.isDirectory())
			.map(({ name }) => name);
	} catch {
		return []; // it has just gone
	}
}
