// The server of the page "Put it in your app" on Express, with the built app.
import { getRequestListener } from "@hono/node-server";
import { createCoviuProxy, ownSessions } from "coviu-react/server";
import express from "express";

/** Example of the app's sign-in. */
const userOf = () => ({ id: "reception", role: "reception" });
const app = express();
const rule = ownSessions({ seesAll: (user) => user.role === "reception" });
const keys = { apiKey: () => process.env["COVIU_KEY"] ?? "", apiSecret: () => process.env["COVIU_SECRET"] ?? "" };
const coviu = createCoviuProxy({ ...keys, baseUrl: process.env["COVIU_API"], authenticate: userOf, ...rule });
app.all("/api/coviu/*path", getRequestListener(coviu));
app.use(express.static("dist"));
const server = app.listen(0, "127.0.0.1", () => console.log(`listening on ${server.address().port}`));
