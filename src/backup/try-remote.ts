/** Whether a backup's repository can be reached with what is set, before anything is written there. */
import { type HostAccess, refusePublic } from "./ask-host.ts";
import { runGit } from "./git/run-git.ts";
import type { BackupTarget } from "./remote.ts";

export interface RemoteTools {
	/** A directory that is there. */
	readonly directory: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly host: HostAccess;
}

/** Throws what a backup would: `remote`, `offline`, `permission` when everybody can read it. */
export async function tryRemote(target: BackupTarget, { directory, env, host }: RemoteTools): Promise<void> {
	const place = {
		directory,
		env,
		signal: host.signal,
		...(target.token === undefined ? {} : { token: target.token }),
	};
	await runGit(place, ["ls-remote", "--quiet", "--", target.url]);
	await refusePublic(target, host);
}
