import type { Masked } from "../../src/core/masked.ts";

/** The one place in the tests where a value is called masked without passing through masking. */
export function markMasked<T>(value: T): Masked<T> {
	return value as Masked<T>;
}
