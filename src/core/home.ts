/** `~` for the home directory and what is below it. */
export function shortenHome(path: string, home: string): string {
	const bare = home.replace(/\/+$/, "");
	if (bare === "") return path;
	if (path === bare) return "~";
	return path.startsWith(`${bare}/`) ? `~${path.slice(bare.length)}` : path;
}
