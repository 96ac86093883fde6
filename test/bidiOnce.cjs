/* oxlint-disable no-underscore-dangle -- Node's name */
// Loaded before jsdom. jsdom's selector engine rebuilds the tables of bidi-js for each `:dir()` in each computed style,
// a fifth of the time of the jsdom tests. This hook builds them once.
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
