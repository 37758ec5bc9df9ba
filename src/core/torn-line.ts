/**
 * What a line reads that was still being written when the window changed its width or bytes went missing: a terminal cuts it, or
 * leaves its rows as they were for another width, and what follows does not fit what stands there. A secret in two such halves
 * would be known by nobody, so neither is told. In the form of a mask, which no stage changes.
 */
export const TORN_LINE = "[[withheld: cut off]]";
