/** What git's own words mean for the person. Pure. */
import { GitFailure, type GitFailureKind } from "./git-failure.ts";

interface Meaning {
	readonly words: RegExp;
	readonly kind: GitFailureKind;
	readonly message: string;
	readonly hint?: string;
}

const TOKEN_HINT =
	"Set GITHUB_TOKEN in the .env of ctrace's configuration directory; it needs read and write access to the repository's contents.";

const MEANINGS: readonly Meaning[] = [
	{
		words: /remote: .*(?:No space left|quota|disk full|over its data)|unpacker error/iu,
		kind: "remote-full",
		message: "the other side has no room",
		hint: "Make room there, or choose another place for the backup.",
	},
	{
		words:
			/No space left on device|Disk quota exceeded|unable to (?:write|create temporary) file|write error/iu,
		kind: "disk-full",
		message: "the disk is full",
		hint: "Make room; the next run goes on where this one was.",
	},
	{
		words: /protected branch|GH006|pre-receive hook declined|hook declined/iu,
		kind: "protected",
		message: "the other side refuses changes of this branch",
		hint: "Allow this key to push to it, or choose another branch: BACKUP_BRANCH.",
	},
	{
		// Of the working copy: what the other side says begins with `remote:`.
		words: /^(?:error|fatal): .*\.lock': File exists/mu,
		kind: "busy",
		message: "another backup is at work, or one was killed a moment ago",
		hint: "It is tried again with the next run.",
	},
	{
		words:
			/non-fast-forward|fetch first|stale info|cannot lock ref|failed to update ref|incorrect old value/iu,
		kind: "behind",
		message: "another machine was faster",
	},
	{
		words: /exceeds .*(?:file size|size limit)|GH001|File .* is .* MB/iu,
		kind: "too-large",
		message: "a file is too large for the other side",
	},
	{
		words:
			/Authentication failed|could not read (?:Username|Password)|invalid credentials|returned error: 40[13]|HTTP 40[13]|Permission denied \(publickey|Permission to .* denied|access denied/iu,
		kind: "denied",
		message: "the other side refuses the key",
		hint: TOKEN_HINT,
	},
	{
		words:
			/Repository not found|does not appear to be a git repository|returned error: 404|HTTP 404|not found/iu,
		kind: "missing",
		message: "there is no such repository",
		hint: "Make an empty private one, and look at GITHUB_REPO or CTRACE_BACKUP_REMOTE.",
	},
	{
		words:
			/Could not resolve host|Connection refused|Failed to connect|timed out|Network is unreachable|Connection reset|unable to access|the remote end hung up|early EOF|returned error: 5\d\d|Could not read from remote/iu,
		kind: "offline",
		message: "the other side cannot be reached",
		hint: "It is tried again with the next run.",
	},
];

export function explainGit(words: string, command: string): GitFailure {
	const meaning = MEANINGS.find((each) => each.words.test(words));
	if (meaning !== undefined) return new GitFailure(meaning.kind, meaning.message, meaning.hint);
	return new GitFailure("other", `git ${command} failed: ${withoutAddresses(lastLine(words))}`, undefined);
}

function lastLine(words: string): string {
	const lines = words.split("\n").filter((line) => /^(?:fatal|error|remote):/u.test(line));
	return (lines.at(-1) ?? words.trim().split("\n").at(-1) ?? "").slice(0, 300);
}

/** What stands before `@` in an address may be a password. */
function withoutAddresses(line: string): string {
	return line.replace(/\b[a-z+]+:\/\/\S+/giu, "the address");
}
