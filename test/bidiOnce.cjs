/* oxlint-disable no-underscore-dangle -- the name is that of Node */
// Loaded before jsdom. Its selector engine builds the tables of bidi-js anew for each `:dir()` in each computed style,
// which takes a fifth of the time of the jsdom tests. Here they are built once.
const Module = require("node:module");

/** @type {any} */
const prototype = Module.prototype;
const compile = prototype._compile;
prototype._compile = function (
  /** @type {string} */ source,
  /** @type {string} */ file,
  /** @type {unknown[]} */ ...rest
) {
  const isBidi = /[\\/]bidi-js[\\/]dist[\\/]bidi\.js$/.test(file);
  const once = ";{ const bidi = module.exports(); module.exports = () => bidi; }";
  return compile.call(this, isBidi ? source + once : source, file, ...rest);
};
