/** All commands, in the order the help lists them. */
import type { Command } from "../command.ts";
import { backupCommand } from "./backup.ts";
import { backupRewriteCommand } from "./backup-rewrite.ts";
import { blameCommand } from "./blame.ts";
import { createCompletionCommand } from "./completion.ts";
import { daemonReloadCommand, daemonRunCommand } from "./daemon.ts";
import { demoCommand } from "./demo.ts";
import { doctorCommand } from "./doctor.ts";
import { exportCommand } from "./export.ts";
import { importCommand } from "./import.ts";
import { insightsCommand } from "./insights.ts";
import { installCommand } from "./install.ts";
import { loginCommand, logoutCommand, whoamiCommand } from "./login.ts";
import { logsCommand } from "./logs.ts";
import { maskCommand } from "./mask.ts";
import { pauseCommand, resumeRecordingCommand } from "./pause.ts";
import { privacyPatternsCommand, privacyTestCommand } from "./privacy.ts";
import { privacyAuditCommand } from "./privacy-audit.ts";
import { privacyReportCommand } from "./privacy-report.ts";
import { replayCommand } from "./replay.ts";
import { reportCommand } from "./report.ts";
import { restoreCommand } from "./restore.ts";
import { resumeCommand } from "./resume.ts";
import { searchCommand } from "./search.ts";
import { serviceInstallCommand, serviceStatusCommand, serviceUninstallCommand } from "./service.ts";
import { sessionsDeleteCommand } from "./sessions-delete.ts";
import { sessionsListCommand } from "./sessions-list.ts";
import { sessionsShowCommand } from "./sessions-show.ts";
import { shellInitCommand } from "./shell-init.ts";
import { startCommand } from "./start.ts";
import { statsCommand } from "./stats.ts";
import { statusCommand } from "./status.ts";
import { restartCommand, stopCommand } from "./stop.ts";
import { supabaseCheckCommand, supabaseSchemaCommand } from "./supabase.ts";
import { syncCommand, syncStatusCommand } from "./sync.ts";
import {
	teamCreateCommand,
	teamInviteCommand,
	teamJoinCommand,
	teamLeaveCommand,
	teamMembersCommand,
} from "./team.ts";
import { teamShareCommand } from "./team-share.ts";
import { uninstallCommand } from "./uninstall.ts";
import { usageCommand } from "./usage.ts";
import { watchCommand } from "./watch.ts";
import { webCommand } from "./web.ts";

export const COMMANDS: readonly Command[] = [
	sessionsListCommand,
	sessionsShowCommand,
	sessionsDeleteCommand,
	searchCommand,
	replayCommand,
	exportCommand,
	webCommand,
	importCommand,
	usageCommand,
	statsCommand,
	insightsCommand,
	reportCommand,
	// Before `backup`, whose words it begins with.
	backupRewriteCommand,
	backupCommand,
	restoreCommand,
	blameCommand,
	resumeCommand,
	doctorCommand,
	pauseCommand,
	resumeRecordingCommand,
	maskCommand,
	privacyTestCommand,
	privacyPatternsCommand,
	privacyReportCommand,
	privacyAuditCommand,
	loginCommand,
	logoutCommand,
	whoamiCommand,
	// Before `sync`, whose words it begins with.
	syncStatusCommand,
	syncCommand,
	watchCommand,
	teamCreateCommand,
	teamInviteCommand,
	teamJoinCommand,
	teamLeaveCommand,
	teamMembersCommand,
	teamShareCommand,
	supabaseSchemaCommand,
	supabaseCheckCommand,
	demoCommand,
	startCommand,
	stopCommand,
	restartCommand,
	statusCommand,
	logsCommand,
	daemonReloadCommand,
	daemonRunCommand,
	serviceStatusCommand,
	serviceInstallCommand,
	serviceUninstallCommand,
	installCommand,
	uninstallCommand,
	shellInitCommand,
	createCompletionCommand(() => COMMANDS),
];
