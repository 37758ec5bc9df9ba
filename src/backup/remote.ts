/** Where the backup goes: what the settings say, made into an address without a secret in it. Pure. */
import { createHash } from "node:crypto";
import { CtraceError } from "../core/errors.ts";

export interface BackupSettings {
	/** `org/repo` on GitHub. */
	readonly githubRepo: string | undefined;
	readonly githubToken: string | undefined;
	/** Any address that git knows. */
	readonly remote: string | undefined;
	readonly branch: string;
	readonly author: string;
}

export interface BackupTarget {
	readonly url: string;
	readonly branch: string;
	readonly author: string;
	/** Tells this target from others in the store. */
	readonly key: string;
	/** A name for this machine that says nothing of its person. */
	readonly machine: string;
	/** Only sent to the host it belongs to. */
	readonly token?: string;
	/** `org/repo` where the host is GitHub, so that it can be asked whether everybody can read it. */
	readonly github?: string;
}

const GITHUB = "https://github.com/";
const REPOSITORY = /^[\w.-]+\/[\w.-]+$/u;

/** Undefined when no backup is set. Throws `config`. */
export function readTarget(settings: BackupSettings, machine: string): BackupTarget | undefined {
	const { githubRepo, githubToken, remote, branch, author } = settings;
	if (githubRepo === undefined && remote === undefined) return undefined;
	if (githubRepo !== undefined && !REPOSITORY.test(githubRepo))
		throw new CtraceError("config", `GITHUB_REPO must be org/repo, not ${JSON.stringify(githubRepo)}`);
	if (!/^[^<>\n]+ <[^<>\n]*>$/u.test(author))
		throw new CtraceError("config", `BACKUP_AUTHOR must be "Name <address>", not ${JSON.stringify(author)}`);
	const url = remote === undefined ? `${GITHUB}${githubRepo ?? ""}.git` : checkAddress(remote);
	const github = githubOf(url);
	const isHttp = /^https?:/iu.test(url);
	return {
		url,
		branch,
		author,
		machine,
		key: createHash("sha256").update(`${url}\n${branch}`).digest("hex").slice(0, 16),
		...(githubToken !== undefined && isHttp ? { token: githubToken } : {}),
		...(github === undefined ? {} : { github }),
	};
}

/** A name and a password in an address would end up in git's own files. */
function checkAddress(text: string): string {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url === undefined || url.protocol === "file:") return text;
	if (url.password !== "" || (url.username !== "" && url.protocol.startsWith("http")))
		throw new CtraceError("config", "CTRACE_BACKUP_REMOTE holds a name or a password", {
			hint: "Leave it out of the address and set GITHUB_TOKEN instead.",
		});
	if (url.protocol === "http:" && !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u.test(url.hostname))
		throw new CtraceError("config", "CTRACE_BACKUP_REMOTE must be an https address: http is not encrypted");
	return text;
}

function githubOf(url: string): string | undefined {
	return /^(?:https:\/\/github\.com\/|(?:ssh:\/\/)?git@github\.com[:/])([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/iu.exec(
		url,
	)?.[1];
}
