/** Puts one commit with what is there now in the place of the whole history: what was deleted is gone from it as well. */
import { Repository } from "./git/repository.ts";
import type { GitPlace } from "./git/run-git.ts";
import type { BackupTarget } from "./remote.ts";

/** Gives how many sessions there are. Throws `GitFailure`: `behind` when another machine has sent something meanwhile. */
export async function rewriteHistory(
	target: BackupTarget,
	place: GitPlace,
	now: () => number,
): Promise<number> {
	const repository = await Repository.open(place, target, now());
	const seen = await repository.fetch();
	if (seen === undefined) return 0;
	const entries = await repository.readEntries(seen);
	const commit = await repository.commitTree(seen, {
		message: "Begin anew: what was deleted is gone from the history\n",
		author: target.author,
		at: now(),
	});
	await repository.replaceHistory(commit, seen);
	return entries.length;
}
