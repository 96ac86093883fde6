// What comes in behind the first paint is there before a test stops the clock.
import "../src/api/authorized.ts";
import "../src/provider/watch.ts";
import "../src/queries/followed.ts";
