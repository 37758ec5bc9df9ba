/**
 * A shell hands over `<(…)` as `/dev/fd/N`. Node closes the low numbers for every program it starts, so those that the
 * command line names are passed on by name.
 */
import { fstatSync } from "node:fs";

/** Node marks these as not to be inherited when it starts; higher ones it leaves alone. */
const LOWEST = 3;
const HIGHEST = 15;

export function namedDescriptors(
	args: readonly string[],
	isOpen: (fd: number) => boolean = isOpenHere,
): readonly number[] {
	const named = args.flatMap((word) => {
		const match = /(?:^|[=:@])\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(word);
		return match === null ? [] : [Number(match[1])];
	});
	return named.filter((fd) => fd >= LOWEST && fd <= HIGHEST && isOpen(fd));
}

function isOpenHere(fd: number): boolean {
	try {
		fstatSync(fd);
		return true;
	} catch {
		return false;
	}
}
