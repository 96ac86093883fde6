export * from "../time/viewerTimes.ts";
