declare module "virtual:api-tables" {
  const tables: import("../.storybook/apiTables.ts").ApiTables;
  export default tables;
}
