// Writes patterns/secrets/compiled.json, which saves every start the reading of YAML.
import { compileSecretRules } from "../src/patterns/load-secrets.ts";

compileSecretRules("patterns/secrets");
