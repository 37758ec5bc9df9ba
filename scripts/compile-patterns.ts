// Writes a compiled.json beside each kind of patterns, which saves every start the reading of YAML.
import { compileLookFiles } from "../src/patterns/load-looks.ts";
import { compileSecretRules } from "../src/patterns/load-secrets.ts";

compileSecretRules("patterns/secrets");
compileLookFiles("patterns/claude-code");
