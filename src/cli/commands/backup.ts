import type { BackupProgress, BackupResult } from "../../backup/run-backup.ts";
import type { Command } from "../command.ts";
import { type CliContext, printJson } from "../context.ts";
import { formatBytes } from "../text/bytes.ts";

export const backupCommand: Command = {
	path: ["backup"],
	section: "Sync",
	operands: "",
	summary: "Save what changed into a Git repository",
	examples: [
		["ctrace backup", "to GITHUB_REPO or CTRACE_BACKUP_REMOTE"],
		["ctrace backup --dry-run", "how much would be sent"],
		["ctrace backup --full", "look at every session again"],
		["ctrace backup rewrite", "what was deleted goes from the history too"],
	],
	options: [
		{ name: "full", summary: "Look at every session, whatever earlier backups had" },
		{ name: "dry-run", summary: "Count what would be sent, and send nothing" },
		{ name: "allow-public", summary: "Even if everybody can read the repository" },
		{ name: "json", summary: "Print the outcome as JSON" },
	],
	run: async (context, args) => {
		args.atMost(0);
		const kit = await context.loadBackup();
		using store = context.openStore();
		const isDryRun = args.has("dry-run");
		const result = await kit.run(store, {
			isFull: args.has("full"),
			isDryRun,
			mayBePublic: args.has("allow-public"),
			onProgress: (progress) => showProgress(context, progress),
		});
		if (context.stderr.isTerminal) context.stderr.write("\r\x1b[K");
		if (args.has("json")) printJson(context, result);
		else context.stdout.write(`${isDryRun ? planText(result) : resultText(result)}\n`);
		return 0;
	},
};

function showProgress(context: CliContext, { step, done, total }: BackupProgress): void {
	if (context.stderr.isTerminal) context.stderr.write(`\r\x1b[K${step}: ${done} of ${total} sessions`);
}

function planText({ saved, deleted }: BackupResult): string {
	return `${sessions(saved)} would be saved, ${sessions(deleted)} removed. Nothing was sent.`;
}

function resultText(result: BackupResult): string {
	const { saved, deleted, commits, bytes, grownBytes, repositoryBytes } = result;
	if (commits === 0) return "Nothing has changed since the last backup.";
	const removed = deleted === 0 ? "" : `, ${sessions(deleted)} removed`;
	return `${sessions(saved)} saved${removed}: ${formatBytes(bytes)} in ${commits} commit${commits === 1 ? "" : "s"}, compressed ${formatBytes(grownBytes)}; the working copy takes up ${formatBytes(repositoryBytes)} here.`;
}

function sessions(count: number): string {
	return `${count} session${count === 1 ? "" : "s"}`;
}
