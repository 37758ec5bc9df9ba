/** Every live scenario, in the order of the table. */
import type { Scenario } from "../scenario.ts";
import { firstSession } from "./first-session.ts";

export const SCENARIOS: readonly Scenario[] = [firstSession];
