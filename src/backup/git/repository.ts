/** The working copy: bare, shallow and without contents that nobody asks for, in ctrace's data directory. */
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Entry, parseIndex } from "../layout/entry.ts";
import type { RepositoryFile } from "../layout/files.ts";
import { commitStream } from "./fast-import.ts";
import { GitFailure } from "./git-failure.ts";
import { type GitPlace, runGit } from "./run-git.ts";

/** Where a commit is made before it is sent. */
const MADE = "refs/ctrace/made";
/** What the other side had when it was last looked at. */
const SEEN = "refs/ctrace/seen";

export interface Remote {
	/** Without name and password. */
	readonly url: string;
	readonly branch: string;
}

export interface NewCommit {
	readonly message: string;
	readonly author: string;
	/** Milliseconds since the Unix epoch. */
	readonly at: number;
	readonly write: readonly RepositoryFile[];
	readonly remove: readonly string[];
	/** Absent: it stands on nothing. */
	readonly parent?: string;
}

export class Repository {
	readonly #place: GitPlace;
	readonly #remote: Remote;

	private constructor(place: GitPlace, remote: Remote) {
		this.#place = place;
		this.#remote = remote;
	}

	/**
	 * Opens it, made anew when there is none, when it is broken or blocked, or when it belongs to another remote. `now`:
	 * milliseconds since the Unix epoch.
	 */
	static async open(place: GitPlace, remote: Remote, now: number): Promise<Repository> {
		const repository = new Repository(place, remote);
		if (isBlocked(place.directory, now) || !(await repository.#isSound())) {
			rmSync(place.directory, { recursive: true, force: true });
			mkdirSync(place.directory, { recursive: true, mode: 0o700 });
			await runGit(place, ["init", "--quiet", "--bare"]);
			await runGit(place, ["config", "remote.origin.url", remote.url]);
		}
		return repository;
	}

	async #isSound(): Promise<boolean> {
		if (!existsSync(join(this.#place.directory, "HEAD"))) return false;
		try {
			const url = await runGit(this.#place, ["config", "--local", "remote.origin.url"]);
			await runGit(this.#place, ["rev-parse", "--git-dir"]);
			return url.toString().trim() === this.#remote.url;
		} catch (error) {
			if (error instanceof GitFailure && error.kind !== "no-git") return false;
			throw error;
		}
	}

	/** The newest commit of the other side; undefined when it is empty. Contents stay there until they are asked for. */
	async fetch(): Promise<string | undefined> {
		const { branch } = this.#remote;
		const listed = (await this.#git("ls-remote", "origin", `refs/heads/${branch}`)).toString().trim();
		const [commit] = listed.split(/\s/u);
		if (commit === undefined || commit === "") return undefined;
		if ((await this.#seen()) !== commit)
			await this.#git(
				"fetch",
				"--quiet",
				"--no-tags",
				"--depth=1",
				"--filter=blob:none",
				"origin",
				`+refs/heads/${branch}:${SEEN}`,
			);
		return commit;
	}

	async #seen(): Promise<string> {
		return (await this.#git("for-each-ref", "--format=%(objectname)", SEEN)).toString().trim();
	}

	/** The sessions that the indexes of a commit list. */
	async readEntries(commit: string): Promise<Entry[]> {
		await this.#bring(commit, ["index"]);
		const listed = (await this.#git("ls-tree", "--name-only", commit, "index/")).toString().split("\n");
		const texts = await this.read(
			commit,
			listed.filter((name) => name.endsWith(".json")),
		);
		return texts.flatMap((bytes) => (bytes === undefined ? [] : (parseIndex(bytes.toString("utf8")) ?? [])));
	}

	/** All contents below these folders that are not here yet, with one request. */
	async bringAll(commit: string): Promise<void> {
		await this.#bring(commit, []);
	}

	/** Contents of files of a commit; undefined where there is none. */
	async read(commit: string, paths: readonly string[]): Promise<(Buffer | undefined)[]> {
		if (paths.length === 0) return [];
		const asked = Buffer.from(paths.map((path) => `${commit}:${path}\n`).join(""));
		return parseBatch(await runGit(this.#place, ["cat-file", "--batch"], [asked]), paths.length);
	}

	async #bring(commit: string, folders: readonly string[]): Promise<void> {
		const listed = (
			await this.#git(
				"rev-list",
				"--objects",
				"--missing=print",
				"--no-walk",
				commit,
				...(folders.length === 0 ? [] : ["--", ...folders]),
			)
		).toString();
		const missing = listed.split("\n").filter((line) => line.startsWith("?"));
		if (missing.length === 0) return;
		const asked = Buffer.from(missing.map((line) => `${line.slice(1)}\n`).join(""));
		const quiet = ["--quiet", "--no-tags", "--no-write-fetch-head", "--filter=blob:none"];
		await runGit(
			this.#place,
			["-c", "fetch.negotiationAlgorithm=noop", "fetch", ...quiet, "--stdin", "origin"],
			[asked],
		);
	}

	/** Makes a commit here; gives its name. Nothing of it is seen by others yet. */
	async commit(commit: NewCommit): Promise<string> {
		const { parent, at, ...facts } = commit;
		const stream = commitStream({
			...facts,
			ref: MADE,
			at: at / 1000,
			...(parent === undefined ? {} : { parent }),
		});
		await this.#git("update-ref", "-d", MADE);
		await runGit(this.#place, ["fast-import", "--quiet", "--done", "--force"], stream);
		return (await this.#git("rev-parse", MADE)).toString().trim();
	}

	/** Makes a commit that holds what another one holds, and stands on nothing. */
	async commitTree(
		of: string,
		{ message, author, at }: Pick<NewCommit, "message" | "author" | "at">,
	): Promise<string> {
		const [, name = "", address = ""] = /^(.*) <(.*)>$/u.exec(author) ?? [];
		const date = `${Math.floor(at / 1000)} +0000`;
		const person = {
			GIT_AUTHOR_NAME: name,
			GIT_AUTHOR_EMAIL: address,
			GIT_COMMITTER_NAME: name,
			GIT_COMMITTER_EMAIL: address,
		};
		const env = { ...this.#place.env, ...person, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
		const made = await runGit({ ...this.#place, env }, ["commit-tree", `${of}^{tree}`, "-m", message]);
		return made.toString().trim();
	}

	/** Sends a commit. Throws `GitFailure`: `behind` when another machine was faster. */
	async push(commit: string): Promise<void> {
		await this.#git(
			"push",
			"--quiet",
			"--porcelain",
			"origin",
			`${commit}:refs/heads/${this.#remote.branch}`,
		);
		await this.#git("update-ref", SEEN, commit);
	}

	/** Puts a commit in the place of the whole history that `seen` ends. */
	async replaceHistory(commit: string, seen: string): Promise<void> {
		const { branch } = this.#remote;
		await this.#git(
			"push",
			"--quiet",
			"--porcelain",
			`--force-with-lease=refs/heads/${branch}:${seen}`,
			"origin",
			`${commit}:refs/heads/${branch}`,
		);
		await this.#git("update-ref", SEEN, commit);
	}

	/** Bytes that the working copy takes up on the disk, packed. */
	async size(): Promise<number> {
		const words = (await this.#git("count-objects", "-v")).toString();
		const kilobytes = [...words.matchAll(/^size(?:-pack)?: (\d+)$/gmu)].reduce(
			(sum, [, size]) => sum + Number(size),
			0,
		);
		return kilobytes * 1024;
	}

	/** Bytes of all that a commit holds and the one before it does not. */
	async growth(commit: string, parent: string | undefined): Promise<number> {
		const without = parent === undefined ? [] : ["--not", parent];
		return Number(await this.#git("rev-list", "--disk-usage", "--objects", commit, ...without));
	}

	/** Packs what has gathered, once it is more than so many packs; of use now and then. */
	async tidy(packs = 50): Promise<void> {
		// A bare repository gets bitmaps by itself, which need every object to be there: most are not.
		const settings = [
			"repack.writeBitmaps=false",
			"gc.auto=200",
			`gc.autoPackLimit=${packs}`,
			"gc.autoDetach=false",
		];
		await this.#git(...settings.flatMap((setting) => ["-c", setting]), "gc", "--auto", "--quiet");
	}

	#git(...args: readonly string[]): Promise<Buffer> {
		return runGit(this.#place, args);
	}
}

/** Git holds a lock for moments; one that is older was left behind by a git that was killed. */
const LOCK_MS = 10 * 60_000;
const LOCK_FOLDERS = [".", "refs/ctrace"] as const;

function isBlocked(directory: string, now: number): boolean {
	const locks = LOCK_FOLDERS.flatMap((folder) => {
		const path = join(directory, folder);
		const names = existsSync(path) ? readdirSync(path) : [];
		return names.filter((name) => name.endsWith(".lock")).map((name) => join(path, name));
	});
	return locks.some((path) => {
		const changedAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
		return changedAt !== undefined && now - changedAt > LOCK_MS;
	});
}

/** What `git cat-file --batch` prints: a line that says how long a content is, and the content. */
export function parseBatch(output: Buffer, count: number): (Buffer | undefined)[] {
	const contents: (Buffer | undefined)[] = [];
	for (let at = 0; contents.length < count && at < output.length; ) {
		const end = output.indexOf(10, at);
		const head = output.subarray(at, end).toString();
		const size = / blob (\d+)$/u.exec(head)?.[1];
		at = end + 1;
		if (size === undefined) {
			contents.push(undefined);
			continue;
		}
		contents.push(output.subarray(at, at + Number(size)));
		at += Number(size) + 1;
	}
	return contents;
}
