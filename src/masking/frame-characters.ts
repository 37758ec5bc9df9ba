/** What stands around and between what is read. */
import { characterSetOf } from "./token-runs.ts";

/** As `\s` has them. */
const BLANKS =
	"\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";
export const BLANK = characterSetOf(BLANKS);
/** What frames, gutters and blanks are made of: no secret has it. */
export const FRAME = characterSetOf(`${BLANKS}│┃║|▏▎▌▕▐┆┊⎿├└╰╭┤╮╯─═╌`);
