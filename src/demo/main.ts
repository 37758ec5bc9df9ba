/** The entry of `dist/demo-agent.js`. */
import { playDemo } from "./agent.ts";

const USUAL_COLUMNS = 80;
const { stdout, env } = process;

/** Tests play it without the pauses: `CTRACE_DEMO_PACE=0`. */
const pace = Number(env.CTRACE_DEMO_PACE ?? 1);
await playDemo({ columns: stdout.columns || USUAL_COLUMNS, write: (text) => void stdout.write(text) }, pace);
