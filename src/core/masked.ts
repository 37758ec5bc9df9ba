/**
 * Proof, by type, that a value went through masking. Only `src/masking` makes one; the store and
 * everything behind it accept nothing else, so forgetting to mask does not compile.
 */
declare const maskedBrand: unique symbol;

export type Masked<T> = T & { readonly [maskedBrand]: true };
