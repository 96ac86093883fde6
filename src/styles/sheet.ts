/* oxlint-disable unicorn/require-module-specifiers -- the module has nothing to export, and must be one */
/** The module that TypeScript sees for the style sheets: `import "coviu-react/styles.css"` has no values. */
export {};
