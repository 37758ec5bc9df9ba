/** Asks GitHub whether everybody can read a repository. */
import { CtraceError } from "../core/errors.ts";
import type { BackupTarget } from "./remote.ts";

export interface HostAccess {
	readonly fetch: typeof fetch;
	/** `https://api.github.com` */
	readonly apiUrl: string;
	readonly signal: AbortSignal;
}

/** Throws `permission` for a public repository, `offline` when the host does not say: then nothing is sent. */
export async function refusePublic({ github, token }: BackupTarget, host: HostAccess): Promise<void> {
	if (github === undefined) return;
	const isPrivate = await askPrivate(github, token, host);
	if (isPrivate) return;
	throw new CtraceError("permission", `${github} is public: everybody could read your sessions`, {
		hint: "Make it private, or say --allow-public once you have thought about it.",
	});
}

async function askPrivate(github: string, token: string | undefined, host: HostAccess): Promise<boolean> {
	let response: Response;
	try {
		response = await host.fetch(`${host.apiUrl}/repos/${github}`, {
			headers: {
				accept: "application/vnd.github+json",
				...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
			},
			signal: host.signal,
		});
	} catch (cause) {
		throw new CtraceError("offline", "GitHub cannot be asked whether the repository is private", {
			cause,
			retryable: true,
		});
	}
	// Without a key it cannot see a private one; what it cannot see is not public.
	if (response.status === 404) return true;
	const body: unknown = response.ok ? await response.json() : undefined;
	if (typeof body === "object" && body !== null && "private" in body) return body.private === true;
	throw new CtraceError(
		"remote",
		`GitHub answers with status ${response.status} when asked whether the repository is private`,
		{
			hint: response.status === 401 ? "Look at GITHUB_TOKEN." : "Try again later, or say --allow-public.",
		},
	);
}
