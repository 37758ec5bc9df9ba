/** Stores of two machines and a remote between them; real git, no network. */
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GitPlace } from "../../src/backup/git/run-git.ts";
import { type BackupSettings, type BackupTarget, readTarget } from "../../src/backup/remote.ts";
import { restoreBackup } from "../../src/backup/restore.ts";
import { type BackupOptions, type BackupTools, runBackup } from "../../src/backup/run-backup.ts";
import { writeWith } from "../../src/cli/backup/open-backup.ts";
import { importV1 } from "../../src/store/import-v1.ts";
import { markMasked } from "../support/mark-masked.ts";
import { removeFolder } from "../support/remove-folder.ts";
import { type TemporaryStore, temporaryStore } from "../support/stored-session.ts";

export const GIT_ENV = {
	PATH: process.env.PATH ?? "",
	HOME: "/nonexistent",
	GIT_CONFIG_GLOBAL: "/dev/null",
	GIT_CONFIG_SYSTEM: "/dev/null",
};

export interface Machine extends Disposable {
	readonly scene: TemporaryStore;
	readonly target: BackupTarget;
	readonly place: GitPlace;
	backup(options?: BackupOptions, changes?: Partial<BackupTools>): ReturnType<typeof runBackup>;
	restore(): ReturnType<typeof restoreBackup>;
}

export interface Folder extends Disposable {
	readonly path: string;
}

export function temporaryFolder(): Folder {
	const path = mkdtempSync(join(tmpdir(), "ctrace-backup-"));
	return { path, [Symbol.dispose]: () => removeFolder(path) };
}

export function git(directory: string, ...args: string[]): string {
	return execFileSync("git", ["-C", directory, ...args], {
		env: GIT_ENV,
		encoding: "utf8",
		stdio: ["ignore", "pipe", "ignore"],
	});
}

/** An empty bare repository. */
export function bareRemote(folder: Folder, name = "remote.git"): string {
	const path = join(folder.path, name);
	execFileSync("git", ["init", "--quiet", "--bare", path], { env: GIT_ENV });
	git(path, "config", "uploadpack.allowFilter", "true");
	return path;
}

export function machine(
	remote: string,
	name = "a",
	{
		settings = {},
		env = {},
	}: { readonly settings?: Partial<BackupSettings>; readonly env?: Record<string, string> } = {},
): Machine {
	const scene = temporaryStore();
	const target = readTarget(
		{
			githubRepo: undefined,
			githubToken: undefined,
			remote,
			branch: "main",
			author: "Ada <ada@example.org>",
			...settings,
		},
		name,
	);
	if (target === undefined) throw new TypeError("there is a remote");
	const { token } = target;
	const place: GitPlace = {
		directory: join(scene.directory, "clone"),
		env: { ...GIT_ENV, ...env },
		signal: new AbortController().signal,
		...(token === undefined ? {} : { token }),
	};
	const common = { store: scene.store, target, place };
	return {
		scene,
		target,
		place,
		backup: (options, changes) =>
			runBackup(
				{
					...common,
					write: writeWith("/home/ada"),
					findSecrets: () => [],
					now: () => Date.UTC(2026, 0, 5),
					pause: () => Promise.resolve(),
					onProgress: () => {},
					...changes,
				},
				options,
			),
		restore: () =>
			restoreBackup({
				...common,
				read: importV1,
				now: () => Date.UTC(2026, 0, 5),
				mask: ({ session, turns }) => ({
					session: markMasked(session),
					turns: turns.map((turn) => markMasked(turn)),
					isChanged: false,
				}),
				onProgress: () => {},
			}),
		[Symbol.dispose]: () => scene[Symbol.dispose](),
	};
}

/** Every session as its export says, by id. */
export function exported({ scene: { store } }: Machine): Map<string, string> {
	const write = writeWith("/home/ada");
	return new Map(
		store.listSessions().map(({ session }) => [session.id, write(store.readSession(session.id)).json]),
	);
}
