/** The module that TypeScript sees for the style sheets: `import "coviu-react/styles.css"` has no values. */
export {};
