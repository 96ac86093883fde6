// npm run bench -- proxy|list
const [name] = process.argv.slice(2);
if (name === "proxy") await import("./proxy.mjs");
else if (name === "list") await import("./list.mjs");
else throw new Error("Name what to measure: npm run bench -- proxy, or npm run bench -- list");
