/** First words that belong to ctrace itself; any other first word is a command to wrap. `ctrace -- WORD` wraps regardless. */
export const COMMAND_NAMES: readonly string[] = [
	"sessions",
	"search",
	"export",
	"import",
	"doctor",
	"mask",
	"privacy",
	"login",
	"logout",
	"whoami",
	"sync",
	"watch",
	"team",
	"supabase",
	"demo",
	"start",
	"stop",
	"restart",
	"status",
	"logs",
	"daemon",
	"service",
	"install",
	"uninstall",
	"shell-init",
	"completion",
	"help",
];

/** For those who work on ctrace itself: not in the help, never offered as a guess. */
export const HIDDEN_COMMAND_NAMES: readonly string[] = ["dev"];
