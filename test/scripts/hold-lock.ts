/** `hold-lock PATH MS`: holds the database locked for so long, and says so when it has it. */
import Database from "better-sqlite3";

const [path = "", ms = "0"] = process.argv.slice(2);
const db = new Database(path);
db.exec("BEGIN EXCLUSIVE");
process.stdout.write("locked\n");
setTimeout(() => db.exec("COMMIT"), Number(ms));
