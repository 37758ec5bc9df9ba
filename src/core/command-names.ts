/** First words that belong to ctrace itself; any other first word is a command to wrap. `ctrace -- WORD` wraps regardless. */
export const COMMAND_NAMES: readonly string[] = [
	"sessions",
	"search",
	"export",
	"mask",
	"privacy",
	"demo",
	"completion",
	"help",
];
