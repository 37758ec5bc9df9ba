/**
 * All commands, in the order the help lists them. The words that call one are known at once; the rest of it, and what it
 * needs, is read when it is asked for: nobody waits for the other forty.
 */
import type { Command, CommandEntry } from "../command.ts";

export const COMMANDS: readonly CommandEntry[] = [
	{
		path: ["sessions", "list"],
		isLook: true,
		load: async () => (await import("./sessions-list.ts")).sessionsListCommand,
	},
	{
		path: ["sessions", "show"],
		isLook: true,
		load: async () => (await import("./sessions-show.ts")).sessionsShowCommand,
	},
	{
		path: ["sessions", "delete"],
		load: async () => (await import("./sessions-delete.ts")).sessionsDeleteCommand,
	},
	{ path: ["search"], isLook: true, load: async () => (await import("./search.ts")).searchCommand },
	{ path: ["replay"], load: async () => (await import("./replay.ts")).replayCommand },
	{ path: ["export"], load: async () => (await import("./export.ts")).exportCommand },
	{ path: ["web"], load: async () => (await import("./web.ts")).webCommand },
	{ path: ["import"], load: async () => (await import("./import.ts")).importCommand },
	{ path: ["usage"], load: async () => (await import("./usage.ts")).usageCommand },
	{ path: ["stats"], load: async () => (await import("./stats.ts")).statsCommand },
	{ path: ["insights"], load: async () => (await import("./insights.ts")).insightsCommand },
	{ path: ["report"], load: async () => (await import("./report.ts")).reportCommand },
	// Before `backup`, whose words it begins with.
	{
		path: ["backup", "rewrite"],
		load: async () => (await import("./backup-rewrite.ts")).backupRewriteCommand,
	},
	{ path: ["backup"], load: async () => (await import("./backup.ts")).backupCommand },
	{ path: ["restore"], load: async () => (await import("./restore.ts")).restoreCommand },
	{ path: ["blame"], load: async () => (await import("./blame.ts")).blameCommand },
	{ path: ["resume"], load: async () => (await import("./resume.ts")).resumeCommand },
	{ path: ["pin"], load: async () => (await import("./pin.ts")).pinCommand },
	{ path: ["unpin"], load: async () => (await import("./pin.ts")).unpinCommand },
	{ path: ["tag"], load: async () => (await import("./tag.ts")).tagCommand },
	{ path: ["note"], load: async () => (await import("./note.ts")).noteCommand },
	{ path: ["purge"], load: async () => (await import("./purge.ts")).purgeCommand },
	{ path: ["vacuum"], load: async () => (await import("./vacuum.ts")).vacuumCommand },
	{ path: ["encrypt"], load: async () => (await import("./encrypt.ts")).encryptCommand },
	{ path: ["decrypt"], load: async () => (await import("./encrypt.ts")).decryptCommand },
	{ path: ["init"], load: async () => (await import("./init.ts")).initCommand },
	{ path: ["doctor"], load: async () => (await import("./doctor.ts")).doctorCommand },
	{ path: ["config", "list"], load: async () => (await import("./config.ts")).configListCommand },
	{ path: ["config", "get"], load: async () => (await import("./config.ts")).configGetCommand },
	{ path: ["config", "set"], load: async () => (await import("./config.ts")).configSetCommand },
	{ path: ["config", "unset"], load: async () => (await import("./config.ts")).configUnsetCommand },
	{ path: ["config", "path"], load: async () => (await import("./config.ts")).configPathCommand },
	{ path: ["pause"], load: async () => (await import("./pause.ts")).pauseCommand },
	{ path: ["resume-recording"], load: async () => (await import("./pause.ts")).resumeRecordingCommand },
	{ path: ["mask"], load: async () => (await import("./mask.ts")).maskCommand },
	{ path: ["privacy", "test"], load: async () => (await import("./privacy.ts")).privacyTestCommand },
	{ path: ["privacy", "patterns"], load: async () => (await import("./privacy.ts")).privacyPatternsCommand },
	{
		path: ["privacy", "report"],
		load: async () => (await import("./privacy-report.ts")).privacyReportCommand,
	},
	{ path: ["privacy", "audit"], load: async () => (await import("./privacy-audit.ts")).privacyAuditCommand },
	{ path: ["login"], load: async () => (await import("./login.ts")).loginCommand },
	{ path: ["logout"], load: async () => (await import("./login.ts")).logoutCommand },
	{ path: ["whoami"], load: async () => (await import("./login.ts")).whoamiCommand },
	// Before `sync`, whose words it begins with.
	{ path: ["sync", "status"], load: async () => (await import("./sync.ts")).syncStatusCommand },
	{ path: ["sync"], load: async () => (await import("./sync.ts")).syncCommand },
	{ path: ["watch"], load: async () => (await import("./watch.ts")).watchCommand },
	{ path: ["team", "create"], load: async () => (await import("./team.ts")).teamCreateCommand },
	{ path: ["team", "invite"], load: async () => (await import("./team.ts")).teamInviteCommand },
	{ path: ["team", "join"], load: async () => (await import("./team.ts")).teamJoinCommand },
	{ path: ["team", "leave"], load: async () => (await import("./team.ts")).teamLeaveCommand },
	{ path: ["team", "members"], load: async () => (await import("./team.ts")).teamMembersCommand },
	{ path: ["team", "share"], load: async () => (await import("./team-share.ts")).teamShareCommand },
	{ path: ["supabase", "schema"], load: async () => (await import("./supabase.ts")).supabaseSchemaCommand },
	{ path: ["supabase", "check"], load: async () => (await import("./supabase.ts")).supabaseCheckCommand },
	{ path: ["demo"], load: async () => (await import("./demo.ts")).demoCommand },
	{ path: ["start"], load: async () => (await import("./start.ts")).startCommand },
	{ path: ["stop"], load: async () => (await import("./stop.ts")).stopCommand },
	{ path: ["restart"], load: async () => (await import("./stop.ts")).restartCommand },
	{ path: ["status"], isLook: true, load: async () => (await import("./status.ts")).statusCommand },
	{ path: ["logs"], load: async () => (await import("./logs.ts")).logsCommand },
	{ path: ["daemon", "reload"], load: async () => (await import("./daemon.ts")).daemonReloadCommand },
	{ path: ["daemon", "run"], load: async () => (await import("./daemon.ts")).daemonRunCommand },
	{ path: ["service", "status"], load: async () => (await import("./service.ts")).serviceStatusCommand },
	{ path: ["service", "install"], load: async () => (await import("./service.ts")).serviceInstallCommand },
	{
		path: ["service", "uninstall"],
		load: async () => (await import("./service.ts")).serviceUninstallCommand,
	},
	{ path: ["install"], load: async () => (await import("./install.ts")).installCommand },
	{ path: ["uninstall"], load: async () => (await import("./uninstall.ts")).uninstallCommand },
	{ path: ["git", "install"], load: async () => (await import("./git.ts")).gitInstallCommand },
	{ path: ["git", "uninstall"], load: async () => (await import("./git.ts")).gitUninstallCommand },
	{ path: ["shell-init"], load: async () => (await import("./shell-init.ts")).shellInitCommand },
	{
		path: ["completion"],
		isLook: true,
		load: async () => (await import("./completion.ts")).createCompletionCommand(() => loadAll(COMMANDS)),
	},
];

/** For the help, and for completion. */
export function loadAll(entries: readonly CommandEntry[]): Promise<readonly Command[]> {
	return Promise.all(entries.map((entry) => entry.load()));
}
