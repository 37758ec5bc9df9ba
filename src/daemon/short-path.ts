/**
 * A unix socket's address holds about a hundred bytes, and a home directory may be longer. Seen from inside its own
 * folder every socket has a short name: so the step there and back is made around the one call that needs it.
 */

export interface WorkingDirectory {
	readonly cwd: () => string;
	readonly chdir: (path: string) => void;
}

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, an ending zero included. */
const LONGEST_ADDRESS_BYTES = 103;

/** Runs `use` with a path that leads to `name` in `folder` and fits into an address. `use` must not wait for anything. */
export function withShortPath<T>(
	place: { readonly folder: string; readonly name: string },
	directory: WorkingDirectory,
	use: (path: string) => T,
): T {
	const whole = `${place.folder}/${place.name}`;
	if (Buffer.byteLength(whole) <= LONGEST_ADDRESS_BYTES) return use(whole);
	const back = currentDirectory(directory);
	directory.chdir(place.folder);
	try {
		return use(place.name);
	} finally {
		directory.chdir(back);
	}
}

/** A directory that was removed under us has no name to come back to. */
function currentDirectory(directory: WorkingDirectory): string {
	try {
		return directory.cwd();
	} catch {
		return "/";
	}
}
